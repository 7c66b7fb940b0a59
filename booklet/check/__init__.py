"""Read a finished file back with real tools: what a shop, a reader or a printer would say of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from booklet.check.result import CheckResult, FileKind
from booklet.findings import BookletError, Finding, finding, system_reason

__all__ = ["EPUB", "PDF", "CheckResult", "FileKind", "check", "examine"]

_HEAD_BYTES = 1024


def _check_epub(path: Path) -> CheckResult:
    from booklet.check.epub import check_epub

    return check_epub(path)


def _check_pdf(path: Path) -> CheckResult:
    from booklet.check.pdf import check_pdf

    return check_pdf(path)


def _begins_epub(head: bytes) -> bool:
    return head.startswith(b"PK") and b"application/epub+zip" in head


def _begins_pdf(head: bytes) -> bool:
    return b"%PDF-" in head


EPUB = FileKind("epub", ".epub", _begins_epub, _check_epub)
PDF = FileKind("pdf", ".pdf", _begins_pdf, _check_pdf)


def check(path: Path, kinds: Sequence[FileKind] = (EPUB, PDF)) -> tuple[Finding, ...]:
    """What is wrong with a file; see `examine`."""
    return examine(path, kinds).findings


def examine(path: Path, kinds: Sequence[FileKind] = (EPUB, PDF)) -> CheckResult:
    """Check a file, its kind told by its first bytes (that of a damaged one by its ending).

    Args:
        path: of the file.
        kinds: that can be checked (`booklet.render.formats.kinds`).

    Raises:
        BookletError: `file-missing` (exit code 2), there is no such file.
    """
    try:
        kind = _kind(path, kinds)
    except OSError as error:  # a folder, no right to read
        unreadable = finding("check-unreadable", str(path), reason=system_reason(error))
        return CheckResult(path, "other", (unreadable,), ())
    if kind is None:
        return CheckResult(path, "other", (finding("check-unsupported", str(path)),), ())
    return kind.examine(path)


def _kind(path: Path, kinds: Sequence[FileKind]) -> FileKind | None:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise BookletError("file-missing", exit_code=2, source=str(path), path=str(path)) from error
    begun = next((kind for kind in kinds if kind.begins(head)), None)
    named = [kind for kind in kinds if path.name.lower().endswith(kind.ending)]
    return begun or max(named, key=lambda kind: len(kind.ending), default=None)
