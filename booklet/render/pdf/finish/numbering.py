"""All chunks' pages one after the other: their sides and their numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from booklet.render.pdf.values.folios import Folio, Style
from booklet.render.pdf.values.jobs import SIDES, Counter, Laid, LaidPage, Side


@dataclass(frozen=True, slots=True)
class Part:
    """A laid-out chunk at its place in the book."""

    laid: Laid
    side: Side | None
    """That its first page must have."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A page of the book."""

    part: int
    page: int | None
    """Its index in the part; None: an empty page before the part's first."""
    side: Side
    number: int
    """As printed."""


def place(parts: Sequence[Part]) -> tuple[Placed, ...]:
    """Give every page its place. The first page of a book is a right-hand page."""
    return tuple(_placed(parts))


def _placed(parts: Sequence[Part]) -> Iterator[Placed]:
    side: Side = "right"
    number = 0
    for index, part in enumerate(parts):
        if part.side and part.side != side:
            number += 1
            yield Placed(index, None, side, number)
            side = _other(side)
        for place, page in enumerate(part.laid.pages):
            number = _counted(number, page.counter)
            yield Placed(index, place, side, number)
            side = _other(side)


def numbers_by_id(parts: Sequence[Part], placed: Sequence[Placed]) -> dict[str, int]:
    """The number of the page on which each id first stands."""
    numbers: dict[str, int] = {}
    for one in placed:
        for name, _, _ in anchors_of(parts, one):
            numbers.setdefault(name, one.number)
    return numbers


def anchors_of(parts: Sequence[Part], one: Placed) -> tuple[tuple[str, float, float], ...]:
    """What stands on a page, and where."""
    page = page_of(parts, one)
    return page.anchors if page else ()


def page_of(parts: Sequence[Part], one: Placed) -> LaidPage | None:
    """A page as laid out; None: an empty one."""
    return None if one.page is None else parts[one.part].laid.pages[one.page]


def folios(parts: Sequence[Part], placed: Sequence[Placed]) -> tuple[Folio, ...]:
    """All pages' numbers, and whether they are printed."""
    return tuple(Folio(one.number, _style(parts, one)) for one in placed)


def _style(parts: Sequence[Part], one: Placed) -> Style | None:
    page = page_of(parts, one)
    if page is not None and page.style:
        return page.style
    margins = parts[one.part].laid.empty if page is None else page.margins
    return "decimal" if margins[SIDES.index(one.side)].folios else None


def _other(side: Side) -> Side:
    return "left" if side == "right" else "right"


def _counted(number: int, counter: Counter) -> int:
    """As the library counts: reset, set, increment."""
    reset, set_, increment = counter
    touched = any(value is not None for value in counter)
    number = number if reset is None else reset
    number = number if set_ is None else set_
    return number + (increment if increment is not None else 0 if touched else 1)
