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
from booklet.parts import LANDMARKS
from booklet.render.epub.documents.footnotes import mark_footnotes
from booklet.render.epub.documents.namespaces import EPUB, MATHML, SVG, XHTML
from booklet.render.epub.documents.strings import (
    ascii_id,
    holds_discouraged,
    language_tag,
    one_line,
    printable,
)
from booklet.render.epub.documents.tidying import open_and_close, tidy

__all__ = ["EPUB", "MATHML", "STYLE_NAME", "SVG", "XHTML", "Document", "continued", "document", "skeleton"]

_EPUB_TYPE = f"{{{EPUB}}}type"

STYLE_NAME = "style.css"

_HEAD_AND_BODY = 2
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
        return open_and_close(
            etree.tostring(self.html, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
        )


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
    html, markup = _parsed(chapter.xhtml, title=_title(chapter), lang=lang, matter=matter)
    body = html[1]
    _hold_one_block(body)
    body[0].set("id", ascii_id(chapter.id))
    _say_what_it_is(body[0], chapter)
    if direction := body[0].get("dir"):
        html.set("dir", direction)
        if direction == "rtl":
            _say_what_is_latin(html)
    mark_footnotes(html)
    tidy(html, markup)
    return Document(name, chapter, html)


def _say_what_is_latin(html: etree._Element) -> None:
    """Code and labels run from left to right; a style sheet may not say so (EPUB 3.3, 6.3.1.4)."""
    for element in html.iter(*(f"{{{XHTML}}}{name}" for name in ("pre", "code", "kbd", "samp", "span"))):
        is_label = "part" in element.get("class", "").split()
        if (is_label or not element.tag.endswith("}span")) and not element.get("dir"):
            element.set("dir", "ltr")


def continued(first: Document, root: etree._Element, *, name: str, part: int) -> Document:
    """A further file of a chapter that was split, with `root` as its block."""
    title = f"{_title(first.chapter)} ({part})"
    lang, matter = first.html.get("lang", ""), first.html[1].get(_EPUB_TYPE, "")
    html = etree.fromstring(skeleton(title=title, lang=lang, matter=matter), _PARSER)
    html[1].append(root)
    if direction := first.html.get("dir"):
        html.set("dir", direction)
    return Document(name, first.chapter, html, part)


def skeleton(*, title: str, lang: str, matter: str, body: str = "") -> str:
    """A whole document; `body` is markup, the rest is text."""
    return (
        f'<html xmlns="{XHTML}" xmlns:epub="{EPUB}" lang="{lang}" xml:lang="{lang}"><head>'
        f'<meta charset="utf-8"/><title>{escape(one_line(title))}</title>'
        f'<link rel="stylesheet" type="text/css" href="{STYLE_NAME}"/></head>'
        f'<body epub:type="{matter}">{body}</body></html>'
    )


def _parsed(markup: str, *, title: str, lang: str, matter: str) -> tuple[etree._Element, str]:
    """The document, and the markup that its body is parsed from."""
    for version, parser in _VERSIONS:
        try:
            body = version(markup)
            page = skeleton(title=title, lang=lang, matter=matter, body=body).encode()
            if version is str and holds_discouraged(page):
                continue
            html = etree.fromstring(page, parser)
        except (etree.LxmlError, ValueError):
            continue
        if len(html) == _HEAD_AND_BODY:
            return html, body
    raise AssertionError("escaped text is well-formed")


def _repaired(markup: str) -> str:
    """Printable markup mended by HTML's rules.

    Raises:
        ValueError: the parser lost text, as it does in very deep markup.
    """
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    page = etree.fromstring(f"<div>{printable(markup)}</div>", parser)
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
    return f"<div><p>{escape(_TAG.sub(' ', printable(markup)))}</p></div>"


_VERSIONS: tuple[tuple[Callable[[str], str], etree.XMLParser], ...] = (
    (str, _PARSER),
    (printable, _PARSER),
    (_repaired, _PARSER),
    (_text_only, _HUGE_TEXT_PARSER),
)
"""Each is tried where those before it do not parse."""


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


def _say_what_it_is(root: etree._Element, chapter: Chapter) -> None:
    """For a page that reading systems and screen readers know by name (DPUB-ARIA 1.1)."""
    if chapter.row.landmark in LANDMARKS and root.tag == f"{{{XHTML}}}section":
        root.set(_EPUB_TYPE, chapter.row.landmark)
        root.set("role", f"doc-{chapter.row.landmark}")


def _title(chapter: Chapter) -> str:
    return one_line(chapter.title) or chapter.id
