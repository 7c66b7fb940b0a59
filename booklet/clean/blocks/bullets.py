"""Lists that were typed: runs of paragraphs that begin with `●`, `•`, `■` … become lists."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, text_of

_SAFE = "●•■◆▪◾◼▶►➤➢✔✓✅☑❖★☆○◇□◎⚫🔹🔸🔷🔶➜"
"""Marks that nothing else begins with."""

_RISKY = "·・∙‧–—*-"
"""Marks that a name or a line of speech may begin with: they need a space after, or a run."""

_MARK = re.compile(
    rf"[\s\u3000\u00a0]*(?P<mark>[{re.escape(_SAFE + _RISKY)}])\ufe0f?(?P<space>[\s\u3000\u00a0]*)(?=\S)"
)
_CHECKED = {"☑": "☑ ", "✅": "", "✔": "", "✓": ""}


def bullets(draft: Draft) -> None:
    """In every container, and on the lines of a paragraph, each run with one mark becomes a `<ul>`."""
    for element in bottom_up(draft.root):
        if element.name in ("ul", "ol", "dl", "table", "tr", "pre"):
            continue
        if any(isinstance(child, Element) and child.name == "p" for child in element.children):
            element.children = _with_lists(_lines_apart(element.children))


def mark_of(block: Node) -> str:
    """The list mark that a paragraph begins with, or empty."""
    if not isinstance(block, Element) or block.name != "p" or "class" in block.attrs:
        return ""
    found = _MARK.match(text_of(block))
    if not found:
        return ""
    mark = found["mark"]
    if mark in _RISKY and not found["space"] and mark not in "·・∙‧":
        return ""
    return mark


def _with_lists(children: list[Node]) -> list[Node]:
    result: list[Node] = []
    index = 0
    while index < len(children):
        mark = mark_of(children[index])
        end = index + 1
        while mark and end < len(children) and mark_of(children[end]) == mark:
            end += 1
        if mark and (end - index > 1 or mark in _SAFE) and not _is_decoration(children, index, end, mark):
            result.append(Element("ul", {"typed": "1"}, [_item(block) for block in children[index:end]]))
        else:
            result.extend(children[index:end])
        index = end
    return result


def _is_decoration(children: list[Node], start: int, end: int, mark: str) -> bool:
    """A single line such as `★本文作者…★` or `▶ 点击` is no list unless its mark comes again."""
    if end - start > 1 or mark in "●•■◆":
        return False
    return sum(mark_of(block) == mark for block in children) < 2  # noqa: PLR2004 - once is not a list


def _item(block: Node) -> Element:
    if isinstance(block, str):
        return Element("li", {}, [block])
    stack: list[Element] = [block]
    removed = False
    while stack and not removed:
        element = stack.pop()
        for index, child in enumerate(element.children):
            if isinstance(child, Element):
                stack.append(child)
                break
            if child.strip("\u3000\u00a0 \n\t"):
                element.children[index] = re.sub(
                    rf"^[\s\u3000]*[{re.escape(_SAFE + _RISKY)}]\ufe0f?[\s\u3000]*", "", child
                )
                removed = True
                break
    return Element("li", {key: value for key, value in block.attrs.items() if key == "id"}, block.children)


def _lines_apart(children: list[Node]) -> list[Node]:
    """`<p>●一<br/>●二</p>`: a paragraph of items, perhaps after a first line, comes apart."""
    result: list[Node] = []
    for child in children:
        lines = lines_of(child) if isinstance(child, Element) and child.name == "p" else []
        marks = [mark_of(line) for line in lines]
        whole = (
            len(lines) > 1
            and marks[-1]
            and all(mark == marks[-1] for mark in marks[1:])
            and marks[0] in ("", marks[-1])
        )
        if whole and (len(lines) > 2 or marks[0]):  # noqa: PLR2004 - an intro and two items, or two items
            result.extend(lines)
        else:
            result.append(child)
    return result


def lines_of(block: Element) -> list[Element]:
    """The lines of a paragraph, as paragraphs; none if it has no `<br>`."""
    if not any(isinstance(child, Element) and child.name == "br" for child in block.children):
        return []
    lines: list[list[Node]] = [[]]
    for child in block.children:
        if isinstance(child, Element) and child.name == "br":
            lines.append([])
        else:
            lines[-1].append(child)
    return [Element("p", dict(block.attrs) if index == 0 else {}, line) for index, line in enumerate(lines)]
