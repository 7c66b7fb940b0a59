"""A table's row that says "continued" stands only on the pages where it goes on.

It is in the table's head, which the library prints on every page of it (layout/table.py, `table_layout`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.trees.tables import CONTINUED

Box = Any  # the library has no types


def wrappers() -> Wrappers:
    """What is put around the library's function while tables go on overleaf."""
    return {"weasyprint.layout.block:table_layout": _with_continuations}


def _with_continuations(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    def lay_out_table(context: Any, table: Box, bottom_space: float, skip_stack: Any, *others: Any) -> Any:
        has_head = bool(table.children) and table.children[0].is_header
        if has_head and _begins(skip_stack):
            table = _without_continuation(table)
        return lay_out(context, table, bottom_space, skip_stack, *others)

    return lay_out_table


def _begins(skip_stack: Any) -> bool:
    """Whether nothing but the head is skipped; the library may say that by the numbers of the first row."""
    least = 1  # the head's is 0
    while skip_stack:
        ((index, skip_stack),) = skip_stack.items()
        if index > least:
            return False
        least = 0
    return True


def _without_continuation(table: Box) -> Box:
    """The table with that row flat and empty; it stays, for the library numbers the rules between rows."""
    head = table.children[0]
    if not any(map(_is_continuation, head.children)):
        return table
    rows = [_flat(row) if _is_continuation(row) else row for row in head.children]
    return table.copy_with_children([head.copy_with_children(rows), *table.children[1:]])


def _flat(row: Box) -> Box:
    cells = [cell.copy_with_children([]) for cell in row.children]
    for cell in cells:
        cell.style = cell.style.copy()
        for side in ("padding_top", "padding_bottom"):
            cell.style[side] = library.properties.ZERO_PIXELS
    return row.copy_with_children(cells)


def _is_continuation(row: Box) -> bool:
    return row.element is not None and CONTINUED in (row.element.get("class") or "").split()
