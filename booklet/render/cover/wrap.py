"""The cover's title in lines: as large as it can be, broken where its author left a mark, never cut short."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from booklet.render.cover.pen import Pen, Pens
from booklet.render.titles import CLOSING, OPENING, is_wide, title_parts

_LARGEST, _LEAST_WHOLE, _LARGEST_CUT, _SMALLEST = 236, 126, 172, 40
_STEP = 2
_PITCH = 1.27
"""Of lines, in em: LOOK's 58 on 72 pt."""
_MOST_LINES_WHOLE = 3
_LONGEST_BRACKET = 9
"""Characters, brackets and all: `（二〇二一年版）` stays on one line."""
_NO_LINE_START = CLOSING + "，。！？；：、…—·～%℃"
_SEPARATORS = " |｜丨·"
"""Between two lines the break says what they say."""


@dataclass(frozen=True, slots=True)
class SetTitle:
    """A title, ready to be drawn."""

    lines: tuple[str, ...]
    pen: Pen
    pitch: int
    """Px from line to line."""


def set_title(title: str, pens: Pens, *, width: int, height: int) -> SetTitle:
    """Set a title in a box, in Song bold.

    First whole pieces (between the author's spaces and marks) on up to three lines, the larger the better;
    a piece that is too long for that is broken between Han characters into even lines. A Latin word is never
    broken: the type gets smaller until it fits.
    """
    pen = pens.pen("text", _LARGEST, bold=True)
    title = pen.drawable(title)
    parts = [(part.head + part.tail).strip() for part in title_parts(title, cover=True)]
    spaced = [part.space for part in title_parts(title, cover=True)]
    pieces = [_Unit(text, space) for text, space in zip(parts, spaced, strict=True) if text]
    for size in range(_LARGEST, _LEAST_WHOLE, -_STEP):
        lines = _even(pieces, pens.pen("text", size, bold=True), width)
        if lines and len(lines) <= _MOST_LINES_WHOLE:
            return _set(lines, pens, size)
    units = [unit for piece in pieces for unit in _units(piece)]
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
    """As few lines as possible, as even as possible; None: a unit is wider than the line."""
    measured = [(unit, pen.width(unit.text)) for unit in units]
    space = pen.size * 0.3
    lines = _filled(measured, width, space)
    if lines is None:
        return None
    narrow, wide = width / (len(lines) + 1), float(width)
    while wide - narrow > pen.size / 8:
        middle = (narrow + wide) / 2
        tried = _filled(measured, middle, space)
        if tried is not None and len(tried) <= len(lines):
            lines, wide = tried, middle
        else:
            narrow = middle
    return lines


def _filled(measured: Sequence[tuple[_Unit, float]], width: float, space: float) -> list[str] | None:
    lines: list[str] = []
    room = 0.0
    gap = False
    for unit, needed in measured:
        if needed > width:
            return None
        with_gap = needed + space * gap
        if lines and with_gap <= room:
            lines[-1] += " " * gap + unit.text
            room -= with_gap
        else:
            if lines:
                lines[-1] = lines[-1].rstrip(_SEPARATORS) or lines[-1]
            lines.append(unit.text)
            room = width - needed
        gap = unit.space
    return lines


def _units(piece: _Unit) -> list[_Unit]:
    """A piece in units: Latin words, short brackets, Han characters with the marks that cling to them."""
    units: list[_Unit] = []
    text, closes = "", 0
    for index, char in enumerate(piece.text):
        if char in OPENING and index >= closes:
            closes = _bracket_end(piece.text, index)
        following = piece.text[index + 1 : index + 2]
        if char == " " and index >= closes:
            if text:
                units.append(_Unit(text, space=True))
            text = ""
            continue
        text += char
        if (following == " " and index + 1 >= closes) or (
            following and (index + 1 < closes or _clings(char, following))
        ):
            continue
        units.append(_Unit(text, space=False))
        text = ""
    if text:
        units.append(_Unit(text, space=False))
    if units:
        units[-1] = _Unit(units[-1].text, piece.space)
    return units


def _bracket_end(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed, if it is short; else `start`."""
    depth = 0
    for index, char in enumerate(text[start : start + _LONGEST_BRACKET], start):
        depth += (char in OPENING) - (char in CLOSING)
        if depth == 0:
            return index + 1
    return start


def _clings(char: str, following: str) -> bool:
    if following in _NO_LINE_START or char in OPENING or unicodedata.combining(following):
        return True
    return not is_wide(char) and not is_wide(following)
