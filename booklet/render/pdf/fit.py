"""A picture that just fails to fit the page is set smaller, so that it stays at its text and leaves no hole.

WeasyPrint moves what does not fit to the next page. While one booklet is set, and never longer, the layout
of figures is wrapped: where one would move, it is tried again with its picture a little smaller, down to
`LEAST_SCALE`; only then it moves, and has its full size there. With a version of the library other than the
one that `justify` knows nothing is touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint
from weasyprint.layout import block, replaced

from booklet.render.pdf.justify import SUPPORTED_VERSION

SCALES = (0.92, 0.84, 0.76, 0.7)
LEAST_SCALE = SCALES[-1]
"""Smaller, and what a picture shows would suffer more than the page gains."""

Box = Any  # the library has no types


@contextmanager
def pictures_fit() -> Iterator[None]:
    """Shrink pictures to fit while the block runs."""
    if weasyprint.__version__ != SUPPORTED_VERSION:
        yield
        return
    lay_out, measure = block.block_level_layout, replaced.inline_replaced_box_width_height
    fit = _Fit(lay_out, measure)
    block.block_level_layout = fit.lay_out
    replaced.inline_replaced_box_width_height = fit.measure
    try:
        yield
    finally:
        block.block_level_layout = lay_out
        replaced.inline_replaced_box_width_height = measure


class _Fit:
    """The two functions of the library, wrapped; `_scale` holds while one figure is tried."""

    def __init__(self, lay_out: Any, measure: Any) -> None:
        self._lay_out = lay_out
        self._measure = measure
        self._scale = 1.0

    def lay_out(
        self,
        context: Any,
        box: Box,
        bottom_space: float,
        skip_stack: object,
        containing_block: Box,
        page_is_empty: bool = True,  # noqa: FBT001, FBT002 - the library's signature
        *others: Any,
        **named: Any,
    ) -> Any:
        """`block_level_layout`; a figure for which no room is left gets further tries."""
        given = context, box, bottom_space, skip_stack, containing_block, page_is_empty
        if page_is_empty or self._scale < 1 or skip_stack is not None or not _holds_pictures(box):
            return self._lay_out(*given, *others, **named)
        place = box.position_x, box.position_y
        margins = [list(other) if isinstance(other, list) else other for other in others]
        result = self._lay_out(*given, *others, **named)
        if _fits(context, bottom_space, result[0]):
            return result
        for scale in SCALES:
            box.position_x, box.position_y = place
            again = [list(other) if isinstance(other, list) else other for other in margins]
            self._scale = scale
            try:
                smaller = self._lay_out(*given, *again, **named)
            finally:
                self._scale = 1.0
            if _fits(context, bottom_space, smaller[0]):
                return smaller
        box.position_x, box.position_y = place
        return result

    def measure(self, box: Box, containing_block: Box) -> None:
        """`inline_replaced_box_width_height`, in the size that is tried."""
        self._measure(box, containing_block)
        if self._scale < 1:
            box.width *= self._scale
            box.height *= self._scale


def _holds_pictures(box: Box) -> bool:
    if box.element_tag == "figure":
        return "piece" not in (box.element.get("class") or "")
    return bool(box.element_tag == "div" and box.element.get("class") == "picture-row")


def _fits(context: Any, bottom_space: float, laid_out: Box | None) -> bool:
    if laid_out is None:
        return False
    bottom = laid_out.content_box_y() + laid_out.height + laid_out.padding_bottom
    overflows: bool = context.overflows_page(bottom_space, bottom)
    return not overflows
