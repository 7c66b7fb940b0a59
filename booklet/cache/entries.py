"""Entries of the cache: files that begin with the hash of what they hold, written beside their place.

    <folder>/v1/<kind>/<two digits>/<key>

Builds at the same time see whole files only; an entry is read back by its hash, so that a torn or tampered
one counts as absent. Times of use are the files' times.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LAYOUT = "v1"
CONTENTS = ("bytes", "made", "pages")
"""Kinds of entries that stand for themselves."""
KINDS = ("urls", *CONTENTS)
"""`urls` point to `bytes`."""
PARTIAL = ".part"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the cache."""

    path: Path
    size: int
    used_s: float


def entries(folder: Path, kind: str) -> list[Entry]:
    """What is kept."""
    return [entry for entry in _files(folder, kind) if entry.path.suffix != PARTIAL]


def partials(folder: Path, kind: str) -> list[Entry]:
    """What some build is writing, or was when it was ended."""
    return [entry for entry in _files(folder, kind) if entry.path.suffix == PARTIAL]


def _files(folder: Path, kind: str) -> Iterator[Entry]:
    for path in sorted((folder / LAYOUT / kind).glob("??/*")):
        with suppress(OSError):
            state = path.stat()
            yield Entry(path, state.st_size, state.st_mtime)


def place(folder: Path, kind: str, key: str) -> Path:
    """Where an entry lies, or would."""
    return folder / LAYOUT / kind / key[:2] / key


def sealed(body: bytes) -> bytes:
    """With its hash before it."""
    return digest_of(body).encode() + b"\n" + body


def unsealed(raw: bytes | None) -> bytes | None:
    """The body, if its hash is right."""
    digest, _, body = (raw or b"").partition(b"\n")
    return body if digest == digest_of(body).encode() else None


def digest_of(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(path: Path) -> bytes | None:
    """The file, or None."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def write(path: Path, data: bytes) -> None:
    """Write a file at once or not at all.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name[:16]}-{secrets.token_hex(6)}{PARTIAL}")
    try:
        partial.write_bytes(data)
        try:
            partial.replace(path)
        except PermissionError:
            # Windows, while another build reads the entry: it is there, and by its hash the same.
            if not path.is_file():
                raise
    finally:
        partial.unlink(missing_ok=True)


def changed_s(path: Path) -> float:
    """When the entry was written or used, in seconds since 1970; 0 if it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def touch(path: Path) -> None:
    """Say that the entry was used."""
    with suppress(OSError):
        os.utime(path)


def remove(path: Path) -> bool:
    """Whether it could be removed."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
