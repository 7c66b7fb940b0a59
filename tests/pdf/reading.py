"""Reads PDFs back."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf


def opened(data: bytes) -> pikepdf.Pdf:
    """A PDF as pikepdf sees it."""
    return pikepdf.open(BytesIO(data))


def text_of(data: bytes) -> str:
    """Its text as poppler extracts it, pages divided by form feeds."""
    return subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """Names of the faces, and whether each is embedded."""
    found = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            for descendant in font.get("/DescendantFonts", [font]):
                descriptor = descendant.FontDescriptor
                found[str(descendant.BaseFont)] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return found
