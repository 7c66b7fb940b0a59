"""The sizes of type that tables are set in."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """A class of print.css."""

    name: str
    rem: float
    pitch: float
    """Of the text's."""


SIZES = (Size("", 0.86, 0.78), Size("small-type", 0.76, 0.7), Size("many-columns", 0.67, 0.64))
LEAST_PT = 6.5
"""No smaller: what is handed round in a meeting is read at arm's length."""


def allowed(font: float) -> list[Size]:
    """Those that are legible where the text is set in so many pt; the largest first."""
    return [size for size in SIZES if size.rem * font >= LEAST_PT] or [SIZES[0]]
