"""Long screenshots (长图) cut into pieces that a page can hold, between the lines of their text."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PIL import Image, ImageChops

REACH_PX = 16
EDGE = 12
"""Pixels so far apart that differ by more are ink: letters and photographs; below lies the unrest of JPEG."""
WINDOW = 0.15
"""Of a piece's full height: how far from an even division a better place is looked for, up and down."""
FAR = 0.5
"""The same, if text stands on every row of the window."""
GAP_PX = 12
"""A gap so wide is a good one; among such, the one nearest to an even division is taken."""
EMPTY = 3.0
"""Ink, in 255ths of a row's width, of a row that only borders and rules cross."""
_SAME = 0.5
"""Ink by which rows that are equally empty may differ."""


def cuts(image: Image.Image, tallest: int) -> list[tuple[int, int]]:
    """The pieces' upper and lower rows, of even height as far as the text allows, none above `tallest`."""
    ink = _ink(image)
    pieces: list[tuple[int, int]] = []
    top = 0
    while len(ink) - top > tallest:
        left = len(ink) - top
        count = -(-left // tallest)
        even = round(left / count)
        # Not so short that what remains needs another page.
        shortest = max(1, left - (count - 1) * tallest, round(even - WINDOW * tallest))
        longest = min(tallest, round(even + WINDOW * tallest))
        if min(ink[top + shortest : top + longest + 1]) > EMPTY:
            shortest, longest = max(1, round(even - FAR * tallest)), tallest
        cut = _emptiest(ink, top + shortest, top + longest, top + even)
        pieces.append((top, cut))
        top = cut
    pieces.append((top, len(ink)))
    return pieces


def _ink(image: Image.Image) -> Sequence[float]:
    """How much is on each row, counted by what changes along it: ground of any colour has none."""
    grey = image.convert("L")
    width, height = grey.size
    reach = min(REACH_PX, width - 1)
    moved = grey.crop((reach, 0, width, height))
    edges = ImageChops.difference(grey.crop((0, 0, width - reach, height)), moved)
    edges = edges.point(lambda step: 255 * (step >= EDGE)).convert("F")
    return array("f", edges.resize((1, height), Image.Resampling.BOX).tobytes())


def _emptiest(ink: Sequence[float], highest: int, lowest: int, even: int) -> int:
    """The middle of a wide gap among the emptiest rows, the nearest to `even`; else of the widest gap."""
    least = min(ink[highest : lowest + 1])
    best: tuple[int, int, int] | None = None
    start: int | None = None
    for row in range(highest, lowest + 2):
        empty = row <= lowest and ink[row] <= least + _SAME
        if empty and start is None:
            start = row
        elif not empty and start is not None:
            middle = (start + row) // 2
            found = (min(row - start, GAP_PX), -abs(middle - even), middle)
            best = max(best, found) if best else found
            start = None
    return best[2] if best else lowest
