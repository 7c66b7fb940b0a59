"""Which page stands where on which sheet: pure numbers, no PDF.

Saddle stitch: all sheets lie on one pile, are folded together once and stapled through the fold. The
outermost sheet carries the first and the last page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Binding = Literal["left", "right"]
"""Where the fold is when one looks at the front cover: left for lines that run from left to right."""
BINDINGS: tuple[Binding, ...] = get_args(Binding)

PAGES_PER_SHEET = 4


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet as the printer sees it: page numbers from 1, None for a blank half."""

    left: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, turned over its short edge: the back's left half lies behind the front's right."""

    front: Side
    back: Side


def saddle_stitch(pages: int, binding: Binding = "left") -> tuple[Sheet, ...]:
    """The sheets of a folded booklet, outermost first.

    Args:
        pages: how many there are, at least 1; blank ones follow the last up to a multiple of four.
        binding: the side of the fold.
    """
    places = -(-pages // PAGES_PER_SHEET) * PAGES_PER_SHEET
    sheets = []
    for outer in range(places // PAGES_PER_SHEET):
        first, last = 1 + 2 * outer, places - 2 * outer
        sheets.append(
            Sheet(
                front=_side(last, first, pages, binding),
                back=_side(first + 1, last - 1, pages, binding),
            )
        )
    return tuple(sheets)


def _side(left: int, right: int, pages: int, binding: Binding) -> Side:
    if binding == "right":
        left, right = right, left
    return Side(left if left <= pages else None, right if right <= pages else None)
