"""Long chapters become several files, cut between blocks.

Adobe's engine, which many e-readers carry, takes 260 KB a file (calibre's `--flow-size`, EBPAJ's validator
256 KB).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from booklet.render.epub.documents.document import XHTML, Document, continued

MAX_BYTES = 250_000
_HEAD_BYTES = 1_000
"""What stands in a document around its block: declaration, head, title."""

_MOST_BYTES = 8
"""The most bytes that a character may become: most have three bytes, and tidying adds attributes and end
tags."""

_DIVISIBLE = frozenset(
    f"{{{XHTML}}}{name}"
    for name in ("article", "blockquote", "div", "dl", "main", "ol", "section", "table", "tbody", "ul")
)
_NAMESPACES: Any = {None: XHTML}  # the stubs know no default namespace
_KEPT_WITH_NEXT = frozenset(f"{{{XHTML}}}{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "dt"))


@dataclass(frozen=True, slots=True)
class _Block:
    """A block that is not cut, and what it stands in, outermost first."""

    ancestors: tuple[etree._Element, ...]
    element: etree._Element
    size_bytes: int


def split(document: Document, *, max_bytes: int = MAX_BYTES) -> tuple[Document, ...]:
    """The document, or its parts `name-2.xhtml`, `name-3.xhtml`, …, in even sizes, each below the limit.

    Headings stay with what follows, numbered lists go on counting. A single block above the limit (one
    paragraph, one table with cells across rows) stays whole.
    """
    limit = max_bytes - _HEAD_BYTES
    if len(document.chapter.xhtml) * _MOST_BYTES <= limit or _size(document.root) <= limit:
        return (document,)
    groups = _packed(tuple(_blocks(document.root, (), limit)), limit)
    if len(groups) == 1:
        return (document,)
    builder = _Builder()
    roots = [builder.build(group) for group in groups]
    body = document.html[1]
    body.remove(document.root)
    body.append(roots[0])
    stem = document.name.removesuffix(".xhtml")
    return (
        document,
        *(
            continued(document, root, name=f"{stem}-{part}.xhtml", part=part)
            for part, root in enumerate(roots[1:], start=2)
        ),
    )


def _size(element: etree._Element) -> int:
    return len(etree.tostring(element, encoding="utf-8", with_tail=False))


def _blocks(element: etree._Element, ancestors: tuple[etree._Element, ...], limit: int) -> Iterator[_Block]:
    size = _size(element)
    if size <= limit or not _is_divisible(element):
        yield _Block(ancestors, element, size)
        return
    for child in list(element):
        yield from _blocks(child, (*ancestors, element), limit)


def _is_divisible(element: etree._Element) -> bool:
    if element.tag not in _DIVISIBLE or not len(element):
        return False
    loose_text = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    return not loose_text and element.find(".//*[@rowspan]") is None


def _packed(blocks: Sequence[_Block], limit: int) -> list[list[_Block]]:
    """Put blocks into as few groups as the limit allows, of about the same size."""
    total = sum(block.size_bytes for block in blocks)
    even = total / math.ceil(total / limit)
    groups: list[list[_Block]] = [[]]
    filled = 0
    for block in blocks:
        over = filled + block.size_bytes > limit or filled + block.size_bytes / 2 > even
        if over and (start := _end_without_headings(groups[-1])):
            kept = groups[-1][start:]
            del groups[-1][start:]
            groups.append(kept)
            filled = sum(one.size_bytes for one in kept)
        groups[-1].append(block)
        filled += block.size_bytes
    return groups


def _end_without_headings(group: Sequence[_Block]) -> int:
    """Where the headings at the end of a group begin, which go with what follows; 0: it has nothing else."""
    end = len(group)
    while end and group[end - 1].element.tag in _KEPT_WITH_NEXT:
        end -= 1
    return end


class _Builder:
    """Puts groups of blocks back into copies of what they stood in; an id stays with the first copy."""

    def __init__(self) -> None:
        self._items: dict[etree._Element, int] = {}
        """Blocks put into copies of an element so far."""

    def build(self, group: Sequence[_Block]) -> etree._Element:
        copies: dict[etree._Element, etree._Element] = {}
        for block in group:
            for outer, ancestor in zip((None, *block.ancestors), block.ancestors, strict=False):
                if ancestor not in copies:
                    copies[ancestor] = self._copy(ancestor)
                    if outer is not None:
                        copies[outer].append(copies[ancestor])
            holder = block.ancestors[-1]
            copies[holder].append(block.element)
            self._items[holder] += 1
        return copies[group[0].ancestors[0]]

    def _copy(self, original: etree._Element) -> etree._Element:
        attributes = {str(name): str(value) for name, value in original.attrib.items()}
        copy = etree.Element(original.tag, attributes, _NAMESPACES)
        copy.text = original.text
        if original.tag == f"{{{XHTML}}}ol":
            self._number(original, copy)
        if original in self._items and "id" in copy.attrib:
            del copy.attrib["id"]
        self._items.setdefault(original, 0)
        return copy

    def _number(self, original: etree._Element, copy: etree._Element) -> None:
        """Let a list go on counting where its copy before stopped."""
        reverse = original.get("reversed") is not None
        given = original.get("start", "")
        if original not in self._items:
            if reverse and not given:
                original.set("start", str(len(original)))
                copy.set("start", str(len(original)))
            return
        first = int(given) if given.lstrip("-").isdecimal() else 1
        counted = self._items[original]
        copy.set("start", str(first - counted if reverse else first + counted))
