"""A booklet as one document, in a worker: an article that hangs the engine or kills it costs itself alone."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from booklet.findings import BookletError, Finding, finding
from booklet.render.pdf.chunks.dispatch import Dispatcher
from booklet.render.pdf.chunks.isolation import outcome
from booklet.render.pdf.chunks.pictures import Pictures
from booklet.render.pdf.trees.chapters import PrintChapter, stand_in_of
from booklet.render.pdf.values.jobs import Failed, Whole
from booklet.render.pdf.values.result import HandedBack, PdfResult

MOST_BYTES = 400_000_000
"""The most pictures for one worker, which holds several copies of them: 400 MB take 2.1 GB of its memory, 750
MB more than it may have (measured)."""


def set_whole(job: Whole, dispatcher: Dispatcher) -> PdfResult | HandedBack:
    """Set a booklet elsewhere, with notes in the place of chapters that fail there alone.

    It is handed back when it is too large for a worker, and when every chapter fails without harm to its
    worker: then it is not for the chapters, and can better be told here.

    Raises:
        BookletError: `pdf-failed`, it fails although every chapter alone succeeds, or its note.
        BrokenExecutor: the executor takes no more work.
    """
    pictures = Pictures(job.booklet, job.setting.css)
    if pictures.size > MOST_BYTES:
        tried = _tried(job, dispatcher, pictures)
        return HandedBack(tried.sheets, tried.findings)
    answer = outcome(dispatcher.submit(job), dispatcher.beat)
    if isinstance(answer, Failed):
        tried = _tried(job, dispatcher, pictures)
        if tried.all_refused:
            return HandedBack(job.sheets, ())
        answer = outcome(dispatcher.submit(replace(job, sheets=tried.sheets)), dispatcher.beat)
        if isinstance(answer, Failed):
            raise BookletError("pdf-failed", reason=answer.reason)
        answer = replace(answer, findings=(*tried.findings, *answer.findings))
    result: PdfResult = answer
    return result


@dataclass(frozen=True, slots=True)
class _Tried:
    """The chapters, each set alone."""

    sheets: tuple[PrintChapter, ...]
    """With notes in the place of those that failed."""
    findings: tuple[Finding, ...]
    all_refused: bool
    """None could be set, and none did any harm."""


def _tried(job: Whole, dispatcher: Dispatcher, pictures: Pictures) -> _Tried:
    alone = deque(dispatcher.submit(_alone(job, sheet, pictures)) for sheet in job.sheets)
    sheets: list[PrintChapter] = []
    findings: list[Finding] = []
    all_refused = True
    for sheet in job.sheets:
        answer = outcome(alone.popleft(), dispatcher.beat)  # its pages go at once: nobody wants them
        all_refused = all_refused and isinstance(answer, Failed) and not answer.lost
        if isinstance(answer, Failed):
            findings.append(finding("article-not-set", sheet.source, reason=answer.reason))
            sheets.append(stand_in_of(sheet, job.booklet.meta.language))
        else:
            sheets.append(sheet)
    return _Tried(tuple(sheets), tuple(findings), all_refused)


def _alone(job: Whole, sheet: PrintChapter, pictures: Pictures) -> Whole:
    """One chapter, with nothing of the others."""
    images = {asset.name: asset for asset in pictures.of(sheet.html)}
    return replace(job, booklet=replace(job.booklet, sections=(), images=images), sheets=(sheet,))
