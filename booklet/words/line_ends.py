"""Whether a single line end within a paragraph was meant: lines, or one text that an editor wrapped. Pure.

Judged by what wrapping cannot do (a word that would have fitted stays behind) and by what writers set on
lines of their own: labels with values, questions and answers, verses, addresses, counted items.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

Verdict = Literal["keep", "join", "unsure"]

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_AMBIGUOUS_WIDE = frozenset("“”‘’…—·")
"""As wide as a Han character in a Chinese face."""
_SENTENCE_END = re.compile(r"[。！？!?…](?:[”’」』）)\"】]*)$|(?<!\b[A-Z])\.[\"”’)]*$")
_CLAUSE_END = re.compile(r"[，,、；;：:—]$")
_LABEL = re.compile(
    r"(?!https?:)"
    r"(?:[^\s：:，。,.!?！？；;“”\"()（）]{1,12}|[^\W\d_][\w'’./&() -]{0,28}|[\w（）()·\u3000 ]{1,14})"
    r"(?:：|:(?=\s|$|[^\x00-\x7f]))(?!//)"
)
"""`电话：`, `Phone: `, `会 议 室：`, `Q1：`; neither an address nor a time of day."""
_ITEM = re.compile(
    r"(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4}|[a-zA-Z]|[ivxIVX]{1,4})(?:[)）、]|[.．](?!\d))"
    r"|第[\d一二三四五六七八九十百]{1,4}[条章节步天周届期点名项、，：]"
    r"|[①-⑳⑴-⒇㈠-㈩❶-❿]|[•·●○◆◇■□▪▶►★☆※→✓✔✗✘☑☐✅❌➤➢✦♪♫-](?=\S|\s)|[\U0001f300-\U0001faff\u2600-\u27bf])"
)
_SPEECH = re.compile(r"(?:——|—|–|- )\S")
_NARROW = 42
"""Columns: 21 Han. Nobody wraps prose as narrow as that, and few verses are wider."""
_WRAPPED = 46
"""Columns: the narrowest that editors, mail programs and formatters wrap at, but for a slack."""
_LONG = 56
"""Columns: longer lines are prose."""
_MOST = 0.6
"""Of lines: more of a kind make the paragraph one of that kind."""


def verdict(lines: Sequence[str]) -> Verdict:
    """What the line ends of a paragraph are.

    Args:
        lines: its text without markup, at least two lines, none empty.
    """
    texts = [line.strip() for line in lines]
    if _of_kinds(texts):
        return "keep"
    widths = [width(text) for text in texts]
    if _is_wrapped(texts, widths):
        return "join"
    han = any(map(_HAN.search, texts))
    return _of_han(texts, widths) if han else _of_words(texts, widths)


def width(text: str) -> int:
    """Columns on a terminal: a Han character takes two, and so do its marks."""
    han = bool(_HAN.search(text))
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" or (han and char in _AMBIGUOUS_WIDE) else 1
        for char in text
        if not unicodedata.combining(char)
    )


def _of_kinds(texts: Sequence[str]) -> bool:
    """Lines that stand for themselves: labels, items, speech."""
    for kind in (_LABEL, _ITEM, _SPEECH):
        found = sum(bool(kind.match(text)) for text in texts)
        if found > 1 and found >= _MOST * len(texts):
            return True
    heads = texts[0].endswith(("：", ":")) and width(texts[0]) <= _NARROW
    return heads and all(width(text) <= _LONG for text in texts[1:])


def _is_wrapped(texts: Sequence[str], widths: Sequence[int]) -> bool:
    """Every line but the last is full: what follows would not have fitted."""
    full = max(widths[:-1])
    if full < _WRAPPED - 6 or widths[-1] > full + 4:
        return False
    for size, following in zip(widths, texts[1:], strict=False):
        if size + _first_unit(following) + _slack(following) <= full:
            return False
    ends = [bool(_SENTENCE_END.search(text)) for text in texts[:-1]]
    closed = sum(end or bool(_CLAUSE_END.search(text)) for end, text in zip(ends, texts, strict=False))
    if len(texts) == 2:  # noqa: PLR2004 - the one line is full by itself: only its end tells
        return full >= _LONG and not ends[0]
    if full < _LONG:  # verses of one metre end with marks, or begin with capitals
        return closed <= len(ends) / 2 and not _begin_alike(texts)
    return sum(ends) <= len(ends) * _MOST


def _first_unit(text: str) -> int:
    """Columns of what cannot be parted from a line's beginning, with the space before it."""
    if _HAN.match(text):
        return 2
    word = re.match(r"[^\s\u2e80-\uffef]+", text)
    return 1 + width(word[0]) if word else 2


def _slack(following: str) -> int:
    """Columns that a wrapped line may stay short: marks that may not begin the next one."""
    return 4 if _HAN.search(following) else 0


def _begin_alike(texts: Sequence[str]) -> bool:
    """Every line begins with a capital, as verses in Latin letters do."""
    return all(re.match(r"[\"'“‘(\[…—-]*[A-ZÀ-ÖØ-Þ]", text) for text in texts)


def _of_han(texts: Sequence[str], widths: Sequence[int]) -> Verdict:
    before = list(zip(texts[:-1], widths[:-1], strict=True))
    if max(widths[:-1]) <= _NARROW:
        return "keep"
    if all(_SENTENCE_END.search(text) for text, _ in before):
        return "keep"
    open_ends = sum(not _SENTENCE_END.search(text) for text, _ in before)
    if all(size >= _LONG for _, size in before) and open_ends > len(before) / 2:
        return "join"
    short = sum(size <= max(widths) * _MOST for _, size in before)
    return "keep" if short * 2 > len(before) and max(widths[:-1]) <= _LONG else "unsure"


def _of_words(texts: Sequence[str], widths: Sequence[int]) -> Verdict:
    lower = sum(bool(re.match(r"[a-zà-öø-ÿ]", text)) for text in texts[1:])
    if max(widths) <= _LONG and _begin_alike(texts) and not lower:
        return "keep"
    if max(widths) <= _NARROW - 6:
        return "keep"
    if max(widths) > _LONG and lower * 2 >= len(texts) - 1:
        return "join"
    return "unsure"
