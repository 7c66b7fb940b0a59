"""A picture that does not fit what is left of a page must not leave a hole there.

WeasyPrint moves what does not fit to the next page. Here a figure that would move gets more chances, in this
order:

1. It is laid out a little smaller, in steps down to `LITTLE_LESS` of its size.
2. The text that follows it is set before it, and the figure begins the next page, as typesetters do. This is
   not done where the words before the figure point at it (“如图：”), or where no text of the article follows.
3. It is laid out smaller still, down to `LEAST_SCALE`.
4. If moving it would leave a large part of the page white, text goes before it even where words point at it.
5. If only a title would remain on the page, the figure may shrink to a height of a few lines.

If nothing of this helps, the figure moves and the rest of the page stays white.

The last picture of an article also becomes a little smaller where that saves a page on which only a few lines
would stand. A video card is treated as in step 2; its size does not change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.engine.pages.blocks import (
    CAPTION,
    SHORT_REST_LINES,
    announces_list,
    holds_pictures,
    is_body,
    is_card,
    is_short,
    is_turned,
    may_pass,
    text_of,
)
from booklet.render.pdf.engine.pages.grid import pitch_px
from booklet.render.pdf.engine.pages.openings import starts_page

SCALES = (0.92, 0.84, 0.76, 0.7)
LITTLE_LESS = SCALES[-1]
"""Smaller, and what a picture shows suffers more than text that comes before its picture."""
SMALL_SCALES = (0.63, 0.56, 0.5)
LEAST_SCALE = SMALL_SCALES[-1]
OPENING_SCALES = (0.45, 0.4, 0.35, 0.3, 0.25, 0.2)
OPENING_LINES = 4.0
"""The height that such a picture keeps, in lines."""
SPACE_LINES = 1.2
"""Below a picture, until text stands on the grid again."""
CAPTION_LINES = 2.5
"""So few are hardly worth a page: for them it may be as small as for its caption."""
HOLE = 0.18
"""The share of the page whose white is worse than text between a picture and the words that announce it."""
LIST_LINES = 2.0
"""So many lines of a list stay with the words that announce it, where they pass a picture."""
Box = Any  # the library has no types


def wrappers() -> Wrappers:
    """What is put around the library's functions while pictures shrink and float."""
    fit = _Fit()
    return {
        "weasyprint.layout.block:block_level_layout": fit.around_lay_out,
        "weasyprint.layout.replaced:inline_replaced_box_width_height": fit.around_measure,
    }


class _Fit:
    """The library's functions with ours around them; `_scale` is not 1 while a smaller figure is tried."""

    _lay_out: Callable[..., Any]
    _measure: Callable[..., None]

    def __init__(self) -> None:
        self._scale = 1.0
        self._article: Box = None
        self._rests: dict[Box, Any] = {}
        """A table on its side gets a page of its own, and may cut the paragraph before it in two. Under that
        paragraph's box, and under the table's, stands where the second half begins (a `skip_stack`). The
        library may make a page twice; then the table is recognised by this entry."""
        self._slots: dict[Box, dict[Box, int]] = {}
        """For each article's text that is being laid out: the index of each of its blocks at the start. The
        library goes through the blocks by index. If two changed places meanwhile, it still asks for the old
        one at an index, and gets the one that stands there now."""

    def around_lay_out(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Put `lay_out` around the library's function."""
        self._lay_out = original
        return self.lay_out

    def around_measure(self, original: Callable[..., None]) -> Callable[..., None]:
        """Put `measure` around the library's function."""
        self._measure = original
        return self.measure

    def lay_out(self, context: Any, box: Box, *others: Any, **named: Any) -> Any:
        """`block_level_layout`; while an article's text is laid out, the order of its blocks is known."""
        if box.element_tag == "article":
            self._article = box
        if not is_body(box) or box in self._slots:
            return self._lay_out_block(context, box, *others, **named)
        self._slots[box] = {child: index for index, child in enumerate(box.children)}
        try:
            return self._lay_out_block(context, box, *others, **named)
        finally:
            del self._slots[box]

    def _lay_out_block(
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
        box = self._now_in_slot(box, containing_block)
        if containing_block in self._slots:
            box, skip_stack = self._head_of_page(box, skip_stack, containing_block, page_is_empty)
        given = context, box, bottom_space, skip_stack, containing_block, page_is_empty
        floats = holds_pictures(box) or is_turned(box) or is_card(box)
        if page_is_empty or self._scale < 1 or skip_stack is not None or not floats:
            return self._lay_out(*given, *others, **named)
        attempt = _Attempt(context, bottom_space, box, others)
        if not holds_pictures(box):
            return self._keep_size(attempt, given, named)
        for below, scales in self._below(context, box, containing_block):
            with_tail = context, box, bottom_space + below, *given[3:]
            held = self._try_scales((1.0, *scales), attempt.above(below), with_tail, named)
            if held is not None:
                return held
        result = self._lay_out(*given, *attempt.again(box), **named)
        if attempt.fits(result[0]):
            return result
        smaller = self._try_scales(SCALES, attempt, given, named)
        if smaller is None:
            smaller = self._let_text_pass(attempt, given, named)
        if smaller is None:
            smaller = self._try_scales(SMALL_SCALES, attempt, given, named)
        if smaller is None and attempt.leaves_hole():
            smaller = self._let_text_pass(attempt, given, named, announced=True)
        if smaller is None and self._opens_page(box, containing_block):
            least = OPENING_LINES * pitch_px(containing_block)
            smaller = self._try_scales(OPENING_SCALES, attempt, given, named, least)
        box.position_x, box.position_y = attempt.place
        return smaller or result

    def _keep_size(self, attempt: _Attempt, given: Any, named: Any) -> Any:
        """A turned table needs a page of its own, a video card its size: text goes before them."""
        turned = is_turned(attempt.box)
        if not turned:
            result = self._lay_out(*given, *attempt.again(attempt.box), **named)
            if attempt.fits(result[0]):
                return result
        passed = self._let_text_pass(attempt, given, named, announced=turned)
        return passed or self._lay_out(*given, *attempt.again(attempt.box), **named)

    def _opens_page(self, box: Box, parent: Box) -> bool:
        """Whether a page has nothing but a title above the picture."""
        article = self._article
        if article is None or not starts_page(article):
            return False
        if parent in self._slots:
            return parent.children[0] is box and article.children.index(parent) == 1
        return parent in article.children[:1] and parent.children.index(box) == 1

    def _head_of_page(
        self,
        box: Box,
        skip_stack: Any,
        parent: Box,
        page_is_empty: bool,  # noqa: FBT001 - the library's own
    ) -> tuple[Box, Any]:
        """What begins here, and from where: a turned table takes the page before the rest of a paragraph."""
        if is_turned(box):
            made_again = skip_stack == self._rests.get(box)
            return box, None if made_again else skip_stack
        if skip_stack is None:
            return box, self._rests.get(box)
        order = parent.children
        index = order.index(box)
        waits = index + 1 < len(order) and is_turned(order[index + 1])
        if not (page_is_empty and waits and box.element_tag == "p"):
            return box, skip_stack
        table = order[index + 1]
        parent.children = [*order[:index], table, box, *order[index + 2 :]]
        table.position_x, table.position_y = box.position_x, box.position_y
        self._rests[box] = self._rests[table] = skip_stack
        return table, None

    def _now_in_slot(self, box: Box, parent: Box) -> Box:
        slot = self._slots.get(parent, {}).get(box)
        if slot is None or parent.children[slot] is box:
            return box
        found = parent.children[slot]
        found.position_x, found.position_y = box.position_x, box.position_y
        return found

    def _below(self, context: Any, box: Box, parent: Box) -> Iterator[tuple[float, Sequence[float]]]:
        """How high what should stand below the figure is, and how much smaller it may become for that."""
        article = self._article
        if article is None or parent not in article.children:
            return
        behind = parent.children[parent.children.index(box) + 1 :]
        end = article.children[article.children.index(parent) + 1 :]
        if parent not in self._slots:  # a lead picture, above the body
            if behind or not end or not is_body(end[0]):
                return
            behind, end = end[0].children, end[1:]
        if not behind and end:
            yield self._height(context, end, box, parent), (*SCALES, *SMALL_SCALES)
            return
        if is_short(behind):
            rest = self._height(context, behind, box, parent)
            pitch = pitch_px(parent)
            if rest <= SHORT_REST_LINES * pitch:
                scales = SCALES if rest > CAPTION_LINES * pitch else (*SCALES, *SMALL_SCALES)
                end_height = self._height(context, end, box, parent)
                yield rest + end_height + SPACE_LINES * pitch, scales
        if behind and behind[0].element_tag == "p" and CAPTION.match(text_of(behind[0])):
            yield self._height(context, behind[:1], box, parent), (*SCALES, *SMALL_SCALES)

    def _height(self, context: Any, parts: Sequence[Box], box: Box, parent: Box) -> float:
        height = 0.0
        for part in parts:
            part.position_x, part.position_y = box.position_x, box.position_y
            laid = self._lay_out(context, part, -inf, None, parent)[0]
            if laid is not None:
                height += laid.margin_height()
        return height

    def _try_scales(
        self, scales: Sequence[float], attempt: _Attempt, given: Any, named: Any, least: float = 0.0
    ) -> Any:
        """The first layout that fits, if it is so high."""
        for scale in scales:
            self._scale = scale
            try:
                smaller = self._lay_out(*given, *attempt.again(attempt.box), **named)
            finally:
                self._scale = 1.0
            if attempt.fits(smaller[0]):
                return smaller if smaller[0].height >= least else None
        return None

    def _let_text_pass(self, attempt: _Attempt, given: Any, named: Any, *, announced: bool = False) -> Any:
        """The layout of the text behind the figure, which takes its place; the figure comes after it."""
        parent, figure = given[4], attempt.box
        if parent not in self._slots:
            return None
        index = parent.children.index(figure)
        if not may_pass(parent.children, index, announced=announced):
            return None
        order = parent.children
        with_list = announces_list(order, index + 1)
        end = index + 3 if with_list else index + 2
        text, *others = order[index + 1 : end]
        parent.children = [*order[:index], text, *others, figure, *order[end:]]
        bottom_space = given[2] + LIST_LINES * pitch_px(parent) if with_list else given[2]
        result = self._lay_out(given[0], text, bottom_space, *given[3:], *attempt.again(text), **named)
        if result[0] is None or (with_list and result[1] is not None):
            parent.children = order
            return None
        for list_box in others:  # the figure is before its slot now, with nothing that it belongs to
            list_box.style = list_box.style.copy()
            list_box.style["break_before"] = "auto"
        return result

    def measure(self, box: Box, containing_block: Box) -> None:
        """`inline_replaced_box_width_height`, in the size that is tried."""
        self._measure(box, containing_block)
        if self._scale < 1:
            box.width *= self._scale
            box.height *= self._scale


class _Attempt:
    """What a try starts from, and whether its outcome stands on the page."""

    def __init__(self, context: Any, bottom_space: float, box: Box, others: Sequence[Any]) -> None:
        self.box = box
        self.place = box.position_x, box.position_y
        self._context = context
        self._bottom_space = bottom_space
        self._others = others
        self._before = [list(other) if isinstance(other, list) else None for other in others]

    def again(self, box: Box) -> Sequence[Any]:
        """The arguments of one more try: what the last one has added to the library's lists is taken out."""
        box.position_x, box.position_y = self.place
        for other, before in zip(self._others, self._before, strict=True):
            if before is not None:
                other[:] = before
        return self._others

    def above(self, height: float) -> _Attempt:
        """The same with so much to be left free below."""
        return _Attempt(self._context, self._bottom_space + height, self.box, self._others)

    def leaves_hole(self) -> bool:
        """Whether a good part of the page would stay white."""
        bottom: float = self._context.page_bottom
        top: float = self.place[1]
        return bottom - top > HOLE * bottom

    def fits(self, laid_out: Box | None) -> bool:
        """Whether it is above the page's end."""
        if laid_out is None:
            return False
        bottom = laid_out.content_box_y() + laid_out.height + laid_out.padding_bottom
        if not self._context.overflows_page(self._bottom_space, bottom):
            return True
        library.block.remove_placeholders(self._context, [laid_out], [], [])  # its notes wait again
        return False
