"""Where a Chinese title may be parted: between phrases, not inside a word.

Words come from jieba's dictionary (rjieba); what no line should end or begin with is joined to its neighbour.
The dictionary is one of simplified Chinese; most words in traditional characters are found by its model of
words that it does not know, better than if every place were taken for good.
"""

from __future__ import annotations

import re
from itertools import accumulate

from booklet.render.text.characters import (
    BREAK_AFTER,
    CLOSING,
    LATIN_MARKS,
    OPENING,
    bracket_end,
    is_wide,
    width_em,
)

_CHINESE = re.compile(r"zh\b", re.IGNORECASE)
_LONGEST_EM = 8.0
"""The width up to which words are joined that could stand alone."""
_TO_NEXT = frozenset("bcdmp")
"""Jieba's classes of words that no line ends with: attributes, conjunctions, adverbs, numbers and so on."""
_ONE_TO_NEXT = frozenset("arvz")
"""Where the word is one character, also adjectives, pronouns and verbs."""
_TO_PREVIOUS = frozenset("fkquy")
"""What no line begins with: places, suffixes, measures, particles."""
_ONE_TO_PREVIOUS = frozenset("gjnst")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_KATAKANA = re.compile("[\u30a1-\u30ff]")
_NO_START = CLOSING + BREAK_AFTER + LATIN_MARKS + "、·%℃～ "


def are_known(language: str) -> bool:
    """Whether titles in a language (BCP 47) are parted by words."""
    return _CHINESE.match(language) is not None


def phrases(text: str) -> tuple[str, ...]:
    """The pieces between which a line may end; joined they are the text. A space ends its piece."""
    import rjieba  # its dictionary takes a tenth of a second

    pieces: list[str] = []
    waits, closes, place = False, 0, 0
    for word, kind in rjieba.tag(text):
        if place >= closes and word[0] in OPENING:
            closes = bracket_end(text, place)
            must = False
        else:
            must = place < closes
        fits = bool(pieces) and width_em(pieces[-1] + word) <= _LONGEST_EM
        if pieces and (
            must or _is_bound(pieces[-1], word, kind) or (fits and (waits or _leans(word, kind, pieces[-1])))
        ):
            pieces[-1] += word
        else:
            pieces.append(word)
        waits = _awaits(word, kind) or (waits and word.isspace())
        place += len(word)
    if len(pieces) > 1 and len(pieces[-1]) == 1:
        pieces[-2:] = ["".join(pieces[-2:])]
    return tuple(pieces)


def ends(text: str) -> frozenset[int]:
    """The places in a text at which a line may end."""
    return frozenset(accumulate(map(len, phrases(text))))


def _is_bound(before: str, word: str, kind: str) -> bool:
    """Whether no line may end here at all."""
    last, first = before[-1], word[0]
    if first in _NO_START or last in OPENING or kind[0] == "u":
        return True
    if last == " " and before[-2:-1].isdecimal() and len(word) == 1 and is_wide(word):
        return True
    if last in BREAK_AFTER or last.isspace():
        return False
    # The dictionary knows no Japanese: endings stay with their stems, words in katakana whole.
    if (is_wide(last) and _HIRAGANA.match(first)) or (_KATAKANA.match(last) and _KATAKANA.match(first)):
        return True
    return last.isdecimal() or not (is_wide(last) or is_wide(first))


def _leans(word: str, kind: str, before: str) -> bool:
    """Whether a word belongs to what stands before it."""
    if before[-1] in BREAK_AFTER:
        return False
    return kind[0] in _TO_PREVIOUS or (len(word) == 1 and kind[0] in _ONE_TO_PREVIOUS)


def _awaits(word: str, kind: str) -> bool:
    """Whether a word belongs to what follows it."""
    if kind[0] in _TO_NEXT:
        return not word[-1].isascii()  # a number in figures: `_is_bound`
    return len(word) == 1 and (kind[0] in _ONE_TO_NEXT or kind == "eng")
