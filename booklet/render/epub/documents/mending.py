"""Elements that are well-formed but not valid, or nameless to a screen reader, become simpler ones.

What EPUBCheck calls RSC-005 and Ace a violation; whatever cleaning and a theme hand over, the book is sound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from booklet.render.epub.documents.namespaces import XHTML


def _name(local: str) -> str:
    return f"{{{XHTML}}}{local}"


_DT, _DD, _DIV, _IMG, _RP, _RT, _RTC, _SUMMARY, _SPAN = map(
    _name, ("dt", "dd", "div", "img", "rp", "rt", "rtc", "summary", "span")
)


def _says_nothing(element: etree._Element) -> bool:
    """Whether it has neither text nor a picture with words."""
    if (element.text or "").strip():  # most do, and need no walk
        return False
    if any(str(text).strip() for text in element.itertext()):
        return False
    if element.get("aria-label"):
        return False
    return not any(picture.get("alt", "").strip() for picture in element.iter(_IMG))


def _definitions(element: etree._Element) -> None:
    """A list whose terms have no definition, or the other way round, is plain blocks."""
    tags = [child.tag for child in element.iterchildren(etree.Element)]
    if _DIV in tags:  # groups: the theme's own, or an author's who knows of them
        return
    sound = bool(tags) and tags[0] == _DT and tags[-1] == _DD and set(tags) <= {_DT, _DD}
    if not sound:
        element.tag = _DIV
        for child in element.iterchildren(_DT, _DD):
            child.tag = _DIV


def _details(element: etree._Element) -> None:
    """It stands open, because many readers turn the page where one taps; without a summary it is plain."""
    first = next(element.iterchildren(etree.Element), None)
    if first is not None and first.tag == _SUMMARY and not _says_nothing(first):
        element.set("open", "open")
    else:
        element.tag = _DIV
        if first is not None and first.tag == _SUMMARY:
            first.tag = _DIV


def _ruby(element: etree._Element) -> None:
    """Without readings it is plain; without brackets it gets some: engines print readings in the line."""
    children = {child.tag for child in element}
    if not children & {_RT, _RTC}:
        element.tag = _SPAN
        for child in element.iterchildren(_RP):
            child.tag = _SPAN
    elif not children & {_RP, _RTC}:
        for reading in list(element.iterchildren(_RT)):
            opening, closing = etree.Element(_RP), etree.Element(_RP)
            opening.text, closing.text = "（）"
            closing.tail, reading.tail = reading.tail, None
            reading.addprevious(opening)
            reading.addnext(closing)


def _time(element: etree._Element) -> None:
    """Without `datetime` its text alone must be a time, in the form of machines."""
    if element.get("datetime") is None:
        element.tag = _SPAN


def _header_cell(element: etree._Element) -> None:
    if _says_nothing(element):
        element.tag = _name("td")
        if "scope" in element.attrib:
            del element.attrib["scope"]


def _heading(element: etree._Element) -> None:
    if _says_nothing(element):
        element.tag = _name("p")


def _link(element: etree._Element) -> None:
    """A link around a picture without words is called by its address; around nothing, it is none."""
    href = element.get("href")
    if href is None or not _says_nothing(element):
        return
    if next(element.iter(_IMG), None) is not None:
        element.set("aria-label", href)
    else:
        del element.attrib["href"]


MENDERS: Mapping[str, Callable[[etree._Element], None]] = {
    _name("a"): _link,
    _name("details"): _details,
    _name("dl"): _definitions,
    _name("ruby"): _ruby,
    _name("th"): _header_cell,
    _name("time"): _time,
    **{_name(f"h{level}"): _heading for level in range(1, 7)},
}
"""By element."""
