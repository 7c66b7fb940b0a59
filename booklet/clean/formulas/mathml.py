"""Formulas as MathML: made from TeX, or taken from an article through an allowlist. Never anything else.

https://www.w3.org/TR/mathml-core/, with what EPUB's schema (MathML 3, presentation) allows besides.
"""

from __future__ import annotations

import re
from html import escape

from booklet.clean.formulas.letters import VARIANTS, join_han, write_variants
from booklet.clean.formulas.tex_dialect import prepared
from booklet.clean.text.tex import MAX_TEX_CHARS
from booklet.clean.tree import Element, bottom_up, elements, parse, text_of
from booklet.clean.vocabulary import names

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
MAX_DEPTH = 40

ELEMENTS = names(
    "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup "
    "msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd"
)
_TOKENS = names("mi mn mo mtext ms")
_WITHOUT_CONTENT = names("annotation annotation-xml")
_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
}  # fmt: skip
"""How many these have; one with more or fewer is none (https://www.w3.org/TR/MathML3/chapter3.html#presm.reqarg)."""

_TRUTHS = names("displaystyle stretchy fence separator symmetric largeop movablelimits accent accentunder")
_LENGTHS = names("lspace rspace minsize maxsize width height depth voffset linethickness")
_ALIGN = re.compile(r"(?:left|center|right)(?: (?:left|center|right)){0,30}")
_LINES = re.compile(r"(?:none|solid|dashed)(?: (?:none|solid|dashed)){0,30}")
_ATTRIBUTES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(_TRUTHS, re.compile("true|false")),
    **dict.fromkeys(_LENGTHS, re.compile(r"[+-]?\d{0,4}(?:\.\d{1,6})?(?:em|ex|px|pt|cm|mm|in|%)?")),
    "columnalign": _ALIGN,
    "columnlines": _LINES,
    "rowlines": _LINES,
    "columnspacing": re.compile(r"[\d.]+em(?: [\d.]+em){0,30}"),
    "rowspacing": re.compile(r"[\d.]+(?:em|ex|pt)(?: [\d.]+(?:em|ex|pt)){0,30}"),
    "frame": re.compile("none|solid|dashed"),
    "columnspan": re.compile(r"[1-9]\d?"),
    "rowspan": re.compile(r"[1-9]\d?"),
    "form": re.compile("prefix|infix|postfix"),
    "scriptlevel": re.compile(r"[+-]?\d"),
    "mathvariant": re.compile("|".join(VARIANTS)),
    "notation": re.compile(r"[a-z]{1,20}(?: [a-z]{1,20}){0,5}"),
}  # fmt: skip

_FUNCTION = re.compile(r"[a-zA-Z\u2009]{2,}")
_LEFT_OVER = re.compile(r"\\|^[{}&]$")


def from_tex(tex: str, *, display: bool) -> Element | None:
    """The formula; None if it is no TeX that we can read."""
    if len(tex) > MAX_TEX_CHARS or _depth(tex) > MAX_DEPTH:
        return None
    from latex2mathml.converter import convert  # costs 60 ms, and few articles hold formulas

    try:
        markup = convert(prepared(tex), display="block" if display else "inline")
    except Exception:  # noqa: BLE001 - it has its own errors for bad TeX, and index errors for worse
        return None
    math = from_markup(markup, display=display)
    if math is not None:
        join_han(math, frozenset(_CHILDREN))
    identifiers = [text_of(leaf) for leaf in elements(math) if leaf.name == "mi"] if math is not None else []
    return None if any(_LEFT_OVER.search(text) for text in identifiers) else math


def _depth(tex: str) -> int:
    depth = deepest = 0
    for mark in re.findall(r"\\[\\{}]|[{}]|\\begin|\\end|\\left|\\right(?![a-z])|[\^_]", tex):
        depth += (mark in ("{", r"\begin", r"\left")) - (mark in ("}", r"\end", r"\right"))
        deepest = max(deepest, depth)
    return deepest


def from_markup(markup: str, *, display: bool) -> Element | None:
    """MathML with what is allowed of it; None if nothing is left or its structure is broken."""
    declared = markup.replace("<!", "&lt;!")  # the parser gives up on declarations that it does not know
    math = next((found for found in elements(parse(declared)) if found.name == "math"), None)
    if math is None:
        return None
    for element in bottom_up(math):
        element.children = [kept for child in element.children for kept in _allowed(child, element)]
    alttext = math.attrs.get("alttext", "")
    for element in (math, *elements(math)):
        element.attrs = {
            name: value
            for name, value in element.attrs.items()
            if name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value)
        }
        if element.name == "mstyle" and not element.attrs:
            element.name = "mrow"
        elif element.name == "mo" and _FUNCTION.fullmatch(text_of(element)):
            element.attrs |= {"lspace": "0.167em", "rspace": "0.167em"}  # thin, as TeX sets them
        if len(element.children) != _CHILDREN.get(element.name, len(element.children)):
            return None
    write_variants(math)
    math.attrs = {"display": "block"} if display else {}
    if alttext:
        math.attrs["alttext"] = alttext
    return math if text_of(math).strip() and len(elements(math)) < MAX_TEX_CHARS else None


def _allowed(child: Element | str, parent: Element) -> list[Element | str]:
    if isinstance(child, str):
        text = child if parent.name == "mtext" else child.strip()
        return [text] if text and parent.name in _TOKENS else []
    if child.name in _WITHOUT_CONTENT:
        return []
    if child.name in ELEMENTS and child.name != "math":
        return [child]
    if child.name == "mfenced":
        return [_fenced(child)]
    return [*child.children]


def _fenced(element: Element) -> Element:
    """`<mfenced>`, which MathML Core has no more, spelled out."""
    marks = element.attrs.get("separators", ",").replace(" ", "")
    inside: list[Element | str] = []
    for index, child in enumerate(element.children):
        if index and marks:
            inside.append(Element("mo", {}, [marks[min(index, len(marks)) - 1]]))
        inside.append(child)
    if opening := element.attrs.get("open", "(")[:1].strip():
        inside.insert(0, Element("mo", {}, [opening]))
    if closing := element.attrs.get("close", ")")[:1].strip():
        inside.append(Element("mo", {}, [closing]))
    return Element("mrow", {}, inside)


def markup_of(math: Element) -> str:
    """As XML, with MathML's namespace."""
    parts: list[str] = []
    stack: list[Element | str] = [math]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        own = f' xmlns="{NAMESPACE}"' if node is math else ""
        attrs = "".join(f' {name}="{escape(value)}"' for name, value in sorted(node.attrs.items()))
        parts.append(f"<{node.name}{own}{attrs}>")
        stack.append(f"</{node.name}>")
        stack.extend(
            escape(child, quote=False) if isinstance(child, str) else child
            for child in reversed(node.children)
        )
    return "".join(parts)
