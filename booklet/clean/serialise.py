"""The tree as XHTML: only what the contract allows leaves here, whatever the steps before let through."""

from __future__ import annotations

import re
from html import escape

from booklet.clean.tree import Element, Node
from booklet.clean.vocabulary import names

ALLOWED = names(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u s del ins sub sup small mark "
    "abbr cite q kbd samp var ruby rb rt rp br hr a img figure figcaption table caption thead tbody tfoot "
    "tr th td colgroup col details summary div span section aside time"
)
OWN_CLASSES = re.compile(
    r"align-center|align-right|lines|noteref|footnotes?|language-[\w+#.-]{1,40}|hl-[a-z]|tex|tint-(?:red|green|blue|other)|"
    r"inline-(?:picture|formula)|down-\d{1,3}"
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
_HREF = re.compile(r"https?://[^\s/?#]+\S*|mailto:\S+@\S+|#[A-Za-z][\w.-]*", re.ASCII | re.IGNORECASE)
_CHECKS: dict[str, re.Pattern[str]] = {
    "lang": LANGUAGE,
    "id": _NAME,
    "href": _HREF,
    "src": re.compile(r"image:[0-9a-f]{16}"),
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "rowspan": re.compile(r"[1-9]\d{0,2}"),
    "span": re.compile(r"[1-9]\d{0,2}"),
    "start": re.compile(r"-?\d{1,9}"),
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
    "datetime": frozenset(("time", "ins", "del")),
    "scope": frozenset(("th",)),
    "data-video": frozenset(("div",)),
}


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets)."""
    return _NOT_XML.sub("", text)


def _text(node: str, *, in_code: bool) -> str:
    markup = escape(xml_text(node), quote=False)
    if in_code:
        return markup
    if "{" in markup or "[" in markup:
        markup = _TEMPLATE.sub(lambda found: f"&#{ord(found[0])};", markup)
    return markup


def attributes(element: Element) -> str:
    """The attributes that may stay, as markup, in a fixed order."""
    kept: list[str] = []
    for name, value in sorted(element.attrs.items()):
        if name == "class":
            value = " ".join(word for word in element.classes() if OWN_CLASSES.fullmatch(word))  # noqa: PLW2901 - shorter than a branch
            if not value:
                continue
        elif (
            name not in _CHECKS
            or element.name not in _ON.get(name, ALLOWED)
            or not _CHECKS[name].fullmatch(value)
        ):
            continue
        kept.append(f' {name}="{escape(xml_text(value))}"')
    return "".join(kept)


def serialise(root: Element) -> str:
    """The content of `root` as an XHTML fragment; an element that is not allowed leaves its content."""
    out: list[str] = []
    stack: list[Node | None] = [*reversed(root.children)]
    ends: list[str] = []
    in_code = 0
    while stack:
        node = stack.pop()
        if node is None:
            out.append(ends.pop())
            in_code -= out[-1] == "</code>"
            continue
        if isinstance(node, str):
            texts = [node]
            while stack and isinstance(stack[-1], str):
                texts.append(stack.pop())  # type: ignore[arg-type]
            out.append(_text("".join(texts), in_code=in_code > 0))
            continue
        name = node.name
        in_code += name == "code"
        if name == "math":
            out.append(node.attrs["markup"])
            continue
        if name in _VOID:
            newline = "\n" if name == "hr" else ""
            out.append(f"<{name}{attributes(node)}/>{newline}")
            continue
        if name in ALLOWED:
            out.append(f"<{name}{attributes(node)}>")
            ends.append(f"</{name}>\n" if name in _ENDS_LINE else f"</{name}>")
            stack.append(None)
        stack.extend(reversed(node.children))
    return "".join(out).strip("\n")
