"""Lists as HTML wants them: only items in a list, items only in lists."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, has, is_blank
from booklet.clean.vocabulary import BLOCKS, TRANSPARENT

_LISTS = ("ul", "ol")
_NUMBER = re.compile(r"-?\d{1,6}")


def lists(draft: Draft) -> None:
    """A list inside a list joins the item before it; loose content becomes items; stray items get a list."""
    for element in bottom_up(draft.root):
        if element.name in _LISTS:
            element.children = _items(element)
            _number(element)
        elif element.name == "dl":
            element.children = _pairs(element.children)
        elif any(isinstance(child, Element) and child.name == "li" for child in element.children):
            element.children = _collected(element.children)


def _items(element: Element) -> list[Node]:
    items: list[Element] = []
    loose: list[Node] = []

    def flush() -> None:
        if any(not is_blank(node) for node in loose):
            if items and element.name == "ol" and any(has(node, *BLOCKS) for node in loose):
                items[-1].children.extend(loose)  # browsers show it between two numbers
            else:
                items.append(Element("li", {}, [*loose]))
        loose.clear()

    for child in element.children:
        if isinstance(child, Element) and child.name == "li":
            flush()
            items.append(child)
        elif isinstance(child, Element) and child.name in _LISTS:
            flush()
            if is_blank(child):
                continue
            if items:
                items[-1].children.append(child)
            else:
                items.extend(node for node in child.children if isinstance(node, Element))
        elif (
            isinstance(child, Element)
            and child.name in TRANSPARENT
            and any(isinstance(node, Element) and node.name in _LISTS for node in child.children)
        ):
            flush()
            for node in child.children:
                if isinstance(node, Element) and node.name in _LISTS:
                    items.extend(item for item in node.children if isinstance(item, Element))
                else:
                    loose.append(node)
            flush()
        else:
            loose.append(child)
    flush()
    return [item for item in items if not is_blank(item)]


def _number(element: Element) -> None:
    """Items say their number where it is not one more than the last; those that count down all say it.

    https://html.spec.whatwg.org/multipage/grouping-content.html#ordinal-value
    """
    items = [child for child in element.children if isinstance(child, Element)]
    if element.name != "ol":
        for item in items:
            item.attrs.pop("value", None)
        return
    counts_down = "reversed" in element.attrs
    start = element.attrs.get("start", "").strip()
    element.attrs.pop("start", None)
    if _NUMBER.fullmatch(start) and (start != "1" or counts_down):
        element.attrs["start"] = start
    number = int(element.attrs.get("start", len(items) if counts_down else 1))
    if counts_down:
        element.attrs["reversed"] = "reversed"
    for item in items:
        given = item.attrs.pop("value", "").strip()
        said = int(given) if _NUMBER.fullmatch(given) else number
        if counts_down or said != number:
            item.attrs["value"] = str(said)
        number = said + (-1 if counts_down else 1)


def _pairs(children: list[Node]) -> list[Node]:
    pairs: list[Node] = []
    for child in children:
        if isinstance(child, Element) and child.name in ("dt", "dd"):
            pairs.append(child)
        elif isinstance(child, Element) and child.name == "div":
            pairs.extend(_pairs_inside(child))
        elif not is_blank(child):
            pairs.append(Element("dd", {}, [child]))
    return [pair for pair in pairs if not is_blank(pair)]


def _pairs_inside(group: Element) -> list[Node]:
    if all(isinstance(node, str) or node.name in ("dt", "dd") for node in group.children):
        return [node for node in group.children if isinstance(node, Element)]
    return [Element("dd", {}, group.children)]


def _collected(children: list[Node]) -> list[Node]:
    """Items outside any list: each run of them gets one."""
    result: list[Node] = []
    run: list[Node] = []
    for child in [*children, None]:
        if isinstance(child, Element) and child.name == "li":
            run.append(child)
        elif run and isinstance(child, str) and not child.strip():
            continue
        else:
            if run:
                result.append(Element("ul", {}, [item for item in run if not is_blank(item)]))
                run = []
            if child is not None:
                result.append(child)
    return result
