"""Tables that are wider than a small screen: set smaller, or else each row as a record, a line for each cell.

Scrolling sideways is no way out: reading systems that turn pages cut off what stands beside them. Nor are
media queries: those systems lay out a chapter in columns on one sheet, and tell that sheet's width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from booklet.render.epub.documents.namespaces import XHTML
from booklet.render.text.characters import is_wide

_ROOM_EM, _TIGHT_ROOM_EM = 21.0, 25.5
"""What the line of a small phone holds, 18 em, in the type of a table and of a tight one (`epub.css`)."""
_PADDING_EM, _TIGHT_PADDING_EM = 1.0, 0.5
_LATIN_EM, _HAN_WORD_EM, _PICTURE_EM = 0.52, 2.0, 5.0
_LONG_CELLS = ((60, 7.0), (20, 4.5))
"""A cell with so much text, in em, gets a column at least so wide, or it were a pillar."""
_HEAD_AND_ROW = 2
_MOST_COLUMNS = 100
_PIECE = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef/]+/?")
_INLINE = frozenset(
    f"{{{XHTML}}}{name}"
    for name in (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "br",
            "cite",
            "code",
            "del",
            "em",
            "i",
            "img",
            "ins",
            "kbd",
            "mark",
            "q",
            "rp",
        ),
        *("rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
_TABLE, _CAPTION, _HEAD, _FOOT, _ROW, _TH, _TD, _DIV, _P, _SPAN, _IMG = (
    f"{{{XHTML}}}{name}"
    for name in ("table", "caption", "thead", "tfoot", "tr", "th", "td", "div", "p", "span", "img")
)


def fit_tables(html: etree._Element) -> None:
    """Class or replace every table of a document."""
    for table in list(html.iter(_TABLE)):
        classes = [name for name in (table.get("class") or "").split() if name != "many-columns"]
        rows = list(table.iter(_ROW))
        if next(table.iterdescendants(_TABLE), None) is not None or _is_within_table(table):
            classes.append("squeezed")
        elif _width_em(rows, _PADDING_EM) > _ROOM_EM:
            if _width_em(rows, _TIGHT_PADDING_EM) <= _TIGHT_ROOM_EM:
                classes.append("tight")
            elif _is_plain(table, rows):
                _stack(table, rows)
                continue
            else:
                classes.append("squeezed")
        if classes:
            table.set("class", " ".join(classes))
        elif "class" in table.attrib:
            del table.attrib["class"]


def _is_within_table(table: etree._Element) -> bool:
    return next(table.iterancestors(_TABLE), None) is not None


def _cells(row: etree._Element) -> list[etree._Element]:
    return list(row.iterchildren(_TH, _TD))


def _width_em(rows: Iterable[etree._Element], padding_em: float) -> float:
    """How wide the columns are at least when no word of theirs is parted, in em of the table's type."""
    columns: list[float] = []
    widest_span = 0.0
    for row in rows:
        place = 0
        for cell in _cells(row):
            span = _span(cell)
            columns.extend([0.0] * (place + span - len(columns)))
            if span == 1:
                columns[place] = max(columns[place], _least_em(cell))
            else:
                widest_span = max(widest_span, _least_em(cell))
            place += span
    return max(sum(columns), widest_span) + padding_em * len(columns)


def _span(cell: etree._Element) -> int:
    given = cell.get("colspan", "1")
    return min(int(given), _MOST_COLUMNS) if given.isdecimal() and int(given[:4]) else 1


def _least_em(cell: etree._Element) -> float:
    text = "".join(map(str, cell.itertext()))
    least = max((len(piece) * _LATIN_EM for piece in _PIECE.findall(text)), default=0.0)
    if any(map(is_wide, text)):
        least = max(least, min(_HAN_WORD_EM, float(len(text.strip()))))
    whole = sum(1.0 if is_wide(char) else _LATIN_EM for char in text.strip())
    long = next((width for length, width in _LONG_CELLS if whole > length), 0.0)
    picture = _PICTURE_EM if next(cell.iter(_IMG), None) is not None else 0.0
    return max(least, long, picture)


def _is_plain(table: etree._Element, rows: list[etree._Element]) -> bool:
    """Whether its first row names the columns, and every other row has a cell for each."""
    if len(rows) < _HEAD_AND_ROW or not all(_is_flat(cell) for cell in _cells(rows[0])):
        return False
    heads = list(table.iter(_HEAD))
    named = len(heads) == 1 and len(list(heads[0].iter(_ROW))) == 1
    named = named or (not heads and all(cell.tag == _TH for cell in _cells(rows[0])))
    spans = any(
        cell.get(name, "1") != "1" for cell in table.iter(_TH, _TD) for name in ("colspan", "rowspan")
    )
    return named and not spans and len({len(_cells(row)) for row in rows}) == 1


def _is_flat(element: etree._Element) -> bool:
    return all(inner.tag in _INLINE for inner in element.iterdescendants(etree.Element))


def _stack(table: etree._Element, rows: list[etree._Element]) -> None:
    """Replace the table by its rows as records; its first row's words stand before each cell."""
    holder = etree.Element(_DIV, {"class": "records"})
    holder.attrib.update({name: table.get(name, "") for name in ("id", "lang") if name in table.attrib})
    for caption in list(table.iter(_CAPTION)):
        caption.tag = _P if _is_flat(caption) else _DIV
        caption.set("class", "records-caption")
        caption.tail = None
        holder.append(caption)
    labels = _cells(rows[0])
    words = [" ".join("".join(map(str, label.itertext())).split()) for label in labels]
    for number, row in enumerate(rows[1:]):
        record = etree.SubElement(holder, _DIV, {"class": "record"})
        if row.get("id"):
            record.set("id", row.get("id", ""))
        for index, cell in enumerate(_cells(row)):
            label = etree.Element(_SPAN, {"class": "cell-label"})
            if number == 0:  # once with all that it holds: links, the places of pages
                label.text = labels[index].text
                label.extend(list(labels[index]))
            else:
                label.text = words[index]
            _keep(record, cell, label, words[index])
    parent = table.getparent()
    if parent is not None:
        holder.tail = table.tail
        parent.replace(table, holder)


def _keep(record: etree._Element, cell: etree._Element, label: etree._Element, words: str) -> None:
    """A cell as a line of its record; one that is empty says nothing, but for what its label holds."""
    cell.tail = None
    if (
        len(cell) == 1
        and cell[0].tag == _P
        and not (cell.text or "").strip()
        and not (cell[0].tail or "").strip()
    ):
        cell.text, inner = cell[0].text, list(cell[0])
        cell.remove(cell[0])
        cell.extend(inner)
    empty = not len(cell) and not (cell.text or "").strip()
    if empty and not len(label):
        return
    cell.tag = _P if _is_flat(cell) else _DIV
    for name in ("scope", "headers", "colspan", "rowspan", "align"):
        if name in cell.attrib:
            del cell.attrib[name]
    cell.set("class", "cell")
    if words or len(label):
        label.tail, cell.text = cell.text, None
        mark = "：" if is_wide(words[-1:] or " ") else ": "
        if len(label):
            label[-1].tail = f"{label[-1].tail or ''}{mark}"
        else:
            label.text = f"{label.text or ''}{mark}"
        cell.insert(0, label)
    record.append(cell)
