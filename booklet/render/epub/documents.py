"""Chapters become XHTML documents: parsed once, tidied, never pretty-printed.

No white space is added or taken anywhere: between Han characters it would show.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from lxml import etree

from booklet.model import Chapter
from booklet.render.epub.mending import MENDERS
from booklet.render.epub.namespaces import EPUB, MATHML, SVG, XHTML
from booklet.render.epub.strings import ascii_id, language_tag, one_line, printable
from booklet.render.places import PLACE

__all__ = ["EPUB", "MATHML", "STYLE_NAME", "SVG", "XHTML", "Document", "continued", "document", "skeleton"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EPUB_TYPE = f"{{{EPUB}}}type"

STYLE_NAME = "style.css"

_HEAD_AND_BODY = 2
_VOID = frozenset(
    f"{{{XHTML}}}{name}"
    for name in "area br col embed hr img input link meta source track wbr".split()  # noqa: SIM905 - shorter
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")

_TAG = re.compile(r"<[^<>]*>")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
"""Takes 256 levels and texts of 10 MB, as the parsers of reading systems do.

Comments go: "--" inside them is among the reasons for which Kindle's converter refuses a book (E999).
"""
_HUGE_TEXT_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML file of the book."""

    name: str
    """ASCII, in the folder of the package document."""
    chapter: Chapter
    html: etree._Element
    part: int = 1
    """1, 2, … where a long chapter is split."""

    @property
    def root(self) -> etree._Element:
        """The chapter's block element."""
        return self.html[1][0]

    def to_bytes(self) -> bytes:
        """The file."""
        return etree.tostring(self.html, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")


def document(chapter: Chapter, *, name: str, language: str, matter: str = "bodymatter") -> Document:
    """Parse and tidy one chapter.

    Markup that is not well-formed is repaired by HTML's rules, or else its text is kept.

    Args:
        chapter: as the theme made it.
        name: of the file.
        language: BCP 47, where the chapter has none.
        matter: `frontmatter`, `bodymatter` or `backmatter`.
    """
    lang = language_tag(chapter.lang) or language
    html = _parsed(printable(chapter.xhtml), title=_title(chapter), lang=lang, matter=matter)
    body = html[1]
    _hold_one_block(body)
    body[0].set("id", ascii_id(chapter.id))
    seen: set[str] = set()
    for element in html.iter(etree.Element):
        _open_and_close(element)
        if mend := MENDERS.get(element.tag):
            mend(element)
        if element.keys():
            for step in ATTRIBUTE_STEPS:
                step(element)
            _keep_first_id(element, seen)
    return Document(name, chapter, html)


def continued(first: Document, root: etree._Element, *, name: str, part: int) -> Document:
    """A further file of a chapter that was split, with `root` as its block."""
    title = f"{_title(first.chapter)} ({part})"
    lang, matter = first.html.get("lang", ""), first.html[1].get(_EPUB_TYPE, "")
    html = etree.fromstring(skeleton(title=title, lang=lang, matter=matter), _PARSER)
    html[1].append(root)
    return Document(name, first.chapter, html, part)


def skeleton(*, title: str, lang: str, matter: str, body: str = "") -> str:
    """A whole document; `body` is markup, the rest is text."""
    return (
        f'<html xmlns="{XHTML}" xmlns:epub="{EPUB}" lang="{lang}" xml:lang="{lang}"><head>'
        f'<meta charset="utf-8"/><title>{escape(one_line(title))}</title>'
        f'<link rel="stylesheet" type="text/css" href="{STYLE_NAME}"/></head>'
        f'<body epub:type="{matter}">{body}</body></html>'
    )


def _parsed(markup: str, *, title: str, lang: str, matter: str) -> etree._Element:
    for version, parser in ((str, _PARSER), (_repaired, _PARSER), (_text_only, _HUGE_TEXT_PARSER)):
        try:
            body = version(markup)
            html = etree.fromstring(skeleton(title=title, lang=lang, matter=matter, body=body), parser)
        except (etree.LxmlError, ValueError):
            continue
        if len(html) == _HEAD_AND_BODY:
            return html
    raise AssertionError("escaped text is well-formed")


def _repaired(markup: str) -> str:
    """Markup mended by HTML's rules.

    Raises:
        ValueError: the parser lost text, as it does in very deep markup.
    """
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    page = etree.fromstring(f"<div>{markup}</div>", parser)
    for element in page.iter(etree.Element):
        for name in element.keys():  # noqa: SIM118 - an element iterates over its children
            if not _NAME.fullmatch(str(name)):
                del element.attrib[name]
        if not _NAME.fullmatch(element.tag):
            element.tag = "span"
    (body,) = page.iter("body")
    kept = sum(len(str(text)) for text in body.itertext())
    if kept * 2 < len(_TAG.sub("", markup).strip()):
        raise ValueError("text was lost")
    return printable("".join(etree.tostring(block, encoding="unicode") for block in body))


def _text_only(markup: str) -> str:
    return f"<div><p>{escape(_TAG.sub(' ', markup))}</p></div>"


def _hold_one_block(body: etree._Element) -> None:
    """Put a block around a body that holds text, nothing, or several blocks."""
    loose = (body.text or "").strip() or len(body) != 1 or (body[0].tail or "").strip()
    if loose:
        block = etree.Element(f"{{{XHTML}}}div")
        block.text = body.text
        block.extend(list(body))
        body.append(block)
        if not len(block) and not block.text:
            etree.SubElement(block, f"{{{XHTML}}}p")
    body.text = body[0].tail = None


def _title(chapter: Chapter) -> str:
    return one_line(chapter.title) or chapter.id


def _drop_data_attributes(element: etree._Element) -> None:
    """WeChat's reader loses pictures that carry unknown `data-` attributes."""
    for name in element.keys():  # noqa: SIM118 - an element iterates over its children
        if str(name).startswith("data-") and name != PLACE:  # that one goes when the pages are marked
            del element.attrib[name]


def _say_language_twice(element: etree._Element) -> None:
    """`xml:lang` beside `lang`: reading systems look at either; drop what is no tag (OPF-092)."""
    given = element.get("lang")
    if given is None:
        return
    if tag := language_tag(given):
        element.set("lang", tag)
        element.set(_XML_LANG, tag)
    else:
        del element.attrib["lang"]


def _open_and_close(element: etree._Element) -> None:
    """`<td></td>` for `<td/>`: old engines read XHTML as HTML, where the latter stays open."""
    if element.text is None and not len(element) and element.tag not in _VOID:
        element.text = ""


def _describe_picture(element: etree._Element) -> None:
    if element.tag == f"{{{XHTML}}}img" and element.get("alt") is None:
        element.set("alt", "")


def _mark_notes(element: etree._Element) -> None:
    """Each note on its own: a type on their container makes KOReader take the whole section for one note."""
    classes = (element.get("class") or "").split()
    if element.tag == f"{{{XHTML}}}a" and "noteref" in classes:
        element.set(_EPUB_TYPE, "noteref")
        element.set("role", "doc-noteref")
    elif element.tag == f"{{{XHTML}}}aside" and "footnote" in classes:
        element.set(_EPUB_TYPE, "footnote")
        element.set("role", "doc-footnote")


ATTRIBUTE_STEPS: tuple[Callable[[etree._Element], None], ...] = (
    _drop_data_attributes,
    _say_language_twice,
    _describe_picture,
    _mark_notes,
)
"""What happens to every element that has attributes, in this order."""


def _keep_first_id(element: etree._Element, seen: set[str]) -> None:
    given = element.get("id")
    if given is None:
        return
    name = ascii_id(given)
    if name in seen:
        del element.attrib["id"]
    else:
        seen.add(name)
        element.set("id", name)
