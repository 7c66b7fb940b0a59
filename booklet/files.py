"""Files that people get: safe names, writing at once or not at all, never over what is not ours.

The only room that writes outputs. A reader who opens the target while it is written sees the old file or the
new one, never a half.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from booklet.findings import BookletError, system_reason

MAX_NAME_BYTES = 180
"""UTF-8; file systems allow 255, and an ending or the mark of a temporary file comes on top."""

FALLBACK_NAME = "booklet"

_TEMPORARY_ATTEMPTS = 100
_MAX_REPORT_BYTES = 64 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024

_SEPARATORS = re.compile(r"[/\\:|]")
_FORBIDDEN = re.compile(r'[<>"?*]')
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: also with any ending, in any case.
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=$|[. ])")
_JOINERS = "\u200c\u200d"  # meant inside words of some scripts and inside emoji


def safe_name(text: str) -> str:
    """A file name, without ending, that Windows, macOS and Linux accept; Chinese stays Chinese.

    Separators become `-`; other characters that a system forbids, control and direction characters go;
    dots, spaces and hyphens at the ends go (hidden files, Windows, command options). At most
    `MAX_NAME_BYTES`, cut between characters. Never empty.
    """
    text = _SEPARATORS.sub("-", unicodedata.normalize("NFC", text))
    text = " ".join(_FORBIDDEN.sub("", text).split())
    text = "".join(char for char in text if _is_printable(char))
    text = _cut(text.strip("-. "), MAX_NAME_BYTES - 1).rstrip("-. ")
    return _RESERVED.sub(r"\1_", text) or FALLBACK_NAME


def _is_printable(char: str) -> bool:
    # Cc control, Cf direction marks and the like, Cs lone surrogates
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def _cut(text: str, limit_bytes: int) -> str:
    """The longest beginning that fits, without half a character or a letter without its combining mark."""
    data = text.encode()
    if len(data) <= limit_bytes:
        return text
    kept = data[:limit_bytes].decode(errors="ignore")
    rest = text[len(kept) :]
    while kept and (unicodedata.combining(rest[0]) or rest[0] in _JOINERS or kept[-1] in _JOINERS):
        kept, rest = kept[:-1], kept[-1] + rest
    return kept


def write_atomic(path: Path, data: bytes) -> None:
    """Write the whole file beside its place, then put it there in one step; makes missing folders.

    Raises:
        BookletError: `write-failed`, with the system's reason (no space, no right, opened elsewhere); then
            nothing is left behind, and a file that stood there still stands.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _new_file_beside(path)
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = system_reason(error)
            raise BookletError("write-failed", source=str(path), path=str(path), reason=reason) from error
        raise


def _new_file_beside(path: Path) -> Path:
    """An empty hidden file in the same folder; `tempfile` would make it readable by its owner only."""
    for attempt in range(_TEMPORARY_ATTEMPTS):
        candidate = path.with_name(f".{_cut(path.name, MAX_NAME_BYTES)}.{os.getpid()}-{attempt}.part")
        try:
            candidate.open("xb").close()
        except FileExistsError:
            continue
        return candidate
    raise FileExistsError(f"too many temporary files beside {path.name}")


def is_ours(path: Path, report: Path) -> bool:
    """Whether `report` (a report.json in the file's own folder) lists this file with these very bytes.

    Reports print paths in several ways (relative to where booklet ran), so that the name decides, and the
    SHA-256. A report.json is itself ours when it reads as one.
    """
    listed = _listed(report)
    if path == report:
        return listed is not None
    wanted = unicodedata.normalize("NFC", path.name)
    hashes = {digest for name, digest in listed or () if unicodedata.normalize("NFC", name) == wanted}
    return bool(hashes) and _sha256(path) in hashes


def refuse_foreign(path: Path, reports: Sequence[Path]) -> None:
    """See to it that a file may be written: nothing stands there, or one of the reports lists it.

    Raises:
        BookletError: `not-ours` (exit code 2).
    """
    if path.exists() and not any(is_ours(path, report) for report in reports):
        raise BookletError("not-ours", exit_code=2, source=str(path), path=str(path))


def _sha256(path: Path) -> str | None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()


def _listed(report: Path) -> tuple[tuple[str, str], ...] | None:
    """Name and SHA-256 of every output of a report; None: not a report of ours."""
    try:
        if report.stat().st_size > _MAX_REPORT_BYTES:
            return None
        content = json.loads(report.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    reports = content if isinstance(content, list) else [content]
    if not reports or not all(
        isinstance(one, dict) and isinstance(one.get("outputs"), list) for one in reports
    ):
        return None
    listed = (one["outputs"] + _stale(one) for one in reports)
    return tuple(_name_and_hash(output for outputs in listed for output in outputs))


def _stale(report: dict[str, object]) -> list[object]:
    """What an earlier run wrote of other articles."""
    stale = report.get("stale")
    return stale if isinstance(stale, list) else []


def _name_and_hash(outputs: Iterable[object]) -> Iterator[tuple[str, str]]:
    for output in outputs:
        if isinstance(output, dict):
            path, digest = output.get("path"), output.get("sha256")
            if isinstance(path, str) and isinstance(digest, str):
                yield re.split(r"[/\\]", path)[-1], digest.lower()
