"""What the blocks of an article's text are to the pictures among them. Read from the boxes' elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from booklet.render.pdf.trees.tables import TURNED

OPENING_CHARS = 160
"""About four lines: with less text an article that begins with a picture begins on the picture's page."""
SHORT_REST_LINES = 6.0
"""Up to so many lines of text behind an article's last picture are few."""
MOVABLE = frozenset(("p", "ul", "ol"))
SHOWN = frozenset(("figure", "div", "pre", "table"))
"""What the words before it may announce."""
CAPTION = re.compile(
    r"\s*(?:[▲△↑]|图\s?[\d一二三四五六七八九十:：]|图片?来源|图源|[Ff]ig(?:ure)?\.? ?\d|Source:|Photo:)"
)
ANNOUNCEMENT = re.compile(r"[:：↓⬇👇▼]\s*$|(?:如|下|上)图.{0,8}$|(?:below|following|figure)\W{0,2}$")

Box = Any  # the library has no types


def is_body(box: Box) -> bool:
    """Whether a box is an article's text."""
    return box.element_tag == "div" and "body" in (box.element.get("class") or "").split()


def holds_pictures(box: Box) -> bool:
    """Whether a block may be set smaller: a figure, a row of them; not the pieces of a screenshot."""
    if box.element_tag == "figure":
        return "piece" not in (box.element.get("class") or "")
    return bool(box.element_tag == "div" and box.element.get("class") == "picture-row")


def is_turned(box: Box) -> bool:
    """Whether this is a table that lies on its side."""
    return bool(box.element_tag == "div" and box.element.get("class") == TURNED)


def is_card(box: Box) -> bool:
    """Whether this is a video card."""
    return bool(box.element_tag == "div" and box.element.get("class") == "video-card")


def is_short(blocks: Sequence[Box]) -> bool:
    """Whether these blocks of text may be a few lines; what has notes is never laid out for a try."""
    return 0 < len(blocks) <= SHORT_REST_LINES and all(
        one.element_tag in MOVABLE and one.element.find(".//img") is None and not has_notes(one)
        for one in blocks
    )


def has_notes(box: Box) -> bool:
    """Whether notes at the page's foot belong to a block."""
    return any("page-note" in (element.get("class") or "") for element in box.element.iter())


def may_pass(order: Sequence[Box], index: int, *, announced: bool) -> bool:
    """Whether what stands behind the figure is text that may come before it, even where it is announced."""
    if index + 1 >= len(order):
        return False
    after = order[index + 1]
    if after.element_tag not in MOVABLE or after.element.find(".//img") is not None:
        return False
    if not index and len(text_of(after)) < OPENING_CHARS:
        return False
    if _announces(after) and len(order) > index + 2 and order[index + 2].element_tag in SHOWN:
        return False
    before = text_of(order[index - 1]) if index else ""
    return not CAPTION.match(text_of(after)) and (announced or not ANNOUNCEMENT.search(before))


def announces_list(order: Sequence[Box], index: int) -> bool:
    """Whether a paragraph ends with words that the list behind it belongs to."""
    if index + 1 >= len(order) or order[index + 1].element_tag not in ("ul", "ol"):
        return False
    return order[index].element_tag == "p" and _announces(order[index])


def _announces(box: Box) -> bool:
    return ANNOUNCEMENT.search(text_of(box)) is not None


def text_of(box: Box) -> str:
    """All text of a block."""
    return "" if box.element is None else "".join(box.element.itertext())
