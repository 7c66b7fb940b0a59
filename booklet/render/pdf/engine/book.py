"""Sets the whole book; an article that makes the engine fail is found and replaced by a note."""

from __future__ import annotations

from collections.abc import Sequence

from weasyprint.document import Document

from booklet.findings import BookletError, Finding, finding
from booklet.model import Booklet
from booklet.render.pdf.engine.engine import Engine
from booklet.render.pdf.trees.chapters import PrintChapter, stand_in_of
from booklet.render.pdf.trees.document import html_document
from booklet.words.failures import reason_of


def set_book(
    engine: Engine, booklet: Booklet, sheets: Sequence[PrintChapter]
) -> tuple[Document, bytes, tuple[Finding, ...]]:
    """Lay out and draw all sheets.

    Raises:
        BookletError: `pdf-failed`, the engine fails although every chapter alone succeeds.
        MemoryError: this process can do no more.
    """
    failure = _failure(engine, booklet, sheets)
    if not isinstance(failure, Exception):
        return *failure, ()
    mended: list[PrintChapter] = []
    findings: list[Finding] = []
    for sheet in sheets:
        outcome = _failure(engine, booklet, [sheet])
        if isinstance(outcome, Exception):
            findings.append(finding("article-not-set", sheet.source, reason=reason_of(outcome)))
            mended.append(stand_in_of(sheet, booklet.meta.language))
        else:
            mended.append(sheet)
    outcome = _failure(engine, booklet, mended)
    if isinstance(outcome, Exception):
        raise BookletError("pdf-failed", reason=reason_of(outcome)) from outcome
    return *outcome, tuple(findings)


def _failure(
    engine: Engine, booklet: Booklet, sheets: Sequence[PrintChapter]
) -> tuple[Document, bytes] | Exception:
    """Try: the pages and their bytes, or what went wrong."""
    try:
        document = engine.lay_out(html_document(booklet, sheets))
        return document, engine.draw(document, booklet.meta.identifier, booklet.meta.modified)
    except MemoryError:  # what is tried next in this process would fail without being at fault
        raise
    except Exception as error:  # noqa: BLE001 - markup from the web may break the engine anywhere
        return error
