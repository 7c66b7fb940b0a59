"""Sets the whole book; an article that makes the engine fail is found and replaced by a note."""

from __future__ import annotations

from collections.abc import Sequence

from weasyprint.document import Document

from booklet.findings import BookletError, Finding, finding
from booklet.model import Booklet
from booklet.render.pdf.chapters import Sheet, note_of
from booklet.render.pdf.document import html_document
from booklet.render.pdf.engine import Engine


def set_book(
    engine: Engine, booklet: Booklet, sheets: Sequence[Sheet]
) -> tuple[Document, bytes, tuple[Finding, ...]]:
    """Lay out and draw all sheets.

    Raises:
        BookletError: `pdf-failed`, the engine fails although every chapter alone succeeds.
    """
    failure = _failure(engine, booklet, sheets)
    if not isinstance(failure, Exception):
        return *failure, ()
    mended: list[Sheet] = []
    findings: list[Finding] = []
    for sheet in sheets:
        outcome = _failure(engine, booklet, [sheet])
        if isinstance(outcome, Exception):
            findings.append(finding("article-not-set", sheet.source, reason=_reason(outcome)))
            mended.append(note_of(sheet, booklet.meta.language))
        else:
            mended.append(sheet)
    outcome = _failure(engine, booklet, mended)
    if isinstance(outcome, Exception):
        raise BookletError("pdf-failed", reason=_reason(outcome)) from outcome
    return *outcome, tuple(findings)


def _failure(engine: Engine, booklet: Booklet, sheets: Sequence[Sheet]) -> tuple[Document, bytes] | Exception:
    """Try: the pages and their bytes, or what went wrong."""
    try:
        document = engine.lay_out(html_document(booklet, sheets))
        return document, engine.draw(document, booklet.meta.identifier, booklet.meta.modified)
    except Exception as error:  # noqa: BLE001 - markup from the web may break the engine anywhere
        return error


def _reason(error: Exception) -> str:
    text = str(error).strip().partition("\n")[0][:120]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
