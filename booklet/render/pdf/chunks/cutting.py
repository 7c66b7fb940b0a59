"""Where a book is cut into chunks: at forced page breaks only, by the chapters' own ids. Pure.

Where the cuts fall depends on what stands at them and not on how many chapters come before: an article more
or less changes the chunk that it is in and leaves the others as they were kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from booklet.render.pdf.values.jobs import Opening

LEAST = 3
"""Chapters: each chunk costs a quarter of a second besides its pages (measured)."""
MOST = 10
ONE_IN = 3
"""Chapters past `LEAST` at which a chunk ends."""
HEAVY = 400_000
"""The weight, in characters of HTML, from which on a chunk takes no more."""


def cut(openings: Sequence[Opening], chapters: Sequence[str], sizes: Sequence[int]) -> tuple[range, ...]:
    """The chunks, as ranges of chapters.

    Args:
        openings: how each chapter begins.
        chapters: their ids.
        sizes: their weights.
    """
    cuts = [0]
    for at in range(1, len(chapters)):
        first = cuts[-1]
        if not openings[at].forced:
            continue
        # Which side the inner breaks fall on must not depend on where the chunk stands.
        sided = openings[at].side is not None and openings[first].side is None
        if sided or _enough(at - first, sum(sizes[first:at]), chapters[at]):
            cuts.append(at)
    return tuple(range(first, end) for first, end in zip(cuts, [*cuts[1:], len(chapters)], strict=True))


def _enough(count: int, size: int, following: str) -> bool:
    if count >= MOST or size >= HEAVY:
        return True
    return count >= LEAST and hashlib.sha256(following.encode()).digest()[0] % ONE_IN == 0
