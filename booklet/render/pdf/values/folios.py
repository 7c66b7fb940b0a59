"""The number of a page, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["decimal", "lower-roman", "upper-roman"]

_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Folio:
    """The number of a page."""

    number: int
    style: Style | None
    """None: it is counted, not printed."""


def roman(number: int) -> str:
    """A number in small Roman numerals; empty below 1."""
    text = ""
    for value, letters in _NUMERALS:
        count, number = divmod(max(number, 0), value)
        text += letters * count
    return text
