"""Chapters as trees: read, given PDF bookmarks, cleared of characters that no face has, written as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from booklet.findings import Finding, finding
from booklet.fonts import Faces, doctor
from booklet.model import Article, Booklet, Chapter
from booklet.parts import ARTICLE, OPENER
from booklet.render.drawn.formulas import BORROWED_FACE, SVG, UNDRAWN
from booklet.render.pdf.trees import long_lists
from booklet.render.pdf.trees.breaks.typography import set_breaks
from booklet.render.pdf.trees.contents import fit_contents
from booklet.render.pdf.trees.emphasis import dot_emphasis
from booklet.render.pdf.trees.listing import part_long_words
from booklet.render.pdf.trees.names import BOOKMARK_ATTRIBUTE, RUNNING_ATTRIBUTE
from booklet.render.pdf.trees.tables import fit_tables
from booklet.render.text.marks import has_full_width_marks
from booklet.render.text.places import is_uncounted
from booklet.render.text.titles import shorten
from booklet.theme.pages import Room
from booklet.words.failures import reason_of, stand_in

RUNNING_SIZE = 0.85
"""The size of running heads, as a share of the text's: none is set larger."""

OPENED = "opened"
"""The class of a chapter that begins with its title."""
_OPENINGS = frozenset(("opening", "matter-title"))
"""Classes of the block that holds it."""
UNDETERMINED = "und"
"""BCP 47 for another language than the article's, which is not guessed."""
_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "figcaption", "h2", "h3", "h4", "h5", "h6")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 3

Element = etree._Element


@dataclass(frozen=True, slots=True)
class PrintChapter:
    """One chapter, ready for the engine."""

    chapter: Chapter
    source: str
    """`Article.source`, or empty."""
    html: str
    outer: str
    """Its root element without content."""
    within_section: bool
    """An opener of its section stands before it."""


def read(chapter: Chapter) -> Element:
    """The chapter as a tree to be changed; one that was not rendered here is parsed.

    Raises:
        etree.XMLSyntaxError: it is not well-formed.
    """
    root = chapter.parsed.copy(chapter.xhtml) if chapter.parsed else None
    if root is not None:
        return root
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(chapter.xhtml, parser)


def fit_running_title(root: Element, room: Room) -> None:
    """Cut it to what a line of this paper and print size holds; the theme's views know neither."""
    if title := root.get(RUNNING_ATTRIBUTE):
        most = room.width / (room.font * RUNNING_SIZE)
        root.set(RUNNING_ATTRIBUTE, shorten(title, most, root.get("lang", "")))


def keep_title_off_its_page(root: Element) -> None:
    """Where a chapter begins with its title, the running head has it from the next page on.

    The style sheet empties the head at the title; what stands behind the title says it again.
    """
    title = root.get(RUNNING_ATTRIBUTE)
    opening = next((one for one in root.iter() if _OPENINGS & {*one.get("class", "").split()}), None)
    while opening is not None and opening is not root and opening.getnext() is None:
        opening = opening.getparent()
    following = opening.getnext() if opening is not None and opening is not root else None
    if title and following is not None:
        following.set(RUNNING_ATTRIBUTE, title)
        root.set("class", f"{root.get('class', '')} {OPENED}".strip())


def tag_latin(root: etree._Element) -> None:
    """Give blocks in Latin letters within a Chinese or Japanese chapter another language.

    Their curly marks are not a whole em wide then.
    """
    if not has_full_width_marks(root.get("lang", "")):
        return
    for block in root.iter(*_BLOCKS):
        if block.get("lang") or next(block.iterdescendants(*_BLOCKS), None) is not None:
            continue
        text = "".join(map(str, block.itertext()))
        if not _WIDE.search(text) and len(_WORD.findall(text[:1000])) >= _LEAST_WORDS:
            block.set("lang", UNDETERMINED)


def write(root: Element) -> str:
    """The chapter as HTML text: void elements unclosed, empty ones closed."""
    return etree.tostring(root, method="html", encoding="unicode")


def outer(root: Element) -> Element:
    """A chapter's root element without content."""
    return etree.Element(root.tag, {str(name): str(value) for name, value in root.attrib.items()})


def set_bookmarks(root: Element, chapter: Chapter, *, within_section: bool) -> None:
    """Mark the chapter for level 1 (2 inside a section), an article's own first heads for level 3."""
    article = chapter.row == ARTICLE
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
    own = {name: text.article for name, text in booklet.texts.items()}
    return own | {
        entry.id: entry.article.article for section in booklet.sections for entry in section.entries
    }


def prepare(
    booklet: Booklet, chapters: Sequence[Chapter], faces: Faces, room: Room
) -> tuple[tuple[PrintChapter, ...], tuple[Finding, ...]]:
    """Make all chapters ready for the engine and for pages with so much room; a note for one that fails."""
    articles = articles_by_chapter(booklet)
    findings: list[Finding] = []

    def given_up(chapter: Chapter, error: Exception) -> Element:
        article = articles.get(chapter.id)
        source = article.source if article else ""
        findings.append(finding("article-not-set", source, reason=reason_of(error)))
        return stand_in(chapter, booklet.meta.language)

    roots: list[tuple[Chapter, Element]] = []
    for chapter in chapters:
        try:
            root = read(chapter)
        except Exception as error:  # noqa: BLE001 - markup from the web may break any step
            root = given_up(chapter, error)
        roots.append((chapter, root))
    openers = frozenset(chapter.section_id for chapter in chapters if chapter.row == OPENER)
    missing = faces.missing(text for _, root in roots for text in texts(root))
    trees = _PrintTrees(articles, openers, missing, faces, room)
    sheets: list[PrintChapter] = []
    for chapter, root in roots:
        try:
            ready, said = trees.ready(chapter, root)
        except Exception as error:  # noqa: BLE001 - as above
            ready, said = trees.ready(chapter, given_up(chapter, error))
        sheets.extend(ready)
        findings.extend(said)
    return tuple(sheets), tuple(doctor.once_for_each_script(findings))


@dataclass(frozen=True, slots=True)
class _PrintTrees:
    """Where chapters are made ready, with what all of them share."""

    articles: Mapping[str, Article]
    openers: frozenset[str]
    """Ids of the sections that have one."""
    missing: frozenset[str]
    faces: Faces
    room: Room

    def ready(self, chapter: Chapter, root: Element) -> tuple[tuple[PrintChapter, ...], tuple[Finding, ...]]:
        """One chapter for the engine, a long list in parts, and what there is to say of it."""
        article = self.articles.get(chapter.id)
        source = article.source if article else ""
        set_bookmarks(root, chapter, within_section=chapter.section_id in self.openers)
        found = replace_missing(root, self.missing) if self.missing else frozenset()
        said = (*doctor.glyph_findings(found, article), *undrawn_findings(root, source))
        fit_tables(root, self.room)
        fit_contents(root, self.room)
        part_long_words(root, self.room)
        fit_running_title(root, self.room)
        tag_latin(root)
        set_breaks(root)
        give_faces(root, self.faces)
        if not self.faces.roles["kai"].own:
            dot_emphasis(root)
        parts = long_lists.parts(root) if chapter.row.is_list else (root,)
        return tuple(self._sheet(chapter, source, part) for part in parts), said

    def _sheet(self, chapter: Chapter, source: str, root: Element) -> PrintChapter:
        keep_title_off_its_page(root)
        part = replace(chapter, id=root.get("id", chapter.id))
        return PrintChapter(part, source, write(root), write(outer(root)), chapter.section_id in self.openers)


def stand_in_of(sheet: PrintChapter, language: str) -> PrintChapter:
    """The page that stands for a chapter that the engine cannot set."""
    root = stand_in(sheet.chapter, language)
    tag_latin(root)
    set_breaks(root)
    set_bookmarks(root, sheet.chapter, within_section=sheet.within_section)
    return replace(sheet, html=write(root), outer=write(outer(root)))
