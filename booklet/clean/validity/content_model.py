"""What may stand where: the content models of HTML, restored after the steps that move elements.

Broken markup, cut by depth or moved by a step, may leave a figure in a paragraph or an item outside a list;
EPUBCheck refuses such a book. https://html.spec.whatwg.org/multipage/dom.html#content-models
"""

from __future__ import annotations

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, has
from booklet.clean.validity.shape import ONE_PARAGRAPH, settle_item
from booklet.clean.vocabulary import HEADINGS, names

_PHRASING = names(
    "code em strong b i u s del ins sub sup small mark abbr cite q kbd samp var ruby br a img span time math"
)
_BLOCKS = names(
    "p ul ol dl blockquote pre hr figure table details section div aside video-card notes"
) | frozenset(HEADINGS)
_FLOW = _PHRASING | _BLOCKS
_ONLY_PHRASING = names("p dt summary caption pre") | frozenset(HEADINGS)
_OF_RUBY = names("rb rt rp")
_ROWS = names("tr")
_ALLOWED: dict[str, frozenset[str]] = {
    "body": _BLOCKS,
    "notes": names("aside"),
    **dict.fromkeys(names("blockquote li dd td th figcaption section div aside"), _FLOW),
    "figure": _FLOW | {"figcaption"},
    "details": _FLOW | {"summary"},
    **dict.fromkeys(_ONLY_PHRASING, _PHRASING),
    **dict.fromkeys(_PHRASING - {"ruby", "math"}, _PHRASING),
    "code": names("span br mark del ins sub sup a b i u em strong s img"),  # as `code_text`
    "ruby": _PHRASING | names("rb rt rp"),
    **dict.fromkeys(_OF_RUBY, _PHRASING),
    "ul": names("li"),
    "ol": names("li"),
    "dl": names("dt dd"),
    "table": names("caption colgroup thead tbody tfoot"),
    "colgroup": names("col"),
    **dict.fromkeys(names("thead tbody tfoot"), _ROWS),
    "tr": names("td th"),
}
_NO_TEXT = names("ul ol dl table colgroup thead tbody tfoot tr notes")
"""White space aside, these hold no text of their own."""

_OF_PARAGRAPHS = names("blockquote section div aside details")
"""Text directly in these gets a paragraph, as the step `paragraphs` would give it."""

_WRAPPERS = {"li": "ul", "dt": "dl", "dd": "dl"}
_ITEMS = {"ul": "li", "ol": "li", "dl": "dd"}


def content_model(draft: Draft) -> None:
    """From the leaves up, move or rename what may not stand where it stands; no text goes."""
    mended = False
    for element in bottom_up(draft.root):
        if not _fits(element):
            _mend(element)
            mended = True
        if element.name in ONE_PARAGRAPH:
            settle_item(element)
    draft.broken |= mended


def _fits(element: Element) -> bool:
    allowed = _ALLOWED.get(element.name)
    if allowed is None:
        return True
    no_text = element.name in _NO_TEXT or element.name in _OF_PARAGRAPHS
    no_phrasing = element.name in _OF_PARAGRAPHS
    bare = element.name == "body"
    for child in element.children:
        if isinstance(child, str):
            if bare or (no_text and child.strip()):
                return False
        elif child.name not in allowed or _is_wrapper(child) or (no_phrasing and child.name in _PHRASING):
            return False
    return True


def _is_gap(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else node.name == "br"


def _is_wrapper(child: Element) -> bool:
    return child.name in ("div", "section") and not child.attrs


def _mend(element: Element) -> None:
    if element.name == "table" or element.name in ("thead", "tbody", "tfoot", "tr"):
        _unmake(element)
    elif element.name in _ITEMS:
        element.children = _as_items(element)
    elif element.name in _OF_RUBY:
        element.children = _flat(element.children, _PHRASING)
    elif element.name in _ONLY_PHRASING or element.name in _PHRASING:
        _open(element)
    else:
        element.children = _as_flow(element)


def _unmake(element: Element) -> None:
    """A table without cells, or a part of one, becomes a `div`, which its parent then unwraps."""
    element.name, element.attrs = "div", {}
    element.children = _as_flow(element)


def _as_items(element: Element) -> list[Node]:
    """What is no item of the list becomes one; neighbours share it."""
    item = _ITEMS[element.name]
    allowed = _ALLOWED[element.name]
    items: list[Node] = []
    loose: list[Node] = []

    def flush() -> None:
        if any(not isinstance(node, str) or node.strip() for node in loose):
            made = Element(item, {}, [*loose])
            made.children = _as_flow(made) if not _fits(made) else made.children
            settle_item(made)
            items.append(made)
        loose.clear()

    for child in element.children:
        if isinstance(child, Element) and child.name in allowed:
            flush()
            items.append(child)
        else:
            loose.append(child)
    flush()
    return items


def _open(element: Element) -> None:
    """Unwrap a paragraph or inline element that holds blocks; the text beside the blocks is wrapped anew."""
    if all(not has(child, *_BLOCKS) for child in element.children):
        element.children = _flat(element.children, _ALLOWED[element.name])
        return
    name = element.name if element.name in ("p", *HEADINGS) else "p"
    attrs = element.attrs
    element.name, element.attrs = "div", {}
    element.children = _as_flow(element)
    for node in element.children:
        if isinstance(node, Element) and node.name == "p" and not node.attrs:
            node.name, node.attrs = name, attrs
            attrs = {key: value for key, value in attrs.items() if key != "id"}


def _flat(nodes: list[Node], allowed: frozenset[str]) -> list[Node]:
    """The nodes; of those that may not stand here, such as parts of a table in a word, just the content."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.name not in allowed:
            result.extend(_flat(node.children, allowed))
        else:
            result.append(node)
    return result


def _as_flow(element: Element) -> list[Node]:
    """Blocks as they are, loose text in paragraphs, parts of lists and tables in what they need."""
    result: list[Node] = []
    loose: list[Node] = []

    def flush() -> None:
        while loose and _is_gap(loose[0]):
            del loose[0]
        while loose and _is_gap(loose[-1]):
            del loose[-1]
        if loose:
            result.append(Element("p", {}, [*loose]))
        loose.clear()

    allowed = _ALLOWED.get(element.name, _FLOW)
    for child in element.children:
        if isinstance(child, str) or child.name in _PHRASING:
            loose.append(child)
            continue
        flush()
        if _is_wrapper(child):
            result.extend(_as_flow(child))
        elif child.name in _BLOCKS or child.name in allowed:
            result.append(child)
        elif child.name in _WRAPPERS:
            wrapper = _WRAPPERS[child.name]
            last = result[-1] if result else None
            if not (isinstance(last, Element) and last.name == wrapper and "made" in last.attrs):
                last = Element(wrapper, {"made": "1"})
                result.append(last)
            last.children.append(child)
        else:
            result.extend(_as_flow(Element("div", {}, child.children)))
    flush()
    return result
