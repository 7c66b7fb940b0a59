"""Where text may break and where not, as invisible characters in the text. Pure, on a chapter's tree.

Line breaking is Pango's (UAX #14 of Unicode 14), which keeps Chinese marks off the start of lines but lets a
dash begin one, forbids breaks on both sides of curly quotes, and has few breaks in an address. Neither of the
characters prints or is copied: ZERO WIDTH SPACE allows a break, WORD JOINER forbids one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

ALLOW = "\u200b"
FORBID = "\u2060"

_VERBATIM = frozenset({"pre", "code", "kbd", "samp", "svg", "math", "title"})
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNITS = "年月日号时点分秒岁元万亿米克吨度℃℉％%‰"
_ADDRESS_LENGTH = 20
"""Longer unbroken Latin runs may break at their marks; shorter ones move to the next line without harm."""

_LONG_RUN = re.compile(rf"[!-~]{{{_ADDRESS_LENGTH},}}")
_AFTER_MARK = re.compile(r"(?<=[/?&=._#+~:-])(?=[0-9A-Za-z])(?<!://)")
_BEFORE_QUOTE = re.compile(rf"(?<=[{_HAN}])(?=[“‘])")
_AFTER_QUOTE = re.compile(rf"(?<=[”’])(?=[{_HAN}])")
_BEFORE_DASH = re.compile(r"(?<=[^\s\u200b—…])(?=[—…])")
_BEFORE_UNIT = re.compile(rf"(?<=\d)(?=[{_UNITS}])")
_CODE_IN_ADDRESS = re.compile(r"[0-9A-Za-z]{8}(?=[0-9A-Za-z]{8})")


def _break_address(run: str) -> str:
    """Breaks after an address's marks, and within the long codes that some hold."""
    run = _AFTER_MARK.sub(ALLOW, run)
    return _CODE_IN_ADDRESS.sub(rf"\g<0>{ALLOW}", run) if "/" in run else run


_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("long addresses", lambda text: _LONG_RUN.sub(lambda run: _break_address(run[0]), text)),
    ("quotes beside Han", lambda text: _AFTER_QUOTE.sub(ALLOW, _BEFORE_QUOTE.sub(ALLOW, text))),
    ("dash and ellipsis", lambda text: _BEFORE_DASH.sub(FORBID, text)),
    ("number and unit", lambda text: _BEFORE_UNIT.sub(FORBID, text)),
)


def set_breaks(root: etree._Element) -> None:
    """Apply the rules to all text but code, formulas and drawings."""
    verbatim: set[etree._Element] = set()
    for element in root.iter():
        outer = element.getparent() in verbatim
        if outer or element.tag in _VERBATIM or not isinstance(element.tag, str):
            verbatim.add(element)
        elif element.text:
            element.text = break_text(element.text)
        if element.tail and not outer:
            element.tail = break_text(element.tail)


def break_text(text: str) -> str:
    """One text with its break characters."""
    for _name, rule in _RULES:
        text = rule(text)
    return text
