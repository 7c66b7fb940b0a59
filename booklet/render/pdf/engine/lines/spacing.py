"""How a line's slack is shared out between its letters. Pure arithmetic on letters and em sizes.

Slack goes first to the borders between Han and Latin where no space was typed, up to a quarter em each (clreq
§3.2.2), then evenly between Han characters and into spaces, half as much into those borders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from booklet.render.text.marks import KINDS, CharacterClass, is_border

UNITS_PER_EM = 1000  # glyph positions in a PDF text operator (ISO 32000-1 §9.4.3)
MIXED_GAP_EM = 0.25
MOST_GAP_EM = 1 / 3
"""The stretch limit: between two Han. Before a line needs so much, the word after it is broken (words.py)."""
MOST_MIXED_EM = MOST_GAP_EM / 2
"""The same between Han and Latin, with or without a space."""
MOST_SPACE_EM = 2 / 3
"""The same into a space between Latin words."""
MOST_TRACKING_EM = 0.05
"""Between Latin letters, where nothing else is left: an address over a whole line."""
ATTACHED_SIZE = 0.75
"""A character smaller than this share of the one before it is raised, or lowered, and belongs to it."""


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
    led: bool = False
    """The same before it."""
    gap: float = 0.0
    """CSS px to add after it."""
    kind: CharacterClass = "narrow"


def letters_of(text: str, owner: int, em: float) -> list[Letter]:
    """The letters of one box's text."""
    letters: list[Letter] = []
    offset = 0
    joined = led = False
    for place, character in enumerate(text):
        kind = KINDS[character]
        if kind == "invisible":
            if place and text[place - 1] == character:
                if letters:
                    letters[-1].spaced = True
                led = True
        elif letters and (joined or kind in {"attached", "joiner"}):
            letters[-1].offset = offset  # a gap belongs after the whole cluster
        else:
            letters.append(Letter(owner, offset, character, em, led=led, kind=kind))
            led = False
        joined = kind == "joiner"
        offset += 3 if "\u07ff" < character < "\U00010000" else len(character.encode())
    return letters


def share_out(letters: Sequence[Letter], slack: float, *, fill: bool) -> float:
    """Set the letters' gaps from the slack in CSS px, and say how much was given.

    With `fill` all of it is given if no gap gets too wide, else only the quarter ems.
    """
    quarters = [
        left.em * MIXED_GAP_EM if left.kind != right.kind and _lacks_quarter(left, right) else 0.0
        for left, right in pairwise(letters)
    ]
    share = min(1.0, slack / sum(quarters)) if any(quarters) else 0.0
    gaps = [quarter * share for quarter in quarters]
    if fill:
        gaps = _fill(gaps, letters, slack - sum(gaps))
    wanted = given = 0.0
    for letter, gap in zip(letters, gaps, strict=False):
        wanted += gap
        unit = letter.em / UNITS_PER_EM
        if gap and unit:
            # Whole units; what rounding leaves over goes into the next gap.
            letter.gap = round((wanted - given) / unit) * unit
            given += letter.gap
    return given


def _lacks_quarter(left: Letter, right: Letter) -> bool:
    if _is_attached(left, right):
        return False
    return not left.spaced and not right.led and is_border(left.character, right.character)


def _is_attached(left: Letter, right: Letter) -> bool:
    """Whether a small character, such as a note's number, belongs to the larger one before it."""
    return 0 < right.em < ATTACHED_SIZE * left.em


def capacity(letters: Sequence[Letter]) -> float:
    """How many CSS px the letters' gaps can take."""
    return sum(_limits(letters))


def _fill(gaps: list[float], letters: Sequence[Letter], slack: float) -> list[float]:
    """Add the slack by weight, up to a limit; then track the Latin letters, as far as nobody sees it."""
    limits = _limits(letters)
    share = min(1.0, slack / sum(limits)) if any(limits) else 0.0
    gaps = [gap + limit * share for gap, limit in zip(gaps, limits, strict=True)]
    slack -= sum(limits) * share
    tracks = [
        letter.em * MOST_TRACKING_EM * (limit == 0) for letter, limit in zip(letters, limits, strict=False)
    ]
    if slack <= 0 or not any(tracks):
        return gaps
    share = min(1.0, slack / sum(tracks))
    return [gap + track * share for gap, track in zip(gaps, tracks, strict=True)]


def _limits(letters: Sequence[Letter]) -> list[float]:
    """The most that goes between each two neighbours, in CSS px; the slack is shared in proportion."""
    kinds = [letter.kind for letter in letters]
    limits = []
    for place, letter in enumerate(letters[:-1]):
        left, right = kinds[place], kinds[place + 1]
        if _is_attached(letter, letters[place + 1]):
            share = 0.0
        elif left == right == "wide":
            share = MOST_GAP_EM
        elif left == "space":
            beside_han = right == "wide" or (place > 0 and kinds[place - 1] == "wide")
            share = MOST_MIXED_EM if beside_han else MOST_SPACE_EM
        elif right == "space" or "wide" not in (left, right):
            share = 0.0
        else:
            share = MOST_MIXED_EM if "narrow" in (left, right) else MOST_GAP_EM
        limits.append(letter.em * share)
    return limits
