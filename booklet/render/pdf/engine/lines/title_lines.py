"""Parts of a title stay whole where the line is long enough: how long it is, paper and print size decide.

`titles.py` has cut the title at its author's marks, long pieces between their phrases, long halves again.
What fits on a line of its own is not broken: a piece first, else each of its halves, and so on. Parts are
inline boxes, so that Han and Latin, or two marks, meet at their borders as anywhere.

Called by justify.py alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.render.pdf.engine import library

_TITLE = "article-title"
_DEPTH = "data-depth"

Box = Any  # the library has no types


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a title with the space behind it."""

    boxes: list[Box]
    depth: int
    """0: it ends where the author parted the title."""


def keep_parts_whole(context: object, line: Box, width: float) -> None:
    """Bind what may not be broken in a title's box, which is to be split into lines of `width` CSS px."""
    if line.element is not None and _TITLE in line.element.get("class", "").split():
        line.children = list(_kept(context, line, _parts(line), width, depth=0))


def _parts(line: Box) -> list[_Part]:
    parts: list[_Part] = []
    for child in line.children:
        depth = child.element.get(_DEPTH) if isinstance(child, library.boxes.InlineBox) else None
        if depth is not None:
            parts.append(_Part([child], int(depth)))
        elif parts:
            parts[-1].boxes.append(child)
        else:
            parts.append(_Part([child], 0))
    return parts


def _kept(context: object, line: Box, parts: Sequence[_Part], width: float, *, depth: int) -> Iterator[Box]:
    """The parts' boxes: what is between two borders of this depth as one if it fits, else by deeper ones."""
    begin = 0
    for end, part in enumerate(parts, start=1):
        if part.depth > depth and end < len(parts):
            continue
        piece, begin = parts[begin:end], end
        whole = library.boxes.InlineBox.anonymous_from(line, [box for one in piece for box in one.boxes])
        measure = library.preferred.inline_max_content_width
        if measure(context, whole, outer=False, is_line_start=True) <= width:
            yield _unbroken(whole)
        elif len(piece) > 1:
            yield from _kept(context, line, piece, width, depth=depth + 1)
        else:
            yield from whole.children


def _unbroken(box: Box) -> Box:
    box = box.copy()
    if box.style["white_space"] == "normal":  # what ends a line by hand keeps doing so
        box.style = box.style.copy()
        box.style["white_space"] = "nowrap"
    if isinstance(box, library.boxes.ParentBox):
        box.children = [_unbroken(child) for child in box.children]
    return box
