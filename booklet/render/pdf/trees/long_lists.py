"""Contents and indices of long books in parts, each on pages of its own. Pure, on a chapter's tree.

A list is laid out as a whole, in a memory that grows with it: a quarter of a megabyte for an article. In
parts it does not grow, as it does not for the text, which is laid out in chunks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import pairwise

from lxml import etree

from booklet.render.pdf.trees.names import BOOKMARK_ATTRIBUTE

Element = etree._Element

MOST = 300
"""Items of a list that stays whole."""
PART = 200
"""Items of a part; fewer where a section begins in its last third."""
_MARK = "~"
"""Between a chapter's id and a part's number; no other id holds it."""


def whole_id(chapter_id: str) -> str:
    """The id of the chapter that a part, or a chapter, is of."""
    return chapter_id.partition(_MARK)[0]


def is_continued(chapter_id: str) -> bool:
    """Whether this is a part after a list's first."""
    return _MARK in chapter_id


def parts(root: Element) -> tuple[Element, ...]:
    """The chapter's list in parts; the chapter itself, if it is short enough."""
    items = [item for item in root.iter("li") if item.find(".//li") is None]
    if len(items) <= MOST:
        return (root,)
    begins = [*_begins(items), len(items)]
    return tuple(
        _part(root, range(first, end), number)
        for number, (first, end) in enumerate(pairwise(begins), start=1)
    )


def _begins(items: Sequence[Element]) -> Iterator[int]:
    """The index of each part's first item."""
    begin = 0
    while begin < len(items):
        yield begin
        end = begin + PART
        if end >= len(items):
            return
        firsts = [at for at in range(end, end - PART // 3, -1) if items[at].getprevious() is None]
        begin = firsts[0] if firsts else end


def _part(root: Element, wanted: range, number: int) -> Element:
    """A copy with these items; what stands before the first of them is in the parts before."""
    part = deepcopy(root)
    items = [item for item in part.iter("li") if item.find(".//li") is None]
    if number > 1:
        identifier = part.get("id", "")
        part.set("id", f"{identifier}{_MARK}{number}")
        for name in (BOOKMARK_ATTRIBUTE, f"{BOOKMARK_ATTRIBUTE}-level"):
            if name in part.attrib:
                del part.attrib[name]
        part.set("style", "break-before: page")
        _drop_before(items[wanted.start], part)
    for index, item in enumerate(items):
        if index not in wanted:
            _drop(item, part)
    return part


def _drop_before(item: Element, root: Element) -> None:
    """Take away all that stands before an item, but what is around it."""
    inner = item
    if item.getprevious() is None:  # its section begins here, and keeps its heading
        inner = next(outer for outer in item.iterancestors() if outer.tag not in ("ol", "ul"))
    while inner is not root and (outer := inner.getparent()) is not None:
        for before in list(inner.itersiblings(preceding=True)):
            outer.remove(before)
        inner = outer


def _drop(item: Element, root: Element) -> None:
    """Take an item away, and what holds nothing else."""
    holder = item.getparent()
    if holder is None:
        return  # dropped with what stood before
    holder.remove(item)
    while holder is not root and holder.find(".//li") is None and (outer := holder.getparent()) is not None:
        outer.remove(holder)
        holder = outer
