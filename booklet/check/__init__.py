"""Read a finished file back with real tools: what a shop, a reader or a printer would say of it."""

from __future__ import annotations

from pathlib import Path

from booklet.check.result import CheckResult
from booklet.findings import BookletError, Finding, finding

__all__ = ["CheckResult", "check", "examine"]


_HEAD_BYTES = 1024


def check(path: Path) -> tuple[Finding, ...]:
    """What is wrong with an EPUB or a PDF; see `examine`."""
    return examine(path).findings


def examine(path: Path) -> CheckResult:
    """Check an EPUB or a PDF, told apart by its first bytes (a damaged one by its ending).

    Raises:
        BookletError: `file-missing` (exit code 2), there is no such file.
    """
    try:
        kind = _kind(path)
    except OSError as error:  # a folder, no right to read
        unreadable = finding("check-unreadable", str(path), reason=error.strerror or str(error))
        return CheckResult(path, "other", (unreadable,), ())
    if kind == "epub":
        from booklet.check.epub import check_epub

        return check_epub(path)
    if kind == "pdf":
        from booklet.check.pdf import check_pdf

        return check_pdf(path)
    return CheckResult(path, "other", (finding("check-unsupported", str(path)),), ())


def _kind(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise BookletError("file-missing", exit_code=2, source=str(path), path=str(path)) from error
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK") and b"application/epub+zip" in head:
        return "epub"
    return {".epub": "epub", ".pdf": "pdf"}.get(path.suffix.lower(), "other")
