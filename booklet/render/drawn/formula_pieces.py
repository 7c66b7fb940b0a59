"""A long formula in pieces, between which a line may end: before relations, then before signs, behind commas.

As displayed formulas are broken by hand for TeX (Knuth, The TeXbook, chapter 19): never inside brackets,
fractions, roots, tables. How wide a column is nobody knows here: pieces that fit stand side by side, as if
nothing were cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

MATHML = "http://www.w3.org/1998/Math/MathML"
_RELATIONS = frozenset("=≠≈≡≤≥<>≪≫∼≃≅→←↔⇒⇐⇔⟹⟸⟺↦∈∉⊂⊆⊃⊇∝≜≔⟶⇌")
_SIGNS = frozenset("+−-±∓×÷⋅·∗∪∩∨∧⊕⊗")
_OPENING, _CLOSING = frozenset("([{⟨⌈⌊"), frozenset(")]}⟩⌉⌋")
_COMMAS = frozenset(",;，；")

LONG_EM = 12.0
"""What is wider is cut where it may be: large print on the smallest sheet has thirteen characters."""
HOPELESS_EM = 24.0
"""What is wider still would be too small to read where it must fit: it is cut between brackets too."""

Row = list[etree._Element]


def pieces(math: etree._Element, *, width_em: Callable[[etree._Element], float]) -> list[etree._Element]:
    """The formula in pieces; one, if it is narrow or nowhere to be cut.

    Args:
        math: not changed.
        width_em: how wide a formula is drawn.
    """
    if width_em(math) <= LONG_EM:
        return [math]
    parts = [*_cut(_row(math), _RELATIONS)]
    for signs, widest in ((_SIGNS, LONG_EM), (_SIGNS | _RELATIONS, HOPELESS_EM)):
        smaller: list[Row] = []
        for part in parts:
            if width_em(_formula(math, part)) <= widest:
                smaller.append(part)
            else:
                last = widest > LONG_EM
                smaller.extend(_cut(_flat(part) if last else part, signs, anywhere=last))
        parts = smaller
    if len(parts) > 1 and width_em(_formula(math, parts[0])) < LONG_EM / 4:
        parts = [[*parts[0], *parts[1]], *parts[2:]]  # no `f(x)` alone on a line
    return [_formula(math, part) for part in parts] if len(parts) > 1 else [math]


def _row(math: etree._Element) -> Row:
    """The parts that stand in the formula's line."""
    children: Row = list(math)
    while len(children) == 1 and children[0].tag in (f"{{{MATHML}}}mrow", f"{{{MATHML}}}mstyle"):
        children = list(children[0])
    return children


def _flat(row: Row) -> Row:
    """The line without the groups in it: brackets no longer grow with what is between them."""
    flat: Row = []
    for child in row:
        flat.extend(_flat(list(child)) if child.tag == f"{{{MATHML}}}mrow" else [child])
    return flat


def _cut(row: Row, signs: frozenset[str], *, anywhere: bool = False) -> Iterator[Row]:
    """The line cut before these signs; `anywhere`: between brackets too."""
    depth = 0
    part: Row = []
    for child in row:
        sign = (child.text or "").strip() if child.tag == f"{{{MATHML}}}mo" else ""
        depth += 0 if anywhere else (sign in _OPENING) - (sign in _CLOSING)
        is_joint = depth <= 0 and sign in signs and bool(part) and not _is_operator(part[-1])
        if is_joint:
            yield part
            part = []
        part.append(child)
        if depth <= 0 and sign in _COMMAS and "+" in signs:
            yield part
            part = []
    if part:
        yield part


def _is_operator(element: etree._Element) -> bool:
    """Whether a sign behind it is its argument's (`= -x`)."""
    return element.tag == f"{{{MATHML}}}mo" and (element.text or "").strip() not in _CLOSING


def _formula(math: etree._Element, part: Row) -> etree._Element:
    """A formula of its own; a sign in front keeps the space that it has between two terms."""
    made = etree.Element(f"{{{MATHML}}}math")
    made.attrib.update(math.attrib)
    row = etree.SubElement(made, f"{{{MATHML}}}mrow")
    if _is_operator(part[0]) and (part[0].text or "").strip() not in _OPENING:
        etree.SubElement(row, f"{{{MATHML}}}mi").text = ""
    row.extend(deepcopy(part))
    for child in row:
        child.tail = None
    return made
