"""What a typesetter would look for on a printed page, as numbers: edges, gaps, marks, breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .geometry import Line, justified_lines, line_texts
from .glyphs import Glyph

NEVER_FIRST = "，。、；：！？）》」』”’】〉〕…—·～"
NEVER_LAST = "（《「『“‘【〈〔"
_CLOSING = frozenset("，。、；：！？）》」』”’】〉〕")
_OPENING = frozenset(NEVER_LAST)
_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBER_UNIT = re.compile(r"\d ?\n ?(?:[年月日期%‰℃]|公里|公斤|美元)|第 ?\n ?\d|公\n[里斤]")
_MOST_LONELY = 4  # one character and its marks
_HALF_EM = 0.56
_TIGHT = -0.02  # em: the first of two marks has lost more than the line's gaps gave it


@dataclass
class Measures:
    """Of one print."""

    judged: int = 0
    misses: list[tuple[float, str]] = field(default_factory=list)
    """pt that the last glyph's advance box ends before the margin (or, below zero, beyond it)."""
    stretches: list[tuple[float, str]] = field(default_factory=list)
    """em between two Han, of each justified line the widest."""
    torn: list[tuple[float, str]] = field(default_factory=list)
    """em between letters of a Latin word, of each justified line the widest."""
    kinsoku: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)
    """Lines with the empty half of a mark at their edge, or between two marks."""
    lonely: list[str] = field(default_factory=list)
    """Last lines of one character."""
    parted: list[str] = field(default_factory=list)
    """Numbers parted from their unit, dashes and ellipses broken."""

    def missing(self, tolerance: float = 0.5) -> list[tuple[float, str]]:
        """Lines that miss the margin by more, in pt."""
        return [miss for miss in self.misses if abs(miss[0]) > tolerance]


def measure(document: Any, pages: Sequence[Sequence[Glyph]]) -> Measures:
    """Measure a print: its lines as the engine broke them, its glyphs as the file draws them."""
    result = Measures()
    for line in justified_lines(document):
        glyphs = _glyphs_of(line, pages[line.page])
        if glyphs:
            result.judged += 1
            _judge(result, line, glyphs)
    for texts in line_texts(document, code=False):
        _judge_breaks(result, texts)
    return result


def _glyphs_of(line: Line, page: Iterable[Glyph]) -> list[Glyph]:
    """A line's glyphs, from left to right."""
    found = [
        glyph
        for glyph in page
        if line.top < glyph.baseline < line.bottom and line.left - 1 <= glyph.left <= line.right + 1
    ]
    return sorted(found, key=lambda glyph: glyph.right)


def _judge(result: Measures, line: Line, glyphs: Sequence[Glyph]) -> None:
    result.misses.append((line.right - max(glyph.right for glyph in glyphs), line.text))
    han, latin = [0.0], [0.0]
    size = Counter(glyph.size for glyph in glyphs).most_common(1)[0][0]
    for before, after in pairwise(glyphs):
        if before.size != size or after.size != size:
            continue  # a raised number, or a label, which the theme may track
        extra = (after.left - before.left - before.natural) / before.size
        if _HAN.match(before.text) and _HAN.match(after.text):
            han.append(extra)
        elif before.text.isascii() and after.text.isascii() and (before.text + after.text).isalpha():
            latin.append(extra)
        elif before.text in _CLOSING and after.text in _CLOSING | _OPENING and extra > _TIGHT:
            result.holes.append(line.text)
    result.stretches.append((max(han), line.text))
    result.torn.append((max(latin), line.text))
    first, last = glyphs[0], glyphs[-1]
    for glyph, marks in ((first, _OPENING), (last, _CLOSING)):
        is_full = glyph.natural > 0.9 * glyph.size
        if glyph.text in marks and is_full and (glyph.right - glyph.left) / glyph.size > _HALF_EM + 0.25:
            result.holes.append(line.text)


def _judge_breaks(result: Measures, texts: Sequence[str]) -> None:
    """The lines of one block."""
    result.kinsoku.extend(line for line in texts[1:] if line[0] in NEVER_FIRST)
    result.kinsoku.extend(line for line in texts[:-1] if line[-1] in NEVER_LAST)
    for before, after in pairwise(texts):
        if before[-1] + after[0] in {"——", "……"} or _NUMBER_UNIT.search(f"{before[-4:]}\n{after[:4]}"):
            result.parted.append(f"{before}\n{after}")
    if len(texts) > 1 and _is_lonely(texts[-1]) and _is_prose(texts):
        result.lonely.append(f"{texts[-2]}\n{texts[-1]}")


def _is_lonely(text: str) -> bool:
    return sum(character.isalnum() for character in text) == 1 and len(text) <= _MOST_LONELY


def _is_prose(texts: Sequence[str]) -> bool:
    """Not a column of a table, which is narrow."""
    return any(_HAN.search(text) for text in texts) and max(map(len, texts)) > 9


def worst(values: Iterable[tuple[float, str]]) -> tuple[float, str]:
    """The value furthest from zero."""
    return max(values, key=lambda value: abs(value[0]), default=(0.0, ""))


HEAD = (
    f"{'':34}{'lines':>7}{'miss':>6}{'worst pt':>9}{'stretch em':>11}{'torn em':>8}"
    f"{'kinsoku':>8}{'holes':>6}{'parted':>7}{'lonely':>7}"
)
"""Of a table of prints."""


def row(name: str, one: Measures) -> str:
    """One print in that table."""
    return (
        f"{name:34}{one.judged:7}{len(one.missing()):6}{worst(one.misses)[0]:9.2f}"
        f"{worst(one.stretches)[0]:11.3f}{worst(one.torn)[0]:8.3f}"
        f"{len(one.kinsoku):8}{len(one.holes):6}{len(one.parted):7}{len(one.lonely):7}"
    )
