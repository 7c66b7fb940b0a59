"""Characters by what they do at the ends of lines, for titles."""

from __future__ import annotations

import unicodedata

OPENING = "《〈（「『【〔“‘("
CLOSING = "》〉）」』】〕”’)"
BREAK_AFTER = "，。！？；：…—｜|丨"
LATIN_MARKS = ":;,.!?"
"""Between a space and Han they part a title too; no line begins with one."""


def is_wide(character: str) -> bool:
    """Whether a character takes a whole em: Han, kana, full-width marks."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—"
