"""Places in an article's text that print and EPUB share: a block's number, characters from its start.

Both are made from one body. What only one of them shows (numbers of links, formulas, readings of ruby) does
not count, nor does white space, nor what has no width.
"""

from __future__ import annotations

import unicodedata

from lxml import etree

PLACE = "data-at"
"""The attribute that carries a block's number; it stays in print's HTML and never reaches the EPUB."""

BLOCKS = frozenset(
    (
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "caption",
        "pre",
        "figcaption",
        "figure",
        "summary",
    )
)
_UNCOUNTED_TAGS = frozenset(("rt", "rp", "math", "svg"))
PAGE_NOTE = "page-note"
"""The class of a footnote that stands behind its call, from where print floats it to the foot of the page."""
REPEATED = "repeated"
"""The class of what print says once more: cells of a table in parts, "continued"."""
_UNCOUNTED_CLASSES = frozenset(
    ("decimals", "link-number", PAGE_NOTE, "page-ref", REPEATED, "ruby-text", "undrawn")
)


def number_blocks(root: etree._Element) -> None:
    """Number the blocks of a body, in document order, before anything else changes it."""
    number = 0
    for element in root.iter("div", *BLOCKS):
        if element.tag != "div" or element.get("data-video"):
            element.set(PLACE, str(number))
            number += 1


def is_uncounted(tag: str, classes: str) -> bool:
    """Whether what an element holds does not count."""
    return tag.rpartition("}")[2] in _UNCOUNTED_TAGS or not _UNCOUNTED_CLASSES.isdisjoint(classes.split())


def is_counted(character: str) -> bool:
    """Whether a character counts."""
    return not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc")


def count(text: str) -> int:
    """How many characters of `text` count."""
    return sum(map(is_counted, text))
