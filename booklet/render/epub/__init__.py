"""Render, EPUB: chapters → the bytes of a valid EPUB 3.3 file.

The line: `documents` (parse, tidy) → `tables` → `split` → `links` → `navigation`, `metadata` → `writer`.
The same chapters give the same bytes, whatever the day, the time zone or the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ebooklib import epub

from booklet.model import Booklet, Chapter, EpubProfile, ImageAsset
from booklet.parts import ARTICLE, CONTENTS, COVER
from booklet.render.chapters.pictures import all_files, shown_by_style
from booklet.render.epub.documents import drawings, links
from booklet.render.epub.documents.document import MATHML, STYLE_NAME, SVG, Document, document
from booklet.render.epub.documents.pagelist import Page, mark_pages, pages
from booklet.render.epub.documents.split import split
from booklet.render.epub.documents.strings import ascii_id, one_line
from booklet.render.epub.documents.tables import fit_tables
from booklet.render.epub.notices import remarks
from booklet.render.epub.package import metadata
from booklet.render.epub.package.navigation import NAV_NAME, Item, contents, nav_document
from booklet.render.epub.package.ncx import NCX_NAME, NCX_TYPE, ncx_document
from booklet.render.epub.package.writer import to_bytes
from booklet.render.epub.systems import kobo
from booklet.render.epub.systems.style import style_sheet
from booklet.render.text.page_map import PageStart
from booklet.words.catalogue import CatalogueWords, catalogue_title, catalogue_words

__all__ = ["remarks", "render_epub"]

_COVER_NAME = "images/cover.jpg"
_COVER_ID = "cover-image"
_XHTML_TYPE = "application/xhtml+xml"
GUIDE_TYPES = {"bodymatter": "text", "acknowledgments": "acknowledgements"} | {
    name: name
    for name in (
        "cover",
        "toc",
        "foreword",
        "preface",
        "dedication",
        "epigraph",
        "glossary",
        "index",
        "colophon",
    )
}
"""`epub:type` → the type of a `<reference>` (OPF 2.0.1, 2.6); other names begin with `other.`."""


def render_epub(
    booklet: Booklet,
    chapters: Sequence[Chapter],
    *,
    css: str,
    cover: bytes | None,
    profile: EpubProfile = "default",
    starts: Sequence[PageStart] = (),
) -> bytes:
    """Make the EPUB.

    The theme's contents page is the one that readers see; the navigation document stands in its place in the
    reading order only where there is none and there is more than one article.

    Args:
        booklet: for metadata and pictures.
        chapters: in reading order, at least one article.
        css: the theme's style sheet for reflowable text.
        cover: a JPEG, or None: then the cover chapter's own text is the cover.
        profile: the reading systems that it is for; pictures are in their form already.
        starts: where the pages of the PDF begin; none: there is no page list.
    """
    words = catalogue_words(booklet.meta.language)
    language = metadata.book_language(booklet.meta)
    shown_chapters = _with_cover(booklet, chapters, words, drawn=cover is not None)
    documents = _documents(shown_chapters, language, starts)
    places = links.anchors(documents)
    printed = pages(documents, starts)
    assets = {asset.name: asset for asset in all_files(booklet.images)}
    assets.update(drawings.draw(documents, profile=profile))
    shown: dict[str, ImageAsset] = {}
    for one in documents:
        links.rewrite(one, places)
        known = {**assets, "cover.jpg": None} if one.chapter.row == COVER and cover else assets
        shown.update((name, assets[name]) for name in links.pictures(one, known) if name in assets)
    if profile == "kobo":
        for one in documents:
            kobo.wrap(one)
    book = epub.EpubBook()
    metadata.describe(book, booklet, documents, words, cover=cover is not None, printed=bool(printed))
    _add_documents(book, booklet, documents, words, language, printed)
    style = style_sheet(css, profile)
    shown.update((name, assets[name]) for name in shown_by_style(style) if name in assets)
    _add_resources(book, shown, css=style, cover=cover)
    return to_bytes(book, modified=booklet.meta.modified)


def _with_cover(
    booklet: Booklet, chapters: Sequence[Chapter], words: CatalogueWords, *, drawn: bool
) -> tuple[Chapter, ...]:
    """The chapters, with the picture as the first page if there is one."""
    if not drawn:
        return tuple(chapters)
    old = next((chapter for chapter in chapters if chapter.row == COVER), None)
    identifier = old.id if old else COVER.name
    alt = escape(words.cover_alt.format(title=one_line(catalogue_title(booklet.meta))))
    page = Chapter(
        id=identifier,
        kind=COVER.name,
        title=words.cover,
        lang=booklet.meta.language,
        xhtml=f'<div class="cover-picture"><img src="{_COVER_NAME}" alt="{alt}"/></div>',
    )
    return (page, *(chapter for chapter in chapters if chapter.row != COVER))


def _documents(
    chapters: Sequence[Chapter], language: str, starts: Sequence[PageStart]
) -> tuple[Document, ...]:
    taken = {"nav", "style"}
    texts = [index for index, chapter in enumerate(chapters) if chapter.section_id] or [0]
    starts_of: dict[str, list[PageStart]] = {}
    for start in starts:
        starts_of.setdefault(start.chapter, []).append(start)
    documents: list[Document] = []
    for index, chapter in enumerate(chapters):
        name = f"{_free_name(ascii_id(chapter.id), taken)}.xhtml"
        matter = "front" if index < texts[0] else "back" if index > texts[-1] else "body"
        whole = document(chapter, name=name, language=language, matter=f"{matter}matter")
        mark_pages(whole, starts_of.get(chapter.id, ()))
        if "<table" in chapter.xhtml:
            fit_tables(whole.html)
        parts = split(whole)
        taken.update(part.name.removesuffix(".xhtml").lower() for part in parts)
        documents.extend(parts)
    return tuple(documents)


def _free_name(stem: str, taken: set[str]) -> str:
    """A name that differs from all others by more than its case, as archives are unpacked on Windows too."""
    number, name = 2, stem
    while name.lower() in taken:
        name, number = f"{stem}_{number}", number + 1
    taken.add(name.lower())
    return name


def _add_documents(
    book: epub.EpubBook,
    booklet: Booklet,
    documents: Sequence[Document],
    words: CatalogueWords,
    language: str,
    printed: Sequence[Page],
) -> None:
    items = [_document_item(one) for one in documents]
    listed = contents(booklet, documents, words) or (Item(words.start, documents[0].name),)
    nav = epub.EpubItem("nav", NAV_NAME, _XHTML_TYPE)
    nav.properties = ["nav"]
    articles = sum(len(section.entries) for section in booklet.sections)
    is_shown = articles > 1 and not any(one.chapter.row == CONTENTS for one in documents)
    landmarks = _landmarks(documents, words, shows_nav=is_shown)
    nav.content = nav_document(listed, words=words, language=language, landmarks=landmarks, pages=printed)
    # EPUB 2's landmarks, for Kindle's menu and calibre, which without them adds contents in English.
    book.guide = [
        {"type": GUIDE_TYPES.get(kind, f"other.{kind}"), "title": title, "href": href}
        for kind, (title, href) in landmarks.items()
    ]
    ncx = epub.EpubItem("ncx", NCX_NAME, NCX_TYPE)
    ncx.content = ncx_document(
        listed, identifier=booklet.meta.identifier, title=book.title, language=language, pages=printed
    )
    for item in (nav, ncx, *items):
        book.add_item(item)
    if is_shown:
        items.insert(_first_text(documents), nav)
    book.spine = items


def _first_text(documents: Sequence[Document]) -> int:
    texts = (index for index, one in enumerate(documents) if one.chapter.row.place == "text")
    return next(texts, len(documents))


def _document_item(one: Document) -> epub.EpubItem:
    item = epub.EpubItem(one.name.removesuffix(".xhtml"), one.name, _XHTML_TYPE, one.to_bytes())
    declared = (("mathml", f"{{{MATHML}}}math"), ("svg", f"{{{SVG}}}svg"))
    item.properties = [name for name, tag in declared if next(one.html.iter(tag), None) is not None]
    return item


def _landmarks(
    documents: Sequence[Document], words: CatalogueWords, *, shows_nav: bool
) -> dict[str, tuple[str, str]]:
    """The places that reading systems jump to: the cover, the contents, where the text begins, and others."""
    first: dict[str, Document] = {}
    for one in documents:
        first.setdefault(one.chapter.row.landmark, one)
    usual = {COVER.landmark: words.cover, CONTENTS.landmark: words.contents, ARTICLE.landmark: words.start}
    others = (landmark for landmark in first if landmark and landmark not in usual)
    marks = {}
    for landmark in (COVER.landmark, CONTENTS.landmark, *others, ARTICLE.landmark):
        if landmark in first:
            one = first[landmark]
            marks[landmark] = (usual.get(landmark) or one_line(one.chapter.title), one.name)
        elif landmark == CONTENTS.landmark and shows_nav:
            marks[landmark] = (words.contents, f"{NAV_NAME}#nav-toc")
    return marks


def _add_resources(
    book: epub.EpubBook, shown: dict[str, ImageAsset], *, css: str, cover: bytes | None
) -> None:
    book.add_item(epub.EpubItem("style", STYLE_NAME, "text/css", css.encode()))
    if cover is not None:
        picture = epub.EpubItem(_COVER_ID, _COVER_NAME, "image/jpeg", cover)
        picture.properties = ["cover-image"]
        book.add_item(picture)
        # EPUB 2's way, which Kindle and Kobo still look for.
        book.add_metadata(None, "meta", "", {"name": "cover", "content": _COVER_ID})
    for name, asset in sorted(shown.items()):
        identifier = ascii_id(f"image-{name}")
        book.add_item(epub.EpubItem(identifier, f"images/{name}", asset.media_type, asset.data))
