"""An article that begins below another one has its title and something to read there, or goes overleaf.

A style sheet binds neighbours to each other, wherever they stand. So a laid-out article is looked at as a
whole: where only its title, or a line or two, stand at the foot of a page, it counts as not fitting. On a
page that it begins itself, below its section's head or not, it stays, and `fit` sets its first picture
smaller there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers

LEAST_LINES = 3
FILLING = frozenset(("figure", "img", "table", "pre"))
"""Below a title as good as three lines; so is a video card."""

Box = Any  # the library has no types


def wrappers() -> Wrappers:
    """What is put around the library's function while articles begin on a page."""
    return {"weasyprint.layout.block:block_level_layout": lambda original: _Openings(original).lay_out}


def starts_page(article: Box) -> bool:
    """Whether an article that is being laid out begins its page, or stands below a section's head there."""
    return getattr(article, "starts_page", False)


class _Openings:
    """The library's function, wrapped; it knows how the page of the last section's head began."""

    def __init__(self, lay_out: Callable[..., Any]) -> None:
        self._lay_out = lay_out
        self._section_starts_page = False

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
        """`block_level_layout`; an article whose opening would be stranded does not fit."""
        classes = _classes(box)
        if "section-opener" in classes:
            self._section_starts_page = page_is_empty
        if "article" in classes:
            below_head = "first-in-section" in classes and self._section_starts_page
            box.starts_page = skip_stack is None and (page_is_empty or below_head)
        given = context, box, bottom_space, skip_stack, containing_block, page_is_empty
        orders = [(child, child.children) for child in box.children] if "article" in classes else []
        result = self._lay_out(*given, *others, **named)
        if "article" not in classes or skip_stack is not None or box.starts_page:
            return result
        laid, resume_at, *_ = result
        if laid is None or resume_at is None or _has_begun(laid):
            return result
        for child, blocks in orders:  # text may have passed a picture that needs no passing overleaf
            child.children = blocks
        library.block.remove_placeholders(context, [laid], *others[:2])  # its notes wait again
        return None, None, {"break": "any", "page": box.page_values()[0]}, [], False, result[5]


def _classes(box: Box) -> list[str]:
    if box.element_tag not in ("article", "section") or box.element is None:
        return []
    return (box.element.get("class") or "").split()


def _has_begun(article: Box) -> bool:
    """Whether a picture or a few lines stand below the title."""
    lines = 0
    for box in _below_head(article):
        lines += isinstance(box, library.boxes.LineBox)
        if lines >= LEAST_LINES or box.element_tag in FILLING or isinstance(box, library.boxes.TableBox):
            return True
    return False


def _below_head(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        if child.element_tag != "header":
            yield child
            yield from _below_head(child)
