"""Where things fell in print: the values that print hands to the EPUB and to the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a printed page begins, in terms that print and EPUB share (`booklet.render.text.places`)."""

    label: str
    """The number as printed."""
    chapter: str
    """`Chapter.id`."""
    block: int | None
    """The block of the article's body; None: the chapter begins there; -1: what stands after the body."""
    offset: int
    """Counted characters of the block that stand on earlier pages."""


@dataclass(frozen=True, slots=True)
class PageMap:
    """Where articles fell in the PDF."""

    pages: int
    """Sheets' sides in the file, front matter and all."""
    folios: Mapping[str, tuple[int, int]]
    """By `Entry.id`: the printed page numbers of its first and last page."""
    starts: tuple[PageStart, ...] = ()
    """Of the numbered pages, in order."""
