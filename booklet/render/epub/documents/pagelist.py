"""The printed pages' numbers at their words: page breaks for EPUB 3's page list and the NCX's.

https://www.w3.org/TR/epub-ssv-11/#pagebreak, https://www.w3.org/TR/dpub-aria-1.1/#doc-pagebreak
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from booklet.render.epub.documents.document import Document
from booklet.render.epub.documents.namespaces import EPUB, XHTML
from booklet.render.text.page_map import PageStart
from booklet.render.text.places import PLACE, is_counted, is_uncounted

Page = tuple[str, str]
"""A printed page's number and where it begins: `("7", "a-1.xhtml#page-7")`."""

_BEFORE = frozenset(
    f"{{{XHTML}}}{name}" for name in ("td", "th", "li", "dd", "dt", "p", "pre", "figcaption", "caption")
)


def mark_pages(document: Document, starts: Sequence[PageStart]) -> None:
    """Put the breaks of a chapter's pages into its text; then the blocks' numbers go."""
    if starts:
        blocks = {
            number: element
            for element in document.html.iter(etree.Element)
            if (number := element.get(PLACE)) is not None
        }
        for start in reversed(starts):  # last page first: a mark must not shift the places of those before it
            _place(document.root, blocks, start)
    etree.strip_attributes(document.html, PLACE)


def page_id(label: str) -> str:
    """The id of a page's break, unique in the book."""
    return f"page-{label}"


def pages(documents: Sequence[Document], starts: Sequence[PageStart]) -> tuple[Page, ...]:
    """The page list: the marks that are in the documents, in the order of the pages."""
    if not starts:
        return ()
    wanted = {page_id(start.label) for start in starts}
    places = {
        element.get("id"): one.name
        for one in documents
        for element in one.html.iter(f"{{{XHTML}}}span")
        if element.get("id") in wanted
    }
    return tuple(
        (start.label, f"{places[page_id(start.label)]}#{page_id(start.label)}")
        for start in starts
        if page_id(start.label) in places
    )


def _break(label: str) -> etree._Element:
    return etree.Element(
        f"{{{XHTML}}}span",
        {
            "id": page_id(label),
            f"{{{EPUB}}}type": "pagebreak",
            "role": "doc-pagebreak",
            "aria-label": label,
        },
    )


def _place(root: etree._Element, blocks: dict[str, etree._Element], start: PageStart) -> None:
    mark = _break(start.label)
    block = blocks.get(str(start.block)) if start.block is not None and start.block >= 0 else None
    if start.block is None:
        _insert_first(root, mark)
    elif block is None:
        root.append(mark)
    else:
        _insert_at(block, start.offset, mark)


def _insert_first(element: etree._Element, mark: etree._Element) -> None:
    mark.tail, element.text = element.text, None
    element.insert(0, mark)


def _insert_at(block: etree._Element, offset: int, mark: etree._Element) -> None:
    """Put the mark into the block's text, after so many counted characters."""
    left = offset
    for holder, is_tail in _texts(block):
        text = (holder.tail if is_tail else holder.text) or ""
        for index, character in enumerate(text):
            if not is_counted(character):
                continue
            if left == 0:
                _split(holder, index, mark, is_tail=is_tail)
                return
            left -= 1
    _insert_first(block, mark)


def _split(holder: etree._Element, index: int, mark: etree._Element, *, is_tail: bool) -> None:
    if is_tail:
        text = holder.tail or ""
        holder.tail, mark.tail = text[:index], text[index:]
        parent = holder.getparent()
        if parent is not None:
            parent.insert(parent.index(holder) + 1, mark)
    else:
        text = holder.text or ""
        holder.text, mark.tail = text[:index], text[index:]
        holder.insert(0, mark)


def _texts(block: etree._Element) -> list[tuple[etree._Element, bool]]:
    """The block's counted texts, in order: an element, and whether it is its tail or its text."""
    found: list[tuple[etree._Element, bool]] = [(block, False)]
    for child in block:
        if not child.get(PLACE) and not is_uncounted(child.tag, child.get("class", "")):
            found.extend(_texts(child))
        found.append((child, True))
    return found
