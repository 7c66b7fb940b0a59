"""Renders chapters into one PDF by WeasyPrint, from what it is given: no disk, no network, no clock."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from booklet.config.values import OptionValue, Paper
from booklet.events import Reporter, silent
from booklet.findings import BookletError, Finding
from booklet.fonts import Faces
from booklet.model import Booklet, Chapter
from booklet.render.pdf.result import PdfResult, Workforce
from booklet.theme import Theme

if TYPE_CHECKING:  # not needed to say that the engine is missing
    from booklet.render.pdf.chapters import Sheet

__all__ = ["PdfResult", "Workforce", "render_pdf"]


def render_pdf(
    booklet: Booklet,
    chapters: Sequence[Chapter],
    *,
    theme: Theme,
    options: Mapping[str, OptionValue],
    paper: Paper,
    faces: Faces,
    report: Reporter = silent,
    workforce: Workforce | None = None,
) -> PdfResult:
    """Set the chapters, in their order, as one PDF. Same input, same bytes.

    Args:
        booklet: with the pictures.
        chapters: of the whole booklet.
        theme: whose pages they get.
        options: the theme's, resolved.
        paper: of a page.
        faces: that it is set in.
        report: is told of pages.
        workforce: lays out a long booklet in chunks; None: every booklet is one document.

    Raises:
        BookletError: `pango-missing`, the engine's libraries cannot be loaded; `pdf-failed`, it gives up.
    """
    from booklet.render.pdf.chapters import prepare
    from booklet.render.pdf.preface import css_preface

    sheets, findings = prepare(booklet, chapters, faces)
    css = css_preface(theme=theme, options=options, paper=paper, faces=faces) + theme.css("pdf")
    page = theme.geometry(paper)
    bound = page.inner != page.outer
    found = (*faces.findings, *findings)
    if workforce is not None:
        from booklet.render.pdf.chunked import Setting, UncutError, is_long, set_in_chunks

        if is_long(booklet):
            try:
                setting = Setting(css, faces.loaded)
                book = set_in_chunks(booklet, sheets, setting, workforce, report, bound=bound)
            except UncutError:
                pass  # what the theme asks for only one document can give
            else:
                return PdfResult(book.data, book.page_map, (*found, *book.findings))
    return _one_document(booklet, sheets, css, faces, report, bound=bound, found=found)


def _one_document(
    booklet: Booklet,
    sheets: Sequence[Sheet],
    css: str,
    faces: Faces,
    report: Reporter,
    *,
    bound: bool,
    found: tuple[Finding, ...],
) -> PdfResult:
    _load_engine()
    from booklet.render.pdf.assets import AssetFetcher
    from booklet.render.pdf.book import set_book
    from booklet.render.pdf.engine import Engine, library_findings, map_pages, printed_numbers
    from booklet.render.pdf.finish import finished
    from booklet.render.pdf.labels import folios
    from booklet.render.pdf.patches import our_layout

    engine = Engine(css, AssetFetcher(booklet.images, faces.loaded), report)
    with engine.listening() as heard, our_layout() as unpatched:
        document, data, failures = set_book(engine, booklet, sheets)
    pages = folios(document, printed_numbers(document))
    data = finished(data, booklet, pages, bound=bound)
    front = {part.id for part in booklet.front_matter}
    texts = frozenset(sheet.chapter.id for sheet in sheets if sheet.chapter.id not in front)
    ids = frozenset(entry.id for section in booklet.sections for entry in section.entries)
    return PdfResult(
        data, map_pages(document, ids, texts), (*found, *library_findings(), *unpatched, *failures, *heard)
    )


def _load_engine() -> None:
    """Import WeasyPrint, quietly: it prints, and warns of a library that a finding names instead."""
    with redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import weasyprint  # noqa: F401 - loads its system libraries
        except OSError as error:
            raise BookletError("pango-missing", reason=str(error)) from error
