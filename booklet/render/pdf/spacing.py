"""How a line's slack is shared out between its letters. Pure arithmetic on letters and em sizes.

Slack goes first to the borders between Han and Latin where no space was typed, up to a quarter em each (clreq
§3.2.2), then evenly between Han characters and into spaces, half as much into those borders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from booklet.render.pdf.marks import classify, is_border

UNITS_PER_EM = 1000  # glyph positions in a PDF text operator (ISO 32000-1 §9.4.3)
MIXED_GAP_EM = 0.25
MOST_GAP_EM = 1.0
"""Between two Han or into a space. A line that needs more has one long word after it: it stays short."""
MOST_TRACKING_EM = 0.06

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
    spaced: bool = False
    """A quarter em after it is part of the layout already."""
    gap: float = 0.0
    """CSS px to add after it."""


def letters_of(text: str, owner: int, em: float) -> list[Letter]:
    """The letters of one box's text."""
    letters: list[Letter] = []
    offset = 0
    joined = False
    for place, character in enumerate(text):
        kind = classify(character)
        if kind == "invisible":
            if letters and text[place - 1] == character:
                letters[-1].spaced = True
        elif letters and (joined or kind in {"attached", "joiner"}):
            letters[-1].offset = offset  # a gap belongs after the whole cluster
        else:
            letters.append(Letter(owner, offset, character, em))
        joined = kind == "joiner"
        offset += len(character.encode())
    return letters


def share_out(letters: Sequence[Letter], slack: float, *, fill: bool) -> float:
    """Set the letters' gaps from the slack in CSS px, and say how much was given.

    With `fill` all of it is given if no gap gets too wide, else only the quarter ems.
    """
    weights = [_weight(left.character, right.character) for left, right in pairwise(letters)]
    ems = [letter.em for letter in letters]
    quarters = [
        left.em * MIXED_GAP_EM * (is_border(left.character, right.character) and not left.spaced)
        for left, right in pairwise(letters)
    ]
    share = min(1.0, slack / sum(quarters)) if any(quarters) else 0.0
    gaps = [quarter * share for quarter in quarters]
    if fill:
        gaps = _fill(gaps, weights, ems, slack - sum(gaps))
    wanted = given = 0.0
    for letter, gap in zip(letters, gaps, strict=False):
        wanted += gap
        unit = letter.em / UNITS_PER_EM
        if gap and unit:
            # Whole units; what rounding leaves over goes into the next gap.
            letter.gap = round((wanted - given) / unit) * unit
            given += letter.gap
    return given


def _fill(gaps: list[float], weights: Sequence[float], ems: Sequence[float], slack: float) -> list[float]:
    """Add the slack by weight, up to a limit; then track the Latin letters, as far as nobody sees it."""
    limits = [weight * em * MOST_GAP_EM for weight, em in zip(weights, ems, strict=False)]
    share = min(1.0, slack / sum(limits)) if any(limits) else 0.0
    gaps = [gap + limit * share for gap, limit in zip(gaps, limits, strict=True)]
    slack -= sum(limits) * share
    tracks = [em * MOST_TRACKING_EM * (weight == 0) for weight, em in zip(weights, ems, strict=False)]
    if slack <= 0 or not any(tracks):
        return gaps
    share = min(1.0, slack / sum(tracks))
    return [gap + track * share for gap, track in zip(gaps, tracks, strict=True)]


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
