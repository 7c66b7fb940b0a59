"""Boxes with a title: what generators write for notes, tips and warnings becomes one markup.

`<aside class="box box-warning">`, its first paragraph of class `box-title`. A box of a known kind without a
title is called what it is, in the article's language.
"""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, is_blank, text_of
from booklet.clean.vocabulary import names
from booklet.words.boxes import box_title, kind_of

_BOX = names(
    "box admonition callout custom-container custom-block hint-container markdown-alert theme-admonition "
    "admonitionblock gb-hint"
)
_TITLE = re.compile(
    r"(?:box|admonition|callout|custom-container|custom-block|hint-container|markdown-alert|message)-(?:title|heading|header)"
    r"|admonitionHeading\w*"
)
_KIND = re.compile(r"(?:box|markdown-alert|theme-admonition|alert|callout|prompt)-(\w+)")
_HOLDERS = names("div section aside blockquote details")
_MAX_TITLE = 200


def boxes(draft: Draft) -> None:
    """From the leaves up, so that a box in a box is one as well."""
    plain_asides = draft.article.body_format == "markdown"  # Notion's; in a page: what stands beside it
    for element in bottom_up(draft.root):
        if element.name not in _HOLDERS:
            continue
        words = element.classes() if "class" in element.attrs else []
        is_notion = element.name == "aside" and plain_asides and "footnote" not in words
        if is_notion or not _BOX.isdisjoint(words):
            _make(element, words, draft.article.lang)


def _make(element: Element, words: list[str], language: str) -> None:
    kinds = (kind_of(found[1]) if (found := _KIND.fullmatch(word)) else kind_of(word) for word in words)
    kind = next(filter(None, kinds), "")
    title = _title_of(element)
    if element.name == "details":
        return
    if title is not None and text_of(title).strip().casefold() in map(str.casefold, words):
        title.children = []  # Python-Markdown's, which repeats the kind in English
    if title is None and kind and "untitled" not in words:
        title = Element("p", {}, [])
        element.children.insert(0, title)
    if title is not None:
        if is_blank(title):
            title.children = [box_title(kind, language) or text_of(title)]
        title.name, title.attrs = "p", {"class": "box-title"}
        if is_blank(title):
            element.children.remove(title)
    if all(is_blank(child) for child in element.children if child is not title):
        element.name, element.attrs = "div", {}
        if title is not None:
            title.attrs = {}
            title.children = [Element("strong", {}, title.children)]
        return
    element.name = "aside"
    element.attrs = {"class": f"box box-{kind}" if kind else "box", "ours": "1", **_anchor(element)}


def _anchor(element: Element) -> dict[str, str]:
    return {"id": element.attrs["id"]} if "id" in element.attrs else {}


def _title_of(element: Element) -> Element | None:
    """The title that a generator wrote: the first thing in the box, perhaps in a frame of its own."""
    first = next((child for child in element.children if not _is_space(child)), None)
    if not isinstance(first, Element):
        return None
    for candidate in (first, *elements(first)[:3]):
        if "class" in candidate.attrs and any(_TITLE.fullmatch(word) for word in candidate.classes()):
            return first if len(text_of(first)) <= _MAX_TITLE else None
    return None


def _is_space(node: Node) -> bool:
    return isinstance(node, str) and not node.strip()
