"""Booklets of folders of posts, printed by a bundled theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf

from booklet import compose, samples, theme
from booklet.clean import clean
from booklet.collect import collect
from booklet.config.papers import parse_paper
from booklet.config.values import MetaConfig, OptionValue
from booklet.fonts import find_faces
from booklet.model import Booklet, Chapter, Period
from booklet.render.chapters import render_chapters
from booklet.render.pdf import PdfResult, render_pdf
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.select.sections import group

from .geometry import recorded
from .glyphs import Glyph, pages_of

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Book:
    """A folder's posts, laid out by a theme."""

    booklet: Booklet
    chapters: tuple[Chapter, ...]
    look: theme.Theme
    options: Mapping[str, OptionValue]


@dataclass(frozen=True)
class Printed:
    """A PDF with the engine's own boxes and the glyphs that the file draws."""

    result: PdfResult
    document: Any
    pages: list[list[Glyph]]


def write_samples(folder: Path) -> Path:
    """The posts of `booklet init`, in a folder."""
    for name, data in samples.files().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / "source"


def book_of(folder: Path, name: str = "study", options: Mapping[str, OptionValue] | None = None) -> Book:
    """All posts of a folder, without pictures."""
    look = theme.load(name, project_dir=folder)
    articles = collect([folder], timezone=ZONE, now=datetime(2026, 11, 1, tzinfo=UTC)).articles
    resolved, _ = look.resolve_options(options or {})
    meta = compose.describe(
        MetaConfig(),
        articles,
        name="book",
        title="每周学习参考",
        language="zh-CN",
        timezone=ZONE.key,
        period=Period(None, None),
        modified=None,
    )
    sections = group(articles, level="auto", sort="section")
    cleaned = {article.id: clean(article) for article in articles}
    booklet = compose.compose(sections, cleaned, meta=meta, images={}, options=resolved)
    chapters = render_chapters(booklet, theme=look, options=resolved, target="pdf", adapt=adapt_body)
    return Book(booklet, chapters, look, resolved)


def print_book(book: Book, paper_name: str) -> Printed:
    """The book on a paper."""
    paper = parse_paper(paper_name)
    assert paper is not None
    faces = find_faces(configured={}, wanted=book.look.fonts)
    with recorded() as documents:
        result = render_pdf(
            book.booklet, book.chapters, theme=book.look, options=book.options, paper=paper, faces=faces
        )
    with pikepdf.open(BytesIO(result.data)) as pdf:
        pages = pages_of(pdf)
    document = next(one for one in reversed(documents) if len(one.pages) == len(pages))
    return Printed(result, document, pages)
