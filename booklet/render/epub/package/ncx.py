"""The NCX, EPUB 2's table of contents, from which Kindle and old readers still take theirs.

Two levels, as Kindle shows (Kindle Publishing Guidelines 2019.2, 5.2). EbookLib's own says `dtb:depth` 0 and
knows no pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from booklet.render.epub.package.navigation import Item

NCX_NAME = "toc.ncx"
NCX_TYPE = "application/x-dtbncx+xml"

Page = tuple[str, str]
"""A printed page's number and where it begins: `("7", "a-1.xhtml#page-7")`."""


def ncx_document(
    items: Sequence[Item], *, identifier: str, title: str, language: str, pages: Sequence[Page] = ()
) -> bytes:
    """The file.

    Args:
        items: the contents, at least one.
        identifier: the book's.
        title: the book's.
        language: BCP 47.
        pages: in the order of the book.
    """
    order = _PlayOrder()
    points = "".join(_points(items, order, prefix="ncx"))
    heads = {
        "dtb:uid": identifier,
        "dtb:depth": str(max(map(_depth, items), default=1)),
        "dtb:totalPageCount": str(len(pages)),
        "dtb:maxPageNumber": str(max((int(label) for label, _ in pages if label.isdecimal()), default=0)),
    }
    metas = "".join(f'<meta name="{name}" content="{escape(value)}"/>' for name, value in heads.items())
    targets = "".join(_targets(pages, order))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">'
        f"<head>{metas}</head><docTitle><text>{escape(title)}</text></docTitle><navMap>{points}</navMap>"
        f"{f'<pageList>{targets}</pageList>' if targets else ''}</ncx>\n"
    ).encode()


class _PlayOrder:
    """Counts places; what leads to the same place has the same number (ANSI/NISO Z39.86, 8.4.3)."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, href: str) -> int:
        return self._numbers.setdefault(href, len(self._numbers) + 1)


def _points(items: Sequence[Item], order: _PlayOrder, *, prefix: str) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        identifier = f"{prefix}-{number}"
        href = item.href or item.children[0].href  # a section that has no page begins with its first article
        begin = f'<navPoint id="{identifier}" playOrder="{order.of(href)}">'
        children = "".join(_points(item.children, order, prefix=identifier))
        yield f'{begin}{_label(item.title)}<content src="{escape(href)}"/>{children}</navPoint>'


def _targets(pages: Sequence[Page], order: _PlayOrder) -> Iterator[str]:
    for number, (label, href) in enumerate(pages, start=1):
        kind = "normal" if label.isdecimal() else "front"
        value = f' value="{label}"' if kind == "normal" else ""
        place = f'id="ncx-page-{number}" type="{kind}"{value} playOrder="{order.of(href)}"'
        yield f'<pageTarget {place}>{_label(label)}<content src="{escape(href)}"/></pageTarget>'


def _label(text: str) -> str:
    return f"<navLabel><text>{escape(text)}</text></navLabel>"


def _depth(item: Item) -> int:
    return 1 + max(map(_depth, item.children), default=0)
