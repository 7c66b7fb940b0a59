"""Wide tables in print: set smaller down to a limit, then turned by 90° on pages of their own. Pure.

How wide a column must be is judged from its cells: its longest word, and a few Han of its text. A table that
does not fit the measure even in the smallest type is cut into parts, each with the table's head, that lie on
their side; `fit.py` lets the text behind it come before them, so that no page is left white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from lxml import etree

from booklet.render.text.characters import width_em

Element = etree._Element


class Size(NamedTuple):
    """A class of print.css."""

    name: str
    rem: float
    pitch: float
    """Of the text's."""


SIZES = (Size("", 0.86, 0.78), Size("small-type", 0.76, 0.7), Size("many-columns", 0.67, 0.64))
LEAST_PT = 6.5
"""No smaller: what is handed round in a meeting is read at arm's length."""
PADDING_EM, PADDING_PITCH = 0.9, 0.35
HAN_WORD_EM, LATIN_EM = 3.0, 0.55
NARROWER_SPACE_EM = 0.2
LONGEST_WORD_EM = 9.0
"""A longer word may be broken (an address)."""
LONG_CELLS = ((60.0, 8.0), (20.0, 5.0))
"""A cell with so much text, in em, wants a column at least so wide, or it were a pillar."""
SPARE = 0.96
"""The share of a turned page's height that is filled: the estimate of a row's lines may miss some."""
LATIN_WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\uffef\u200b]+")
MOST_SPANNED = 1000
"""Columns of one cell, as in browsers (HTML §4.9.11)."""
TURNED = "turned-pages"


@dataclass(frozen=True, slots=True)
class Room:
    """The page between its margins, in pt, and its text."""

    width: float
    height: float
    font: float
    pitch: float


def fit_tables(root: Element, room: Room) -> None:
    """Class or turn every table of a chapter that is too wide."""
    for table in list(root.iter("table")):
        rows = list(table.iter("tr"))
        needs = _needs(rows)
        classes = [
            one for one in (table.get("class") or "").split() if one not in ("many-columns", "small-type")
        ]
        allowed = [size for size in SIZES if size.rem * room.font >= LEAST_PT] or [SIZES[0]]
        fitting = _first_fitting(allowed, needs, room.width, room)
        if fitting is None and _can_turn(table):
            size = _first_fitting(allowed, needs, room.height, room) or allowed[-1]
            _set_classes(table, (*classes, size.name))
            _turn(table, rows, needs, size, room)
        else:
            _set_classes(table, (*classes, (fitting or allowed[-1]).name))


def _first_fitting(sizes: Sequence[Size], needs: Sequence[float], width: float, room: Room) -> Size | None:
    return next((size for size in sizes if sum(needs) * size.rem * room.font <= width), None)


def _set_classes(table: Element, classes: Sequence[str]) -> None:
    table.attrib.pop("class", "")
    if joined := " ".join(filter(None, classes)):
        table.set("class", joined)


def _needs(rows: Sequence[Element]) -> list[float]:
    """How wide each column must be, in em of its type."""
    needs: list[float] = []
    for row in rows:
        for index, cell in enumerate(_cells(row)):
            if index == len(needs):
                needs.append(PADDING_EM)
            if cell is not None and _span(cell) == 1:
                needs[index] = max(needs[index], _need(_text(cell)) + PADDING_EM)
    return needs


def _need(text: str) -> float:
    words = (len(word) * LATIN_EM for word in LATIN_WORD.findall(text))
    width = width_em(text)
    long = next((column for length, column in LONG_CELLS if width >= length), 0.0)
    return max(min(max(words, default=0.0), LONGEST_WORD_EM), min(width, HAN_WORD_EM), long)


def _cells(row: Element) -> Iterator[Element | None]:
    """The cells of a row; None for the further columns of a wide one."""
    for cell in row.iterchildren("td", "th"):
        yield cell
        yield from [None] * (_span(cell) - 1)


def _span(cell: Element) -> int:
    """How many columns a cell takes; what is no such number is one."""
    written = cell.get("colspan", "1").strip()
    return max(1, min(int(written[:5]), MOST_SPANNED)) if written.isdecimal() else 1


def _text(cell: Element) -> str:
    return " ".join("".join(map(str, cell.itertext())).split())


def _can_turn(table: Element) -> bool:
    """Whether it stands in the text itself and may be cut between any two rows."""
    parent = table.getparent()
    in_text = parent is not None and "body" in (parent.get("class") or "").split()
    spans = any(cell.get("rowspan", "1") != "1" for cell in table.iter("td", "th"))
    return in_text and not spans and table.find(".//img") is None and table.find(".//table") is None


def _turn(
    table: Element,
    rows: Sequence[Element],
    needs: Sequence[float],
    size: Size,
    room: Room,
) -> None:
    """Replace a table by its parts on their side."""
    head = [row for row in rows if _is_head(row)]
    body = [row for row in rows if not _is_head(row)]
    columns = _columns(body, needs, room.height / (size.rem * room.font))
    pitch = size.pitch * room.pitch
    heights = {row: (_lines(row, columns) + PADDING_PITCH) * pitch for row in rows}
    free = room.width * SPARE - sum(heights[row] for row in head)
    if (caption := table.find("caption")) is not None:
        free -= 2 * pitch * (1 + width_em(_text(caption)) * size.rem * room.font // room.height)
    holder = etree.Element("div", {"class": TURNED})
    for part in _parts(body, heights, free):
        page = etree.SubElement(etree.SubElement(holder, "div", {"class": "turned"}), "div")
        page.set("class", "turned-inner")
        page.append(_part(table, head, part, columns, caption, is_first=part[0] is body[0]))
    holder.tail, table.tail = table.tail, None
    parent = table.getparent()
    if parent is not None and len(holder):
        parent.replace(table, holder)


def _is_head(row: Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _columns(body: Sequence[Element], needs: Sequence[float], room_em: float) -> list[float]:
    """The columns' widths in em: what each needs, and of what is left a share by its text."""
    texts = [0.0] * len(needs)
    for row in body:
        for index, cell in enumerate(_cells(row)):
            texts[index] += min(width_em(_text(cell)), 200.0) if cell is not None else 0.0
    left = max(0.0, room_em - sum(needs))
    total = sum(texts) or 1.0
    return [need + left * text / total for need, text in zip(needs, texts, strict=True)]


def _lines(row: Element, columns: Sequence[float]) -> int:
    most, index = 1, 0
    for cell in row.iterchildren("td", "th"):
        span = _span(cell)
        width = max(1.0, sum(columns[index : index + span]) - PADDING_EM)
        breaks = sum(1 for _ in cell.iter("br", "p", "li"))
        most = max(most, breaks + ceil(_set_width(_text(cell)) / width))
        index += span
    return most


def _set_width(text: str) -> float:
    """In em, with narrow spaces."""
    return width_em(text) - text.count(" ") * NARROWER_SPACE_EM


def _parts(body: Sequence[Element], heights: dict[Element, float], free: float) -> Iterator[list[Element]]:
    part: list[Element] = []
    left = free
    for row in body:
        if part and heights[row] > left:
            yield part
            part, left = [], free
        part.append(row)
        left -= heights[row]
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
    if is_first and caption is not None:
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
