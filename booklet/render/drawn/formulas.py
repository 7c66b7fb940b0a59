"""Formulas for print: MathML drawn as outlines, an inline SVG that stands on the line of text.

Ziamath draws it in the face that it brings, STIX Two Math. What that face lacks (Han above all) is left as
`<text>` in the drawing, for the PDF engine's faces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from lxml import etree

from booklet.render.drawn.formula_pieces import MATHML, pieces

SVG = "http://www.w3.org/2000/svg"
BORROWED_FACE = "formula-text"
"""The family that `<text>` in a drawing asks for: the PDF engine puts the booklet's own there."""

MAX_LOOKUPS = 4_000
"""The most lookups of characters for one formula: a second. Ziamath builds what stands in a root or a
fraction twice, so that nested ones cost 2, 4, 8, … times as much."""
MAX_LOOKUPS_IN_ARTICLE = 80_000
"""Some 1,300 formulas of the usual kind, twenty seconds."""

UNDRAWN = "tex undrawn"
"""The class of TeX that stands for a formula that could not be drawn."""

_WIDTH = re.compile(r"width:([\d.]+)em")
_DRAWN_SIZE = 100.0
"""Units to an em in the drawings; coordinates are whole units and tenths."""
_FOLLOWING_MARK = re.compile(r"[，。、；：！？）」』》〉】’”…,.;:!?)\]]+")
_DRAWABLE = re.compile(
    r"\{.*\}(?:math|mrow|m[ino]|mtext|ms|mspace|mfrac|msqrt|mroot|mstyle|mpadded|mphantom|menclose|msub|msup|msubsup|"
    r"munder|mover|munderover|mmultiscripts|mprescripts|none|mtable|mtr|mtd)"
)
"""What ziamath knows (its `nodes`)."""
_EM = 1000
"""Units to an em of STIX Two."""


def draw_formulas(root: etree._Element) -> None:
    """Put drawings in place of all MathML; a formula that cannot be drawn stays as its TeX, or its text."""
    spent = 0
    for math in list(root.iter(f"{{{MATHML}}}math")):
        parent = math.getparent()
        if parent is None:
            continue
        alt = math.get("alttext") or "".join(map(str, math.itertext()))
        is_display = math.get("display") == "block"
        drawings, cost = drawn(math) if spent <= MAX_LOOKUPS_IN_ARTICLE else ((), 0)
        spent += cost
        formula = _holder(drawings, alt, is_display=is_display)
        formula.tail = math.tail
        parent.replace(math, formula)
        if not is_display:
            _take_mark(formula)


def drawn(math: etree._Element) -> tuple[tuple[str, ...], int]:
    """A formula as SVG markup, 100 units to an em, a long one in pieces; and its cost in lookups.

    Returns:
        No piece: it cannot be drawn.
    """
    costs: dict[str, int] = {}

    def svg(part: etree._Element) -> str:
        """Its drawing, empty for none; to try where it may be cut costs too, each part once."""
        markup, costs[_source(part)] = drawing(part)
        return markup or ""

    found = tuple(svg(piece) for piece in pieces(math, width_em=lambda part: width_em(svg(part))))
    return found if all(found) else (), sum(costs.values())


def drawing(math: etree._Element) -> tuple[str | None, int]:
    """A formula as one SVG, None if it cannot be drawn; and its cost in lookups."""
    return _drawing(_source(math))


def _source(math: etree._Element) -> str:
    return etree.tostring(math, encoding="unicode", with_tail=False)


def width_em(markup: str) -> float:
    """How wide a drawing is."""
    found = _WIDTH.search(markup)
    return float(found[1]) if found else 0.0


def _holder(drawings: tuple[str, ...], alt: str, *, is_display: bool) -> etree._Element:
    if not drawings:
        plain = etree.Element("code", {"class": UNDRAWN})
        plain.text = alt
        return plain
    name = "formula-display" if is_display else "formula"
    holder = etree.Element("span", {"class": f"{name} long" if len(drawings) > 1 else name})
    for index, markup in enumerate(drawings):
        svg = etree.fromstring(markup)
        svg.attrib.update({"aria-label": alt} if index == 0 else {"aria-hidden": "true"})
        holder.append(svg)
    return holder


def _take_mark(formula: etree._Element) -> None:
    """Punctuation after a formula stays with it: a drawing is a place where lines may break."""
    if formula.tail and (mark := _FOLLOWING_MARK.match(formula.tail)):
        formula.tail = formula.tail[mark.end() :]
        formula[-1].tail = mark[0]


@lru_cache(maxsize=2_000)
def _drawing(source: str) -> tuple[str | None, int]:
    """The drawing of a formula as SVG markup, None if it cannot be drawn; and how many lookups it cost."""
    from ziamath.config import config
    from ziamath.zmath import Math

    config.svg2 = False  # outlines in place: no ids, which would have to be unique in the book
    config.precision = 1
    tree = ET.fromstring(source)  # noqa: S314 - written by lxml, without a document type
    if not all(_DRAWABLE.fullmatch(element.tag) for element in tree.iter()):
        return None, 0  # it would take them for rows
    if tree.get("display") != "block":
        tree.set("displaystyle", "false")
    try:
        _face().looked_up = 0
        _face().language("math", "")
        formula = Math(tree, size=_DRAWN_SIZE, font=_FACE_NAME, margin=0)
        svg, box = formula.svgxml(), formula.node.bbox
    except Exception:  # noqa: BLE001 - the library has no errors of its own: whatever it raises, the TeX stays
        return None, _face().looked_up
    width, height = box.xmax - box.xmin, box.ymax - box.ymin
    if not (0 < width < _DRAWN_SIZE * 1000 and 0 < height < _DRAWN_SIZE * 1000):
        return None, _face().looked_up
    style = f"width:{width / _DRAWN_SIZE:.3f}em;vertical-align:{box.ymin / _DRAWN_SIZE:.3f}em"
    attributes = {
        "xmlns": svg.get("xmlns", ""),
        "role": "img",
        "style": style,
        "viewBox": svg.get("viewBox", ""),
    }
    svg.attrib.clear()
    svg.attrib.update(attributes)
    for shape in svg.iter():
        if shape.get("fill") == "black":
            del shape.attrib["fill"]
    return ET.tostring(svg, encoding="unicode"), _face().looked_up


_FACE_NAME = "booklet"


@cache
def _face() -> Any:
    """Ziamath's face, which knows what it lacks, under a name that `Math` finds it by."""
    from ziafont.fonttypes import BBox
    from ziafont.glyph import SimpleGlyph
    from ziamath import zmath
    from ziamath.mathfont import MathFont

    class Borrowed(SimpleGlyph):
        """A character of another face: it has a place, and no outline."""

        def __init__(self, character: str, font: MathFont) -> None:
            self.character = character
            self.width = _EM if unicodedata.east_asian_width(character) in "WF" else _EM * 6 // 10
            super().__init__(0, [], BBox(0, self.width, -120, 880), font)

        def advance(self, nextchr: Any = None) -> int:  # noqa: ARG002 - the library's signature
            return self.width

        def svgpath(self, x0: float = 0, y0: float = 0, scale_factor: float = 1) -> ET.Element:
            size = f"{scale_factor * self.DFLT_SIZE_PT:.1f}"
            place = {"x": f"{x0:.1f}", "y": f"{y0:.1f}", "font-size": size, "font-family": BORROWED_FACE}
            text = ET.Element("text", place)
            text.text = self.character
            return text

    class Face(MathFont):
        looked_up = 0

        def findglyph(self, char: str, variant: Any) -> SimpleGlyph:
            self.looked_up += 1
            if self.looked_up > MAX_LOOKUPS:
                raise OverflowError
            found = super().findglyph(char, variant)
            return Borrowed(char, self) if found.index == 0 and not char.isspace() else found

    face = Face(zmath.fontname, _DRAWN_SIZE)
    zmath.loadedfonts[_FACE_NAME] = face
    return face
