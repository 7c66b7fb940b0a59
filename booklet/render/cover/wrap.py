"""The cover's title in lines: as large as it can be, broken where its author left a mark, never cut short."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from booklet.render.cover.pen import Pen, Pens
from booklet.render.text.characters import CLOSING, OPENING, bracket_end, is_wide, width_em
from booklet.render.text.phrases import are_known, ends
from booklet.render.text.titles import title_parts

_LARGEST, _LEAST_WHOLE, _LARGEST_CUT, _SMALLEST = 236, 126, 172, 40
_LARGEST_SHORT = {1: 480, 2: 400, 3: 330, 4: 270}
"""The largest type in px, by a short title's width in em: one or two characters fill a cover too."""
_STEP = 2
_PITCH = 1.27
"""From line to line, in em: LOOK's 58 on 72 pt."""
_MOST_LINES_WHOLE = 3
_NO_LINE_START = CLOSING + "，。！？；：、…—·～%℃"
_MEASURES = "年月日号期周季届版卷"
"""Words that stay on the line of the figure before them: `2021年`, `2021 年`."""
_SPACE = 0.3
"""The width of a space in em, for measuring."""
_SEPARATORS = " |｜丨·"
"""Marks that are left out where a line ends: the break says what they say."""


@dataclass(frozen=True, slots=True)
class SetTitle:
    """A title, ready to be drawn."""

    lines: tuple[str, ...]
    pen: Pen
    pitch: int
    """Px from line to line."""


def set_title(title: str, pens: Pens, *, language: str, width: int, height: int) -> SetTitle:
    """Set a title in a box, in Song bold.

    First whole pieces (between the author's spaces and marks) on up to three lines, the larger the better;
    a piece that is too long for that is broken between phrases into even lines, or between Han characters
    where the language's words are not known. A Latin word is never broken: the type gets smaller instead.
    """
    pen = pens.pen("text", _LARGEST, bold=True)
    title = pen.drawable(title)
    parts = [((part.head + part.tail).strip(), part.space) for part in title_parts(title, cover=True)]
    pieces = [_Unit(text, space) for text, space in parts if text]
    if not pieces:
        return SetTitle((), pen, 0)
    largest = _LARGEST_SHORT.get(math.ceil(width_em(title)), _LARGEST)
    for size in range(largest, _LEAST_WHOLE, -_STEP):
        lines = _even(pieces, pens.pen("text", size, bold=True), width)
        if lines and len(lines) <= _MOST_LINES_WHOLE:
            return _set(lines, pens, size)
    by_phrases = are_known(language)
    units = [unit for piece in pieces for unit in _units(piece, by_phrases=by_phrases)]
    for size in range(_LARGEST_CUT, _SMALLEST, -_STEP):
        lines = _even(units, pens.pen("text", size, bold=True), width)
        if lines and len(lines) * size * _PITCH <= height:
            return _set(lines, pens, size)
    # One word longer than the sheet at the smallest size, or a whole paragraph.
    smallest = pens.pen("text", _SMALLEST, bold=True)
    longest = max((smallest.width(unit.text) for unit in units), default=1.0)
    return _fitted(units, pens, width, height, start=min(1.0, width / max(longest, 1.0)))


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stays on one line."""

    text: str
    space: bool
    """Whether a space stands after it, unless the line ends."""


def _set(lines: Sequence[str], pens: Pens, size: float) -> SetTitle:
    return SetTitle(tuple(lines), pens.pen("text", size, bold=True), round(size * _PITCH))


def _fitted(units: Sequence[_Unit], pens: Pens, width: int, height: int, *, start: float) -> SetTitle:
    size = _SMALLEST * start
    while True:
        lines = _even(units, pens.pen("text", size, bold=True), width)
        if (lines and len(lines) * size * _PITCH <= height) or size <= 1:
            return _set(lines or ["".join(unit.text for unit in units)], pens, size)
        size *= 0.9


def _even(units: Sequence[_Unit], pen: Pen, width: float) -> list[str] | None:
    """As few lines as possible, and those as even as possible; None: a unit is wider than the line."""
    widths = [pen.width(unit.text) for unit in units]
    if not units or max(widths) > width:
        return None
    gaps = [pen.size * _SPACE * unit.space for unit in units]
    starts = list(accumulate((w + g for w, g in zip(widths, gaps, strict=True)), initial=0.0))

    def length(first: int, end: int) -> float:
        return starts[end] - starts[first] - gaps[end - 1]

    # best[end]: fewest lines for the first `end` units, then least unevenness, and where the last line begins
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(units) + 1):
        options = []
        for first in range(end - 1, -1, -1):
            if length(first, end) > width:
                break
            lines, uneven, _ = best[first]
            options.append((lines + 1, uneven + (width - length(first, end)) ** 2, first))
        best.append(min(options))
    cuts, end = [], len(units)
    while end:
        cuts.append((best[end][2], end))
        end = best[end][2]
    return [_line(units[first:end], last=end == len(units)) for first, end in reversed(cuts)]


def _line(units: Sequence[_Unit], *, last: bool) -> str:
    text = "".join(unit.text + " " * unit.space for unit in units).rstrip()
    return text if last else text.rstrip(_SEPARATORS) or text


def _units(piece: _Unit, *, by_phrases: bool) -> list[_Unit]:
    """A piece in units: Latin words, short brackets, phrases or Han characters with the marks that cling."""
    units: list[_Unit] = []
    inside = set(range(len(piece.text))) - ends(piece.text) if by_phrases else set()
    text, closes = "", 0
    for index, char in enumerate(piece.text):
        if char in OPENING and index >= closes:
            closes = bracket_end(piece.text, index)
        following = piece.text[index + 1 : index + 2]
        if char == " " and text[-1:].isdecimal() and following in tuple(_MEASURES):
            text += char
            continue
        if char == " " and index >= closes:
            if text:
                units.append(_Unit(text, space=True))
            text = ""
            continue
        text += char
        counts = char.isdecimal() and piece.text[index + 2 : index + 3] in tuple(_MEASURES)
        if (following == " " and index + 1 >= closes and not counts) or (
            following and (index + 1 < closes or index + 1 in inside or _clings(char, following))
        ):
            continue
        units.append(_Unit(text, space=False))
        text = ""
    if text:
        units.append(_Unit(text, space=False))
    if units:
        units[-1] = _Unit(units[-1].text, piece.space)
    return units


def _clings(char: str, following: str) -> bool:
    if following in _NO_LINE_START or char in OPENING or unicodedata.combining(following):
        return True
    if char.isdecimal() and following in _MEASURES:
        return True
    return not is_wide(char) and not is_wide(following)
