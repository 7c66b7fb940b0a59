"""Long books: laid out in chunks by worker processes, and put together. The engine is loaded in workers only.

sheets ─► cutting ─► jobs ─► worker (crew or any executor) ─► numbering ─► assembly
                             numbers, furniture                            stamps, outline, faces
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from booklet.events import Reporter
from booklet.images.cache import keep_within
from booklet.model import Booklet
from booklet.render.pdf.chapters import Sheet
from booklet.render.pdf.chunked.book import Book, ChunkSetter
from booklet.render.pdf.chunked.crew import Crew
from booklet.render.pdf.chunked.desk import Desk
from booklet.render.pdf.chunked.jobs import Setting, UncutError
from booklet.render.pdf.result import Workforce

__all__ = ["Book", "Setting", "UncutError", "is_long", "set_in_chunks"]

FROM_ARTICLES = 50
"""Longer booklets are cut: less does not make up for the processes."""


def is_long(booklet: Booklet) -> bool:
    """Whether a booklet is cut."""
    return sum(len(section.entries) for section in booklet.sections) > FROM_ARTICLES


def set_in_chunks(
    booklet: Booklet,
    sheets: Sequence[Sheet],
    setting: Setting,
    workforce: Workforce,
    report: Reporter,
    *,
    bound: bool,
) -> Book:
    """Set a long booklet.

    Args:
        booklet: with the pictures.
        sheets: its chapters.
        setting: what all of them share.
        workforce: who lays out.
        report: is told of pages.
        bound: left and right pages differ.

    Raises:
        UncutError: the theme asks for what only one document can give.
    """
    try:
        with _at_work(workforce) as executor:
            return _set(booklet, sheets, setting, executor, workforce.kept, report, bound=bound)
    except BrokenExecutor:
        if workforce.executor is None:
            raise
        # What it had done is kept; the rest we do ourselves.
        own = replace(workforce, executor=None)
        return set_in_chunks(booklet, sheets, setting, own, report, bound=bound)


def _set(
    booklet: Booklet,
    sheets: Sequence[Sheet],
    setting: Setting,
    executor: Executor,
    kept: Path | None,
    report: Reporter,
    *,
    bound: bool,
) -> Book:
    desk = Desk(executor, kept)
    try:
        return ChunkSetter(booklet, sheets, setting, desk, report).book(bound=bound)
    finally:
        if kept is not None and desk.wrote:
            keep_within(kept)


@contextmanager
def _at_work(workforce: Workforce) -> Iterator[Executor]:
    """An executor while the block runs; our own processes end with it, at work or not."""
    if workforce.executor is not None:
        yield workforce.executor
        return
    crew = Crew(workforce.processes)
    try:
        yield crew
    finally:
        crew.shutdown(cancel_futures=True)
