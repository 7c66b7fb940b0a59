"""Blank lines of a listing neither begin nor end a page, where they part nothing.

A style sheet cannot say so: as margins, which page breaks cut, they would interrupt the rule beside the code.
So such a line has no height at a page's head, and is left out at its foot (`patches` puts this in place).
"""

from __future__ import annotations

from typing import Any

from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.layout import block, page

from booklet.render.pdf.engine.pages.grid import NEAR_PX, page_top_px
from booklet.render.pdf.trees.listing import LINE

Box = Any  # the library has no types


def replacements() -> dict[tuple[Any, str], Any]:
    """What stands in whose place while listings go on overleaf."""
    lay_out, make_page = block.block_level_layout, page.make_page

    def lay_out_below_head(context: Any, box: Box, *others: Any, **named: Any) -> Any:
        if _is_blank_line(box) and _is_at_head(context, box):
            box = box.copy()  # where it stands on another page, it has its height
            box.style = box.style.copy()
            box.style["min_height"] = ZERO_PIXELS
        return lay_out(context, box, *others, **named)

    def make_page_without_blank_end(*given: Any, **named: Any) -> Any:
        made = make_page(*given, **named)
        while _drop_blank_end(made[0].children[0]):
            pass
        return made

    return {
        (block, "block_level_layout"): lay_out_below_head,
        (page, "make_page"): make_page_without_blank_end,
    }


def _is_blank_line(box: Box) -> bool:
    is_line = box.element_tag == "span" and box.element is not None and box.element.get("class") == LINE
    return is_line and not "".join(box.element.itertext()).strip()


def _is_at_head(context: Any, box: Box) -> bool:
    top: float = box.position_y - page_top_px(context.current_footnote_area.page)
    return top < NEAR_PX


def _drop_blank_end(box: Box) -> bool:
    """Whether the last thing on a page was a blank line, which is gone now."""
    flow = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if not flow:
        return False
    last = flow[-1]
    if not _is_blank_line(last):
        return _drop_blank_end(last)
    box.children = [child for child in box.children if child is not last]
    return True
