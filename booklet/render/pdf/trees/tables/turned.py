"""A table on its side: cut between its rows into parts of a page each, about equally full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from math import ceil

from lxml import etree

from booklet.render.pdf.trees.tables.columns import continuation
from booklet.render.pdf.trees.tables.grid import Grid, Row
from booklet.render.pdf.trees.tables.sizes import Size
from booklet.render.pdf.trees.tables.widths import NARROWER_SPACE_EM, PADDING_EM, shares, text_em
from booklet.theme.pages import Room

Element = etree._Element
TURNED = "turned-pages"
SPARE = 0.96
"""The share of a turned page's height that is filled: the estimate of a row's lines may miss some."""
PADDING_PITCH = 0.35


def can_be_cut(table: Element) -> bool:
    """Whether it may be cut between any two rows."""
    return all(cell.get("rowspan", "1") == "1" for cell in table.iter("td", "th"))


def height(grid: Grid, columns: Sequence[float], pitch: float) -> float:
    """Of all its rows, by an estimate, in the unit of the pitch.

    Args:
        grid: of the table.
        columns: their widths, in em of its type.
        pitch: from line to line.
    """
    return sum(_height(row, columns, pitch) for row in grid.rows)


def turn(
    table: Element, grid: Grid, needs: Sequence[float], size: Size, room: Room, *, continued: str
) -> Element:
    """The parts on their side, to stand in the table's place; later ones are called `continued`."""
    columns = shares(grid, needs, room.height / (size.rem * room.font))
    pitch = size.pitch * room.pitch
    head = [row.element for row in grid.rows if row.is_head]
    body = [row for row in grid.rows if not row.is_head]
    heights = [_height(row, columns, pitch) for row in body]
    free = room.width * SPARE - sum(_height(row, columns, pitch) for row in grid.rows if row.is_head)
    caption = table.find("caption")
    said = continued if caption is None else "".join(map(str, caption.itertext()))
    if said:
        free -= 2 * pitch * (1 + text_em(said) * size.rem * room.font // room.height)
    holder = etree.Element("div", {"class": TURNED})
    for number, rows in enumerate(_parts(body, heights, free)):
        page = etree.SubElement(etree.SubElement(holder, "div", {"class": "turned"}), "div")
        page.set("class", "turned-inner")
        named = continuation(continued) if number else caption
        page.append(_part(table, head, [row.element for row in rows], columns, named, is_first=number == 0))
    return holder


def _height(row: Row, columns: Sequence[float], pitch: float) -> float:
    return (_lines(row, columns) + PADDING_PITCH) * pitch


def _lines(row: Row, columns: Sequence[float]) -> int:
    most = 1
    for cell in row.cells:
        width = max(1.0, sum(columns[cell.column : cell.column + cell.span]) - PADDING_EM)
        breaks = sum(1 for _ in cell.element.iter("br", "p", "li"))
        most = max(most, breaks + ceil(_set_width(cell.text) / width))
    return most


def _set_width(text: str) -> float:
    """In em, with narrow spaces."""
    return text_em(text) - text.count(" ") * NARROWER_SPACE_EM


def _parts(body: Sequence[Row], heights: Sequence[float], free: float) -> Iterator[list[Row]]:
    """As few parts as hold the rows, and those about equally high: no part is a line or two."""
    count = max(1, ceil(sum(heights) / max(free, 1.0)))
    even = sum(heights) / count
    part: list[Row] = []
    used = 0.0
    for row, one in zip(body, heights, strict=True):
        if part and (used + one > free or used + one / 2 > even):
            yield part
            part, used = [], 0.0
        part.append(row)
        used += one
    if part:
        yield part


def _part(
    table: Element,
    head: Sequence[Element],
    rows: Sequence[Element],
    columns: Sequence[float],
    caption: Element | None,
    *,
    is_first: bool,
) -> Element:
    part = etree.Element("table", {str(key): str(value) for key, value in table.attrib.items()})
    if caption is not None:
        part.append(caption)
    if not is_first:
        part.attrib.pop("id", "")
    group = etree.SubElement(part, "colgroup")
    for column in columns:
        etree.SubElement(group, "col", {"style": f"width: {100 * column / sum(columns):.2f}%"})
    if head:
        etree.SubElement(part, "thead").extend(deepcopy(row) for row in head)
    etree.SubElement(part, "tbody").extend(rows)
    return part
