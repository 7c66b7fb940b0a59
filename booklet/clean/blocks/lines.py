"""Paragraphs that keep their line breaks: names, verses, addresses. Themes set them flush left."""

from __future__ import annotations

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, elements, has, text_of

_SHORT = 20
"""Characters: surely one line of any page."""


def lines(draft: Draft) -> None:
    """Mark each paragraph that still holds a `<br>`: an indent would set its first line apart.

    A single short line between two such paragraphs, as a stanza may be, is marked too.
    """
    for element in elements(draft.root):
        if element.name == "p" and has(element, "br"):
            element.add_class("lines")
    for parent in (draft.root, *elements(draft.root)):
        for line in _lines_between(parent):
            line.add_class("lines")


def _lines_between(parent: Element) -> list[Element]:
    blocks = [child for child in parent.children if isinstance(child, Element)]
    return [
        line
        for before, line, after in zip(blocks, blocks[1:], blocks[2:], strict=False)
        if _is_short(line) and "lines" in before.classes() and "lines" in after.classes()
    ]


def _is_short(line: Element) -> bool:
    is_text = line.name == "p" and "class" not in line.attrs and not has(line, "img")
    return is_text and len(text_of(line).strip()) <= _SHORT
