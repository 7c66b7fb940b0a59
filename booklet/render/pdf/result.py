"""What `render_pdf` gives back."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from booklet.findings import Finding
from booklet.model import PageMap


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who lays out a long booklet."""

    executor: Executor | None
    """The caller's, and the caller's to shut down; None: processes of our own."""
    processes: int
    """So many of them."""
    kept: Path | None = None
    """A cache for what is laid out; None: nothing is kept."""


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF in memory."""

    data: bytes
    page_map: PageMap
    findings: tuple[Finding, ...]
