"""Runs of spaces become one; spaces at the ends of lines, and indents that were typed, go.

Line breaks of the source vanish between Han, where HTML would show a space. Nothing inside `<pre>` changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from booklet.clean.draft import Draft
from booklet.clean.inline.hygiene import FORMULA
from booklet.clean.text.characters import without_invisible
from booklet.clean.tree import Element, Node, bottom_up, is_blank
from booklet.clean.vocabulary import BLOCKS

_SPACES = re.compile(r"[ \t\n\r\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_WIDE = re.compile(
    r"[\u2e80-\u303f\u3040-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffee“”‘’…—\U00020000-\U0003ffff]"
)
_WIDE_MARK = re.compile(r"[\u3001-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
_BREAKING = BLOCKS | {"video-card", "notes", "img", "br"}


@dataclass(slots=True)
class _Line:
    """The line of text that is being read: its last character, and the text node that this stands in."""

    parent: Element | None = None
    index: int = -1
    last: str = ""

    def end(self) -> None:
        """The line ends: its last space goes."""
        if self.parent is not None:
            text = self.parent.children[self.index]
            if isinstance(text, str):
                self.parent.children[self.index] = text.rstrip(" ")
        self.parent, self.last = None, ""


def whitespace(draft: Draft) -> None:
    """One pass over the text in document order, then what became empty goes."""
    line = _Line()
    stack: list[tuple[Element, int] | Element | None] = [draft.root]
    while stack:
        item = stack.pop()
        if item is None:
            line.end()
        elif isinstance(item, tuple):
            _tidy(item[0], item[1], line)
        else:
            breaks = item.name in _BREAKING
            if breaks:
                line.end()
            if item.name == "pre":
                continue
            if item.name in ("img", "math") or any(name in item.attrs for name in FORMULA):
                line.last = "￼"
            if breaks and item.name != "img":
                stack.append(None)
            stack.extend(
                child if isinstance(child, Element) else (item, index)
                for index, child in reversed(list(enumerate(item.children)))
            )
    line.end()
    _prune(draft.root)


def _tidy(parent: Element, index: int, line: _Line) -> None:
    raw = parent.children[index]
    if not isinstance(raw, str):
        return
    text = without_invisible(raw)
    out: list[str] = []
    position = 0
    for found in _SPACES.finditer(text):
        if found.start() > position:
            out.append(text[position : found.start()])
            line.last = text[found.start() - 1]
        position = found.end()
        following = text[position : position + 1]
        joins = _joins(line.last, following, broken="\n" in found[0])
        if line.last not in ("", " ") and not joins:
            out.append(_kept(found[0]))
            line.last = " "
    if position < len(text):
        out.append(text[position:])
        line.last = text[-1]
    parent.children[index] = "".join(out)
    if out:
        line.parent, line.index = parent, index


def _joins(before: str, after: str, *, broken: bool) -> bool:
    """Whether space is to vanish: a line break between Han, any space between Han and a full-width mark.

    (Such a mark brings its own space, so a line break beside it goes too.)
    """
    mark = _WIDE_MARK.fullmatch(before) or _WIDE_MARK.fullmatch(after)
    both = _WIDE.fullmatch(before) and _WIDE.fullmatch(after)
    return bool(both and (mark or broken)) or bool(mark and broken)


def _kept(spaces: str) -> str:
    """An ideographic space typed between words is a space of that width; all else is one space."""
    return "\u3000" if spaces == "\u3000" else " "


def _prune(root: Element) -> None:
    for element in bottom_up(root):
        if element.name in ("pre", "tr"):
            continue
        children: list[Node] = []
        for child in element.children:
            if child == "":
                continue
            if isinstance(child, Element) and _is_empty(child):
                continue
            children.append(child)
        while children and _is_break(children[0]):
            del children[0]
        while children and _is_break(children[-1]):
            del children[-1]
        element.children = children
    root.children = _without_repeated_rules(root.children)


def _is_break(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "br"


def _is_empty(element: Element) -> bool:
    if element.name in ("img", "br", "hr", "td", "th", "col", "colgroup", "video-card"):
        return False
    if "id" in element.attrs and not element.children:
        return element.name != "span"
    return not element.children or (
        is_blank(element)
        and element.name not in ("code", "table", "tbody", "thead")
        and not _holds_anchor(element)
    )


def _holds_anchor(element: Element) -> bool:
    return any(isinstance(child, Element) and "id" in child.attrs for child in element.children)


def _without_repeated_rules(children: list[Node]) -> list[Node]:
    """Rules between blocks only: none first, last or doubled, and none before the notes."""
    result: list[Node] = []
    for child in children:
        if _is_rule(child) and (not result or _is_rule(result[-1])):
            continue
        if result and _is_rule(result[-1]) and isinstance(child, Element) and child.name == "notes":
            del result[-1]
        result.append(child)
    while result and _is_rule(result[-1]):
        del result[-1]
    return result


def _is_rule(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "hr"
