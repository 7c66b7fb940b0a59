"""What shelves, shops and screen readers are told of the book (EPUB 3.3 package metadata)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ebooklib import epub

from booklet.model import Article, Booklet, BookletMeta
from booklet.render.epub.documents.document import MATHML, XHTML, Document
from booklet.render.epub.documents.strings import language_tag, one_line, outside_address
from booklet.words.catalogue import CatalogueWords, catalogue_title, days_label
from booklet.words.direction import direction_of

_MAX_DESCRIPTION_CHARS = 2_000
_MAX_SUBJECTS = 40
_NO_SUBJECTS = frozenset(
    {"default", "source", "sources", "uncategorized", "uncategorised", "未分类", "未分類"}
)
"""Categories that blogs' software and scrapers give to every article: they tell of no subject."""
_MAX_AUTHORS_AS_CREATORS = 3
_INNER_MARKS = str.maketrans("《》", "〈〉")
"""The marks of a title inside a title (GB/T 15834)."""
_POSITION = re.compile(r"[0-9]+(\.[0-9]+)*")


def describe(
    book: epub.EpubBook,
    booklet: Booklet,
    documents: Sequence[Document],
    words: CatalogueWords,
    *,
    cover: bool,
    printed: bool = False,
) -> None:
    """Write all of the booklet's metadata into the book; `printed`: it holds the page breaks of its PDF."""
    meta = booklet.meta
    articles = [entry.article.article for section in booklet.sections for entry in section.entries]
    book.set_identifier(meta.identifier)
    book.title = one_line(catalogue_title(meta))
    # one title alone: Send to Kindle refuses a second one, a subtitle (grimmory-tools/grimmory issue 2323)
    book.add_metadata("DC", "title", book.title, {"id": "title"})
    _refine(book, "title", "title-type", "main")
    for tag in _languages(meta, articles):
        book.set_language(tag)
    book.language = book_language(meta)
    if direction_of(book.language) == "rtl":
        book.set_direction("rtl")  # pages turn the other way (EPUB 3.3, page-progression-direction)
    _people(book, meta, articles)
    for name, value in (
        ("publisher", one_line(meta.publisher)),
        ("date", meta.modified.strftime("%Y-%m-%d")),
        ("description", _description(booklet, words)),
        ("rights", one_line(meta.rights)),
    ):
        if value:
            book.add_metadata("DC", name, value)
    for subject in _subjects(articles):
        book.add_metadata("DC", "subject", subject)
    for address in _unique(outside_address(article.url) or "" for article in articles):
        book.add_metadata("DC", "source", address)
    _series(book, meta)
    if printed:  # https://www.w3.org/TR/epub-a11y-11/#pageBreakSource
        book.add_metadata(None, "meta", f"{meta.title} (PDF)", {"property": "pageBreakSource"})
    _accessibility(book, documents, words, cover=cover, printed=printed)


def book_language(meta: BookletMeta) -> str:
    """The booklet's language as a tag; Chinese where the configuration holds none."""
    return language_tag(meta.language) or "zh-CN"


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Without repetitions (by case-folded text) and empty ones, in the order of first appearance."""
    found: dict[str, str] = {}
    for text in texts:
        clean = one_line(text)
        if clean:
            found.setdefault(clean.casefold(), clean)
    return tuple(found.values())


def _languages(meta: BookletMeta, articles: Sequence[Article]) -> tuple[str, ...]:
    return _unique((book_language(meta), *(language_tag(article.lang) for article in articles)))


def _people(book: epub.EpubBook, meta: BookletMeta, articles: Sequence[Article]) -> None:
    """Creators as configured, else the publisher, else the authors if few; all authors contribute."""
    authors = _unique(author for article in articles for author in article.authors)
    few = authors if len(authors) <= _MAX_AUTHORS_AS_CREATORS else ()
    creators = _unique(meta.creators) or _unique((meta.publisher,)) or few
    said = {name.casefold() for name in creators}
    contributors = tuple(name for name in authors if name.casefold() not in said)
    wrote_it = set(creators) <= set(authors)
    for kind, names in (("creator", creators), ("contributor", contributors)):
        for number, name in enumerate(names, start=1):
            identifier = f"{kind}-{number}"
            book.add_metadata("DC", kind, name, {"id": identifier})
            # Of creators with roles and without, calibre shows those with `aut` alone: all have it or none.
            if kind == "contributor" or wrote_it:
                _refine(book, identifier, "role", "aut", scheme="marc:relators")
            if kind == "creator" and len(names) > 1:
                _refine(book, identifier, "display-seq", str(number))


def _refine(book: epub.EpubBook, identifier: str, name: str, value: str, **scheme: str) -> None:
    book.add_metadata(None, "meta", value, {"refines": f"#{identifier}", "property": name, **scheme})


def _description(booklet: Booklet, words: CatalogueWords) -> str:
    """What is inside: the days, how many articles, then the titles by section, as many as a shelf shows."""
    meta = booklet.meta
    count = sum(len(section.entries) for section in booklet.sections)
    days = days_label(meta.period, meta.language)
    begin = (
        words.inside.format(period=days, count=count) if days else words.inside_undated.format(count=count)
    )
    subtitle = one_line(meta.subtitle)
    if subtitle and subtitle[-1].isalnum():
        subtitle += words.full_stop
    lines = [subtitle, begin]
    for section in booklet.sections:
        titles = words.quoted_joint.join(
            words.quoted.format(title=one_line(entry.article.article.title).translate(_INNER_MARKS))
            for entry in section.entries
        )
        title = one_line(section.title)
        lines.append(words.section_inside.format(title=title, articles=titles) if title else titles)
    text: str = words.sentence_joint.join(line for line in lines if line)
    return text if len(text) <= _MAX_DESCRIPTION_CHARS else text[: _MAX_DESCRIPTION_CHARS - 1] + "…"


def _subjects(articles: Sequence[Article]) -> tuple[str, ...]:
    """Names of categories, level by level: the shelf's own first, what a feed calls its channels last."""
    paths = [path for article in articles for path in article.categories]
    names = (
        path[level] for level in range(max(map(len, paths), default=0)) for path in paths if path[level:]
    )
    return tuple(name for name in _unique(names) if name.casefold() not in _NO_SUBJECTS)[:_MAX_SUBJECTS]


def _series(book: epub.EpubBook, meta: BookletMeta) -> None:
    """EPUB 3's collection, and calibre's two metas, which most shelf programs read."""
    series = one_line(meta.series)
    if not series:
        return
    book.add_metadata(None, "meta", series, {"property": "belongs-to-collection", "id": "series"})
    _refine(book, "series", "collection-type", "series")
    book.add_metadata(None, "meta", "", {"name": "calibre:series", "content": series})
    if position := _position(meta):
        _refine(book, "series", "group-position", position)
        book.add_metadata(None, "meta", "", {"name": "calibre:series_index", "content": position})


def _position(meta: BookletMeta) -> str:
    """The number; without one the week or month as `2021.42`, which sorts right."""
    number = re.sub(r"[-/]", ".", meta.number.strip())
    if _POSITION.fullmatch(number):
        return number
    if part := meta.period.week or meta.period.month:
        return f"{part[0]}.{part[1]:02}"
    return ""


def _accessibility(
    book: epub.EpubBook, documents: Sequence[Document], words: CatalogueWords, *, cover: bool, printed: bool
) -> None:
    """Only what is so; no conformance is claimed: a program cannot judge the words of alternative texts."""
    shown = [image for one in documents for image in one.html.iter(f"{{{XHTML}}}img")]
    missing = sum(not image.get("alt", "").strip() for image in shown)
    pictures = bool(shown)
    modes = ["textual", *(["visual"] if pictures or cover else [])]
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    if pictures and not missing:
        features.append("alternativeText")
    if _holds(documents, f"{{{MATHML}}}math"):
        features.append("MathML")
    if _holds(documents, f"{{{XHTML}}}ruby"):
        features.append("rubyAnnotations")
    if printed:
        features.extend(("pageBreakMarkers", "pageNavigation"))
    summary = [words.accessible]
    if missing:
        summary.append(words.alt_missing.format(total=len(shown), missing=missing))
    elif pictures:
        summary.append(words.alt_complete)
    values = [("accessMode", mode) for mode in modes]
    values.append(("accessModeSufficient", ",".join(modes) if missing else "textual"))
    values.extend(("accessibilityFeature", feature) for feature in features)
    values.append(("accessibilityHazard", "none"))
    values.append(("accessibilitySummary", words.sentence_joint.join(summary)))
    for name, value in values:
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})


def _holds(documents: Sequence[Document], tag: str) -> bool:
    return any(next(one.html.iter(tag), None) is not None for one in documents)
