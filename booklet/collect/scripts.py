"""Which script a letter is of, and what a script alone says of a text's language. Pure."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

_SCRIPTS = {
    "han": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "kana": r"\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d",
    "hangul": r"\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e",
    "latin": r"A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": r"\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "arabic": r"\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": r"\u05d0-\u05f2\ufb1d-\ufb4f",
    "thai": r"\u0e01-\u0e3a\u0e40-\u0e4e",
    "greek": r"\u0370-\u03ff\u1f00-\u1fff",
    "devanagari": r"\u0900-\u097f",
    "bengali": r"\u0980-\u09ff",
    "tamil": r"\u0b80-\u0bff",
    "lao": r"\u0e80-\u0eff",
    "tibetan": r"\u0f00-\u0fff",
    "burmese": r"\u1000-\u109f",
    "georgian": r"\u10a0-\u10ff",
    "armenian": r"\u0530-\u058f",
    "ethiopic": r"\u1200-\u137f",
    "khmer": r"\u1780-\u17ff",
    "mongolian": r"\u1800-\u18af",
}
"""Letters of scripts in which articles are met (Unicode's blocks)."""
_LETTERS = {name: re.compile(f"[{ranges}]") for name, ranges in _SCRIPTS.items()}
ONE_LANGUAGE = {
    "thai": "th",
    "greek": "el",
    "hebrew": "he",
    "devanagari": "hi",
    "bengali": "bn",
    "tamil": "ta",
    "lao": "lo",
    "tibetan": "bo",
    "burmese": "my",
    "georgian": "ka",
    "armenian": "hy",
    "ethiopic": "am",
    "khmer": "km",
    "mongolian": "mn",
}
"""Scripts, each with the language that nearly all texts in it are in."""
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_VIETNAMESE_SHARE = 0.05
_URDU, _PERSIAN, _ARABIC = frozenset("ٹڈڑںےہھۂۓ"), frozenset("پچژگکی"), frozenset("ةىيكأإؤ")


@cache
def script(letter: str) -> str:
    """The script of a letter; `other` for one that is none of ours, or no letter."""
    return next((name for name, letters in _LETTERS.items() if letters.match(letter)), "other")


def scripts_of(letters: Counter[str]) -> Counter[str]:
    """How many of the letters are of each script."""
    found: Counter[str] = Counter()
    for letter, count in letters.items():
        found[script(letter)] += count
    return found


def is_vietnamese(letters: Counter[str]) -> bool:
    """Whether letters are many that Vietnamese alone writes: a quarter of its own are such."""
    own = sum(letters[letter] for letter in _VIETNAMESE)
    return own > 1 and own >= _VIETNAMESE_SHARE * letters.total()


def of_arabic_letters(letters: Counter[str]) -> str:
    """Arabic, Persian or Urdu: each has letters that the others lack or write otherwise (U+06CC, U+064A)."""
    own = {
        "ur": sum(letters[letter] for letter in _URDU),
        "fa": sum(letters[letter] for letter in _PERSIAN),
        "ar": sum(letters[letter] for letter in _ARABIC),
    }
    if own["ur"] * 20 >= sum(own.values()) and own["ur"]:
        return "ur"
    return "fa" if own["fa"] > own["ar"] else "ar"
