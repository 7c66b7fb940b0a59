"""Endless paragraphs and code lines are divided: line breaking takes time with the square of their length.

A paragraph of a million characters takes WeasyPrint 70 more than ten minutes, a hundred of ten thousand take
half of one. Nothing is lost: the text goes on in the next paragraph, or on the next line of code.
"""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, text_of
from booklet.clean.vocabulary import BLOCKS, HEADINGS

MAX_PARAGRAPH_CHARS = 10_000
"""Six pages without a break; the longest honest paragraphs have a tenth."""
MAX_LINE_CHARS = 2_000
"""The longest line of code; minified files have longer ones."""
_ENDS = (re.compile(r"[。！？!?…；;][”’」』）)]*"), re.compile(r"[.,，、]\s*|\s+"))
"""Where text is cut: at the end of a sentence, else of a clause or a word."""
_LOOK_BACK_CHARS = 1_000


def bounds(draft: Draft) -> None:
    """Divide what is too long, and say so."""
    for element in bottom_up(draft.root):
        if element.name == "pre":
            if _divide_lines(element):
                draft.report("text-divided", limit=MAX_LINE_CHARS)
            continue
        children: list[Node] = []
        divided = False
        for child in element.children:
            if isinstance(child, Element) and child.name in ("p", *HEADINGS) and _is_long(child):
                children.extend(_pieces(child))
                divided = True
            else:
                children.append(child)
        element.children = children
        if element.name in ("li", "td", "th", "dd", "dt", "figcaption", "caption", "summary", "aside"):
            divided |= _wrap_long(element)
        if divided:
            draft.report("text-divided", limit=MAX_PARAGRAPH_CHARS)


def _is_long(element: Element) -> bool:
    return len(text_of(element)) > MAX_PARAGRAPH_CHARS


def _wrap_long(element: Element) -> bool:
    """Long text right in an item or a cell becomes paragraphs; blocks in it are divided already."""
    if any(isinstance(child, Element) and child.name in BLOCKS for child in element.children):
        return False
    if not _is_long(element):
        return False
    pieces = _pieces(Element("p", {}, element.children))
    if element.name in ("dt", "caption", "summary"):  # these hold text only
        element.children = [node for piece in pieces for node in (*piece.children, Element("br"))][:-1]
    else:
        element.children = [*pieces]
    return True


def _pieces(block: Element) -> list[Element]:
    """The block in parts of bounded length; a heading's are paragraphs."""
    cutter = _Cutter()
    cutter.fill(block.children)
    name = "p" if block.name in HEADINGS else block.name
    first, *rest = cutter.pieces
    without_id = {key: value for key, value in block.attrs.items() if key != "id"}
    return [
        Element(name, dict(block.attrs), first),
        *(Element(name, dict(without_id), part) for part in rest),
    ]


class _Cutter:
    """Fills pieces with nodes in order; elements that a cut goes through are opened again behind it."""

    def __init__(self) -> None:
        self.pieces: list[list[Node]] = [[]]
        self._open: list[Element] = []
        self._room = MAX_PARAGRAPH_CHARS

    def fill(self, nodes: list[Node]) -> None:
        """Put nodes into the last piece, and begin a new one where it is full."""
        for node in nodes:
            if isinstance(node, Element):
                copy = Element(node.name, dict(node.attrs))
                self._put(copy)
                self._open.append(copy)
                self.fill(node.children)
                self._open.pop()
                continue
            rest = node
            while len(rest) > self._room:
                place = _place_to_cut(rest, self._room)
                self._put(rest[:place])
                rest = rest[place:]
                self._begin()
            self._put(rest)
            self._room -= len(rest)

    def _put(self, node: Node) -> None:
        if node != "":
            (self._open[-1].children if self._open else self.pieces[-1]).append(node)

    def _begin(self) -> None:
        self.pieces.append([])
        self._room = MAX_PARAGRAPH_CHARS
        outer, self._open = self._open, []
        for element in outer:
            attrs = {key: value for key, value in element.attrs.items() if key != "id"}
            copy = Element(element.name, attrs)
            self._put(copy)
            self._open.append(copy)


def _place_to_cut(text: str, room: int) -> int:
    """Behind the last sentence that ends in the room that is left, if one does."""
    for pattern in _ENDS:
        ends = [found.end() for found in pattern.finditer(text, max(0, room - _LOOK_BACK_CHARS), room)]
        if ends:
            return ends[-1]
    return room


def _divide_lines(listing: Element) -> bool:
    """Break lines of code that are too long; tokens have elements of their own."""
    column = 0
    divided = False
    waiting: list[tuple[Element, int]] = [(listing, 0)]
    while waiting:
        element, index = waiting.pop()
        if index >= len(element.children):
            continue
        waiting.append((element, index + 1))
        child = element.children[index]
        if isinstance(child, Element):
            waiting.append((child, 0))
            continue
        parts: list[str] = []
        for number, line in enumerate(child.split("\n")):
            if number:
                parts.append("\n")
                column = 0
            while column + len(line) > MAX_LINE_CHARS:
                room = MAX_LINE_CHARS - column
                parts.extend((line[:room], "\n"))
                line, column, divided = line[room:], 0, True  # noqa: PLW2901 - what is left of it
            parts.append(line)
            column += len(line)
        element.children[index] = "".join(parts)
    return divided
