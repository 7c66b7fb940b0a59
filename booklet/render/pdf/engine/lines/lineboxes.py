"""Walks the boxes of a line that WeasyPrint has filled: their texts' neighbours, its end, its gaps.

Called by justify.py alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.lines.glyphs import Edges, measured
from booklet.render.pdf.engine.lines.spacing import Letter, letters_of, share_out
from booklet.render.text.marks import classify, ends_loosely

_ENTRIES, _LEADER_EM = frozenset(("toc-entry", "source-entry")), 2.0
Box = Any  # the library has no types


def note_neighbours(line: Box) -> None:
    """Tell each text of a paragraph the characters beside it, in whatever markup they stand."""
    texts = library.boxes.TextBox
    shown = [(box, _visible(box.text) if isinstance(box, texts) else None) for box in _leaves(line)]
    shown = [(box, text) for box, text in shown if text != ""]
    for index, (box, text) in enumerate(shown):
        if text is not None:
            before = shown[index - 1][1] if index else None
            after = shown[index + 1][1] if index + 1 < len(shown) else None
            box.booklet_neighbours = (before[-1] if before else "", after[0] if after else "")


def _visible(text: str) -> str:
    return "".join(character for character in text if classify(character) != "invisible")


def _leaves(box: Box) -> Iterator[Box]:
    for child in box.children:
        if child.is_in_normal_flow():
            if isinstance(child, library.boxes.InlineBox):
                yield from _leaves(child)
            else:
                yield child


def finish_line_end(line: Box, *, trim: bool) -> None:
    """Drop the space that the library measures no more but would draw beyond the margin.

    With `trim` take the empty half of a mark, or the quarter em, from the line's end too.
    """
    ancestors = []
    box = line
    while isinstance(box, library.boxes.LineBox | library.boxes.InlineBox):
        ancestors.append(box)
        inner = [child for child in box.children if child.is_in_normal_flow()]
        if not inner:
            return
        box = inner[-1]
    if not isinstance(box, library.boxes.TextBox) or not box.text or not box.style["font_size"]:
        return
    box.pango_layout.text = box.text
    if trim and ends_loosely(box.text):
        before = box.width
        trim_end(box)
        for ancestor in ancestors:
            ancestor.width -= before - box.width


def trim_end(box: Box) -> None:
    """The same of one text box, at whose end the line ends."""
    before = box.pango_layout
    edges = Edges(before.booklet_edges.first, box.text)
    box.pango_layout, box.width = measured(box.text, box.style, edges, before.max_width)


def leader_room(line: Box) -> float:
    """CSS px at the end of a line of the contents that words leave to at least three dots of the leader."""
    if line.element is None or _ENTRIES.isdisjoint(line.element.get("class", "").split()):
        return 0.0
    return float(_LEADER_EM * line.style["font_size"])


def hang_spaces(
    split: Callable[..., Any], context: object, box: Box | None, available_width: float | None
) -> None:
    """Let kept spaces at a text's end stand beyond the margin (CSS Text 3 §4.1.3): they get no width.

    The library takes them in. Where they alone do not fit, it breaks the line at the element's border, far
    back as that may be.
    """
    if box is None or available_width is None or box.style["white_space"] != "pre-wrap":
        return
    bare = box.text.rstrip(" ")
    if box.width > available_width and bare not in ("", box.text):
        shorter, _, _ = split(context, box.copy_with_text(bare), None, 0, is_line_start=False)
        if shorter is not None and shorter.width <= available_width:
            box.width = shorter.width


def space(line: Box, slack: float, *, fill: bool) -> float:
    """Share slack out between a line's letters, in CSS px; say how much was given."""
    letters = list(_letters(line))
    given = share_out(letters, slack, fill=fill)
    if given:
        by_box: dict[int, list[Letter]] = {}
        for letter in letters:
            by_box.setdefault(letter.owner, []).append(letter)
        _shift(line, by_box, 0.0)
    return given


def _letters(box: Box) -> Iterator[Letter]:
    """The letters of a box and its children, in reading order."""
    if isinstance(box, library.boxes.TextBox):
        yield from letters_of(box.text, id(box), box.style["font_size"])
    elif isinstance(box, library.boxes.LineBox | library.boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _letters(child)
    else:
        yield Letter(id(box), 0, "", 0.0)


def _shift(box: Box, letters: dict[int, list[Letter]], advance: float) -> float:
    """Move a box by what was added before it, widen it by what is added inside; return both together."""
    if isinstance(box, library.boxes.TextBox):
        box.position_x += advance
        own = letters.get(id(box), [])
        spread = tuple((letter.offset, letter.gap) for letter in own[:-1] if letter.gap)
        inner = sum(gap for _, gap in spread)
        box.width += inner
        if spread:
            box.pango_layout.booklet_gaps = (box.text, spread)
        return advance + inner + (own[-1].gap if own else 0.0)
    if isinstance(box, library.boxes.LineBox | library.boxes.InlineBox):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _shift(child, letters, advance)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance + sum(letter.gap for letter in letters.get(id(box), []))
