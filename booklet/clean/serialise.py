"""The tree as XHTML, as text and as a tree of lxml: only what the contract allows leaves here.

Whatever the steps before let through, it is stopped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Literal

from lxml import etree

from booklet.clean.tree import Element, Node
from booklet.clean.vocabulary import names

ALLOWED = names(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u s del ins sub sup small mark "
    "abbr cite q kbd samp var ruby rb rt rp br hr a img figure figcaption table caption thead tbody tfoot "
    "tr th td colgroup col details summary div span section aside time"
)
OWN_CLASSES = re.compile(
    r"align-center|align-right|lines|noteref|footnotes?|language-[\w+#.-]{1,40}|hl-[a-z]|tex|tint-(?:red|green|blue|other)|"
    r"inline-(?:picture|formula)|down-\d{1,3}|box(?:-[a-z]{1,12})?"
)
"""Classes that the themes know."""

_VOID = frozenset(("br", "hr", "img", "col"))
_ENDS_LINE = names(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr figure figcaption table caption thead tbody tr "
    "details summary div section aside"
)
_TEMPLATE = re.compile(
    r"\{(?=[{%:]|\Z)|\[(?=/?(?:caption|embed|video|audio|playlist|gallery|youtube|vc_|et_pb_|fusion_|dropcap|row|column|one_|"
    r"clear|divider|spacer|contact-form-7|wpcode|ads?\b|adrotate|crayon|su_))"
)
"""What `shortcodes` would take for a tag, were the body cleaned again: here it is text."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_NAME = re.compile(r"[A-Za-z][\w.-]*")
_NEWLINE = re.compile(r"\r\n?")
_NEWLINE_OR_TAB = re.compile(r"\r\n|[\t\n\r]")
"""In texts and attributes, what an XML parser makes of these (https://www.w3.org/TR/xml/#sec-line-ends,
#AVNormalize)."""
_HREF = re.compile(
    r"https?://[^\s/?#]+\S*|mailto:\S+@\S+|#[A-Za-z][\w.-]*|article:[\w%.~-]+(?:#\S+)?",
    re.ASCII | re.IGNORECASE,
)
_CHECKS: dict[str, re.Pattern[str]] = {
    "lang": LANGUAGE,
    "dir": re.compile(r"ltr|rtl"),
    "id": _NAME,
    "href": _HREF,
    "src": re.compile(r"image:[0-9a-f]{16}"),
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "rowspan": re.compile(r"[1-9]\d{0,2}"),
    "span": re.compile(r"[1-9]\d{0,2}"),
    "start": re.compile(r"-?\d{1,6}"),
    "value": re.compile(r"-?\d{1,6}"),
    "reversed": re.compile(r"reversed"),
    "type": re.compile(r"[1aAiI]"),
    "datetime": re.compile(r"[0-9TZ:.+ -]{4,40}"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "data-video": re.compile(r"\d{1,5}"),
    "title": re.compile(r"(?s).{1,2000}"),
    "alt": re.compile(r"(?s).{0,4000}"),
}
_ON: dict[str, frozenset[str]] = {
    "href": frozenset(("a",)),
    "src": frozenset(("img",)),
    "alt": frozenset(("img",)),
    "title": frozenset(("abbr",)),
    "colspan": frozenset(("td", "th")),
    "rowspan": frozenset(("td", "th")),
    "span": frozenset(("col", "colgroup")),
    "start": frozenset(("ol",)),
    "reversed": frozenset(("ol",)),
    "type": frozenset(("ol",)),
    "value": frozenset(("li",)),
    "datetime": frozenset(("time", "ins", "del")),
    "scope": frozenset(("th",)),
    "data-video": frozenset(("div",)),
}


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets)."""
    return _NOT_XML.sub("", text)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    """The attributes that may stay, in a fixed order."""
    for name, value in sorted(element.attrs.items()):
        if name == "class":
            if own := " ".join(word for word in element.classes() if OWN_CLASSES.fullmatch(word)):
                yield name, own
        elif name in _CHECKS and element.name in _ON.get(name, ALLOWED) and _CHECKS[name].fullmatch(value):
            yield name, xml_text(value)


_Piece = tuple[Literal["start", "end", "text", "code", "markup"], str, list[tuple[str, str]]]
"""The begin of an element with its attributes, its end, text, text of code, MathML as it is written."""
_NONE: list[tuple[str, str]] = []


def _pieces(root: Element) -> Iterator[_Piece]:
    """The content of `root` that the contract allows; an element that is not allowed leaves its content."""
    stack: list[Node | None] = [*reversed(root.children)]
    ends: list[str] = []
    in_code = 0
    while stack:
        node = stack.pop()
        if node is None:
            name = ends.pop()
            in_code -= name == "code"
            yield "end", name, _NONE
        elif isinstance(node, str):
            texts = [node]
            while stack and isinstance(stack[-1], str):
                texts.append(stack.pop())  # type: ignore[arg-type]
            yield "code" if in_code else "text", xml_text("".join(texts)), _NONE
        elif node.name == "math":
            yield "markup", node.attrs["markup"], _NONE
        elif node.name in _VOID:
            yield "start", node.name, [*_attributes(node)]
            yield "end", node.name, _NONE
        else:
            if node.name in ALLOWED:
                yield "start", node.name, [*_attributes(node)]
                in_code += node.name == "code"
                ends.append(node.name)
                stack.append(None)
            stack.extend(reversed(node.children))


def serialise(root: Element) -> str:
    """The content of `root` as an XHTML fragment."""
    out: list[str] = []
    for kind, value, attributes in _pieces(root):
        if kind in {"text", "code"}:
            text = escape(value, quote=False)
            if kind == "text" and ("{" in text or "[" in text):
                text = _TEMPLATE.sub(lambda found: f"&#{ord(found[0])};", text)
            out.append(text)
        elif kind == "start":
            kept = "".join([f' {name}="{escape(own)}"' for name, own in attributes])
            out.append(f"<{value}{kept}/>" if value in _VOID else f"<{value}{kept}>")
        elif kind == "end":
            if value not in _VOID:
                out.append(f"</{value}>")
            if value in _ENDS_LINE:
                out.append("\n")
        else:
            out.append(value)
    return "".join(out).strip("\n")


def grown(root: Element) -> etree._Element | None:
    """The tree that a parser makes of `<div>`, what `serialise` writes, `</div>`.

    None: a formula is not well-formed, and what a parser makes of it depends on what stands around it.
    """
    builder = etree.TreeBuilder()
    builder.start("div", {})
    formulas: list[str] = []
    at_start = True
    for kind, value, attributes in _pieces(root):
        if kind in {"text", "code"}:
            text = _NEWLINE.sub("\n", value)
            builder.data(text.lstrip("\n") if at_start else text)
            at_start = at_start and not text.strip("\n")
            continue
        at_start = False
        if kind == "start":
            builder.start(value, {name: _NEWLINE_OR_TAB.sub(" ", own) for name, own in attributes})
        elif kind == "end":
            builder.end(value)
            if value in _ENDS_LINE:
                builder.data("\n")
        else:
            formulas.append(value)
            builder.start("math", {})
            builder.end("math")
    builder.end("div")
    tree = builder.close()
    _strip_end(tree)
    places = list(tree.iter("math")) if formulas else []
    return tree if all(map(_put, places, formulas)) else None


def _strip_end(tree: etree._Element) -> None:
    if len(tree):
        tree[-1].tail = (tree[-1].tail or "").rstrip("\n") or None
    else:
        tree.text = (tree.text or "").rstrip("\n") or None


def _put(place: etree._Element, markup: str) -> bool:
    """Put a formula at its place."""
    try:
        formula = etree.fromstring(markup, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    formula.tail = place.tail
    parent = place.getparent()
    if parent is not None:
        parent.replace(place, formula)
    return True
