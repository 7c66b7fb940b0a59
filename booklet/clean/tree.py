"""The tree that the later steps work on: elements with lists of children, and nothing else.

BeautifulSoup reads the markup; what it read is then laid down as lists. A step rewrites lists of children,
from the leaves up, so that every step is linear in the number of nodes, and none recurses: five megabytes or
ten thousand nested elements cost memory, not the stack. (BeautifulSoup's own `extract` searches the parent's
children: quadratic for flat articles.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

MAX_DEPTH = 200
"""Levels. Some steps look through an element once for each level around it: this bounds what they cost.
`nesting` has bounded the depth of the markup before; this holds if the parser made it deeper again."""


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


def parse(markup: str, written: Mapping[int, str] | None = None) -> Element:
    """Read what the sanitiser wrote: HTML that the HTML5 algorithm has repaired already.

    BeautifulSoup reads it by Python's own parser, which takes tags as they stand: a second repair, by other
    rules, would undo the first. Elements deeper than `MAX_DEPTH` come out empty, beside what they held.

    Args:
        markup: as sanitised.
        written: what single characters of the markup stand for in texts and attributes, for `str.translate`.
    """
    if "<" not in markup:  # BeautifulSoup would warn of a text that looks like an address or a file's name
        text = unescape(markup).translate(written or {})
        return Element("body", {}, [text] if text else [])
    soup = BeautifulSoup(markup, "html.parser", multi_valued_attributes=None)
    root = Element("body")
    rest: list[tuple[PageElement, Element, int]] = [(child, root, 1) for child in reversed(soup.contents)]
    while rest:
        node, parent, depth = rest.pop()
        if isinstance(node, Tag):
            values = {name: str(value) for name, value in node.attrs.items()}
            if written:
                values = {name: value.translate(written) for name, value in values.items()}
            element = Element(node.name, values)
            parent.children.append(element)
            inside = element if depth < MAX_DEPTH else parent
            rest.extend((child, inside, depth + 1) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):  # no comments
            _add_text(parent, str(node).translate(written) if written else str(node))
    return root


def _add_text(parent: Element, text: str) -> None:
    if parent.name == "pre" and not parent.children:
        text = text.removeprefix("\n")  # the HTML parser drops it too
    if text:
        parent.children.append(text)


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
