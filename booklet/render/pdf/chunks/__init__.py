"""Books set by worker processes, long ones in chunks that are put together. Only workers load the engine.

sheets ─► cutting ─► jobs ─► worker (pool or any executor) ─► numbering ─► assembly
                             numbers, margins                            stamps, outline, faces
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import replace

from booklet.events import Event, Heartbeat, Reporter
from booklet.findings import Finding, finding
from booklet.model import Booklet
from booklet.render.pdf.chunks.book import ChunkSetter
from booklet.render.pdf.chunks.dispatch import Dispatcher
from booklet.render.pdf.chunks.whole import set_whole
from booklet.render.pdf.chunks.workers import STALL_S, TOTAL_S, WorkerPool
from booklet.render.pdf.engine.library import standing
from booklet.render.pdf.engine.library.table import CHUNKS, LOG
from booklet.render.pdf.trees.chapters import PrintChapter
from booklet.render.pdf.values.jobs import ENGINE_CHANGED, Setting, UncutError, Whole
from booklet.render.pdf.values.result import HandedBack, PdfResult, Workforce

__all__ = ["Setting", "set_by"]

FROM_ARTICLES = 50
"""Longer booklets are cut: less does not make up for the processes."""


def set_by(
    workforce: Workforce,
    booklet: Booklet,
    sheets: Sequence[PrintChapter],
    setting: Setting,
    report: Reporter,
    *,
    bound: bool,
) -> PdfResult | HandedBack:
    """Set a booklet with workers: a long one in chunks, if its theme allows that.

    Args:
        workforce: the workers.
        booklet: with the pictures.
        sheets: its chapters.
        setting: what all of them share.
        report: is told of pages.
        bound: left and right pages differ.

    Returns:
        The PDF, or what must be set in this process.

    Raises:
        BookletError: `pdf-failed`, it cannot be set although every chapter alone can.
    """
    long = sum(len(section.entries) for section in booklet.sections) > FROM_ARTICLES
    told = Heartbeat(report, Event("pdf", 0, 0))
    with _at_work(workforce, told, long=long) as executor:
        dispatcher = Dispatcher(executor, workforce.kept, told.beat)
        try:
            if not long:
                return set_whole(Whole(setting, booklet, tuple(sheets), bound), dispatcher)
            setter = ChunkSetter(booklet, sheets, setting, dispatcher, told)
            try:
                return setter.book(bound=bound)
            except UncutError as error:
                # Here: it has no measure for how long a worker may take.
                return HandedBack(setter.sheets, (*setter.findings, *_said_of(error)))
        except BrokenExecutor:
            broken = workforce.executor is not None
        finally:
            if workforce.kept is not None and dispatcher.wrote:
                workforce.kept.trim()
    if not broken:
        return HandedBack(tuple(sheets), ())
    # What it had done is kept; the rest we do ourselves.
    return set_by(replace(workforce, executor=None), booklet, sheets, setting, report, bound=bound)


def _said_of(error: UncutError) -> tuple[Finding, ...]:
    if str(error) == ENGINE_CHANGED:
        return standing.said_of(frozenset({CHUNKS}))
    return (finding("set-as-one-document", reason=str(error)),)


@contextmanager
def _at_work(workforce: Workforce, report: Reporter, *, long: bool) -> Iterator[Executor]:
    """An executor while the block runs; our own processes end with it, at work or not."""
    if workforce.executor is not None:
        yield workforce.executor
        return
    pool = WorkerPool(
        max(1, workforce.processes),
        # Without a log that tells of pages, nobody sees that a worker gets on.
        stall_s=STALL_S if LOG in standing.groups() else TOTAL_S,
        # Those of a long booklet count pages each for itself.
        pulse=lambda page: None if long else report(Event("pdf", page, 0)),
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
