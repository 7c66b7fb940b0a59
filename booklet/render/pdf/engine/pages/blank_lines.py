"""Blank lines of a listing neither begin nor end a page, where they part nothing.

A style sheet cannot say so: as margins, which page breaks cut, they would interrupt the rule beside the code.
So such a line has no height at a page's head; at its foot it is taken out of the finished page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.engine.pages.grid import NEAR_PX, page_top_px
from booklet.render.pdf.trees.listing import LINE

Box = Any  # the library has no types


def wrappers() -> Wrappers:
    """What is put around the library's function while listings go on overleaf."""
    return {"weasyprint.layout.block:block_level_layout": _without_height_at_head}


def drop_blank_ends(pages: Iterable[Any]) -> None:
    """Take the blank lines at the foot of laid-out pages (`Document.pages`) out of them."""
    for page in pages:
        while _drop_blank_end(page._page_box.children[0]):
            pass


def _without_height_at_head(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    def lay_out_below_head(context: Any, box: Box, *others: Any, **named: Any) -> Any:
        if _is_blank_line(box) and _is_at_head(context, box):
            box = box.copy()  # where it stands on another page, it has its height
            box.style = box.style.copy()
            box.style["min_height"] = library.properties.ZERO_PIXELS
        return lay_out(context, box, *others, **named)

    return lay_out_below_head


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
