"""Sets the whole book; an article that makes the engine fail is found and replaced by a note.

With a release of the library that we do not know, something that the table does not name may have changed. If
the book fails then, it is set once more with nothing of ours in place, before an article is suspected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weasyprint.document import Document

from booklet.findings import BookletError, Finding, finding
from booklet.model import Booklet
from booklet.render.pdf.engine.engine import Engine
from booklet.render.pdf.engine.library import standing
from booklet.render.pdf.engine.library.table import READERS
from booklet.render.pdf.trees.chapters import PrintChapter, stand_in_of
from booklet.render.pdf.trees.document import html_document
from booklet.words.failures import reason_of


@dataclass(frozen=True, slots=True)
class SetBook:
    """A book on its pages."""

    document: Document
    data: bytes
    findings: tuple[Finding, ...]
    groups: frozenset[str]
    """Of the table, that it is set with."""


def set_book(engine: Engine, booklet: Booklet, sheets: Sequence[PrintChapter]) -> SetBook:
    """Lay out and draw all sheets.

    Raises:
        BookletError: `pdf-failed`, the engine fails although every chapter alone succeeds.
        MemoryError: this process can do no more.
    """
    groups = standing.groups()
    for tried in () if standing.is_known() else dict.fromkeys((groups, groups & READERS)):
        with engine.at_work(tried) as heard:
            outcome = _failure(engine, booklet, sheets)
        if not isinstance(outcome, Exception):
            return SetBook(*outcome, tuple(heard), tried)
    with engine.at_work(groups) as heard:
        document, data, failures = _mended(engine, booklet, sheets)
    return SetBook(document, data, (*failures, *heard), groups)


def _mended(
    engine: Engine, booklet: Booklet, sheets: Sequence[PrintChapter]
) -> tuple[Document, bytes, tuple[Finding, ...]]:
    """The book, with notes in the place of chapters that fail alone."""
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
        document = engine.lay_out(engine.source(html_document(booklet, sheets)))
        return document, engine.draw(document, booklet.meta.identifier, booklet.meta.modified)
    except MemoryError:  # what is tried next in this process would fail without being at fault
        raise
    except Exception as error:  # noqa: BLE001 - markup from the web may break the engine anywhere
        return error
