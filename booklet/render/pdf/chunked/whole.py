"""A booklet as one document, in a worker: an article that hangs the engine or kills it costs itself alone."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import replace

from booklet.findings import BookletError, Finding, finding
from booklet.render.pdf.chapters import Sheet, note_of
from booklet.render.pdf.chunked.desk import Desk
from booklet.render.pdf.chunked.isolation import outcome
from booklet.render.pdf.chunked.jobs import Failed, Whole
from booklet.render.pdf.result import PdfResult


def set_whole(job: Whole, desk: Desk) -> PdfResult | None:
    """Set a booklet elsewhere; None: better try it here, where what fails can be told.

    Raises:
        BookletError: `pdf-failed`, the worker is lost although it is not for any one article.
    """
    try:
        answer = outcome(desk.submit(job))
        if isinstance(answer, Failed) and answer.lost:
            sheets, findings = _mended(job, desk)
            answer = outcome(desk.submit(replace(job, sheets=sheets)))
            if isinstance(answer, Failed):
                raise BookletError("pdf-failed", reason=answer.reason)
            mended: PdfResult = answer
            return replace(mended, findings=(*findings, *mended.findings))
    except BrokenExecutor:
        return None
    if isinstance(answer, Failed):
        return None
    result: PdfResult = answer
    return result


def _mended(job: Whole, desk: Desk) -> tuple[tuple[Sheet, ...], Sequence[Finding]]:
    """The chapters, with notes in the place of those that lose their worker alone."""
    alone = [desk.submit(replace(job, sheets=(sheet,))) for sheet in job.sheets]
    mended: list[Sheet] = []
    findings: list[Finding] = []
    for sheet, future in zip(job.sheets, alone, strict=True):
        answer = outcome(future)
        if isinstance(answer, Failed) and answer.lost:
            findings.append(finding("article-not-set", sheet.source, reason=answer.reason))
            mended.append(note_of(sheet, job.booklet.meta.language))
        else:
            mended.append(sheet)
    return tuple(mended), findings
