"""Where each printed page begins in its article's text, read from the engine's boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.document import Document

from booklet.render.pdf.trees.long_lists import is_continued, whole_id
from booklet.render.text.page_map import PageStart
from booklet.render.text.places import PLACE, count, is_uncounted


@dataclass(slots=True)
class _Reading:
    """What was read so far, from the first page on."""

    chapters: frozenset[str]
    seen: set[str] = field(default_factory=set)
    """Chapters that have begun."""
    counted: dict[tuple[str, str], int] = field(default_factory=dict)
    """Characters read of each block."""
    totals: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text, or a picture, of a page."""

    chapter: str
    block: str
    """The number of the block of the article's text that it belongs to; empty for what the theme adds."""
    element: Any
    text: str


def page_starts(document: Document, labels: Sequence[str], chapters: frozenset[str]) -> tuple[PageStart, ...]:
    """The beginning of every page that shows a chapter, in order.

    Args:
        document: laid out.
        labels: what is printed as each page's number; empty: the page is not listed.
        chapters: their ids; pages that begin elsewhere are not listed.
    """
    reading = _Reading(chapters)
    starts = []
    for page, label in zip(document.pages, labels, strict=True):
        start = _start(page, label, reading)
        if start is not None and label:
            starts.append(_of_whole(start))
    return tuple(starts)


def _of_whole(start: PageStart) -> PageStart:
    """The same place, named by the chapter that the EPUB has.

    In print a long list is divided into several chapters; the EPUB has it as one. A page that begins in a
    later part is a page of that one chapter, and the part's beginning is no beginning of the chapter.
    """
    if not is_continued(start.chapter):
        return start
    return replace(start, chapter=whole_id(start.chapter), block=-1 if start.block is None else start.block)


def _start(page: Any, label: str, reading: _Reading) -> PageStart | None:
    start: PageStart | None = None
    for piece in _pieces(page._page_box, "", "", reading.chapters):
        begun = piece.chapter in reading.seen
        reading.seen.add(piece.chapter)
        key = (piece.chapter, piece.block)
        if not piece.block:
            if start is None:
                start = PageStart(label, piece.chapter, None if not begun else -1, 0)
            continue
        read = reading.counted.get(key, 0)
        if start is None and not _is_repeated(piece, read, reading):
            start = PageStart(label, piece.chapter, int(piece.block), read)
        reading.counted[key] = read + count(piece.text)
    return start


def _is_repeated(piece: _Piece, read: int, reading: _Reading) -> bool:
    """Whether this text was on an earlier page: the head of a table is printed again on each of its pages.

    Then all that the block holds was read before.
    """
    if not piece.text or not read:
        return False
    key = (piece.chapter, piece.block)
    if key not in reading.totals:
        reading.totals[key] = sum(map(count, _texts(piece.element)))
    return read >= reading.totals[key]


def _texts(element: Any) -> Iterator[str]:
    """The counted text of a block, without that of blocks inside it."""
    yield element.text or ""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag and not child.get(PLACE) and not is_uncounted(tag, child.get("class", "")):
            yield from _texts(child)
        yield child.tail or ""


def _pieces(
    box: Any, chapter: str, block: str, chapters: frozenset[str], holder: Any = None
) -> Iterator[_Piece]:
    """Text and pictures in the order of the page; generated content, and what does not count, left out."""
    if type(box).__name__ == "MarginBox" or "::" in (box.element_tag or ""):
        return
    element = box.element
    if element is not None:
        if element.get("id") in chapters:
            chapter, block = element.get("id"), ""
        if element.get(PLACE):
            block, holder = element.get(PLACE), element
        if is_uncounted(box.element_tag or "", element.get("class", "")):
            return
    if not chapter:
        for child in getattr(box, "children", ()):
            yield from _pieces(child, chapter, block, chapters, holder)
        return
    text = getattr(box, "text", None)
    if isinstance(text, str):
        if count(text):
            yield _Piece(chapter, block, holder, text)
    elif hasattr(box, "replacement"):
        yield _Piece(chapter, block, holder, "")
    for child in getattr(box, "children", ()):
        yield from _pieces(child, chapter, block, chapters, holder)
