"""What is done to each table of a chapter, by its width and its height."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from booklet.render.pdf.trees.tables import columns, turned
from booklet.render.pdf.trees.tables.figures import align_figures
from booklet.render.pdf.trees.tables.grid import Grid
from booklet.render.pdf.trees.tables.sizes import SIZES, Size, allowed
from booklet.render.pdf.trees.tables.widths import needs, shares
from booklet.render.text.places import REPEATED
from booklet.theme.pages import Room

Element = etree._Element
CONTINUED = "table-continued"
"""The class of the row that says where a table goes on; and, with `data-`, what it says."""
CONTINUES = "continues"
"""The class of a table that has such a row: the rule above it is its head's own."""
SHORT, SHORT_ROWS = "short", 8
"""The class of a table that no page parts, and the most rows that it has besides its head."""
SHORT_SHARE = 0.4
"""The most of a page that such a table takes: a higher one would leave a hole before it."""
MOST_PARTS = 4
"""More parts beside each other nobody puts together again in his mind: such a table is turned."""
FULL_SHARE = 0.6
"""How much of its pages a turned table must fill; a lower one is divided into however many parts."""
_OWN_CLASSES = frozenset((SHORT, *(size.name for size in SIZES)))


def name_continuations(root: Element, words: str) -> None:
    """Leave word with each table of a body what its later parts are to be called."""
    for table in root.iter("table"):
        table.set(f"data-{CONTINUED}", words)


def fit_tables(root: Element, room: Room) -> None:
    """Align the figures of a chapter's tables, and fit each into the measure."""
    for table in list(root.iter("table")):
        continued = table.attrib.pop(f"data-{CONTINUED}", "")
        grid = Grid.of(table)
        align_figures(grid)
        if grid.columns:
            _fit(table, grid, room, str(continued))


def _fit(table: Element, grid: Grid, room: Room, continued: str) -> None:
    wanted = needs(grid)
    sizes = allowed(room.font)
    fitting = next((size for size in sizes if sum(wanted) <= _em(room.width, size, room)), None)
    if fitting or not _stands_in_text(table) or grid.columns < 3:  # noqa: PLR2004 - one is repeated, two are to part
        _set_whole(table, grid, wanted, fitting or sizes[-1], room, continued, fits=fitting is not None)
        return
    size, parts = _divided(wanted, sizes, room)
    if len(parts) > MOST_PARTS and turned.can_be_cut(table):
        lying = next((one for one in sizes if sum(wanted) <= _em(room.height, one, room)), sizes[-1])
        widths = shares(grid, wanted, _em(room.height, lying, room))
        if turned.height(grid, widths, lying.pitch * room.pitch) >= FULL_SHARE * room.width:
            _set_classes(table, lying.name)
            _replace(table, turned.turn(table, grid, wanted, lying, room, continued=continued))
            return
    _set_classes(table, size.name)
    _say_continued(table, grid, continued)
    _replace(table, columns.divide(table, Grid.of(table), parts, continued=continued))


def _em(length: float, size: Size, room: Room) -> float:
    return length / (size.rem * room.font)


def _divided(wanted: Sequence[float], sizes: Sequence[Size], room: Room) -> tuple[Size, tuple[range, ...]]:
    """The largest type in which there are no more parts than in the smallest."""
    by_size = [(size, columns.groups(wanted, _em(room.width, size, room))) for size in sizes]
    fewest = min(len(parts) for _, parts in by_size)
    return next((size, parts) for size, parts in by_size if len(parts) == fewest)


def _stands_in_text(table: Element) -> bool:
    """Whether it stands in the text itself, and holds nothing but text."""
    parent = table.getparent()
    in_text = parent is not None and "body" in (parent.get("class") or "").split()
    return in_text and table.find(".//img") is None and table.find(".//table") is None


def _set_whole(
    table: Element, grid: Grid, wanted: Sequence[float], size: Size, room: Room, continued: str, *, fits: bool
) -> None:
    pitch = size.pitch * room.pitch
    widths = shares(grid, wanted, _em(room.width, size, room))
    body = sum(1 for row in grid.rows if not row.is_head)
    short = body <= SHORT_ROWS and turned.height(grid, widths, pitch) <= SHORT_SHARE * room.height
    _set_classes(
        table, size.name, SHORT if short and table.find(".//img") is None else "", "" if fits else "tight"
    )
    if not short:
        _say_continued(table, grid, continued)


def _say_continued(table: Element, grid: Grid, words: str) -> None:
    """Give its head a row that says so; where the table begins, it is left out (`continued_tables`)."""
    head = next((row.element.getparent() for row in grid.rows if row.is_head), None)
    if head is not None and words:
        row = etree.Element("tr", {"class": f"{CONTINUED} {REPEATED}"})
        cell = etree.SubElement(row, "th", {"colspan": str(grid.columns)} if grid.columns > 1 else {})
        cell.text = words
        head.insert(0, row)
        table.set("class", " ".join([*table.get("class", "").split(), CONTINUES]))


def _set_classes(table: Element, *names: str) -> None:
    kept = [one for one in table.get("class", "").split() if one not in _OWN_CLASSES]
    table.attrib.pop("class", "")
    if joined := " ".join(filter(None, (*kept, *names))):
        table.set("class", joined)


def _replace(table: Element, holder: Element) -> None:
    parent = table.getparent()
    holder.tail, table.tail = table.tail, None
    if parent is not None and len(holder):
        parent.replace(table, holder)
