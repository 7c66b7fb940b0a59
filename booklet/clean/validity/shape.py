"""Markup that means the same takes one form, the plainest: a cleaned body is not changed by cleaning."""

from __future__ import annotations

from booklet.clean.blocks.paragraphs import flow, split_lines
from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, has, only_child
from booklet.clean.vocabulary import BLOCKS, HEADINGS, names

_SAME = {"b": "strong", "i": "em", "strong": "strong", "em": "em"} | {
    name: name for name in ("a", "u", "s", "sup", "sub", "mark", "small", "del", "ins", "q", "abbr")
}
"""Inline elements that mean nothing when nested in themselves (links may not be), by what they mean."""

ONE_PARAGRAPH = names("li dd td th figcaption")
_LINES = ("p", "li", "td", "th", "dd", "figcaption")
_HELD_BY_FIGURES = names("img table pre math")


def shape(draft: Draft) -> None:
    """From the root down: unwrap elements nested in themselves, figures without a picture, lone paragraphs.

    Neighbouring pieces of text become one.
    """
    stack: list[tuple[Element, frozenset[str]]] = [(draft.root, frozenset())]
    while stack:
        element, around = stack.pop()
        if element.name == "pre":
            _with_code(element)
            continue
        element.children = _joined(_plain(element, around))
        if element.name in _LINES and any(_holds_break(child) for child in element.children):
            lines = split_lines(element.children)
            element.children = [node for line in lines for node in (Element("br"), *line)][1:]
        inside = frozenset() if element.name in BLOCKS else around
        if element.name in _SAME:
            inside = around | {_SAME[element.name]}
        elif element.name in BLOCKS and "a" in around:
            inside = around & {"a"}
        stack.extend((child, inside) for child in element.children if isinstance(child, Element))


def _plain(element: Element, around: frozenset[str]) -> list[Node]:
    """The children, without those that the elements around them make needless."""
    if element.name in ONE_PARAGRAPH:
        settle_item(element)
    own = around | {_SAME[element.name]} if element.name in _SAME else around
    result: list[Node] = []
    rest: list[Node] = [*reversed(element.children)]
    while rest:
        child = rest.pop()
        if isinstance(child, str):
            result.append(child)
        elif _SAME.get(child.name, "") in own:
            rest.extend(reversed(child.children) if "id" not in child.attrs else [_named(child)])
        elif child.name == "figure" and not _is_figure(child):
            rest.extend(reversed(child.children))
        else:
            result.append(child)
    return result


def settle_item(element: Element) -> None:
    """Bring the content of an item or a cell into its plain form.

    A paragraph is unwrapped if it is all there is, or if only lists follow it. Text beside other blocks gets
    a paragraph.
    """
    alone = only_child(element, "p")
    if alone is not None and not alone.attrs:
        element.children = alone.children
        return
    blocks = [child for child in element.children if isinstance(child, Element) and child.name in BLOCKS]
    others = [block for block in blocks if block.name not in ("ul", "ol")]
    if len(others) == 1 and others[0] is blocks[0] and blocks[0].name == "p" and not blocks[0].attrs:
        place = element.children.index(blocks[0])
        if all(isinstance(node, str) and not node.strip() for node in element.children[:place]):
            element.children[place : place + 1] = blocks[0].children
    elif others and len(blocks) < len(element.children):
        element.children = [*flow(element.children)]


def _named(child: Element) -> Element:
    """A nested element with an `id`: a link may lead here, so that a `span` keeps it."""
    return Element("span", {"id": child.attrs["id"]}, child.children)


def _is_figure(figure: Element) -> bool:
    """Whether it shows something itself; around lists, paragraphs or other figures it is a frame."""
    inside = [child for child in figure.children if isinstance(child, Element)]
    captioned = any(child.name == "figcaption" for child in inside)
    return any(
        child.name in _HELD_BY_FIGURES or (captioned and has(child, *_HELD_BY_FIGURES, "video-card"))
        for child in inside
    )


def _joined(nodes: list[Node]) -> list[Node]:
    """Neighbouring pieces of text as one."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and result and isinstance(last := result[-1], str):
            result[-1] = last + node
        else:
            result.append(node)
    return result


def _holds_break(child: Node) -> bool:
    return isinstance(child, Element) and child.name not in (*BLOCKS, *HEADINGS, "br") and has(child, "br")


def _with_code(pre: Element) -> None:
    if pre.children and only_child(pre, "code") is None:
        pre.children = [Element("code", {}, pre.children)]
