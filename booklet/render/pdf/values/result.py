"""What `render_pdf` gives back."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from booklet.findings import Finding
from booklet.render.text.page_map import PageMap

if TYPE_CHECKING:  # the command line imports this module and no parser
    from booklet.render.pdf.trees.chapters import PrintChapter


class PageStore(Protocol):
    """Keeps what is laid out from one build to the next; the caller's."""

    def pages(self, key: str) -> bytes | None:
        """What was kept, if it is there."""

    def keep_pages(self, key: str, data: bytes) -> None:
        """Keep it.

        Raises:
            OSError: it cannot be kept.
        """

    def trim(self) -> None:
        """Hold to its limit, after something was added."""


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who lays out a long booklet."""

    executor: Executor | None
    """The caller's, and the caller's to shut down; None: processes of our own."""
    processes: int
    """How many processes."""
    kept: PageStore | None = None
    """None: nothing is kept."""


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF in memory."""

    data: bytes
    page_map: PageMap
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A booklet that workers cannot set: it is to be one document, in the process that asked."""

    sheets: tuple[PrintChapter, ...]
    """Its chapters, with notes in the place of those that are known to hang or kill who sets them."""
    findings: tuple[Finding, ...]
