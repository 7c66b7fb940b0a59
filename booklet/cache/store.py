"""What is kept between builds: fetched bytes by hash, the addresses that gave them, what became of them.

    <folder>/v1/urls/<hash of the address>        a line of JSON: the bytes' hash, ETag, Last-Modified
    <folder>/v1/bytes/<hash>                      as fetched
    <folder>/v1/made/<hash of input and version>  as converted: a line of JSON, then the bytes
    <folder>/v1/pages/<key>                       chapters laid out for print, by all that they depend on

Every entry is written beside its place and renamed, so that builds at the same time see whole files only; it
is read back by its hash, so that a torn or tampered one counts as absent. Times of use are the files' times.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from booklet.fetch.origin import UNKNOWN, Origin, line_of, read_line
from booklet.images.decoding.packing import packed, unpacked
from booklet.model import ImageAsset

LIMIT_MB = 2_000
"""What the cache may hold, in 10⁶ bytes: some years of a weekly booklet's pictures. Builds keep to it."""
PARTIAL_DAYS = 1
"""After so long, what a build was writing when it was ended is not written to any more."""
_LAYOUT = "v1"
_CONTENTS = ("bytes", "made", "pages")
_KINDS = ("urls", *_CONTENTS)
_PARTIAL = ".part"


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What a cache holds."""

    pictures: int
    """Fetched pictures, counted by content."""
    addresses: int
    bytes: int
    """Of all files, conversions included."""
    layouts: int
    """Pieces of booklets, laid out for print."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    data: bytes
    origin: Origin
    asked_s: float = field(default=0.0, compare=False)
    """When its server was last asked, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed."""

    files: int
    bytes: int


class Cache:
    """The cache of one run.

    Raises (all methods that write): OSError, when the folder cannot be written; reading never raises.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetched(self, url: str) -> Fetched | None:
        """What the address gave when it was last fetched."""
        pointer = self._pointer(url)
        known = _pointed(_read(pointer))
        if known is None:
            return None
        name, origin = known
        place = self._place("bytes", name)
        data = _read(place)
        if data is None or _digest(data) != name:
            _remove(place)
            _remove(pointer)
            return None
        _touch(place)
        return Fetched(data, origin, _changed(pointer))

    def keep_fetched(self, url: str, data: bytes, origin: Origin = UNKNOWN) -> None:
        """Remember what an address gave, and what its server can be asked with whether that still holds."""
        self.keep_bytes(data)
        self.point(url, _digest(data), origin)

    def keep_bytes(self, data: bytes) -> None:
        """Remember bytes, whichever address they will be found to be right for."""
        _write(self._place("bytes", _digest(data)), data)  # also over an entry that is there: it may be torn

    def point(self, url: str, digest: str, origin: Origin) -> None:
        """Remember that the address gave the bytes with this SHA-256."""
        _write(self._pointer(url), _sealed(line_of(digest, origin)))

    def confirm(self, url: str) -> None:
        """Remember that the address still gives what it gave."""
        _touch(self._pointer(url))

    def settle(self, url: str) -> None:
        """Remember that what the address gave is right though other addresses of its host gave the same."""
        known = _pointed(_read(self._pointer(url)))
        if known is not None:
            self.point(url, known[0], replace(known[1], settled=True))

    def forget(self, url: str) -> None:
        """Drop an address; its bytes go when space is needed."""
        _remove(self._pointer(url))

    def made(self, source: bytes, version: str) -> ImageAsset | None:
        """The conversion of these bytes by this version."""
        place = self._place("made", _made_key(source, version))
        body = _unsealed(_read(place))
        try:
            (found,) = unpacked(body or b"")
        except ValueError:
            _remove(place)
            return None
        _touch(place)
        return found

    def keep_made(self, source: bytes, version: str, picture: ImageAsset) -> None:
        """Remember a conversion."""
        _write(self._place("made", _made_key(source, version)), _sealed(packed((picture,))))

    def pages(self, key: str) -> bytes | None:
        """Chapters as laid out, as `keep_pages` got them."""
        place = self._place("pages", key)
        body = _unsealed(_read(place))
        if body is not None:
            _touch(place)
        return body

    def keep_pages(self, key: str, data: bytes) -> None:
        """Remember chapters as laid out."""
        _write(self._place("pages", key), _sealed(data))

    def trim(self) -> None:
        """Hold the cache to its size: what was not used longest goes first."""
        keep_within(self._folder)

    def _pointer(self, url: str) -> Path:
        return self._place("urls", _digest(url.encode("utf-8", "surrogatepass")))

    def _place(self, kind: str, digest: str) -> Path:
        return self._folder / _LAYOUT / kind / digest[:2] / digest


def info(folder: Path) -> CacheInfo:
    """Count what the cache in `folder` holds; zeros if there is none."""
    sizes = {kind: [found.size for found in _entries(folder, kind)] for kind in _KINDS}
    everything = sum(sum(found) for found in sizes.values())
    return CacheInfo(len(sizes["bytes"]), len(sizes["urls"]), everything, len(sizes["pages"]))


def prune(
    folder: Path, *, now: datetime, max_mb: float | None = None, unused_days: float | None = None
) -> Pruned:
    """Remove what was not used for so many days, then the least recently used until at most `max_mb` remain.

    Args:
        folder: the cache.
        now: aware.
        max_mb: in 10⁶ bytes.
        unused_days: since the last build that used the entry.
    """
    oldest_s = now.timestamp() - unused_days * 86_400 if unused_days is not None else float("-inf")
    partial_s = now.timestamp() - PARTIAL_DAYS * 86_400
    idle = [entry for kind in _CONTENTS for entry in _entries(folder, kind) if entry.used_s < oldest_s]
    torn = [entry for kind in _KINDS for entry in _partials(folder, kind) if entry.used_s < partial_s]
    removed = [entry for entry in (*idle, *torn) if _remove(entry.path)]
    removed.extend(_beyond(folder, max_mb if max_mb is not None else float("inf")))
    removed.extend(entry for entry in _without_bytes(folder) if _remove(entry.path))
    return Pruned(len(removed), sum(entry.size for entry in removed))


def keep_within(folder: Path, max_mb: float = LIMIT_MB) -> Pruned:
    """Remove the least recently used until at most `max_mb` remain; needs no clock."""
    removed = _beyond(folder, max_mb)
    if removed:
        removed.extend(entry for entry in _without_bytes(folder) if _remove(entry.path))
    return Pruned(len(removed), sum(entry.size for entry in removed))


def _beyond(folder: Path, max_mb: float) -> list[_Entry]:
    """Remove the least recently used until at most `max_mb` remain."""
    entries = [entry for kind in _CONTENTS for entry in _entries(folder, kind)]
    left = sum(entry.size for entry in entries)
    removed = []
    for entry in sorted(entries, key=lambda entry: (entry.used_s, str(entry.path))):
        if left <= max_mb * 1_000_000:
            break
        if _remove(entry.path):
            removed.append(entry)
            left -= entry.size
    return removed


def clear(folder: Path) -> Pruned:
    """Remove the whole cache, and nothing else that may lie in `folder`."""
    files = freed = 0
    for kind in _KINDS:
        for entry in (*_entries(folder, kind), *_partials(folder, kind)):
            if _remove(entry.path):
                files, freed = files + 1, freed + entry.size
        base = folder / _LAYOUT / kind
        for emptied in (*base.glob("*"), base):
            with suppress(OSError):
                emptied.rmdir()
    with suppress(OSError):
        (folder / _LAYOUT).rmdir()
    return Pruned(files, freed)


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    size: int
    used_s: float


def _entries(folder: Path, kind: str) -> list[_Entry]:
    """What is kept."""
    return [entry for entry in _files(folder, kind) if entry.path.suffix != _PARTIAL]


def _partials(folder: Path, kind: str) -> list[_Entry]:
    """What some build is writing, or was when it was ended."""
    return [entry for entry in _files(folder, kind) if entry.path.suffix == _PARTIAL]


def _files(folder: Path, kind: str) -> Iterator[_Entry]:
    for path in sorted((folder / _LAYOUT / kind).glob("??/*")):
        with suppress(OSError):
            state = path.stat()
            yield _Entry(path, state.st_size, state.st_mtime)


def _without_bytes(folder: Path) -> Iterator[_Entry]:
    """Addresses whose bytes are gone."""
    kept = {entry.path.name for entry in _entries(folder, "bytes")}
    for entry in _entries(folder, "urls"):
        known = _pointed(_read(entry.path))
        if known is None or known[0] not in kept:
            yield entry


def _pointed(raw: bytes | None) -> tuple[str, Origin] | None:
    """An address' entry: the hash of its bytes, and how they came."""
    return read_line(_unsealed(raw))


def _made_key(source: bytes, version: str) -> str:
    return _digest(hashlib.sha256(source).digest() + version.encode())


def _sealed(body: bytes) -> bytes:
    """With its hash before it."""
    return _digest(body).encode() + b"\n" + body


def _unsealed(raw: bytes | None) -> bytes | None:
    """The body, if its hash is right."""
    digest, _, body = (raw or b"").partition(b"\n")
    return body if digest == _digest(body).encode() else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name[:16]}-{secrets.token_hex(6)}{_PARTIAL}")
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


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _touch(path: Path) -> None:
    with suppress(OSError):
        os.utime(path)


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
