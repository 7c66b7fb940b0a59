"""What a drawing's parts refer to: references have targets, and following them all draws a bounded lot."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from booklet.fetch.failure import PictureError
from booklet.images.vector.style import fragments

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
MAX_DRAWN = 50_000
"""Elements that a renderer visits when it follows every reference."""

MIN_TILE = {"userSpaceOnUse": 0.5, "objectBoundingBox": 0.005}
"""Sides of a pattern's tile, in the drawing's units or as a share of what is filled."""
MIN_DASH = 0.1

_DASHES = re.compile(r"stroke-dasharray\s*:([^;}]*)")
_NUMBER = re.compile(r"\d*\.?\d+(?:[eE][+-]?\d+)?")
_NAME = re.compile(r"[^\W\d][\w.-]*")  # close to an NCName of XML
_GRADIENTS = {f"{{{SVG}}}linearGradient", f"{{{SVG}}}radialGradient"}


def drop(element: etree._Element) -> None:
    """Remove an element and what is in it, but keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def settle_references(root: etree._Element) -> None:
    """Ids are XML names and unique, references have a target: so EPUBCheck wants it (RSC-005, RSC-012).

    Styles may refer to gradients only, which draw nothing by themselves: nobody works out whom they style.
    """
    targets: dict[str, etree._Element] = {}
    for element in root.iter("*"):
        name = element.get("id")
        if name is not None and (name in targets or not _NAME.fullmatch(name)):
            del element.attrib["id"]
        elif name is not None:
            targets[name] = element
    for element in list(root.iter("*")):
        target = element.get(HREF)
        if target is not None and target[1:] not in targets:
            del element.attrib[HREF]
        if element.tag == f"{{{SVG}}}use" and element.get(HREF) is None:
            drop(element)
        elif element.tag == f"{{{SVG}}}style":
            named = [targets.get(name) for name in fragments(element.text or "")]
            if any(found is not None and found.tag not in _GRADIENTS for found in named):
                drop(element)


def refuse_explosion(root: etree._Element) -> None:
    """Refuse circles, and references to references that a few lines can multiply to billions of elements.

    Raises:
        PictureError: `svg-unsafe`.
    """
    targets = {str(element.get("id")): element for element in root.iter("*") if element.get("id")}
    drawn: dict[str, int] = {}
    entered: set[str] = set()
    waiting = list(targets)
    while waiting:
        name = waiting[-1]
        if name in drawn:
            waiting.pop()
            continue
        inner = _referred(targets[name], targets)
        open_ones = [other for other in inner if other not in drawn]
        if name in entered and open_ones:
            raise PictureError("svg-unsafe")  # it was waited for, and waits itself: a circle
        entered.add(name)
        if open_ones:
            waiting.extend(open_ones)
        else:
            drawn[name] = _count(targets[name], inner, drawn)
    _count(root, _referred(root, targets), drawn)


def _referred(element: etree._Element, targets: dict[str, etree._Element]) -> Counter[str]:
    """How often the element and what is in it refer to each id."""
    found: Counter[str] = Counter()
    for inside in element.iter("*"):
        found.update([str(inside.get(HREF, ""))[1:]])
        for value in inside.attrib.values():
            found.update(fragments(str(value)))
    return Counter({name: times for name, times in found.items() if name in targets})


def _count(element: etree._Element, inner: Counter[str], drawn: dict[str, int]) -> int:
    total = sum(1 for _ in element.iter("*")) + sum(times * drawn[name] for name, times in inner.items())
    if total > MAX_DRAWN:
        raise PictureError("svg-unsafe")
    return total


def refuse_endless_repetition(root: etree._Element) -> None:
    """Refuse tiles and dashes so small that a viewer draws millions of them (poppler: minutes a page).

    Raises:
        PictureError: `svg-unsafe`.
    """
    for element in root.iter("*"):
        dashes = " ".join(
            [
                str(element.get("stroke-dasharray", "")),
                *_DASHES.findall(str(element.get("style", ""))),
                *(_DASHES.findall(element.text or "") if element.tag == f"{{{SVG}}}style" else ()),
            ]
        )
        smallest = MIN_TILE.get(str(element.get("patternUnits")), MIN_TILE["objectBoundingBox"])
        sides = [str(element.get(side, "")) for side in ("width", "height")]
        tiny = element.tag == f"{{{SVG}}}pattern" and _has_below(" ".join(sides), smallest)
        if tiny or _has_below(dashes, MIN_DASH):
            raise PictureError("svg-unsafe")


def _has_below(text: str, limit: float) -> bool:
    return any(0 < float(number) < limit for number in _NUMBER.findall(text))
