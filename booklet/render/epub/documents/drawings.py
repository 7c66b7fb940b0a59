"""What we draw ourselves: QR codes and formulas.

A simple formula is MathML, with a picture in a file beside it for readers without. Some are set worse by most
readers than by us: braces and roots that do not grow, arrows that do not stretch (Chromium without a face for
mathematics). These, and what is wider than a telephone, stand drawn in the text, in its colour, in pieces
between which lines may end. A picture in a file is white behind: transparent ones are lost on dark pages of
readers that draw them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from lxml import etree

from booklet.model import EpubProfile, ImageAsset
from booklet.render.drawn.formulas import MAX_LOOKUPS_IN_ARTICLE, UNDRAWN, drawing, drawn, width_em
from booklet.render.drawn.qr import SCHEME, qr_png
from booklet.render.epub.documents.document import MATHML, SVG, XHTML, Document

_GROWING = frozenset(
    f"{{{MATHML}}}{name}"
    for name in ("mtable", "msqrt", "mroot", "menclose", "mover", "munder", "munderover")
)
"""Elements whose signs must grow with what is in them."""
_TELEPHONE_EM = 18.0
"""What a telephone shows in a line, at the usual size of type."""
_MARGIN = 10
"""Around a formula, in the drawing's units: a tenth of an em."""
_PX_PER_UNIT = 0.16
"""An em of 16 px, for engines that take a picture's own size."""


def draw(documents: Sequence[Document], *, profile: EpubProfile) -> dict[str, ImageAsset]:
    """Draw what the documents ask for, and name the files there; equal drawings are one file.

    MathML has its picture beside it, which the style sheet hides where the engine lays MathML out; many print
    its letters as a word. Kindle gets the picture alone, of whatever formula.
    """
    assets: dict[str, ImageAsset] = {}
    for document in documents:
        for image in document.html.iter(f"{{{XHTML}}}img"):
            if image.get("src", "").startswith(SCHEME):
                _code(image, assets)
        spent = 0
        for math in list(document.html.iter(f"{{{MATHML}}}math")):
            spent += _formula(math, assets, only_picture=profile == "kindle", spent=spent)
    return assets


def _code(image: etree._Element, assets: dict[str, ImageAsset]) -> None:
    data, size_px = qr_png(image.get("src", "").removeprefix(SCHEME))
    image.set("src", _keep(assets, "qr", ".png", "image/png", data, (size_px, size_px)))


def _keep(
    assets: dict[str, ImageAsset], kind: str, ending: str, media_type: str, data: bytes, size: tuple[int, int]
) -> str:
    digest = sha256(data).hexdigest()
    name = f"{kind}-{digest[:16]}{ending}"
    assets[name] = ImageAsset(name, media_type, *size, data, digest)
    return f"images/{name}"


def _formula(math: etree._Element, assets: dict[str, ImageAsset], *, only_picture: bool, spent: int) -> int:
    """Give a formula its picture; say what that cost (`booklet.render.drawn.formulas`)."""
    alt = math.get("alttext") or " ".join("".join(map(str, math.itertext())).split())
    drawings, cost = drawn(math) if spent <= MAX_LOOKUPS_IN_ARTICLE else ((), 0)
    if drawings and not only_picture and _is_drawn_better(math, drawings):
        _replace(math, _in_text(drawings, alt, is_display=math.get("display") == "block"))
        return cost
    markup = drawing(math)[0] if drawings else None  # known by now
    if markup is None:
        if only_picture:
            plain = etree.Element(f"{{{XHTML}}}code", {"class": UNDRAWN})
            plain.text = alt
            _replace(math, plain)
        return cost
    data, size, style = _file(markup)
    src = _keep(assets, "formula", ".svg", "image/svg+xml", data, size)
    is_display = math.get("display") == "block"
    if is_display:  # alone on its line, where only its size matters
        style = style.partition(";")[0]
    holder = etree.Element(f"{{{XHTML}}}span", {"class": "formula-display" if is_display else "formula"})
    _replace(math, holder)
    if not only_picture:
        math.set("alttext", alt)
        math.tail = None
        # A box of its own, because calibre styles no elements but XHTML's.
        etree.SubElement(holder, f"{{{XHTML}}}span", {"class": "mathml"}).append(math)
    etree.SubElement(
        holder, f"{{{XHTML}}}img", {"class": "picture-formula", "src": src, "alt": alt, "style": style}
    )
    return cost


def _is_drawn_better(math: etree._Element, drawings: tuple[str, ...]) -> bool:
    """Whether most readers would set it worse, or past the edge of a telephone."""
    return sum(map(width_em, drawings)) > _TELEPHONE_EM or any(map(_must_grow, math.iter(etree.Element)))


def _must_grow(element: etree._Element) -> bool:
    """Whether its signs must be as large as what is in or beside it."""
    return element.tag in _GROWING or element.get("stretchy") == "true"


def _in_text(drawings: tuple[str, ...], alt: str, *, is_display: bool) -> etree._Element:
    """The drawings as part of the text: they have its colour, by day and by night."""
    name = "formula-display" if is_display else "formula"
    holder = etree.Element(f"{{{XHTML}}}span", {"class": f"{name} drawn"})
    for index, markup in enumerate(drawings):
        svg = etree.fromstring(markup)
        svg.set("fill", "currentColor")
        svg.set("class", "drawn-formula")
        if index:
            del svg.attrib["role"]
            svg.set("aria-hidden", "true")
        else:
            svg.set("aria-label", alt)
        for text in svg.iter(f"{{{SVG}}}text"):
            text.set("font-family", "serif")
        holder.append(svg)
    return holder


def _replace(old: etree._Element, new: etree._Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def _file(markup: str) -> tuple[bytes, tuple[int, int], str]:
    """The drawing as a file of its own, its size in px, and the style that sets it on the line of text."""
    svg = etree.fromstring(markup)
    x, y, width, height = (float(part) for part in svg.get("viewBox", "").split())
    x, y, width, height = x - _MARGIN, y - _MARGIN, width + 2 * _MARGIN, height + 2 * _MARGIN
    found = re.search(r"vertical-align:(-?[\d.]+)em", svg.get("style", ""))
    down = float(found[1]) - _MARGIN / 100 if found else 0.0
    for name in ("style", "role"):
        del svg.attrib[name]
    px = (max(1, round(width * _PX_PER_UNIT)), max(1, round(height * _PX_PER_UNIT)))
    svg.set("width", str(px[0]))
    svg.set("height", str(px[1]))
    svg.set("viewBox", f"{x:.1f} {y:.1f} {width:.1f} {height:.1f}")
    back = etree.Element(
        f"{{{SVG}}}rect",
        {
            "x": f"{x:.1f}",
            "y": f"{y:.1f}",
            "width": f"{width:.1f}",
            "height": f"{height:.1f}",
            "fill": "#fff",
        },
    )
    svg.insert(0, back)
    for text in svg.iter(f"{{{SVG}}}text"):
        text.set("font-family", "serif")
    style = f"width: {width / 100:.2f}em; vertical-align: {down:.2f}em"
    return etree.tostring(svg, encoding="utf-8"), px, style
