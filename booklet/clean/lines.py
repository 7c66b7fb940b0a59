"""Paragraphs whose line breaks are meant: names, verses, addresses. The theme sets them flush left."""

from __future__ import annotations

from booklet.clean.draft import Draft
from booklet.clean.tree import elements, has


def lines(draft: Draft) -> None:
    """Mark each paragraph that still holds a `<br>`; an indent would make its first line the odd one."""
    for element in elements(draft.root):
        if element.name == "p" and has(element, "br"):
            element.add_class("lines")
