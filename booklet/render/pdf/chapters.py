"""Chapters as trees: read, given PDF bookmarks, cleared of characters that no face has, written as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from booklet.findings import Finding, finding
from booklet.fonts import Faces, doctor
from booklet.model import Article, Booklet, Chapter
from booklet.render.math import BORROWED_FACE, SVG, UNDRAWN
from booklet.render.pdf.names import BOOKMARK_ATTRIBUTE
from booklet.render.pdf.tables import Room, fit_tables
from booklet.render.pdf.typography import set_breaks
from booklet.render.places import is_uncounted

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Sheet:
    """One chapter, ready for the engine."""

    chapter: Chapter
    source: str
    """`Article.source`, or empty."""
    html: str
    outer: str
    """Its root element without content."""


def read(chapter: Chapter) -> Element:
    """Parse a chapter.

    Raises:
        etree.XMLSyntaxError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(chapter.xhtml, parser)


def write(root: Element) -> str:
    """The chapter as HTML text: void elements unclosed, empty ones closed."""
    return etree.tostring(root, method="html", encoding="unicode")


def outer(root: Element) -> Element:
    """A chapter's root element without content."""
    return etree.Element(root.tag, {str(name): str(value) for name, value in root.attrib.items()})


def set_bookmarks(root: Element, chapter: Chapter, *, within_section: bool) -> None:
    """Mark the chapter for level 1 (2 inside a section), an article's own first heads for level 3."""
    article = chapter.kind == "article"
    # A heading's bookmark must not stand on a higher level than the chapter's, and levels must not skip.
    level = 2 if article and within_section else 1
    root.set(BOOKMARK_ATTRIBUTE, chapter.title)
    root.set(f"{BOOKMARK_ATTRIBUTE}-level", str(level))
    root.set("lang", chapter.lang)
    if not article:
        return
    for heading in root.iter("h2"):
        label = " ".join("".join(_own_texts(heading)).split())
        if heading.get("id") and label and label != chapter.title:
            heading.set(BOOKMARK_ATTRIBUTE, label)
            heading.set(f"{BOOKMARK_ATTRIBUTE}-level", "3")


def _own_texts(heading: Element) -> Iterator[str]:
    """What a heading says, without the marks and notes that print has put into it."""
    yield heading.text or ""
    for child in heading:
        classes = child.get("class", "")
        if isinstance(child.tag, str) and classes != "noteref" and not is_uncounted(child.tag, classes):
            yield from _own_texts(child)
        yield child.tail or ""


def texts(root: Element) -> Iterator[str]:
    """All text of a chapter."""
    for text in root.itertext():
        yield str(text)


def replace_missing(root: Element, missing: frozenset[str]) -> frozenset[str]:
    """Print characters that no face has as their names in brackets; say which stood here."""
    found: set[str] = set()
    for element in root.iter():
        if isinstance(element.tag, str) and element.text:
            element.text = _spell_out(element.text, missing, found)
        if element.tail:
            element.tail = _spell_out(element.tail, missing, found)
    return frozenset(found)


def _spell_out(text: str, missing: frozenset[str], found: set[str]) -> str:
    here = missing.intersection(text)
    found |= here
    for character in here:
        text = text.replace(character, doctor.stand_in(character))
    return text


def give_faces(root: Element, faces: Faces) -> None:
    """Text in drawings names its face itself, outside the style sheet."""
    families = ",".join(faces.roles["text"].families)
    for text in root.iter("text", f"{{{SVG}}}text"):
        if text.get("font-family") == BORROWED_FACE:
            text.set("font-family", families)


def undrawn_findings(root: Element, source: str) -> Iterator[Finding]:
    """One finding for each formula that stands as its TeX only here."""
    for code in root.iter("code"):
        if code.get("class") == UNDRAWN:
            yield finding("formula-plain", source, tex=" ".join("".join(texts(code)).split())[:80])


def articles_by_chapter(booklet: Booklet) -> dict[str, Article]:
    """The articles by their chapters' ids, for findings."""
    return {entry.id: entry.article.article for section in booklet.sections for entry in section.entries}


def prepare(
    booklet: Booklet, chapters: Sequence[Chapter], faces: Faces, room: Room
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Make all chapters ready for the engine and for pages with so much room."""
    articles = articles_by_chapter(booklet)
    sources = {chapter: article.source for chapter, article in articles.items()}
    sections = {chapter.section_id for chapter in chapters if chapter.kind == "section"}
    roots: list[tuple[Chapter, Element]] = []
    findings: list[Finding] = []
    for chapter in chapters:
        try:
            root = read(chapter)
        except etree.XMLSyntaxError as error:
            findings.append(finding("article-not-set", sources.get(chapter.id, ""), reason=str(error)))
            root = stand_in(chapter, booklet.meta.language)
        roots.append((chapter, root))
    missing = faces.missing(text for _, root in roots for text in texts(root))
    sheets: list[Sheet] = []
    for chapter, root in roots:
        source = sources.get(chapter.id, "")
        set_bookmarks(root, chapter, within_section=chapter.section_id in sections)
        found = replace_missing(root, missing) if missing else frozenset()
        findings.extend(doctor.glyph_findings(found, articles.get(chapter.id)))
        findings.extend(undrawn_findings(root, source))
        try:
            fit_tables(root, room)
            set_breaks(root)
        except RecursionError as error:
            findings.append(finding("article-not-set", source, reason=f"RecursionError: {error}"))
            root = stand_in(chapter, booklet.meta.language)  # noqa: PLW2901 - from here on the chapter
            set_bookmarks(root, chapter, within_section=chapter.section_id in sections)
        give_faces(root, faces)
        sheets.append(Sheet(chapter, source, write(root), write(outer(root))))
    return tuple(sheets), tuple(findings)


def stand_in(chapter: Chapter, language: str) -> Element:
    """A page that says that this chapter could not be set: nothing disappears."""
    root = etree.Element("article", {"id": chapter.id, "class": "chapter article", "lang": language})
    etree.SubElement(root, "h1", {"class": "article-title"}).text = chapter.title
    body = etree.SubElement(root, "div", {"class": "body"})
    etree.SubElement(body, "p").text = _SORRY.get(language.partition("-")[0], _SORRY["en"])
    return root


def note_of(sheet: Sheet, language: str) -> Sheet:
    """The page that stands for a chapter that the engine cannot set."""
    root = stand_in(sheet.chapter, language)
    set_bookmarks(root, sheet.chapter, within_section=bool(sheet.chapter.section_id))
    return replace(sheet, html=write(root), outer=write(outer(root)))


_SORRY = {
    "zh": "本文的版式无法处理，未能排入正文。请看电子书或原文。",
    "en": "This article could not be laid out. Please read it in the EPUB or at its source.",
}
