"""Lists that were numbered by hand: runs of `1、`, `1.`, `1)`, `（1）`, `①` become ordered lists.

Where the numbered lines are short and each stands over paragraphs of its own, they are headings.
"""

from __future__ import annotations

import re
from itertools import pairwise

from booklet.clean.blocks.bullets import lines_of
from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, has, is_blank, text_of

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARK = re.compile(
    rf"[\s\u3000]*(?:(?P<comma>\d{{1,2}})、|(?P<dot>\d{{1,2}})[.．](?![\d.])|(?P<half>\d{{1,2}})[)）]|"
    rf"[(（](?P<bracketed>\d{{1,2}})[)）]|(?P<circled>[{_CIRCLED}]))[\s\u3000]*"
)
_ATTACHED = ("pre", "figure", "table", "blockquote", "ul", "ol", "video-card")
"""What stands between two items belongs to the first."""

_MAX_HEADING = 30
_SENTENCE = re.compile(r"[。；，！,;!：:.]$|[。；！？].")
_HEADING_RANK = "9"
"""Below `一、` and `（一）` (see `pseudo_headings`), as official papers count (GB/T 9704)."""

Mark = tuple[str, int]
"""Style of the number, and its value."""


def numbered(draft: Draft) -> None:
    """Make runs of numbered paragraphs lists, in every container; then look for headings in the body."""
    for element in bottom_up(draft.root):
        if element.name in ("ul", "ol"):
            _renumber(element)
        elif element.name not in ("dl", "table", "tr", "pre") and any(
            isinstance(child, Element) and child.name == "p" for child in element.children
        ):
            element.children = _with_lists(_lines_apart(element.children))
    _promote(draft.root)


def number_of(block: Node) -> Mark | None:
    """The number that a paragraph or item begins with."""
    if not isinstance(block, Element) or block.name not in ("p", "li"):
        return None
    found = _MARK.match(text_of(block))
    if not found or found.end() == len(text_of(block)):
        return None
    style = found.lastgroup or ""
    value = _CIRCLED.index(found[style]) + 1 if style == "circled" else int(found[style])
    return style, value


def _with_lists(children: list[Node]) -> list[Node]:
    result: list[Node] = []
    index = 0
    while index < len(children):
        items, end = _run(children, index)
        if len(items) > 1:
            result.append(Element("ol", {}, [_item(item) for item in items]))
            index = end
        else:
            result.append(children[index])
            index += 1
    return result


def _run(children: list[Node], start: int) -> tuple[list[list[Node]], int]:
    """Items from `start` on that count 1, 2, 3 … in one style, each with what is attached; and their end."""
    first = number_of(children[start])
    if first is None or first[1] != 1:
        return [], start
    items: list[list[Node]] = [[children[start]]]
    attached: list[Node] = []
    end = place = start + 1
    while place < len(children):
        child = children[place]
        if number_of(child) == (first[0], len(items) + 1):
            items[-1].extend(attached)
            attached = []
            items.append([child])
            end = place + 1
        elif is_blank(child) or (isinstance(child, Element) and child.name in _ATTACHED):
            attached.append(child)
        else:
            break
        place += 1
    return items, end


def _item(nodes: list[Node]) -> Element:
    block, *attached = nodes
    if isinstance(block, str):
        return Element("li", {}, nodes)
    _unmark(block)
    identity = {key: value for key, value in block.attrs.items() if key == "id"}
    if not attached:
        return Element("li", identity, block.children)
    return Element("li", identity, [Element("p", {}, block.children), *attached])


def _unmark(block: Element) -> None:
    """Take the number off, which may lie in several pieces of text: `<b>1</b>、…`."""
    found = _MARK.match(text_of(block))
    left = found.end() if found else 0
    places = [(block, index) for index in reversed(range(len(block.children)))]
    while places and left:
        element, index = places.pop()
        child = element.children[index]
        if isinstance(child, Element):
            places.extend((child, inner) for inner in reversed(range(len(child.children))))
        else:
            element.children[index] = child[left:]
            left -= min(left, len(child))


def _renumber(element: Element) -> None:
    """`<ul><li>1. …`: numbers typed into the items of a list are the list's."""
    items = [child for child in element.children if isinstance(child, Element)]
    marks = [number_of(item) for item in items]
    first = marks[0] if marks else None
    if len(items) < 2 or first is None or "start" in element.attrs:  # noqa: PLR2004 - one item counts nothing
        return
    if marks != [(first[0], value) for value in range(1, len(items) + 1)]:
        return
    for item in items:
        _unmark(item)
    element.name = "ol"


def _lines_apart(children: list[Node]) -> list[Node]:
    """`<p>1、一<br/>2、二</p>`: a paragraph of items, perhaps after a first line, comes apart."""
    result: list[Node] = []
    for child in children:
        lines = lines_of(child) if isinstance(child, Element) and child.name == "p" else []
        marks = [number_of(line) for line in lines]
        start = 1 if marks and marks[0] is None else 0
        first = marks[start] if len(marks) > start + 1 else None
        if first and marks[start:] == [(first[0], value) for value in range(1, len(marks) - start + 1)]:
            result.extend(lines)
        else:
            result.append(child)
    return result


def _promote(root: Element) -> None:
    """Numbered lines that each stand over something: headings, if there are two or more and all are short."""
    blocks = [child for child in root.children if isinstance(child, Element)]
    styles: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.name == "p" and (mark := number_of(block)) is not None:
            styles.setdefault(mark[0], []).append(index)
    for found in styles.values():
        values = [mark[1] for index in found if (mark := number_of(blocks[index])) is not None]
        counted = values == list(range(1, len(found) + 1)) and len(found) > 1
        apart = all(after - before > 1 for before, after in pairwise(found))
        if counted and apart and found[-1] + 1 < len(blocks) and all(_is_head(blocks[i]) for i in found):
            for index in found:
                block = blocks[index]
                block.name = "h6"
                block.attrs = {key: value for key, value in block.attrs.items() if key == "id"}
                block.attrs["pseudo"] = _HEADING_RANK


def _is_head(block: Element) -> bool:
    text = text_of(block).strip()
    return (
        len(text) <= _MAX_HEADING
        and not _SENTENCE.search(text)
        and not block.attrs.get("class")
        and not has(block, "br", "img", "a", "code")
    )
