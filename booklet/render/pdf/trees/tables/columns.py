"""A wide table in parts beside each other: some of its columns each, the first one in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from booklet.render.pdf.trees.tables.grid import Cell, Grid, Row, rows_of
from booklet.render.text.places import PAGE_NOTE, PLACE, REPEATED

Element = etree._Element
PARTS = "table-parts"


def groups(needs: Sequence[float], room_em: float) -> tuple[range, ...]:
    """The columns of each part besides the first one: as few parts as fit, and those about equally wide.

    Args:
        needs: of all columns, in em.
        room_em: of a line.
    """
    free = room_em - needs[0]
    packed = _packed(needs, free)
    low, high = max(needs[1:], default=0.0), free
    for _ in range(12):  # halves the room until it is known to a thousandth
        middle = (low + high) / 2
        if len(_packed(needs, middle)) > len(packed):
            low = middle
        else:
            high = middle
    return tuple(_packed(needs, high))


def _packed(needs: Sequence[float], free: float) -> list[range]:
    found, start, used = [], 1, 0.0
    for column in range(1, len(needs)):
        if column > start and used + needs[column] > free:
            found.append(range(start, column))
            start, used = column, 0.0
        used += needs[column]
    return [*found, range(start, len(needs))]


def divide(table: Element, grid: Grid, parts: Sequence[range], *, continued: str) -> Element:
    """The parts, to stand in the table's place.

    Args:
        table: it may be used up.
        grid: of the table.
        parts: the columns of each besides the first one.
        continued: what the later parts are called; empty: nothing.
    """
    holder = etree.Element("div", {"class": PARTS})
    for number, columns in enumerate(parts):
        part = _part(table, grid, columns, is_first=number == 0)
        if number and (caption := continuation(continued)) is not None:
            part.insert(0, caption)
        holder.append(part)
    return holder


def continuation(words: str) -> Element | None:
    """The caption of a part that goes on; None: nothing is to be said."""
    if not words:
        return None
    caption = etree.Element("caption", {"class": f"continued {REPEATED}"})
    caption.text = words
    return caption


def _part(table: Element, grid: Grid, columns: range, *, is_first: bool) -> Element:
    part = etree.Element("table", {str(key): str(value) for key, value in table.attrib.items()})
    if not is_first:
        part.attrib.pop("id", "")
    caption = table.find("caption")
    if is_first and caption is not None:
        part.append(deepcopy(caption))
    rows = {row.element: row for row in grid.rows}
    holders: dict[Element | None, Element] = {}
    for element in rows_of(table):
        parent = element.getparent()
        holder = part
        if parent is not None and parent is not table:
            if parent not in holders:
                holders[parent] = etree.SubElement(part, parent.tag)
            holder = holders[parent]
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        etree.SubElement(holder, "tr", attributes).extend(_cells(rows[element], columns, is_first=is_first))
    return part


def _cells(row: Row, columns: range, *, is_first: bool) -> Iterator[Element]:
    for cell in row.cells:
        reached = range(max(cell.column, columns.start), min(cell.column + cell.span, columns.stop))
        width = len(reached) + (cell.column == 0)
        if width:
            begins = is_first if cell.column == 0 else cell.column in columns
            yield _copy(cell, width, repeated=not begins)


def _copy(cell: Cell, width: int, *, repeated: bool) -> Element:
    copy = deepcopy(cell.element)
    copy.tail = None
    copy.attrib.pop("colspan", "")
    if width > 1:
        copy.set("colspan", str(width))
    if repeated:
        copy.set("class", " ".join([*(copy.get("class") or "").split(), REPEATED]))
        for inner in list(copy.iter()):
            inner.attrib.pop("id", "")
            inner.attrib.pop(PLACE, "")
            if inner.get("class") == PAGE_NOTE:
                tail = inner.tail
                inner.clear()
                inner.tail = tail
    return copy
