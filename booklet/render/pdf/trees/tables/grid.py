"""The cells of a table by their columns (HTML §4.9.12, "forming a table")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

Element = etree._Element
MOST_SPANNED = 1000
"""Columns of one cell, as in browsers (HTML §4.9.11)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its place."""

    element: Element
    column: int
    span: int
    """Columns that it takes."""

    @property
    def text(self) -> str:
        """All that it says, on one line."""
        return " ".join("".join(map(str, self.element.itertext())).split())


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells; those that reach into it from above stand in their own rows."""

    element: Element
    cells: tuple[Cell, ...]

    @property
    def is_head(self) -> bool:
        """Whether it is printed again where the table goes on."""
        parent = self.element.getparent()
        return parent is not None and parent.tag == "thead"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    rows: tuple[Row, ...]
    columns: int

    @classmethod
    def of(cls, table: Element) -> Grid:
        """Place its cells; those of tables inside it are no cells of this one."""
        taken: dict[int, int] = {}
        rows: list[Row] = []
        by_row = {element: list(element.iterchildren("td", "th")) for element in rows_of(table)}
        most = max(map(len, by_row.values()), default=0)  # a span may say more than there is
        for element, given in by_row.items():
            cells, column = [], 0
            for cell in given:
                while taken.get(column, 0):
                    column += 1
                span = min(span_of(cell, "colspan"), most)
                cells.append(Cell(cell, column, span))
                column += span
            taken = {place: left - 1 for place, left in taken.items() if left > 1}
            for one in cells:
                below = span_of(one.element, "rowspan") - 1
                if below:
                    taken.update(dict.fromkeys(range(one.column, one.column + one.span), below))
            rows.append(Row(element, tuple(cells)))
        # Columns in which no cell begins are none.
        columns = max((cell.column + 1 for row in rows for cell in row.cells), default=0)
        return cls(tuple(_within(row, columns) for row in rows), columns)


def _within(row: Row, columns: int) -> Row:
    return Row(
        row.element,
        tuple(Cell(cell.element, cell.column, min(cell.span, columns - cell.column)) for cell in row.cells),
    )


def rows_of(table: Element) -> Iterator[Element]:
    """Its own rows, in order."""
    for child in table.iterchildren("thead", "tbody", "tfoot", "tr"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def span_of(cell: Element, attribute: str) -> int:
    """How many columns or rows a cell takes; what is no such number is one."""
    written = cell.get(attribute, "1").strip()
    return max(1, min(int(written[:5]), MOST_SPANNED)) if written.isdecimal() else 1
