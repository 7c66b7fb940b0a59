"""Renders chapters into one PDF by WeasyPrint, from what it is given: no disk, no network, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from booklet.config.values import OptionValue, Paper
from booklet.events import Reporter, silent
from booklet.findings import BookletError
from booklet.fonts import Faces
from booklet.model import Booklet, Chapter
from booklet.render.pdf.engine.single import one_document
from booklet.render.pdf.values.result import HandedBack, PdfResult, Workforce
from booklet.theme import Theme
from booklet.theme.pages import is_large, is_narrow
from booklet.words.direction import holds_rtl

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
        workforce: does it, a long booklet in chunks; None: it is one document, set in this process.

    Raises:
        BookletError: `pango-missing`, the engine's libraries cannot be loaded; `pdf-failed`, it gives up.
    """
    from booklet.render.pdf.trees.chapters import prepare
    from booklet.render.pdf.trees.preface import css_preface, folio_rules
    from booklet.theme.pages import room_of
    from booklet.words.failures import reason_of

    page = theme.geometry(paper, large=is_large(options))
    sheets, findings = prepare(booklet, chapters, faces, room_of(page, paper))
    preface = css_preface(theme=theme, options=options, paper=paper, faces=faces)
    sheet = theme.css(
        "pdf", booklet.images, large=is_large(options), narrow=is_narrow(page), rtl=holds_rtl(chapters)
    )
    css = preface + folio_rules(booklet, chapters) + sheet
    bound = page.inner != page.outer
    made: PdfResult | HandedBack = HandedBack(sheets, ())
    if workforce is not None:
        from booklet.render.pdf.chunks import Setting, set_by

        made = set_by(workforce, booklet, sheets, Setting(css, faces.loaded), report, bound=bound)
    if isinstance(made, HandedBack):
        findings = (*findings, *made.findings)
        try:
            made = one_document(booklet, made.sheets, css, faces.loaded, report, bound=bound)
        except MemoryError as error:
            raise BookletError("pdf-failed", reason=reason_of(error)) from error
    sources = {sheet.chapter.id: sheet.source for sheet in sheets}
    found = (replace(one, source=sources.get(one.source, one.source)) for one in made.findings)
    return replace(made, findings=(*faces.findings, *findings, *found))
