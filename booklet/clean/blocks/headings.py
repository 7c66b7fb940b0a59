"""Headings nest below the article's title, which is level 1, without gaps; each has an anchor."""

from __future__ import annotations

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, has, text_of
from booklet.clean.vocabulary import HEADINGS
from booklet.model import Heading

_DEEPEST = 6


def levels(draft: Draft) -> None:
    """Map the levels that are used to 2, 3, … in order; none deeper than one below the heading before it."""
    for parent in bottom_up(draft.root):
        if any(isinstance(child, Element) and child.name in HEADINGS for child in parent.children):
            parent.children = _tidied(parent.children)
    found = [element for element in elements(draft.root) if element.name in HEADINGS]
    ranks = sorted({_rank(element) for element in found})
    previous = 1
    for element in found:
        level = min(ranks.index(_rank(element)) + 2, previous + 1, _DEEPEST)
        element.name = f"h{level}"
        element.attrs.pop("pseudo", None)
        previous = level


def _rank(heading: Element) -> int:
    return int(heading.attrs.get("pseudo", heading.name[1]))


def _tidied(children: list[Node]) -> list[Node]:
    """Empty headings go, their pictures stay; a heading needs no bold inside, and no icon."""
    result: list[Node] = []
    for child in children:
        if isinstance(child, Element) and child.name in HEADINGS:
            if not text_of(child).strip():
                pictures = [inner for inner in elements(child) if inner.name == "img"]
                result.extend(Element("figure", {}, [picture]) for picture in pictures)
                continue
            for inner in bottom_up(child):
                inner.children = [_plain(node) for node in inner.children]
        result.append(child)
    return result


def _plain(node: Node) -> Node:
    if isinstance(node, str):
        return node
    if node.name == "img" or (has(node, "img") and not text_of(node).strip()):
        return ""
    return Element("span", {}, node.children) if node.name in ("strong", "b") else node


def outline(draft: Draft) -> None:
    """Number the headings and list them."""
    for element in elements(draft.root):
        if element.name in HEADINGS:
            anchor = f"h-{len(draft.headings) + 1}"
            element.attrs["id"] = anchor
            draft.headings.append(Heading(int(element.name[1]), " ".join(text_of(element).split()), anchor))
