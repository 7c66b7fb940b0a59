"""Pictures that a theme brings: where its files name them, and the files below its folder that they are.

A template names one by `theme_picture("logo.svg")`, a style sheet by `url(logo.svg)`. Nothing outside the
theme's folder and those of its ancestors is read: no `..`, no absolute path, no link that leads out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

RASTER = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".heic")
ENDINGS = (*RASTER, ".svg")
"""The endings of the pictures that booklet reads; another `url()` of a style sheet is no picture."""

_CALL = re.compile(r"""theme_picture\(\s*(["'])([^"'\n]*)\1\s*\)""")
_URL = re.compile(r"""(/\*.*?\*/)|url\(\s*(["']?)([^"')\n]*?)\2\s*\)""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that names a picture."""

    file: str
    """The template or style sheet."""
    line: int
    name: str


def references(files: Mapping[str, str]) -> Iterator[Reference]:
    """Every place in a theme's own files that names a picture."""
    for file, text in files.items():
        names = _in_template(text) if file.endswith(".j2") else _in_css(text)
        for at, name in names:
            yield Reference(file, text.count("\n", 0, at) + 1, name)


def _in_template(text: str) -> Iterator[tuple[int, str]]:
    return ((call.start(), call[2]) for call in _CALL.finditer(text))


def _in_css(text: str) -> Iterator[tuple[int, str]]:
    for found in _URL.finditer(text):
        name = found[3]
        if name and ":" not in name and not name.startswith("//") and name.lower().endswith(ENDINGS):
            yield found.start(), name


def locate(name: str, folders: Iterable[Path]) -> Path | None:
    """The file of that name in the first of these folders that has it; None: none has, or it lies outside."""
    pure = PurePosixPath(name)
    unfit = not name or "\\" in name or ":" in name or pure.is_absolute() or ".." in pure.parts
    if unfit or not name.lower().endswith(ENDINGS):
        return None
    for folder in folders:
        try:
            path = (folder / name).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file():
                return path
        except (OSError, ValueError, RuntimeError):  # too long, a NUL, a loop of links
            continue
    return None


def picture_key(name: str) -> str:
    """The `ImageRef.key` of a theme's picture."""
    return sha256(f"theme\n{name}".encode()).hexdigest()[:16]


def with_pictures(css: str, srcs: Mapping[str, str]) -> str:
    """The style sheet with the addresses that its pictures have in the output."""

    def addressed(found: re.Match[str]) -> str:
        src = srcs.get(found[3] or "")
        return f'url("{src}")' if src else found[0]

    return _URL.sub(addressed, css)
