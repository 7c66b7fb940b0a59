"""Characters by what they do at the ends of lines, for titles."""

from __future__ import annotations

import unicodedata
from functools import cache

OPENING = "《〈（「『【〔“‘("
CLOSING = "》〉）」』】〕”’)"
BREAK_AFTER = "，。！？；：…—｜|丨"
LATIN_MARKS = ":;,.!?"
"""Between a space and Han they part a title too; no line begins with one."""
LONGEST_BRACKET = 9
"""Characters, brackets and all: `（二〇二一年版）` stays on one line."""


@cache  # titles are measured a hundred times, by some thousand characters
def is_wide(character: str) -> bool:
    """Whether a character takes a whole em: Han, kana, full-width marks."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—"


def width_em(text: str) -> float:
    """About how wide a text is set, in em: wide characters 1, others a half."""
    return (len(text) + sum(map(is_wide, text))) / 2


def bracket_end(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed, if it is short; else `start`."""
    depth = 0
    for index, char in enumerate(text[start : start + LONGEST_BRACKET], start):
        depth += (char in OPENING) - (char in CLOSING)
        if depth == 0:
            return index + 1
    return start
