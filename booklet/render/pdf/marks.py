"""What a character is to a Chinese typesetter: its width, its place at a mark, what it belongs to. Pure.

Sources: Unicode East Asian Width (UAX #11); W3C "Requirements for Chinese Text Layout" (clreq) §3.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

CharacterClass = Literal["wide", "mark", "narrow", "space", "attached", "joiner", "invisible"]
"""wide: Han, kana, full-width marks, emoji · mark: “ ” ‘ ’ — …, full-width only beside wide characters ·
attached: belongs to the character before · joiner: so does what follows · invisible: takes no place."""

OPENING = "（【《〈「『〔［｛“‘"
CLOSING = "，。、；：！？）】》〉」』〕］｝”’"

_AMBIGUOUS_MARKS = frozenset("“”‘’—…·⋯―")
_SPACES = frozenset(" \u00a0")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u2060\ufeff\u200e\u200f")
_JOINER = "\u200d"
_HANGUL = ("\uac00", "\ud7a3")  # wide, but Korean is spaced between words
_NEUTRAL = "[\u200b\u2060]*"

_TIGHT_PAIR = re.compile(
    f"(?P<first>[{CLOSING}])(?={_NEUTRAL}[{CLOSING}{OPENING}])|(?<=[{OPENING}])(?P<second>[{OPENING}])"
)
_APOSTROPHE_WORD = re.compile(r"[^\W\d_一-鿿]+(?:’[^\W\d_一-鿿]+)+")
_CURLY = re.compile("[“”‘’—…]")
_GAP = re.compile("(?<!^)(?:\u200b\u200b|\u2060\u2060)(?!$)")
_FULL_WIDTH_LANGUAGES = ("zh", "ja")


@lru_cache(maxsize=8192)
def classify(character: str) -> CharacterClass:
    """The class of one character."""
    if character in _SPACES:
        return "space"
    if character in _INVISIBLE:
        return "invisible"
    if character == _JOINER:
        return "joiner"
    if unicodedata.category(character) in {"Mn", "Me", "Sk"}:
        return "attached"
    if character in _AMBIGUOUS_MARKS:
        return "mark"
    wide = unicodedata.east_asian_width(character) in {"W", "F"}
    return "wide" if wide and not _HANGUL[0] <= character <= _HANGUL[1] else "narrow"


def is_border(before: str, after: str) -> bool:
    """Whether Han (or kana) and a Latin letter or digit meet, where a quarter em belongs (clreq §3.2.2)."""
    if not (before.isalnum() and after.isalnum()):
        return False
    return {classify(before), classify(after)} == {"wide", "narrow"}


def gap_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of invisible characters that typography.py left for a quarter em: `(start, end)` in UTF-8 bytes.

    Not at the ends of a text, which may be those of a line.
    """
    for match in _GAP.finditer(text):
        first = len(text[: match.start()].encode())
        yield first, first + len(match[0].encode())


def feature_ranges(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """OpenType features for parts of a text: `(start, end, feature)`, in UTF-8 bytes.

    `halt` takes the empty half from a full-width mark that stands beside another (clreq §3.1.6.1). `pwid`
    gives apostrophes inside Latin words, and all curly marks of languages without full-width ones, their
    narrow form.
    """
    if language.partition("-")[0].lower() not in _FULL_WIDTH_LANGUAGES:
        if _CURLY.search(text):
            yield 0, len(text.encode()), "pwid"
        return
    for match in _TIGHT_PAIR.finditer(text):
        yield _bytes(text, match.start(), match.end(), "halt")
    for match in _APOSTROPHE_WORD.finditer(text):
        yield _bytes(text, match.start(), match.end(), "pwid")


def _bytes(text: str, start: int, end: int, feature: str) -> tuple[int, int, str]:
    first = len(text[:start].encode())
    return first, first + len(text[start:end].encode()), feature
