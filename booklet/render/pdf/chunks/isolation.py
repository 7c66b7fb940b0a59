"""A chunk that fails is tried chapter by chapter; what fails alone is replaced by a page that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import replace
from pickle import PicklingError
from typing import Any

from booklet.events import BEAT_S, StoppedError
from booklet.findings import BookletError, Finding, finding
from booklet.render.pdf.chunks.dispatch import Dispatcher, failed
from booklet.render.pdf.chunks.workers import WorkerError
from booklet.render.pdf.trees.chapters import PrintChapter
from booklet.render.pdf.values.jobs import Failed, Laid, Layout, UncutError

Replace = Callable[[PrintChapter], PrintChapter]
_NOT_LOST = (WorkerError, PicklingError, TypeError, AttributeError)
"""The worker is well: it could not be told, or could not answer."""


def outcome(future: Future[Any], beat: Callable[[], None]) -> Any:
    """A job's answer; `Failed` too when its worker was lost. `beat` is called while it is waited for.

    Raises:
        StoppedError: who follows the work has had enough.
        BrokenExecutor: the executor takes no more work.
        UncutError: the book must be one document.
    """
    try:
        answer = _waited(future, beat)
    except (BrokenExecutor, StoppedError):
        raise
    except Exception as error:  # noqa: BLE001 - an executor may lose a worker in any way
        return replace(failed(error), lost=not isinstance(error, _NOT_LOST))
    if isinstance(answer, Failed) and answer.uncut:
        raise UncutError(answer.reason)
    return answer


def finished(futures: Iterable[Future[Any]], beat: Callable[[], None]) -> Iterator[Future[Any]]:
    """The futures, each as it is done."""
    left = set(futures)
    while left:
        done, left = wait(left, timeout=BEAT_S, return_when=FIRST_COMPLETED)
        beat()
        yield from done


def _waited(future: Future[Any], beat: Callable[[], None]) -> Any:
    for _ in finished([future], beat):
        pass
    return future.result()


class Isolation:
    """Lays out chunks that failed."""

    def __init__(
        self, dispatcher: Dispatcher, layout: Callable[[Sequence[PrintChapter]], Layout], note: Replace
    ) -> None:
        """`layout` makes a job of neighbouring chapters, `note` a page that stands for a chapter."""
        self._dispatcher = dispatcher
        self._layout = layout
        self._note = note
        self.notes: dict[str, PrintChapter] = {}
        """By the ids of the chapters that they stand for."""
        self.findings: list[Finding] = []

    def laid(self, sheets: Sequence[PrintChapter]) -> Laid:
        """Lay out a chunk, with notes in the place of chapters that fail alone.

        Raises:
            BookletError: `pdf-failed`, the chunk fails although every chapter alone succeeds.
            UncutError: the book must be one document; all chapters of the chunk were tried.
        """
        alone = [self._dispatcher.submit(self._layout([sheet])) for sheet in sheets]
        mended = []
        uncut: UncutError | None = None
        for sheet, future in zip(sheets, alone, strict=True):
            try:
                mended.append(self._mended(sheet, outcome(future, self._dispatcher.beat)))
            except UncutError as error:
                uncut = uncut or error
        if uncut is not None:
            raise uncut
        again = outcome(self._dispatcher.submit(self._layout(mended)), self._dispatcher.beat)
        if isinstance(again, Failed):
            raise BookletError("pdf-failed", reason=again.reason)
        laid: Laid = again
        return laid

    def _mended(self, sheet: PrintChapter, answer: Laid | Failed) -> PrintChapter:
        if not isinstance(answer, Failed):
            return sheet
        self.findings.append(finding("article-not-set", sheet.source, reason=answer.reason))
        self.notes[sheet.chapter.id] = note = self._note(sheet)
        return note
