"""Text that no reader sees: beyond the paper, or cut off by a box that hides what it cannot hold.

Read from the boxes of laid-out pages. What themes cut on purpose is no text that is lost: generated content
(leaders, running heads), and marks that part the words of a line and are hidden at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from booklet.findings import Finding, finding

LEAST = 0.75
"""CSS px beyond which a text counts as cut: positions are rounded, and letters have white at their sides."""
SHOWN_CHARS = 40
"""The longest piece of the text that the finding shows."""
_WORDS = re.compile(r"\w")
Box = Any  # the library has no types


class _Edges(NamedTuple):
    """What is seen, in CSS px."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: _Edges) -> _Edges:
        return _Edges(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


def cut_texts(pages: Iterable[Any], chapters: frozenset[str]) -> Iterator[Finding]:
    """A finding for each chapter with text that is cut: the first such text. Its source is the chapter's id.

    Args:
        pages: of WeasyPrint's `Document.pages`.
        chapters: their ids; text outside them is the theme's own.
    """
    said: set[str] = set()
    for page in pages:
        paper = _Edges(0.0, 0.0, page.width, page.height)
        for chapter, text in _cut(page._page_box, paper, "", chapters):
            if chapter not in said:
                said.add(chapter)
                yield finding("text-cut", chapter, text=text.strip()[:SHOWN_CHARS])


def _cut(top: Box, paper: _Edges, within: str, chapters: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The texts that are cut, in the order of the page, each with its chapter."""
    stack: list[tuple[Box, _Edges, str]] = [(top, paper, within)]
    while stack:
        box, seen, chapter = stack.pop()
        tag = box.element_tag or ""
        if "::" in tag or type(box).__name__ == "MarginBox":
            continue
        if box.element is not None and (own := box.element.get("id")) in chapters:
            chapter = own
        text = getattr(box, "text", None)
        if isinstance(text, str):
            if chapter and _WORDS.search(text) and _is_cut(box, text, seen):
                yield chapter, text
            continue
        children = getattr(box, "children", ())
        if children:
            seen = _seen_in(box, seen)
            stack.extend((child, seen, chapter) for child in reversed(children))


def _seen_in(box: Box, seen: _Edges) -> _Edges:
    style = box.style
    if style["transform"]:
        # Its content is laid out upright and turned when it is drawn: it has its own width; its height has
        # the width of the page.
        return _Edges(
            box.position_x,
            box.position_y,
            box.position_x + box.width,
            box.position_y + seen.right - seen.left,
        )
    if style["overflow"] == "visible":
        return seen
    left = box.position_x + box.margin_left + box.border_left_width
    top = box.position_y + box.margin_top + box.border_top_width
    return seen.within(
        _Edges(
            left,
            top,
            left + box.padding_left + box.width + box.padding_right,
            top + box.padding_top + box.height + box.padding_bottom,
        )
    )


def _is_cut(box: Box, text: str, seen: _Edges) -> bool:
    if box.style["visibility"] != "visible":
        return False
    bare = len(text.rstrip()) / len(text)  # spaces may stand beyond an edge
    middle = box.position_y + box.height / 2
    return bool(
        box.position_x < seen.left - LEAST
        or box.position_x + box.width * bare > seen.right + LEAST
        or not seen.top <= middle <= seen.bottom
    )
