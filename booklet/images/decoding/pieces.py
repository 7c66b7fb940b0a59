"""Long screenshots (长图) cut between the lines of their text, into pieces of which a page holds several.

Short ones, so that pages fill; a photograph between the lines stays whole if a page can hold it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops

REACH_PX = 16
EDGE = 12
"""Pixels so far apart that differ by more are ink: letters and photographs; below lies the unrest of JPEG."""
SHORTEST = 0.2
"""The height of the shortest piece, as a share of the tallest that is allowed."""
GAP_PX = 10
"""Empty rows, one above the other, that are a good place."""
EMPTY = 1.0
"""Ink, in 255ths of a row's width, that an empty row may have over the emptiest ones, crossed by borders."""
EMPTIEST = 0.05
"""The share of a picture's rows that counts as its emptiest ones."""


def cuts(image: Image.Image, tallest: int) -> list[tuple[int, int]]:
    """The pieces' upper and lower rows, none above `tallest`, few below a fifth of it."""
    ink = _ink(image)
    gaps = list(_gaps(ink))
    shortest = max(1, round(SHORTEST * tallest))
    pieces: list[tuple[int, int]] = []
    top = 0
    while len(ink) - top > 2 * shortest:
        near = [gap for gap in gaps if top < gap <= min(top + tallest, len(ink) - shortest)]
        good = next((gap for gap in near if gap >= top + shortest), None)
        if good is None and len(ink) - top <= tallest:
            break
        if good is None:
            # What stands here is higher than a page: it may at least begin on its own.
            good = near[-1] if near else _emptiest(ink, top + tallest // 2, top + tallest)
        pieces.append((top, good))
        top = good
    pieces.append((top, len(ink)))
    return pieces


def _gaps(ink: Sequence[float]) -> Iterator[int]:
    """The middle rows of all gaps that are wide enough."""
    ground = sorted(ink)[int(len(ink) * EMPTIEST)] + EMPTY
    start: int | None = None
    for row, found in enumerate((*ink, ground + 1)):
        if found <= ground and start is None:
            start = row
        elif found > ground and start is not None:
            if row - start >= GAP_PX and start > 0:
                yield (start + row) // 2
            start = None


def _emptiest(ink: Sequence[float], highest: int, lowest: int) -> int:
    return min(range(highest, min(lowest, len(ink) - 1) + 1), key=lambda row: ink[row])


def _ink(image: Image.Image) -> Sequence[float]:
    """How much is on each row, counted by what changes along it: ground of any colour has none."""
    grey = image.convert("L")
    width, height = grey.size
    reach = min(REACH_PX, width - 1)
    moved = grey.crop((reach, 0, width, height))
    edges = ImageChops.difference(grey.crop((0, 0, width - reach, height)), moved)
    edges = edges.point(lambda step: 255 * (step >= EDGE)).convert("F")
    return array("f", edges.resize((1, height), Image.Resampling.BOX).tobytes())
