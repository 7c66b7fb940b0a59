"""Which way a language is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from booklet.model import Chapter

Direction = Literal["ltr", "rtl"]

_RTL_LANGUAGES = frozenset("ar arc ckb dv fa he iw ji khw ks ku ps sd syr ug ur yi".split())  # noqa: SIM905 - codes
"""Written from right to left where the tag names no script (CLDR, `characterOrder`)."""
_RTL_SCRIPTS = frozenset("adlm arab hebr mand nkoo rohg samr syrc thaa".split())  # noqa: SIM905 - codes
_SCRIPT_LETTERS = 4


def direction_of(language: str) -> Direction:
    """By a BCP 47 tag: its script, else its language."""
    main, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_LETTERS and part.isalpha()), "")
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if main in _RTL_LANGUAGES else "ltr"


def holds_rtl(chapters: Iterable[Chapter]) -> bool:
    """Whether something in them is written from right to left."""
    return any('dir="rtl"' in one.xhtml or direction_of(one.lang) == "rtl" for one in chapters)
