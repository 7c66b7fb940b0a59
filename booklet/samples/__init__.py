"""What `booklet init` writes: a configuration and sample articles with pictures, carried as package data.

Outside the straight line: only the CLI asks for it. The articles are written in the dialects that real
folders hold (aggregators' HTML inside `.md`, Hexo, Jekyll, Hugo, a plain `.html`), so that the demo passes
through every stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from types import MappingProxyType

_STARTER = "starter"


def files() -> Mapping[str, bytes]:
    """Every file of the starter: path relative to the new folder, with "/" → content; sorted by path."""
    return MappingProxyType(dict(sorted(_walk(package_files(__name__) / _STARTER, ""))))


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.name.startswith("."):  # what a file manager leaves in a checkout, such as .DS_Store
            continue
        if item.is_dir():
            yield from _walk(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_bytes()
