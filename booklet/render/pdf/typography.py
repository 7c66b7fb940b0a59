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
_PARAGRAPHS = ("p", "li", "dd", "figcaption", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u30ff"
_UNITS = "年月日号时点分秒岁元万亿米克吨度℃℉％%‰"
_ADDRESS_LENGTH = 20
"""Longer unbroken Latin runs may break at their marks; shorter ones move to the next line without harm."""

_LONG_RUN = re.compile(rf"[!-~]{{{_ADDRESS_LENGTH},}}")
_AFTER_MARK = re.compile(r"(?<=[/?&=._#+~:-])(?=[0-9A-Za-z])(?<!://)")
_BEFORE_QUOTE = re.compile(rf"(?<=[{_HAN}])(?=[“‘])")
_AFTER_QUOTE = re.compile(rf"(?<=[”’])(?=[{_HAN}])")
_BEFORE_DASH = re.compile(r"(?<=[^\s\u200b—…])(?=[—…])")
_BEFORE_UNIT = re.compile(rf"(?<=\d)(?=[{_UNITS}])")
_END = re.compile(
    rf"(?:[{_HAN}{_KANA}][^\w\s]{{0,3}}[^\W_]|[^\W_][^\w\s]{{0,3}}[{_HAN}{_KANA}])[^\w\s]{{0,4}}$"
)
_BETWEEN_VISIBLE = re.compile(f"(?<=[^{FORBID}])(?=[^{FORBID}])")
_CODE_IN_ADDRESS = re.compile(r"(?=[A-Za-z]*[0-9]|[0-9A-Za-z]*[a-z][A-Z])[0-9A-Za-z]{10,}")
_ENDLESS = re.compile(r"[!-~]{30}(?=[!-~]{30})")
"""No word; the engine would look for breaks in it, line by line, in the square of its length."""
_CODE_PART = re.compile(r"[0-9A-Za-z]{5}(?=[0-9A-Za-z]{4})")


def _break_address(run: str) -> str:
    """Breaks after an address's marks, within the long codes that some hold, and in what has no marks."""
    run = _ENDLESS.sub(rf"\g<0>{ALLOW}", _AFTER_MARK.sub(ALLOW, run))
    if "/" not in run:
        return run
    return _CODE_IN_ADDRESS.sub(lambda code: _CODE_PART.sub(rf"\g<0>{ALLOW}", code[0]), run)


_HAN_LATIN = re.compile(
    rf"(?<=[{_HAN}{_KANA}]){FORBID}?(?=[0-9A-Za-z\u00c0-\u024f])"
    rf"|(?<=[0-9A-Za-z\u00c0-\u024f]){FORBID}?(?=[{_HAN}{_KANA}])"
)
_PICTOGRAPHS = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")


def _leave_gaps(text: str) -> str:
    """A pair of invisible characters where Han and Latin meet: justify.py makes a quarter em of it.

    Not beside pictographs: the library draws those without counting such gaps (draw/text.py, `x_advance`).
    """
    if _PICTOGRAPHS.search(text):
        return text
    return _HAN_LATIN.sub(lambda border: (FORBID if border[0] else ALLOW) * 2, text)


_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("long addresses", lambda text: _LONG_RUN.sub(lambda run: _break_address(run[0]), text)),
    ("quotes beside Han", lambda text: _AFTER_QUOTE.sub(ALLOW, _BEFORE_QUOTE.sub(ALLOW, text))),
    ("dash and ellipsis", lambda text: _BEFORE_DASH.sub(FORBID, text)),
    ("number and unit", lambda text: _BEFORE_UNIT.sub(FORBID, text)),
    ("Han and Latin", _leave_gaps),
)


def set_breaks(root: etree._Element) -> None:
    """Apply the rules to all text but code, formulas and drawings, then bind the ends of paragraphs."""
    verbatim: set[etree._Element] = set()
    for element in root.iter():
        outer = element.getparent() in verbatim
        if outer or element.tag in _VERBATIM or not isinstance(element.tag, str):
            verbatim.add(element)
        elif element.text:
            element.text = break_text(element.text)
        if element.tail and not outer:
            element.tail = break_text(element.tail)
    for block in root.iter(*_PARAGRAPHS):
        _bind_end(block)


def break_text(text: str) -> str:
    """One text with its break characters."""
    for _name, rule in _RULES:
        text = rule(text)
    return text


def _bind_end(block: etree._Element) -> None:
    """Keep a Chinese paragraph's last two characters, with their marks, on one line."""
    holder = block
    while len(holder):
        last = holder[-1]
        if last.tail and last.tail.strip():
            last.tail = bind_end(last.tail)
            return
        if last.tag in _VERBATIM or not isinstance(last.tag, str):
            return
        holder = last
    if holder.text:
        holder.text = bind_end(holder.text)


def bind_end(text: str) -> str:
    """A paragraph's last text with its end bound."""
    end = _END.search(text)
    if end is None:
        return text
    return text[: end.start()] + _BETWEEN_VISIBLE.sub(FORBID, end[0].replace(ALLOW, FORBID))
