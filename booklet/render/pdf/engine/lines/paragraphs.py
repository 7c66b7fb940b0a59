"""A line that would miss its margin gets words of the line before it.

WeasyPrint fills one line after the other and never goes back (layout/inline.py, `iter_line_boxes`). In narrow
columns a line before a long number, or a short word, may hold too few letters to be stretched to its end,
while the line above it has room to spare: that one is filled anew, a little narrower, if both then reach the
margin. `justify` says how much a line is short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers

TOLERANCE_PX = 0.5
STEP_EM, STEPS = 0.5, 8
"""The line before is tried narrower by a step, then by two, and so on."""

Box = Any  # the library has no types
Lines = Iterator[tuple[Box, Any]]


def wrappers() -> Wrappers:
    """What is put around the library's functions while paragraphs look ahead by one line."""
    paragraphs = _Paragraphs()
    return {
        "weasyprint.layout.inline:split_inline_box": paragraphs.around_split_inline_box,
        "weasyprint.layout.block:iter_line_boxes": paragraphs.around_iter_line_boxes,
    }


class _Paragraphs:
    """The two functions of the library, wrapped; `_narrower` holds while one line is tried."""

    _split_inline_box: Callable[..., Any]
    _iter_line_boxes: Callable[..., Lines]

    def __init__(self) -> None:
        self._narrower = 0.0
        """CSS px that the next line may not use."""

    def around_split_inline_box(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Put `split_inline_box` around the library's."""
        self._split_inline_box = original
        return self.split_inline_box

    def around_iter_line_boxes(self, original: Callable[..., Lines]) -> Callable[..., Lines]:
        """Put `iter_line_boxes` around the library's."""
        self._iter_line_boxes = original
        return self.iter_line_boxes

    def split_inline_box(self, context: object, box: Box, position_x: float, max_x: float, *rest: Any) -> Any:
        """Fill a line; the first one after `_narrower` was set less far."""
        if isinstance(box, library.boxes.LineBox):
            max_x -= self._narrower
            self._narrower = 0.0
        result = self._split_inline_box(context, box, position_x, max_x, *rest)
        if isinstance(box, library.boxes.LineBox):
            result[0].booklet_unused = max_x - result[0].content_box_x() - result[0].width
        return result

    def iter_line_boxes(
        self,
        context: object,
        box: Box,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        parent: Box,
        absolutes: Any,
        fixed: Any,
        *first_styles: Any,
    ) -> Lines:
        """The lines from a place on, each given away only when the one behind it is known."""

        def lines_from(place: tuple[float, Any]) -> Lines:
            styles = first_styles if place[1] is skip_stack else (None,) * len(first_styles)
            top, skip = place
            return self._iter_line_boxes(
                context, box, top, bottom_space, skip, parent, absolutes, fixed, *styles
            )

        place = position_y, skip_stack
        lines = lines_from(place)
        if not all(child.is_in_normal_flow() for child in box.descendants()):
            yield from lines  # what floats is placed when its line is: no line is made to be thrown away
            return
        line = next(lines, None)
        while line is not None:
            behind = next(lines, None) if line[1] is not None else None
            if behind is not None and _is_short(behind[0]) and not _is_short(line[0]):
                better = self._try_narrower(lines_from, place, line)
                line, behind, lines = better or (line, behind, lines)
            place = line[0].position_y + line[0].height, line[1]
            yield line
            line = behind

    def _try_narrower(
        self,
        lines_from: Callable[[tuple[float, Any]], Lines],
        place: tuple[float, Any],
        line: tuple[Box, Any],
    ) -> tuple[tuple[Box, Any], tuple[Box, Any], Lines] | None:
        """The line that begins at `place` and the one behind it, both at their margins; or None."""
        em, unused, end = line[0].style["font_size"], line[0].booklet_unused, line[1]
        for step in range(1, STEPS + 1):
            self._narrower = unused + step * STEP_EM * em
            lines = lines_from(place)
            shorter = next(lines)
            if shorter[1] is None or _is_short(shorter[0]):
                return None
            if shorter[1] == end:
                continue
            end = shorter[1]
            behind = next(lines)
            if not _is_short(behind[0]):
                return shorter, behind, lines
        return None


def _is_short(line: Box) -> bool:
    """Whether a line could not be stretched to its margin."""
    return bool(getattr(line, "booklet_short", 0.0) > TOLERANCE_PX)
