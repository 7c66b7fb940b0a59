"""Tables that only place things are unwrapped; tables of data are kept, their header cells recognised."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, has, is_blank, only_child, text_of

_LAYOUT_CLASS = re.compile(
    r"(?i)layout|sites-layout\S*|wrapper|outer|container|highlighttable|rouge-table|hljs-ln|highlight"
)
_SPAN = re.compile(r"[2-9]|[1-9]\d{1,2}")
_LONG_CELL = 400
"""Characters: an article put into a cell, not a datum."""

_MAX_CAPTION = 60
"""Characters of a line under a picture."""

_BLOCKS_OF_TEXT = (
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "pre",
    "blockquote",
    "figure",
    "section",
)


def tables(draft: Draft) -> None:
    """Innermost first: unwrap or normalise each table."""
    for element in bottom_up(draft.root):
        if element.name == "table":
            rows = _rows(element)
            if _is_layout(element, rows):
                _unwrap(element, rows)
            else:
                _normalise(element, rows)


def _rows(table: Element) -> list[Element]:
    rows: list[Element] = []
    for child in table.children:
        if isinstance(child, Element):
            if child.name == "tr":
                rows.append(child)
            elif child.name in ("thead", "tbody", "tfoot"):
                rows.extend(row for row in child.children if isinstance(row, Element) and row.name == "tr")
    return rows


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.children if isinstance(cell, Element) and cell.name in ("td", "th")]


def _is_layout(table: Element, rows: list[Element]) -> bool:  # noqa: PLR0911 - a list of signs, the surest first
    cells = [_cells(row) for row in rows]
    filled = [cell for row in cells for cell in row if not is_blank(cell) or has(cell, "video-card", "br")]
    if len([cell for cell in filled if not is_blank(cell)]) <= 1:
        return True
    if has(table, "th", "caption"):
        return False
    if table.attrs.get("role") in ("presentation", "none") or any(
        map(_LAYOUT_CLASS.fullmatch, table.classes())
    ):
        return True
    if any(has(cell, "table", "video-card", "pre") for cell in filled):
        return True
    width = max(map(len, cells), default=0)
    long = [cell for cell in filled if len(text_of(cell)) > _LONG_CELL or has(cell, "h1", "h2", "h3")]
    if width == 1:
        return bool(long) or len(rows) == 1 or any(has(cell, *_BLOCKS_OF_TEXT, "img") for cell in filled)
    if any(len(text_of(cell)) > 3 * _LONG_CELL for cell in filled):
        return True
    pictures = sum(has(cell, "img") for cell in filled)
    return pictures > 0 and pictures * 2 >= len(filled) and width <= 3  # noqa: PLR2004 - pictures side by side


def _unwrap(table: Element, rows: list[Element]) -> None:
    children: list[Node] = []
    for child in table.children:
        if isinstance(child, Element) and child.name == "caption":
            children.append(Element("p", {}, child.children))  # noqa: PERF401 - two kinds of children follow
    children.extend(_paired([_cells(row) for row in rows]))
    table.name, table.children, table.attrs = "div", children, {}


def _paired(rows: list[list[Element]]) -> list[Element]:
    """The cells as blocks; short lines in the row below pictures go under each as its caption."""
    blocks: list[Element] = []
    row = 0
    while row < len(rows):
        below = rows[row + 1] if row + 1 < len(rows) else []
        if len(below) == len(rows[row]) and all(map(_is_picture_over_line, rows[row], below)):
            for picture, line in zip(rows[row], below, strict=True):
                blocks.extend((_block(picture), _block(line, caption=True)))
            row += 2
            continue
        both = [has(cell, "img") and _is_line(cell) for cell in rows[row]]
        blocks.extend(_block(cell, caption=len(both) > 1 and all(both)) for cell in rows[row])
        row += 1
    return blocks


def _is_picture_over_line(cell: Element, below: Element) -> bool:
    pictured = has(cell, "img") and not text_of(cell).strip() and _is_line(below) and not has(below, "img")
    return pictured or (is_blank(cell) and is_blank(below))


def _is_line(cell: Element) -> bool:
    return 0 < len(text_of(cell).strip()) <= _MAX_CAPTION


def _block(cell: Element, *, caption: bool = False) -> Element:
    attrs = {key: cell.attrs[key] for key in ("data-align", "id") if key in cell.attrs}
    return Element("div", attrs | ({"class": "caption"} if caption else {}), cell.children)


def _normalise(table: Element, rows: list[Element]) -> None:
    captions = [
        child
        for child in table.children
        if isinstance(child, Element) and child.name == "caption" and not is_blank(child)
    ]
    rows = [row for row in rows if any(not is_blank(cell) for cell in _cells(row))]
    if not captions and (title := _title_row(rows)) is not None:
        captions = [Element("caption", {}, _cells(title)[0].children)]
        rows = rows[1:]
    for row in rows:
        row.attrs = {}
        row.children = list(_cells(row))
        for cell in _cells(row):
            _align(cell)
    head: list[Element] = []
    while rows and len(rows) > 1 and all(cell.name == "th" for cell in _cells(rows[0])):
        head.append(rows.pop(0))
    if not head and (depth := _header_depth(rows)):
        head, rows = rows[:depth], rows[depth:]
        for cell in (cell for row in head for cell in _cells(row)):
            cell.name = "th"
            bold = _bold(cell)
            if bold is not None:
                cell.children = bold.children
    children: list[Node] = [*captions[:1]]
    if head:
        children.append(Element("thead", {}, [*head]))
    children.append(Element("tbody", {}, [*rows]))
    table.attrs, table.children = {}, children


def _title_row(rows: list[Element]) -> Element | None:
    """A first row of one short cell across all columns."""
    if len(rows) < 3 or len(_cells(rows[0])) != 1:  # noqa: PLR2004 - title, header, one row of data
        return None
    cell = _cells(rows[0])[0]
    columns = sum(_span(inner) for inner in _cells(rows[1]))
    is_title = (
        1 < columns <= _span(cell) and _is_line(cell) and not has(cell, "img", "br", "ul", "ol", "table")
    )
    return rows[0] if is_title else None


def _span(cell: Element, along: str = "colspan") -> int:
    width = cell.attrs.get(along, "1")
    return int(width) if _SPAN.fullmatch(width) else 1


def _align(cell: Element) -> None:
    align = cell.attrs.pop("data-align", "")
    if align == "right":
        cell.add_class("align-right")
    elif align == "center":
        cell.add_class("align-center")
    for name in ("colspan", "rowspan"):
        if name in cell.attrs and not _SPAN.fullmatch(cell.attrs[name]):
            del cell.attrs[name]


def _header_depth(rows: list[Element]) -> int:
    """How many rows at the top are the header: one, or several where cells reach down through them."""
    if len(rows) < 2:  # noqa: PLR2004 - a header and what it heads
        return 0
    depth = max((_span(cell, "rowspan") for cell in _cells(rows[0])), default=1)
    if 1 < depth < len(rows):
        top = [cell for row in rows[:depth] for cell in _cells(row) if not is_blank(cell)]
        if all(map(_is_bold, top)):
            return 0 if all(map(_is_bold, _cells(rows[depth]))) else depth
        grouped = any(_span(cell) > 1 for cell in _cells(rows[0]))
        return depth if grouped and _are_words_over_figures(top, rows[depth:]) else 0
    return int(_looks_like_header(rows))


def _looks_like_header(rows: list[Element]) -> bool:
    """First row all bold or all tinted while the next is not; or words above figures."""
    first, second = _cells(rows[0]), _cells(rows[1])
    if len(first) < 2 or any("rowspan" in cell.attrs for cell in first):  # noqa: PLR2004 - a table has columns
        return False
    texts = [text_of(cell).strip() for cell in first]
    if any(len(text) > 30 for text in texts) or not all(texts[1:]):  # noqa: PLR2004 - a header is short
        return False
    if all(_is_bold(cell) for cell in first if text_of(cell).strip()) and not all(map(_is_bold, second)):
        return True
    if all("bgcolor" in cell.attrs for cell in first) and not any("bgcolor" in cell.attrs for cell in second):
        return True
    return _are_words_over_figures(first, rows[1:])


def _are_words_over_figures(head: list[Element], rows: list[Element]) -> bool:
    body = [text_of(cell).strip() for row in rows for cell in _cells(row)[1:]]
    figures = sum(bool(re.match(r"[\d.,+%¥$-]+", text)) for text in body)
    texts = [text_of(cell).strip() for cell in head]
    if any(len(text) > 30 or re.search(r"\d", text) for text in texts):  # noqa: PLR2004 - a header is short
        return False
    return len(body) > 1 and figures * 3 >= len(body) * 2


def _is_bold(cell: Element) -> bool:
    return _bold(cell) is not None


def _bold(cell: Element) -> Element | None:
    """What holds all that a cell says, if that is bold."""
    filled = Element(cell.name, {}, [child for child in cell.children if not is_blank(child)])
    inner = only_child(filled, "p", "div", "span") or cell
    return only_child(inner, "strong", "b")
