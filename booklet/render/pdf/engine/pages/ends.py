"""What ends an article (links, source box) takes about two lines of text along to its page, and not more.

Where it does not fit, WeasyPrint looks for an earlier place to turn the page: two lines before the end of a
paragraph of four or more, else before the last block, even if that is a single line. That search is told
here to go one block further: it sees the lines as they stand on this page, whatever the measure and the
size of print. Nor does a single line begin the last page where the page
turns by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.engine.pages.blocks import has_notes, is_body
from booklet.render.pdf.engine.pages.grid import pitch_px

TWO_LINES = 1.5
"""Line pitches: so high are two lines of the smallest print (listings, tables)."""
WHOLE = frozenset(("figure", "div", "img", "svg", "hr"))
"""Pictures, cards, rules: they have no lines, and do not move to the next page for the sake of one line."""
LEAST_BLOCKS = 3
"""With fewer, nothing might be left to stand below the title."""

Box = Any  # the library has no types


def wrappers() -> Wrappers:
    """What is put around the library's functions while articles end on a page."""
    return {
        "weasyprint.layout.block:block_level_layout": _with_last_line_kept,
        "weasyprint.layout.block:find_earlier_page_break": lambda original: _Ends(original).find,
    }


def _with_last_line_kept(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    def lay_out_end(
        context: Any, box: Box, space: float, skip: object, parent: Box, *others: Any, **named: Any
    ) -> Any:
        if (
            is_body(parent)
            and skip is None
            and _ends_body(box, parent)
            and _is_line(lay_out, context, box, parent)
        ):
            box.style = box.style.copy()
            box.style["break_before"] = "avoid"
        return lay_out(context, box, space, skip, parent, *others, **named)

    return lay_out_end


class _Ends:
    """The library's search; `_pitch` is not 0 while it searches the blocks of an article's text."""

    def __init__(self, find: Callable[..., Any]) -> None:
        self._find = find
        self._pitch = 0.0

    def find(self, context: Any, children: Sequence[Box], *others: Any) -> Any:
        """`find_earlier_page_break`, but never between a last single line and the text before it."""
        body = next((child for child in children if is_body(child)), None)
        if body is None:
            if self._pitch:
                _keep_last_line(children, self._pitch)
            return self._find(context, children, *others)
        outer, self._pitch = self._pitch, pitch_px(body)
        try:
            return self._find(context, children, *others)
        finally:
            self._pitch = outer


def _keep_last_line(children: Sequence[Box], pitch: float) -> None:
    """Keep two lines together: the last of these blocks and the one before it, which may then break."""
    flow = [child for child in children if child.is_in_normal_flow()]
    *_, before, last = (None, None, *flow)
    if before is None or not isinstance(last, library.boxes.BlockBox) or before.element_tag in WHOLE:
        return
    if last.border_height() < TWO_LINES * pitch:
        before.style = before.style.copy()  # this page's alone
        before.style["break_after"] = "avoid"


def _ends_body(box: Box, body: Box) -> bool:
    """Whether a body ends with this paragraph, and what stands before it has lines to give."""
    if box.element_tag != "p" or len(body.children) < LEAST_BLOCKS or body.children[-1] is not box:
        return False
    return body.children[-2].element_tag not in WHOLE


def _is_line(lay_out: Callable[..., Any], context: Any, box: Box, body: Box) -> bool:
    """Whether a paragraph is a single line, as it is really set: marks give way, and gaps do."""
    if has_notes(box):  # a try would put them at the page's foot
        return False
    place = box.position_x, box.position_y
    laid = lay_out(context, box, -inf, None, body)[0]
    box.position_x, box.position_y = place
    return laid is not None and len(laid.children) == 1
