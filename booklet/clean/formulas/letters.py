"""The letters of formulas: styled alphabets as Unicode's own letters, runs of Han as words.

MathML Core draws no `mathvariant` but `normal`, and that on single letters alone
(https://www.w3.org/TR/mathml-core/#the-mathvariant-attribute): bold vectors would be plain. Unicode has the
alphabets (The Unicode Standard, 22.2), with gaps where a letter stood in Letterlike Symbols before.
"""

from __future__ import annotations

import re
from typing import TypeGuard

from booklet.clean.tree import Element, Node, bottom_up, text_of

_FIRST: dict[str, tuple[int, int, int, int, int]] = {
    # A, a, 0, Α, α; 0: the alphabet has none
    "bold": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2),
    "italic": (0x1D434, 0x1D44E, 0, 0x1D6E2, 0x1D6FC),
    "bold-italic": (0x1D468, 0x1D482, 0, 0x1D71C, 0x1D736),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8, 0, 0),
    "script": (0x1D49C, 0x1D4B6, 0, 0, 0),
    "fraktur": (0x1D504, 0x1D51E, 0, 0, 0),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6, 0, 0),
}
_ELSEWHERE = {
    "italic": {"h": "ℎ"},
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
VARIANTS = (*_FIRST, "normal")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_TOKENS = frozenset(("mi", "mn", "mo", "mtext", "ms"))


def write_variants(math: Element) -> None:
    """Put each variant's own letters where the markup asks for them; what has none there stays plain."""
    stack: list[tuple[Element, str]] = [(math, "")]
    while stack:
        element, inherited = stack.pop()
        variant = element.attrs.get("mathvariant", inherited)
        if element.name not in _TOKENS:
            element.attrs.pop("mathvariant", None)
            stack.extend((child, variant) for child in element.children if isinstance(child, Element))
            continue
        if variant not in _FIRST:
            continue
        was = text_of(element)
        is_slanted_anyway = variant == "italic" and element.name == "mi" and len(was) == 1
        letters = was if is_slanted_anyway else "".join(_letter(character, variant) for character in was)
        element.attrs.pop("mathvariant", None)
        if letters != was:
            element.children = [letters]
            if element.name == "mi":
                element.attrs["mathvariant"] = "normal"  # it is what it looks like, and not slanted besides


def _letter(character: str, variant: str) -> str:
    upper, lower, digit, greek_upper, greek_lower = _FIRST[variant]
    if other := _ELSEWHERE.get(variant, {}).get(character):
        return other
    for first, last, target in (
        ("A", "Z", upper),
        ("a", "z", lower),
        ("0", "9", digit),
        ("Α", "Ω", greek_upper),
        ("α", "ω", greek_lower),
    ):
        if target and first <= character <= last:
            return chr(target + ord(character) - ord(first))
    return character


def join_han(math: Element, fixed: frozenset[str]) -> None:
    """Han that TeX reads letter by letter become words, upright and without gaps.

    Args:
        math: changed in place.
        fixed: elements that count their children.
    """
    for element in (*bottom_up(math), math):
        children: list[Node] = []
        for child in element.children:
            words = text_of(child) if isinstance(child, Element) and child.name == "mi" else ""
            if not _HAN.fullmatch(words):
                children.append(child)
            elif children and element.name not in fixed and _is_han(before := children[-1]):
                before.children = [text_of(before) + words]
            else:
                children.append(Element("mtext", {}, [words]))
        element.children = children


def _is_han(node: Node) -> TypeGuard[Element]:
    return isinstance(node, Element) and node.name == "mtext" and bool(_HAN.fullmatch(text_of(node)))
