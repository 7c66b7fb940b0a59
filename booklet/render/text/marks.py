"""What a character is to a Chinese typesetter: its width, its place at a mark, what it belongs to. Pure.

Sources: Unicode East Asian Width (UAX #11); W3C "Requirements for Chinese Text Layout" (clreq) §3.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from math import inf
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
_CIRCLED = frozenset(map(chr, (*range(0x2460, 0x2474), *range(0x2776, 0x2780))))
"""① to ⑳, ❶ to ❿: ambiguous in UAX #11, a whole em in Chinese faces, and set as a Han is, without a gap."""
_HANGUL = ("\uac00", "\ud7a3")  # wide, but Korean is spaced between words
_WIDE = "[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NEUTRAL = "[\u200b\u2060]*"

_TIGHT_PAIR = re.compile(
    f"(?P<first>[{CLOSING}])(?={_NEUTRAL}[{CLOSING}{OPENING}])|(?<=[{OPENING}])(?P<second>[{OPENING}])"
)
_FIRST_OPENING = re.compile(rf"{_NEUTRAL}([{OPENING}])")
_LAST_CLOSING = re.compile(rf"([{CLOSING}]){_NEUTRAL}\Z")
_BOUND_WITH_MARK = re.compile(
    rf"(?P<bound>{_WIDE}(?:\u2060+{_WIDE})*|[{OPENING}]?[!-~]{{1,20}})(?P<mark>(?:\u2060*[{CLOSING}])+)"
)
_LEAST_LATIN_EM = 0.3
_APOSTROPHE_WORD = re.compile(r"[^\W\d_一-鿿]+(?:’[^\W\d_一-鿿]+)+")
_CURLY = re.compile("[“”‘’—…]")
_GAP = re.compile("\u200b\u200b|\u2060\u2060")
_BREAKS = re.compile("[\u200b\u2060]+")
_LAST_GAP = re.compile("(?:\u200b\u200b|\u2060\u2060)\\Z")
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
    wide = unicodedata.east_asian_width(character) in {"W", "F"} or character in _CIRCLED
    return "wide" if wide and not _HANGUL[0] <= character <= _HANGUL[1] else "narrow"


class _Kinds(dict[str, CharacterClass]):
    def __missing__(self, character: str) -> CharacterClass:
        kind = self[character] = classify(character)
        return kind


KINDS = _Kinds()
"""The same of characters in bulk, where a call for each would cost more than all else."""


def is_border(before: str, after: str) -> bool:
    """Whether Han (or kana) and a Latin letter or digit meet, where a quarter em belongs (clreq §3.2.2)."""
    if not (before.isalnum() and after.isalnum()):
        return False
    return {classify(before), classify(after)} == {"wide", "narrow"}


def gap_ranges(text: str, *, ends_line: bool = False) -> Iterator[tuple[int, int]]:
    """Pairs of invisible characters that typography.py left for a quarter em: `(start, end)` in UTF-8 bytes.

    One at a line's end is none.
    """
    end = len(text)
    if ends_line and (last := _LAST_GAP.search(text)):
        end = last.start()
    for match in _GAP.finditer(text, 0, end):
        first = len(text[: match.start()].encode())
        yield first, first + len(match[0].encode())


def has_full_width_marks(language: str) -> bool:
    """Whether marks take a whole em in this language (BCP 47)."""
    return language.partition("-")[0].lower() in _FULL_WIDTH_LANGUAGES


def tight_marks(text: str, *, first: bool = False, last: bool = False) -> list[int]:
    """Where full-width marks stand that lose their empty half: at another mark (clreq §3.1.6.1).

    `first`: so does an opening mark at the text's start, where a line begins or a mark is before it;
    `last`: a closing mark at its end.
    """
    places = {match.start() for match in _TIGHT_PAIR.finditer(text)}
    if first and (match := _FIRST_OPENING.match(text)):
        places.add(match.start(1))
    if last and (match := _LAST_CLOSING.search(text)):
        places.add(match.start(1))
    return sorted(places)


def ends_loosely(text: str) -> bool:
    """Whether a line that ends so has an empty half of a mark, or a quarter em, at its end."""
    return bool(_LAST_CLOSING.search(text) or _LAST_GAP.search(text))


def width_with_mark(text: str) -> float:
    """How many em at least the text's first characters take at a line's end, if closing marks bind them.

    Infinite if none do.
    """
    match = _BOUND_WITH_MARK.match(text)
    if match is None:
        return inf
    widths = {"wide": 1.0, "narrow": _LEAST_LATIN_EM}
    bound = sum(widths.get(classify(character), 0.0) for character in match["bound"])
    return bound + len(match["mark"].replace("\u2060", "")) / 2


def narrow_ranges(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Curly marks that take their narrow form (`pwid`): `(start, end)` in UTF-8 bytes.

    Apostrophes inside Latin words, and all marks of languages without full-width ones.
    """
    if not has_full_width_marks(language):
        if _CURLY.search(text):
            yield 0, len(text.encode())
        return
    for match in _APOSTROPHE_WORD.finditer(text):
        yield byte_range(text, match.start(), match.end())


def invisible_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Break characters: `(start, end)` in UTF-8 bytes."""
    for match in _BREAKS.finditer(text):
        yield byte_range(text, match.start(), match.end())


def byte_range(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of characters in UTF-8 bytes."""
    first = len(text[:start].encode())
    return first, first + len(text[start:end].encode())
