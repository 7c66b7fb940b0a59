"""Vector drawings, kept as vector: SVG in, a self-contained drawing without behaviour out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from booklet.fetch.failure import PictureError
from booklet.images.vector.references import (
    HREF,
    SVG,
    XLINK,
    drop,
    refuse_endless_repetition,
    refuse_explosion,
    settle_references,
)
from booklet.images.vector.style import FRAGMENT, has_sane_numbers, is_harmless, plain_sheet

MAX_BYTES = 4_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 60
DEFAULT_SIZE_PX = (300.0, 150.0)
"""The size of a replaced element without dimensions (CSS 2.2, 10.3.2)."""

_ELEMENT_NAMES = (
    "svg g a defs symbol use title desc path rect circle ellipse line polyline polygon text tspan "
    "textPath switch linearGradient radialGradient stop pattern clipPath mask marker style "
    "filter feBlend feColorMatrix feComponentTransfer feFuncA feFuncB feFuncG feFuncR feComposite feFlood "
    "feGaussianBlur feMerge feMergeNode feOffset feDropShadow feMorphology"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_FALSIFYING = frozenset({"foreignObject", "image", "feImage"})
"""Parts that carry content we cannot keep: without them the drawing lies, unless `switch` has another."""
_ATTRIBUTE_NAMES = (
    "id class style transform x y x1 x2 y1 y2 dx dy cx cy r rx ry fx fy fr d points width height viewBox "
    "preserveAspectRatio version pathLength rotate textLength lengthAdjust startOffset method spacing "
    "side offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits "
    "patternTransform clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX "
    "refY orient filterUnits primitiveUnits in in2 result mode type values tableValues slope intercept "
    "amplitude exponent operator k1 k2 k3 k4 stdDeviation radius edgeMode fill fill-opacity fill-rule "
    "stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray "
    "stroke-dashoffset opacity color display visibility overflow clip-path clip-rule mask filter marker "
    "marker-start marker-mid marker-end stop-color stop-opacity flood-color flood-opacity paint-order "
    "vector-effect shape-rendering text-rendering color-interpolation-filters font-family font-size "
    "font-style font-variant font-weight font-stretch letter-spacing word-spacing text-anchor "
    "text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode direction "
    "unicode-bidi"
)
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_ROOT = re.compile(rb"<(?:[\w-]+:)?svg[\s>]")
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|ex)?\s*", re.IGNORECASE)
_PX = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "em": 16.0,
    "ex": 8.0,
}
"""CSS px per unit (CSS Values 3, 6.2); `em` at the initial font size."""
_MAX_SIDE_PX = 20_000.0
_MIN_BOX_SIDE = 1e-3
"""The least side of a view box, in its own units: smaller ones scale what is drawn beyond what a PDF can
write."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sanitised SVG document and its size in CSS px."""

    data: bytes
    width_px: int
    height_px: int


def looks_like_svg(data: bytes) -> bool:
    """Whether the bytes begin as an SVG document may."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and bool(_ROOT.search(head)) and b"<html" not in head.lower()


def sanitise(data: bytes) -> Drawing:
    """The drawing without scripts, events, external references, entities, animation and metadata.

    Raises:
        PictureError: `svg-unsafe`, `svg-unsupported`, `damaged`, `too-many-bytes`.
    """
    root = _parsed(data)
    waiting, seen = [root], 0
    while waiting:
        element = waiting.pop()
        seen += 1
        if seen > MAX_ELEMENTS:
            raise PictureError("svg-unsafe")
        if _is_kept(element):
            _clean_attributes(element)
            waiting.extend(element)
        else:
            drop(element)
    if not any(child.tag not in _qualified("title", "desc", "defs", "style") for child in root):
        raise PictureError("svg-unsafe")
    settle_references(root)
    refuse_explosion(root)
    refuse_endless_repetition(root)
    width, height = _size(root)
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    etree.cleanup_namespaces(root)
    cleaned = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Drawing(cleaned, max(1, round(width)), max(1, round(height)))


def _parser() -> etree.XMLParser:
    """Nothing is looked up or expanded, and nothing but elements and text is kept."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MAX_BYTES:
        raise PictureError.too_large(MAX_BYTES)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PictureError("damaged") from error
    declarations: Any = root.getroottree().docinfo.internalDTD
    if declarations is not None and any(True for _ in declarations.iterentities()):
        raise PictureError("svg-unsafe")
    if root.tag not in ("svg", *_qualified("svg")):
        raise PictureError("not-a-picture")
    if _depth(root) > MAX_DEPTH:
        raise PictureError("svg-unsafe")
    return _in_namespace(root)


def _in_namespace(root: etree._Element) -> etree._Element:
    """A hand-written `<svg>` without xmlns is meant as SVG."""
    if root.tag != "svg":
        return root
    written = etree.tostring(root, encoding="utf-8")  # begins with the root's tag
    return etree.fromstring(written.replace(b"<svg", f'<svg xmlns="{SVG}"'.encode(), 1), _parser())


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _qualified(*names: str) -> frozenset[str]:
    return frozenset(f"{{{SVG}}}{name}" for name in names)


def _is_kept(element: etree._Element) -> bool:
    """Whether the element is of the allowlist.

    Raises:
        PictureError: `svg-unsupported`, if the drawing cannot do without it.
    """
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    if name.namespace != SVG:
        return False
    if name.localname in _FALSIFYING and not _is_alternative(element.getparent()):
        raise PictureError("svg-unsupported")
    if name.localname == "style":
        sheet = plain_sheet("".join(str(part) for part in element.itertext()))
        del element[:]
        element.text = sheet
        return bool(element.text)
    return name.localname in _ELEMENTS


def _clean_attributes(element: etree._Element) -> None:
    for key, value in list(element.attrib.items()):
        attribute = etree.QName(str(key))
        text = str(value)
        if attribute.localname == "href" and attribute.namespace in (None, XLINK):
            del element.attrib[key]
            if FRAGMENT.fullmatch(text.strip()):
                element.set(HREF, text.strip())  # the spelling that EPUB readers and WeasyPrint know
        elif (
            attribute.namespace
            or attribute.localname not in _ATTRIBUTES
            or not is_harmless(text)
            or not (has_sane_numbers(text) or _is_page_size(element, attribute.localname))
        ):
            del element.attrib[key]


def _is_page_size(element: etree._Element, name: str) -> bool:
    """The drawing's own size is bounded when it is read."""
    return name in ("width", "height") and element.getparent() is None


def _is_alternative(parent: etree._Element | None) -> bool:
    return parent is not None and parent.tag == f"{{{SVG}}}switch" and len(parent) > 1


def _size(root: etree._Element) -> tuple[float, float]:
    """Width and height in CSS px: from the attributes, else from the view box, else the default."""
    box = [float(part) for part in re.findall(r"-?\d*\.?\d+(?:[eE][+-]?\d+)?", root.get("viewBox", ""))][:4]
    if len(box) != 4 or not all(side >= _MIN_BOX_SIDE for side in box[2:]):  # noqa: PLR2004 - x y width height
        box = []
        root.attrib.pop("viewBox", "")
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    if box:
        if width is None and height is None:
            width, height = box[2], box[3]
        width = width if width is not None else (height or 0) * box[2] / box[3]
        height = height if height is not None else width * box[3] / box[2]
    return (
        min(width or DEFAULT_SIZE_PX[0], _MAX_SIDE_PX),
        min(height or DEFAULT_SIZE_PX[1], _MAX_SIDE_PX),
    )


def _length(text: str) -> float | None:
    found = _LENGTH.fullmatch(text)
    if not found:
        return None
    length = float(found[1]) * _PX[(found[2] or "").lower()]
    return length if 0 < length < float("inf") else None
