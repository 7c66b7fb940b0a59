"""Footnotes stay on the page of their call: the lines after a call move on rather than its note.

Where a paragraph may not be divided (orphans, widows), WeasyPrint 70 sends notes that are set already to the
next page to win room (layout/block.py, `_linebox_layout`: `report`), whatever `footnote-policy` says; only
not inside columns. So paragraphs with notes are told that they stand in a column.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from booklet.render.pdf.engine.library import Wrappers


def wrappers() -> Wrappers:
    """What is put around the library's function while notes keep to their pages."""
    return {"weasyprint.layout.block:_linebox_layout": _with_notes_kept}


def _with_notes_kept(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    def lay_out_lines(context: Any, *others: Any, **named: Any) -> Any:
        has_notes = context.footnotes or context.current_page_footnotes
        return lay_out(_InColumn(context) if has_notes else context, *others, **named)

    return lay_out_lines


class _InColumn:
    """The layout's context, but for the one answer; what it does itself it does as it is."""

    __slots__ = ("_context",)

    in_column = True

    def __init__(self, context: Any) -> None:
        object.__setattr__(self, "_context", context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._context, name, value)
