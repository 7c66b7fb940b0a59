"""What inline styles and obsolete elements mean is kept (bold, raised, centred); how they look is not."""

from __future__ import annotations

import re
from collections.abc import Callable

from booklet.clean.draft import Draft
from booklet.clean.inline.colours import is_marker, settle_tint, tinted
from booklet.clean.tree import Element, Node, bottom_up
from booklet.clean.vocabulary import HEADINGS, names

_RENAMED = {
    "strike": "s", "acronym": "abbr", "tt": "code", "dfn": "em", "rtc": "rt", "listing": "pre",
    "dir": "ul", "menu": "ul", "output": "samp",
}  # fmt: skip
_ALIGN_CLASSES = {
    **dict.fromkeys(
        (
            "has-text-align-center",
            "text-center",
            "ql-align-center",
            "aligncenter",
            "align-center",
            "f_center",
        ),
        "center",
    ),
    **dict.fromkeys(("has-text-align-right", "text-right", "ql-align-right", "align-right"), "right"),
}
"""What WordPress, Bootstrap and Quill write, and we: a body that was cleaned stays as it is."""

_UNWRAPPED = names("font span big nobr wbr bdi bdo label slot blink marquee data kbd-x")
_DECLARATION = re.compile(
    r"(?<![\w-])(?:-webkit-)?(font-weight|font-style|text-decoration(?:-line)?|vertical-align|text-align"
    r"|text-emphasis(?:-style)?)\s*:\s*([\w\"'•●○-]+)",
    re.IGNORECASE,
)
_NOT_BOLD_AGAIN = frozenset(
    (*HEADINGS, "th", "strong", "b", "table", "tr", "tbody", "thead", "ul", "ol", "dl", "figure")
)
_STRUCTURE = names("tr table tbody thead ul ol dl")
_BOLD = names("bold bolder 600 700 800 900")


def styles(draft: Draft) -> None:
    """Wrap content in the elements that its styles stand for; forget the styles."""
    for element in bottom_up(draft.root):
        element.name = _RENAMED.get(element.name, element.name)
        if element.name == "aside" and "ours" not in element.attrs:
            element.name = "div"
        _alignment(element)
        if "style" in element.attrs:
            _apply(element, element.attrs.pop("style"))
        if element.name in _UNWRAPPED:
            element.name = "span"
        if "data-tint" in element.attrs:
            settle_tint(element)
        if any(isinstance(child, Element) and _says_nothing(child) for child in element.children):
            element.children = _dissolved(element.children)
        if element.name not in ("td", "th", "col", "img", "ol", "li", "video-card"):
            for name in ("width", "height", "bgcolor", "color", "border", "valign"):
                element.attrs.pop(name, None)


def _says_nothing(element: Element) -> bool:
    if element.name != "span" or "id" in element.attrs or "dir" in element.attrs or tinted(element):
        return False
    return element.attrs.get("lang", "en").lower().startswith("en")  # Word marks every figure as English


def _dissolved(children: list[Node]) -> list[Node]:
    """Spans whose styles have been read give way to their content."""
    result: list[Node] = []
    for child in children:
        if isinstance(child, Element) and _says_nothing(child):
            result.extend(child.children)
        else:
            result.append(child)
    return result


def _alignment(element: Element) -> None:
    align = element.attrs.pop("align", "").lower()
    if element.name == "center":
        align = "center"
    if align in ("center", "right"):
        element.attrs["data-align"] = align
    if "class" in element.attrs:
        for word in element.classes():
            if word in _ALIGN_CLASSES:
                element.attrs["data-align"] = _ALIGN_CLASSES[word]


def _apply(element: Element, style: str) -> None:
    """What each declaration means; the wrapper goes inside, so that blocks stay blocks."""
    for name, raw in _DECLARATION.findall(style):
        value = raw.lower()
        wrapper = _READERS[name.lower()](element, value)
        if wrapper and element.children and element.name not in _STRUCTURE:
            element.children = [Element(wrapper, {}, element.children)]
    if element.name in ("span", "font") and element.children and is_marker(style):
        element.children = [Element("mark", {}, element.children)]


def _weight(element: Element, value: str) -> str:
    if value in ("normal", "400", "lighter", "300") and element.name in ("b", "strong"):
        element.name = "span"
    return "strong" if value in _BOLD and element.name not in _NOT_BOLD_AGAIN else ""


def _slant(element: Element, value: str) -> str:
    if value == "normal" and element.name in ("i", "em"):
        element.name = "span"
    slanted = value in ("italic", "oblique") and element.name not in (
        "i",
        "em",
        "cite",
        "address",
        "blockquote",
    )
    return "em" if slanted else ""


def _line(element: Element, value: str) -> str:
    if value == "underline":
        return "" if element.name in ("a", "u", "ins") else "u"
    return "s" if value == "line-through" and element.name not in ("s", "del") else ""


def _raise(element: Element, value: str) -> str:
    wrapper = {"super": "sup", "sub": "sub"}.get(value, "")
    return "" if element.name == wrapper else wrapper


def _text_align(element: Element, value: str) -> str:
    if value in ("center", "right", "end"):
        element.attrs["data-align"] = "center" if value == "center" else "right"
    else:
        element.attrs.pop("data-align", None)
    return ""


def _dots(element: Element, value: str) -> str:
    return "" if value in ("none", "initial", "inherit") or element.name in ("em", "i") else "em"


_READERS: dict[str, Callable[[Element, str], str]] = {
    "font-weight": _weight,
    "font-style": _slant,
    "text-decoration": _line,
    "text-decoration-line": _line,
    "vertical-align": _raise,
    "text-align": _text_align,
    "text-emphasis": _dots,
    "text-emphasis-style": _dots,
}
"""By CSS property: the element that its value stands for, or empty."""
