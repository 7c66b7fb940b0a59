"""What `render_pdf` gives back."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.findings import Finding
from booklet.model import PageMap


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF in memory."""

    data: bytes
    page_map: PageMap
    findings: tuple[Finding, ...]
