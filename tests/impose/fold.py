"""A pile of printed sheets, folded once: what one reads when turning its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Content = TypeVar("Content")
SheetOf = tuple[tuple[Content, Content], tuple[Content, Content]]
"""The halves of the front (left, right) and of the back, each as the printer sees it."""


def fold(sheets: Sequence[SheetOf[Content]], *, opens: str) -> list[Content]:
    """Lay the sheets on one pile, the first at the bottom, fronts down, fold it over, and turn the pages.

    Each sheet becomes two leaves. Seen from the front, the back's left half lies behind the right one. Where
    the fold is left of the cover, the front's right half is the leaf that comes first.
    """
    before: list[Content] = []
    after: list[Content] = []
    for (front_left, front_right), (back_left, back_right) in sheets:
        left_leaf, right_leaf = (front_left, back_right), (front_right, back_left)
        first, last = (right_leaf, left_leaf) if opens == "left" else (left_leaf, right_leaf)
        before += [first[0], first[1]]
        after = [last[1], last[0], *after]
    return before + after
