"""Renders chapters into one PDF by WeasyPrint, from what it is given: no disk, no network, no clock."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO

from booklet.config.values import OptionValue, Paper
from booklet.events import Reporter, silent
from booklet.findings import BookletError
from booklet.fonts import Faces
from booklet.model import Booklet, Chapter
from booklet.render.pdf.result import PdfResult
from booklet.theme import Theme

__all__ = ["PdfResult", "render_pdf"]


def render_pdf(
    booklet: Booklet,
    chapters: Sequence[Chapter],
    *,
    theme: Theme,
    options: Mapping[str, OptionValue],
    paper: Paper,
    faces: Faces,
    report: Reporter = silent,
) -> PdfResult:
    """Set the chapters, in their order, as one PDF. Same input, same bytes.

    Raises:
        BookletError: `pango-missing`, the engine's libraries cannot be loaded; `pdf-failed`, it gives up.
    """
    _load_engine()
    from booklet.render.pdf.assets import AssetFetcher
    from booklet.render.pdf.book import set_book
    from booklet.render.pdf.chapters import prepare
    from booklet.render.pdf.engine import Engine, library_findings, map_pages, printed_numbers
    from booklet.render.pdf.finish import finished
    from booklet.render.pdf.fit import pictures_fit
    from booklet.render.pdf.justify import chinese_justification
    from booklet.render.pdf.labels import folios
    from booklet.render.pdf.notes import notes_stay
    from booklet.render.pdf.preface import css_preface

    sheets, findings = prepare(booklet, chapters, faces)
    css = css_preface(theme=theme, options=options, paper=paper, faces=faces) + theme.css("pdf")
    engine = Engine(css, AssetFetcher(booklet.images, faces.loaded), report)
    with engine.listening() as heard, chinese_justification() as unpatched, notes_stay(), pictures_fit():
        document, data, failures = set_book(engine, booklet, sheets)
    page = theme.geometry(paper)
    pages = folios(document, printed_numbers(document))
    data = finished(data, booklet, pages, bound=page.inner != page.outer)
    front = {part.id for part in booklet.front_matter}
    texts = frozenset(chapter.id for chapter in chapters if chapter.id not in front)
    ids = frozenset(entry.id for section in booklet.sections for entry in section.entries)
    return PdfResult(
        data,
        map_pages(document, ids, texts),
        (*faces.findings, *library_findings(), *unpatched, *findings, *failures, *heard),
    )


def _load_engine() -> None:
    """Import WeasyPrint, quietly: it prints, and warns of a library that a finding names instead."""
    with redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import weasyprint  # noqa: F401 - loads its system libraries
        except OSError as error:
            raise BookletError("pango-missing", reason=str(error)) from error
