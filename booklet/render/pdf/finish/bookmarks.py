"""PDF bookmarks of the whole book, from those of its pages (ISO 32000-1 §12.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


@dataclass(slots=True)
class Bookmark:
    """One, with those below it."""

    level: int
    label: str
    page: int
    """Index in the file."""
    point: tuple[float, float]
    """In pt from the page's lower left corner."""
    closed: bool
    children: list[Bookmark] = field(default_factory=list)


def nested(flat: Iterable[Bookmark]) -> list[Bookmark]:
    """Bookmarks in their order, as a tree; a level that is skipped is not there."""
    top: list[Bookmark] = []
    open_ones: list[Bookmark] = []
    for mark in flat:
        while open_ones and open_ones[-1].level >= mark.level:
            open_ones.pop()
        (open_ones[-1].children if open_ones else top).append(mark)
        open_ones.append(mark)
    return top


def add_outline(pdf: Pdf, top: Sequence[Bookmark], pages: Sequence[Object]) -> None:
    """Write the tree into the file."""
    if not top:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    items, count = _items(pdf, top, root, pages)
    root.First, root.Last, root.Count = items[0], items[-1], count
    pdf.Root.Outlines = root


def _items(
    pdf: Pdf, marks: Sequence[Bookmark], parent: Object, pages: Sequence[Object]
) -> tuple[list[Object], int]:
    """The entries of one branch, and how many are seen when it is open."""
    items: list[Object] = []
    seen = len(marks)
    for mark in marks:
        place = Array([pages[mark.page], Name.XYZ, *map(_number, mark.point), 0])
        item = pdf.make_indirect(Dictionary(Title=String(mark.label), Dest=place, Parent=parent))
        if items:
            item.Prev, items[-1].Next = items[-1], item
        if mark.children:
            below, count = _items(pdf, mark.children, item, pages)
            item.First, item.Last, item.Count = below[0], below[-1], -count if mark.closed else count
            seen += 0 if mark.closed else count
        items.append(item)
    return items, seen


def _number(value: float) -> float:
    return round(value, 3)
