"""Long screenshots (长图) cut into pieces that a page can hold, between the lines of their text."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageChops

MOST = 24
"""Pieces of one picture; a longer one is made narrower."""
EDGE = 16
"""A step between neighbouring pixels from which it is ink; below lies the unrest of JPEG."""
WINDOW = 0.25
"""Of a piece's full height: how far from an even division a better place is looked for, up and down."""
_SAME = 0.5
"""Ink, in 255ths of a row's width, by which rows that are equally empty may differ."""


def cuts(image: Image.Image, tallest: int) -> list[tuple[int, int]]:
    """The pieces' upper and lower rows, of even height as far as the text allows, none above `tallest`."""
    ink = _ink(image)
    pieces: list[tuple[int, int]] = []
    top = 0
    while len(ink) - top > tallest:
        left = len(ink) - top
        even = left / -(-left // tallest)
        lowest = top + min(tallest, round(even + WINDOW * tallest))
        highest = top + max(1, round(even - WINDOW * tallest))
        cut = _emptiest(ink, highest, lowest, round(top + even))
        pieces.append((top, cut))
        top = cut
    pieces.append((top, len(ink)))
    return pieces


def _ink(image: Image.Image) -> Sequence[float]:
    """How much is on each row, counted by upright edges: ground of any colour has none."""
    grey = image.convert("L")
    width, height = grey.size
    moved = grey.crop((1, 0, width, height))
    edges = ImageChops.difference(grey.crop((0, 0, width - 1, height)), moved)
    edges = edges.point(lambda step: 255 * (step >= EDGE)).convert("F")
    rows: Sequence[float] = list(edges.resize((1, height), Image.Resampling.BOX).getdata())
    return rows


def _emptiest(ink: Sequence[float], highest: int, lowest: int, even: int) -> int:
    """The middle of the widest gap among the emptiest rows; of gaps alike, the one nearest to `even`."""
    least = min(ink[highest : lowest + 1])
    best: tuple[int, int, int] | None = None
    start: int | None = None
    for row in range(highest, lowest + 2):
        empty = row <= lowest and ink[row] <= least + _SAME
        if empty and start is None:
            start = row
        elif not empty and start is not None:
            middle = (start + row) // 2
            found = (row - start, -abs(middle - even), middle)
            best = max(best, found) if best else found
            start = None
    return best[2] if best else lowest
