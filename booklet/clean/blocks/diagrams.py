"""Diagrams that a script of the site would draw: a listing in a box, named as what it is.

A reader of the booklet sees the source that the site's readers never see, so it must be said.
"""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, text_of
from booklet.clean.vocabulary import names
from booklet.words.boxes import DIAGRAMS, diagram_title

_DRAWN = names("mermaid plantuml graphviz echarts markmap")
"""Classes of elements that hold a source and nothing else."""
_HOLDERS = names("pre div figure")
_LANGUAGE = re.compile(r"(?:language|lang|highlight)-(\w[\w-]*)")


def diagrams(draft: Draft) -> None:
    """Put each into its box; one that stands in a box with a title has it already."""
    for parent in bottom_up(draft.root):
        held = any(isinstance(child, Element) and child.name in _HOLDERS for child in parent.children)
        if held and parent.name != "pre" and not _is_box(parent):
            parent.children = [
                _boxed(child, kind, draft.article.lang)
                if isinstance(child, Element) and (kind := _kind(child))
                else child
                for child in parent.children
            ]


def _is_box(element: Element) -> bool:
    return any(isinstance(child, Element) and "box-title" in child.classes() for child in element.children)


def _kind(element: Element) -> str:
    """What draws it; empty: it is no diagram."""
    if element.name not in _HOLDERS:
        return ""
    words = element.classes()
    if element.name == "pre":
        code = next((child for child in elements(element) if child.name == "code"), None)
        words = [*words, *(code.classes() if code else ())]
    elif not any(word.casefold() in _DRAWN for word in words):
        return ""
    if element.name == "div" and any(child.name in ("pre", "img", "table") for child in elements(element)):
        return ""  # its listing is met by itself
    said = (found[1] if (found := _LANGUAGE.fullmatch(word)) else word for word in words)
    return (
        next((word for word in map(str.casefold, said) if word in DIAGRAMS), "")
        if text_of(element).strip()
        else ""
    )


def _boxed(element: Element, kind: str, language: str) -> Element:
    inside: list[Node] = element.children
    if element.name != "pre":
        inside = [Element("code", {"class": f"language-{kind}"}, element.children)]
    title = Element("p", {"class": "box-title"}, [diagram_title(kind, language)])
    attrs = {"class": f"language-{kind}"}
    return Element("aside", {"class": "box", "ours": "1"}, [title, Element("pre", attrs, inside)])
