"""How a line's slack is shared out between its letters. Pure arithmetic on letters and em sizes.

Slack goes first to the borders between Han and Latin where no space was typed, up to a quarter em each (clreq
§3.2.2), then evenly between Han characters and into spaces, half as much into those borders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from booklet.render.pdf.marks import classify

UNITS_PER_EM = 1000  # glyph positions in a PDF text operator (ISO 32000-1 §9.4.3)
MIXED_GAP_EM = 0.25

HAN_WEIGHT = 1.0
SPACE_WEIGHT = 1.0
MIXED_WEIGHT = 0.5  # between Han and Latin


@dataclass(slots=True)
class Letter:
    """A visible character of a line with what is attached to it; an atomic box has no character."""

    owner: int
    """Which box it stands in."""
    offset: int
    """UTF-8 bytes from the start of the box's text to its last character."""
    character: str
    em: float
    """Font size in CSS px."""
    gap: float = 0.0
    """CSS px to add after it."""


def letters_of(text: str, owner: int, em: float) -> list[Letter]:
    """The letters of one box's text."""
    letters: list[Letter] = []
    offset = 0
    joined = False
    for character in text:
        kind = classify(character)
        if kind == "invisible":
            pass
        elif letters and (joined or kind in {"attached", "joiner"}):
            letters[-1].offset = offset  # a gap belongs after the whole cluster
        else:
            letters.append(Letter(owner, offset, character, em))
        joined = kind == "joiner"
        offset += len(character.encode())
    return letters


def share_out(letters: Sequence[Letter], slack: float, *, fill: bool) -> float:
    """Set the letters' gaps from the slack in CSS px, and say how much was given.

    With `fill` all of it is given where the line has any gap, else only the quarter ems.
    """
    kinds = [_weight(left.character, right.character) for left, right in pairwise(letters)]
    borders = [
        left.em * MIXED_GAP_EM if kind == MIXED_WEIGHT else 0.0
        for left, kind in zip(letters, kinds, strict=False)
    ]
    for_borders = min(slack, sum(borders))
    factor = for_borders / sum(borders) if for_borders else 0.0
    weights = sum(kinds) if fill else 0.0
    rest = (slack - for_borders) / weights if weights else 0.0
    wanted = given = 0.0
    for letter, kind, border in zip(letters, kinds, borders, strict=False):
        wanted += border * factor + kind * rest
        unit = letter.em / UNITS_PER_EM
        if kind and unit:
            # Whole units; what rounding leaves over goes into the next gap.
            letter.gap = round((wanted - given) / unit) * unit
            given += letter.gap
    return given


def _weight(before: str, after: str) -> float:
    """How much of the slack goes between two neighbours."""
    left, right = (classify(character) if character else "narrow" for character in (before, after))
    if left == "space":
        return SPACE_WEIGHT
    if right == "space":
        return 0.0
    if left == "wide":
        return HAN_WEIGHT if right in {"wide", "mark"} else MIXED_WEIGHT
    if right == "wide":
        return HAN_WEIGHT if left == "mark" else MIXED_WEIGHT
    return 0.0
