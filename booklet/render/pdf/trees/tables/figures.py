"""Columns of figures: set to the right, by the decimal point, as tables of figures are read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from booklet.render.pdf.trees.tables.grid import Cell, Grid

FIGURES = "in-figures"
"""The class of such a cell (print.css)."""
DECIMALS = "decimals"
"""The class of what keeps the place of decimals that a figure lacks; it is not seen, nor counted as text."""
_LEAST, _SHARE = 2, 0.8
_FIGURE = re.compile(
    r"[(（]?[+\-−–±≈~<>≤≥约]?\s?[$¥￥€£]?\s?\d[\d,， ]*(?:\.(?P<decimals>\d+))?"
    r"(?P<unit>\s?(?:[%‰℃°]|[^\W\d_]{1,3})?)[)）]?"
)
_NOTHING = re.compile(r"[\s\-—–−/.…*]*|n/?a|N/?A|无|暂无|不详")
_ALIGNED = ("align-center", "align-right")


def align_figures(grid: Grid) -> None:
    """Mark the cells of columns that hold figures, heads too; what its author has aligned stays so."""
    for column in range(1, grid.columns):
        body = _cells(grid, column, heads=False)
        figures = [(cell, found) for cell in body if (found := _FIGURE.fullmatch(cell.text))]
        told = sum(1 for cell in body if not _NOTHING.fullmatch(cell.text))
        if len(figures) < max(_LEAST, _SHARE * told):
            continue
        for cell in [*body, *_cells(grid, column, heads=True)]:
            _mark(cell)
        if len({found["unit"].strip() for _, found in figures}) == 1:
            most = max(len(found["decimals"] or "") for _, found in figures)
            for cell, found in figures:
                _fill_up(cell, found, most)


def _cells(grid: Grid, column: int, *, heads: bool) -> Sequence[Cell]:
    rows = (row for row in grid.rows if row.is_head is heads)
    return [cell for row in rows for cell in row.cells if cell.column == column and cell.span == 1]


def _mark(cell: Cell) -> None:
    words = (cell.element.get("class") or "").split()
    if not any(word in words for word in _ALIGNED):
        cell.element.set("class", " ".join([*words, FIGURES]))


def _fill_up(cell: Cell, found: re.Match[str], most: int) -> None:
    """Keep the place of decimals that the column's longest figure has, between the digits and the unit."""
    lacking = most - len(found["decimals"] or "")
    if lacking and len(cell.element) == 0 and FIGURES in (cell.element.get("class") or "").split():
        end = found.start("unit")
        place = etree.SubElement(cell.element, "span", {"class": DECIMALS})
        place.text = ("" if found["decimals"] else ".") + "0" * lacking
        cell.element.text, place.tail = found.string[:end], found.string[end:]
