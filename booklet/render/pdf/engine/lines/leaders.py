"""Leaders (css-content-3 §4.2) as one text each: WeasyPrint makes a text of every dot.

The contents of a thousand articles had 80,000 of them: half of a worker's memory, and a tenth of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.engine.lines.glyphs import Edges, measured

_TOLERANCE = 0.01
"""CSS px, of one dot: the face may set two of them closer than one and one."""


def wrappers() -> Wrappers:
    """What is put around the library's functions while lines are set."""
    return {"weasyprint.layout.block:iter_line_boxes": _with_joined_leaders}


def _with_joined_leaders(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def iter_line_boxes(*given: Any, **named: Any) -> Iterator[Any]:
        """As the library's, which has filled the leaders of each line that it gives."""
        for line, resume_at in original(*given, **named):
            _join(line)
            yield line, resume_at

    return iter_line_boxes


def _join(line: Any) -> None:
    """Make the dots of a line one text, if that is as wide as all of them."""
    _, leader = library.leader.leader_index(line)
    if leader is None or len(leader.children) < 2:  # noqa: PLR2004 - one is one already
        return
    dots = leader.children
    leftmost = min(dots, key=lambda dot: dot.position_x)
    width = sum(dot.width for dot in dots)
    whole = leftmost.copy_with_text(leftmost.text * len(dots))
    whole.pango_layout, whole.width = measured(whole.text, whole.style, Edges(), None)
    if abs(whole.width - width) <= _TOLERANCE * len(dots):
        leader.children = (whole,)
