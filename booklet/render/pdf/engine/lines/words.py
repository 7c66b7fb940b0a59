"""Where a long Latin word may break in a Chinese line that would gape without it. Pure.

Three ranks: after the marks of an address or an expression and between the words of a camel-case name; at
the syllables of a word, with a hyphen; anywhere, which only a line gets that would else miss its margin. Code
never gets a hyphen: it would be read as its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pyphen

from booklet.render.text.marks import CLOSING, OPENING

_WIDE = "\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_LEAD = re.compile(rf" *[{OPENING}(\[\u2060]*")
_WORD = re.compile(rf"(?:[^\s\u200b{_WIDE}{OPENING}{CLOSING}—…]|(?<=[!-~])\u200b(?=[!-~]))+")
_AFTER_MARK = re.compile(
    r"(?<=[/?&=._#+~:,;)\]}|*-])(?=[0-9A-Za-z(\[{])|(?<=[0-9A-Za-z])(?=[(\[{])|(?<=[=,;])(?=[\"'])"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_CODE_MARK = re.compile(r"[._()]")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_NATURAL = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[0-9][0-9.,:]*")
_LONG_NUMBER = 14
_ENGLISH = "en_US"
_LEAST_WORD = 5
_LONG_WORD = 8
_COMFORT, _STRAIN = 3 / 8, 3 / 4
"""Shares of what a line can take: above the first, an eighth of an em, a long word is broken where it breaks
well; above the second, a quarter, any word there."""
WORST_BREAK = 3
_LEAST_HEAD, _LEAST_TAIL = 2, 3  # letters on either side of a hyphen
_LEAST_PIECE = 2  # characters on either side of any other break
_VERY_LONG_WORD, _LEAST_REST = 14, 4  # characters; and behind such a break in it


class Break(NamedTuple):
    """A place where a word may break."""

    place: int
    """Characters before it."""
    hyphen: bool
    rank: int
    """1 is best."""


def word_at(text: str) -> tuple[str, str]:
    """The Latin word that a text begins with, or nothing; before it, spaces and brackets."""
    lead = _LEAD.match(text)
    before = lead[0] if lead else ""
    match = _WORD.match(text, len(before))
    return before, match[0] if match and len(match[0]) >= _LEAST_WORD else ""


def worst_break(word: str, strain: float) -> int:
    """The worst rank of break that is better than such a line; 0 for none.

    `strain` is the slack that the whole word would leave, as a share of what the line can take.
    """
    if strain > 1:
        return WORST_BREAK
    return 2 if strain > _STRAIN or (strain > _COMFORT and len(word) >= _LONG_WORD) else 0


def breaks(word: str, language: str, *, code: bool) -> list[Break]:
    """All places where the word may break, the last first."""
    hyphen = not code and is_natural(word)
    found = {place: Break(place, hyphen, rank=WORST_BREAK) for place in _anywhere(word, natural=hyphen)}
    if not code:
        found |= {at.place: at for at in _hyphenations(word, language)}
    humps = list(_CAMEL.finditer(word))
    if len(humps) == 1 and not _CODE_MARK.search(word):
        humps = []  # JavaScript is one word, getElementById is not
    for match in (*_AFTER_MARK.finditer(word), *humps):
        if match.start() > 1:
            found[match.start()] = Break(match.start(), hyphen=False, rank=1)
    return [found[place] for place in sorted(found, reverse=True) if _may_break(word, found[place])]


def _anywhere(word: str, *, natural: bool) -> list[int]:
    """Places that nothing speaks for; a very long word leaves no stub, a natural one vowels on both sides."""
    rest = _LEAST_REST if len(word) > _VERY_LONG_WORD else _LEAST_PIECE
    places = range(_LEAST_PIECE, len(word) - rest + 1)
    spoken = [place for place in places if _VOWEL.search(word[:place]) and _VOWEL.search(word[place:])]
    return spoken if natural and spoken else list(places)


def _may_break(word: str, at: Break) -> bool:
    """Not before a mark or a last letter, nor after an opening bracket."""
    begins_well = at.rank == 1 or word[at.place : at.place + 2].isalnum()
    return begins_well and word[at.place - 1] not in "([{'\"\u2060" and not _in_number(word, at.place)


def _in_number(word: str, place: int) -> bool:
    """Whether digits stand on both sides, next to the place or past a point; a row of digits is no number."""
    before = word[:place].rstrip(".,:")
    inside = before[-1:].isdigit() and word[place].isdigit()
    return inside and max(map(len, _NUMBER.findall(word))) < _LONG_NUMBER


def _hyphenations(word: str, language: str) -> Iterator[Break]:
    if not is_natural(word):
        return
    dictionary = _dictionary(pyphen.language_fallback(language) or _ENGLISH)
    for match in _NATURAL.finditer(word):
        for position in dictionary.positions(match[0]):
            yield Break(match.start() + int(position), hyphen=True, rank=2)


def is_natural(word: str) -> bool:
    """Whether it reads as a word and not as a name in a program: letters, first ones perhaps capitals."""
    core = word.strip("\u2060.,;:!?()'\"")
    return all(part.isalpha() and part[1:].islower() for part in core.split("-") if part)


@lru_cache(maxsize=16)
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=_LEAST_HEAD, right=_LEAST_TAIL)
