"""The author's own directions: said by the blocks that stay, whatever wrappers go."""

from __future__ import annotations

import re
import unicodedata

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, text_of
from booklet.clean.vocabulary import HEADINGS
from booklet.words.direction import Direction, direction_of

_STYLE = re.compile(r"(?i)(?:^|;)\s*direction\s*:\s*(rtl|ltr)\b")
_BLOCKS = frozenset(
    (
        *(*HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "figure", "details", "summary"),
        *("li", "dt", "dd", "td", "th", "caption", "figcaption", "aside", "address"),
    )
)
"""Elements that stay as they are, and may say a direction."""
_WRAPPERS = frozenset(
    {"body", "div", "section", "article", "main", "header", "footer", "center", "nav", "hgroup"}
)
_CODE = frozenset({"pre", "code", "kbd", "samp"})
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def directions(draft: Draft) -> None:
    """Where a direction is not that of what stands around, the next block or span inside says it.

    It is `dir`, or a style. `auto` is the first strong letter's (HTML, "the dir attribute").
    """
    whole: Direction = draft.article.direction or direction_of(draft.article.lang)
    stack: list[tuple[Element, str, str]] = [(draft.root, whole, whole)]
    while stack:
        element, wanted, said = stack.pop()
        own = _own(element)
        wanted = own or wanted
        if element.name in _WRAPPERS:
            if wanted != said and _holds_text_alone(element):
                element.name = "p" if element is not draft.root else element.name
        elif element.name not in _BLOCKS and own and own != said and element.name not in _CODE:
            element.name = "span" if element.name in ("bdo", "bdi", "font", "label") else element.name
        if element.name not in _WRAPPERS and element.name not in _CODE:
            is_block = element.name in _BLOCKS
            if wanted != said and (is_block or own):
                element.attrs["dir"] = said = wanted
        stack.extend((child, wanted, said) for child in element.children if isinstance(child, Element))


def _own(element: Element) -> str:
    if not element.attrs:
        return ""
    given = element.attrs.pop("dir", "").strip().lower()
    if given == "auto":
        return _first_strong(element)
    if given in ("rtl", "ltr"):
        return given
    style = element.attrs.get("style")
    found = _STYLE.search(style) if style else None
    return found[1].lower() if found else ""


def _first_strong(element: Element) -> str:
    kinds = (unicodedata.bidirectional(char) for char in text_of(element)[:2000])
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), "")


def _holds_text_alone(element: Element) -> bool:
    """Whether it is a paragraph but for its name."""
    inner = [child.name for child in element.children if isinstance(child, Element)]
    blocks = _BLOCKS | _WRAPPERS | {"pre", "hr", "form", "iframe", "video", "audio", "noscript"}
    return not any(name in blocks for name in inner) and bool(text_of(element).strip())
