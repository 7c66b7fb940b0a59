"""The private modules of WeasyPrint and pydyf, under short names; each is loaded when it is first asked for.

No module of ours imports one of them at its top. So a release in which a private name is gone costs the pages
what `table` says, and nothing else. Names are looked up where they are used, after `standing` has compared
the library with what we know of it. A test holds each `library.<module>.<name>` against the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

MODULES = {
    "background": "weasyprint.layout.background",
    "block": "weasyprint.layout.block",
    "boxes": "weasyprint.formatting_structure.boxes",
    "counters": "weasyprint.css.counters",
    "document": "weasyprint.document",
    "draw_text": "weasyprint.draw.text",
    "ffi": "weasyprint.text.ffi",
    "images": "weasyprint.images",
    "inline": "weasyprint.layout.inline",
    "leader": "weasyprint.layout.leader",
    "line_break": "weasyprint.text.line_break",
    "matrix": "weasyprint.matrix",
    "page": "weasyprint.layout.page",
    "percent": "weasyprint.layout.percent",
    "preferred": "weasyprint.layout.preferred",
    "properties": "weasyprint.css.properties",
    "targets": "weasyprint.css.targets",
    "text_fonts": "weasyprint.text.fonts",
}

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
"""Takes a function, the library's or one that is wrapped already, and gives what stands in its place."""
Wrappers = Mapping[str, Wrap]
"""By the place of the function, as the table writes it."""
NOTHING: Wrappers = {}


def __getattr__(name: str) -> Any:
    """A module; from then on it is a plain attribute of this one, as quick as an import."""
    if name not in MODULES:
        raise AttributeError(name)
    module = globals()[name] = import_module(MODULES[name])
    return module


def owner_of(place: str) -> tuple[Any, str]:
    """What holds a function, and under which name: a module or a class.

    Args:
        place: as the table writes it, `weasyprint.text.line_break:Layout.set_text`.
    """
    module, _, path = place.partition(":")
    *parents, name = path.split(".")
    owner: Any = import_module(module)
    for parent in parents:
        owner = getattr(owner, parent)
    return owner, name
