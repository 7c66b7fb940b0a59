"""A chunk that fails is tried chapter by chapter; what fails alone is replaced by a page that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future
from typing import Any

from booklet.findings import BookletError, Finding, finding
from booklet.render.pdf.chapters import Sheet
from booklet.render.pdf.chunked.desk import Desk, failed
from booklet.render.pdf.chunked.jobs import Failed, Laid, Layout, UncutError

Replace = Callable[[Sheet], Sheet]


def outcome(future: Future[Any]) -> Any:
    """A job's answer; `Failed` too when its worker was lost.

    Raises:
        BrokenExecutor: the executor takes no more work.
        UncutError: the book must be one document.
    """
    try:
        answer = future.result()
    except BrokenExecutor:
        raise
    except Exception as error:  # noqa: BLE001 - an executor may lose a worker in any way
        return failed(error)
    if isinstance(answer, Failed) and answer.uncut:
        raise UncutError(answer.reason)
    return answer


class Isolation:
    """Lays out chunks that failed."""

    def __init__(self, desk: Desk, layout: Callable[[Sequence[Sheet]], Layout], replace: Replace) -> None:
        """`layout` makes a job of neighbouring chapters, `replace` a note of a chapter."""
        self._desk = desk
        self._layout = layout
        self._replace = replace
        self.findings: list[Finding] = []

    def laid(self, sheets: Sequence[Sheet]) -> Laid:
        """Lay out a chunk, with notes in the place of chapters that fail alone.

        Raises:
            BookletError: `pdf-failed`, the chunk fails although every chapter alone succeeds.
        """
        alone = [self._desk.submit(self._layout([sheet])) for sheet in sheets]
        mended = [self._mended(sheet, outcome(future)) for sheet, future in zip(sheets, alone, strict=True)]
        again = outcome(self._desk.submit(self._layout(mended)))
        if isinstance(again, Failed):
            raise BookletError("pdf-failed", reason=again.reason)
        laid: Laid = again
        return laid

    def _mended(self, sheet: Sheet, answer: Laid | Failed) -> Sheet:
        if not isinstance(answer, Failed):
            return sheet
        self.findings.append(finding("article-not-set", sheet.source, reason=answer.reason))
        return self._replace(sheet)
