"""Text stands on the lines of one grid, so that those of facing pages and of both sides of a leaf meet.

Pictures, tables and listings are as high as they are; WeasyPrint lays the text behind them wherever they end.
So each block of a body begins at a whole number of line pitches from the page's head: the space above it is
made wider, or narrower by little. What is wider is shared out above and below
the picture, table or listing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.engine.pages.blocks import is_body

ON_GRID = frozenset(("p", "ul", "ol", "dl", "blockquote", "h2", "h3", "h4", "h5", "h6"))
ADJOINING = 2
"""Where among the arguments behind `page_is_empty` the margins stand that meet the block's."""
MOST_PULLED = 0.3
"""The share of a line pitch by which a block may begin earlier: a line that another face made a little higher
is no reason for a gap of nearly a line."""
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
LEAST_GAP = 0.35
"""The share of a line pitch that stays free below a picture, table or listing."""
LEAST_GAP_ABOVE_HEADING = 0.5
"""It belongs to what follows, so it stands no nearer to what is above it."""
NEAR_PX = 0.05
"""Rounding."""

Box = Any  # the library has no types


def wrappers() -> Wrappers:
    """What is put around the library's function while blocks begin on the grid."""
    return {"weasyprint.layout.block:block_level_layout": _on_grid}


def _on_grid(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    def lay_out_on_grid(
        context: Any,
        box: Box,
        bottom_space: float,
        skip_stack: object,
        parent: Box,
        page_is_empty: bool = True,  # noqa: FBT001, FBT002 - the library's signature
        *others: Any,
        **named: Any,
    ) -> Any:
        margins = others[ADJOINING] if len(others) > ADJOINING else None
        if margins is not None and not page_is_empty and skip_stack is None and _is_text(box, parent):
            _push_down(context, box, parent, margins)
        result = lay_out(context, box, bottom_space, skip_stack, parent, page_is_empty, *others, **named)
        if result[0] is not None and is_body(box):
            _centre(result[0].children)
        return result

    return lay_out_on_grid


def _is_text(box: Box, parent: Box) -> bool:
    return box.element_tag in ON_GRID and is_body(parent)


def _push_down(context: Any, box: Box, parent: Box, adjoining_margins: list[float]) -> None:
    """Add a margin to those that meet above a block, so that the block begins on the grid.

    CSS makes one margin of them: the largest positive one and the most negative one, added (CSS 2 §8.3.1).
    """
    pitch = pitch_px(parent)
    library.percent.resolve_percentages(box, parent)
    if not pitch or box.margin_top == "auto":
        return
    margins = [*adjoining_margins, box.margin_top]
    space = library.block.collapse_margin(margins)
    top = box.position_y + space - page_top_px(context.current_footnote_area.page)
    beyond = top % pitch
    least = pitch * (LEAST_GAP_ABOVE_HEADING if box.element_tag in HEADINGS else LEAST_GAP)
    may_pull = beyond <= MOST_PULLED * pitch and (not space or space - beyond >= least - NEAR_PX)
    if beyond > NEAR_PX and may_pull:
        adjoining_margins.append(min(0.0, *margins) - beyond)
    elif NEAR_PX < beyond < pitch - NEAR_PX:
        adjoining_margins.append(max(0.0, *margins) + pitch - beyond)


def _centre(blocks: Sequence[Box]) -> None:
    """Move each picture, table or listing down by half of the space that the grid has added below it."""
    flow = [one for one in blocks if one.is_in_normal_flow()]
    between: list[Box] = []
    for above, below in pairwise(flow):
        if below.element_tag not in ON_GRID:
            between = [*between, below] if between or above.element_tag in ON_GRID else []
        elif between:
            last = between[-1]
            space = max(last.margin_bottom, below.margin_top)
            added = below.border_box_y() - last.border_box_y() - last.border_height() - space
            for one in between if added > NEAR_PX else ():
                one.translate(dy=added / 2)
            between = []


def page_top_px(page: Box) -> float:
    """Where the text of a page may begin."""
    top: float = page.content_box_y()
    return top


def pitch_px(body: Box) -> float:
    """From line to line."""
    height = body.style["line_height"]
    value, unit = (height.value, height.unit) if hasattr(height, "unit") else (height, "")
    if unit == "px":
        return float(value)
    return float(value) * float(body.style["font_size"]) if isinstance(value, int | float) else 0.0
