"""A parsed document's elements and attributes, tidied where its markup holds something to tidy.

A thousand articles have a hundred thousand elements: what is looked for is found by the parser's library, not
element by element, and not at all where its name does not occur in the markup.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from lxml import etree

from booklet.render.epub.documents.mending import MENDERS
from booklet.render.epub.documents.namespaces import XHTML
from booklet.render.epub.documents.strings import ascii_id, language_tag
from booklet.render.text.places import PLACE

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATA = "data-"
_VOID = frozenset(b"area br col embed hr img input link meta source track wbr".split())

_ids = etree.XPath("//@id", smart_strings=False)
_with_id = etree.XPath("//*[@id]")
_with_lang = etree.XPath("//@lang/..")
_with_data = etree.XPath(f"//*[@*[starts-with(local-name(), '{_DATA}')]]")


def _found(path: etree.XPath, html: etree._Element) -> list[etree._Element]:
    found: Any = path(html)
    return found if isinstance(found, list) else []


def tidy(html: etree._Element, markup: str) -> None:
    """Make elements and attributes valid; `markup`: what the body was parsed from."""
    for element in html.iter(*MENDERS):
        MENDERS[element.tag](element)
    if markup.count(_DATA) > markup.count(PLACE):
        _drop_data_attributes(html)
    if "lang" in markup:
        _say_languages_twice(html)
    for picture in html.iter(f"{{{XHTML}}}img"):
        if picture.get("alt") is None:
            picture.set("alt", "")


def _drop_data_attributes(html: etree._Element) -> None:
    """WeChat's reader loses pictures that carry unknown `data-` attributes."""
    for element in _found(_with_data, html):
        for name in element.keys():  # noqa: SIM118 - an element iterates over its children
            if str(name).startswith(_DATA) and name != PLACE:  # that one goes when the pages are marked
                del element.attrib[name]


def _say_languages_twice(html: etree._Element) -> None:
    """`xml:lang` beside `lang`: reading systems look at either; drop what is no tag (OPF-092)."""
    for element in _found(_with_lang, html):
        given = element.get("lang", "")
        if tag := language_tag(given):
            if tag != given:
                element.set("lang", tag)
            element.set(_XML_LANG, tag)
        else:
            del element.attrib["lang"]


def settled_ids(html: etree._Element) -> Collection[str]:
    """The ids of a document, of which each is an ASCII name then, and there once."""
    found: Any = _ids(html)  # the stubs know XPath's results as any of their kinds
    given: list[str] = found if isinstance(found, list) else []
    settled = set(map(ascii_id, given))
    if len(settled) == len(given) and settled.issuperset(given):
        return given
    settled.clear()
    for element in _found(_with_id, html):
        name = ascii_id(element.get("id", ""))
        if name in settled:
            del element.attrib["id"]
        else:
            settled.add(name)
            element.set("id", name)
    return settled


def open_and_close(data: bytes) -> bytes:
    """`<td></td>` for `<td/>`: old engines read XHTML as HTML, where the latter stays open.

    Args:
        data: as the library serialises it, where `>` is `&gt;` in texts and values.
    """
    *pieces, last = data.split(b"/>")
    done: list[bytes] = []
    for piece in pieces:
        name = piece[piece.rfind(b"<") + 1 :].split(None, 1)[0]
        done += (piece, b"/>" if name in _VOID else b"></" + name + b">")
    return b"".join((*done, last))
