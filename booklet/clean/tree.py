"""The tree that the later steps work on: elements with lists of children, and nothing else.

A step rewrites lists of children, from the leaves up, so that every step is linear in the number of
nodes, and none recurses: five megabytes or ten thousand nested elements cost memory, not the stack.
(BeautifulSoup searches the parent's children at each `extract`: quadratic for flat articles.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from booklet.clean.vocabulary import VOID

MAX_DEPTH = 200
"""What steps that look into an element again at each level can bear; `nesting` has cut before."""

_TOKEN = re.compile(r'<(/?)([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([^\s=>"/]+)(?:="([^"]*)")?')


@dataclass(slots=True, eq=False)
class Element:
    """One element; compares by identity."""

    name: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def classes(self) -> list[str]:
        """The words of its `class`."""
        return self.attrs.get("class", "").split()

    def add_class(self, name: str) -> None:
        """Give it one more class of our own."""
        if name not in self.classes():
            self.attrs["class"] = f"{self.attrs.get('class', '')} {name}".strip()


Node = Element | str


def parse(html: str) -> Element:
    """Read what the sanitiser wrote: canonical HTML, every element closed, attributes in double quotes.

    Elements deeper than `MAX_DEPTH` come out empty, beside what they held. An end tag without a start is
    ignored, so that markup from elsewhere gives a tree too.
    """
    root = Element("body")
    stack = [root]
    flattened: dict[str, int] = {}
    position = 0
    for token in _TOKEN.finditer(html):
        if token.start() > position:
            _add_text(stack[-1], html[position : token.start()])
        position = token.end()
        name = token[2].lower()
        if token[1]:
            if flattened.get(name):
                flattened[name] -= 1
            else:
                _close(stack, name)
            continue
        attrs = {key.lower(): unescape(value or "") for key, value in _ATTRIBUTE.findall(token[3])}
        element = Element(name, attrs)
        stack[-1].children.append(element)
        if name in VOID or token[3].endswith("/"):
            continue
        if len(stack) < MAX_DEPTH:
            stack.append(element)
        else:
            flattened[name] = flattened.get(name, 0) + 1
    if position < len(html):
        _add_text(stack[-1], html[position:])
    return root


def _add_text(parent: Element, raw: str) -> None:
    text = unescape(raw) if "&" in raw else raw
    if parent.name == "pre" and not parent.children:
        text = text.removeprefix("\n")  # the HTML parser drops it too
    if text:
        parent.children.append(text)


def _close(stack: list[Element], name: str) -> None:
    for index in range(len(stack) - 1, max(0, len(stack) - 50), -1):
        if stack[index].name == name:
            del stack[index:]
            return


def elements(root: Element) -> list[Element]:
    """All elements below `root`, in document order, as they are now."""
    found: list[Element] = []
    stack: list[Element] = [root]
    while stack:
        element = stack.pop()
        found.append(element)
        stack.extend(child for child in reversed(element.children) if isinstance(child, Element))
    return found[1:]


def bottom_up(root: Element) -> Iterator[Element]:
    """All elements and `root` itself, each after everything inside it."""
    yield from reversed(elements(root))
    yield root


def text_of(node: Node) -> str:
    """Its text, without breaks between blocks."""
    if isinstance(node, str):
        return node
    parts: list[str] = []
    stack: list[Node] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        else:
            stack.extend(reversed(item.children))
    return "".join(parts)


def has(node: Node, *names: str) -> bool:
    """Whether an element of one of these names is the node, or stands in it."""
    stack: list[Node] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Element):
            if item.name in names:
                return True
            stack.extend(item.children)
    return False


def is_blank(node: Node) -> bool:
    """Whether a reader would see nothing of it."""
    return not text_of(node).strip() and not has(node, "img", "hr", "video-card")


def only_child(element: Element, *names: str) -> Element | None:
    """Its one child that is not white space, if that is an element of one of these names (or any)."""
    found: Element | None = None
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                return None
        elif found is not None:
            return None
        else:
            found = child
    return found if found is not None and (not names or found.name in names) else None
