"""How large the cache is, and making it smaller."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from booklet.cache import templates
from booklet.cache.entries import CONTENTS, KINDS, LAYOUT, Entry, entries, partials, read, remove
from booklet.cache.pictures import pointed

LIMIT_MB = 2_000
"""What the cache may hold, in 10⁶ bytes: some years of a weekly booklet's pictures. Builds keep to it."""
PARTIAL_DAYS = 1
"""After so long, what a build was writing when it was ended is not written to any more."""


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
class Pruned:
    """What was removed."""

    files: int
    bytes: int


def info(folder: Path) -> CacheInfo:
    """Count what the cache in `folder` holds; zeros if there is none."""
    sizes = {kind: [found.size for found in entries(folder, kind)] for kind in KINDS}
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
    idle = [entry for kind in CONTENTS for entry in entries(folder, kind) if entry.used_s < oldest_s]
    torn = [entry for kind in KINDS for entry in partials(folder, kind) if entry.used_s < partial_s]
    removed = [entry for entry in (*idle, *torn) if remove(entry.path)]
    removed.extend(_beyond(folder, max_mb if max_mb is not None else float("inf")))
    removed.extend(entry for entry in _without_bytes(folder) if remove(entry.path))
    return Pruned(len(removed), sum(entry.size for entry in removed))


def keep_within(folder: Path, max_mb: float = LIMIT_MB) -> Pruned:
    """Remove the least recently used until at most `max_mb` remain; needs no clock."""
    removed = _beyond(folder, max_mb)
    if removed:
        removed.extend(entry for entry in _without_bytes(folder) if remove(entry.path))
    return Pruned(len(removed), sum(entry.size for entry in removed))


def _beyond(folder: Path, max_mb: float) -> list[Entry]:
    """Remove the least recently used until at most `max_mb` remain."""
    kept = [entry for kind in CONTENTS for entry in entries(folder, kind)]
    left = sum(entry.size for entry in kept)
    removed = []
    for entry in sorted(kept, key=lambda entry: (entry.used_s, str(entry.path))):
        if left <= max_mb * 1_000_000:
            break
        if remove(entry.path):
            removed.append(entry)
            left -= entry.size
    return removed


def clear(folder: Path) -> Pruned:
    """Remove the whole cache, and nothing else that may lie in `folder`."""
    files = freed = 0
    for kind in KINDS:
        for entry in (*entries(folder, kind), *partials(folder, kind)):
            if remove(entry.path):
                files, freed = files + 1, freed + entry.size
        base = folder / LAYOUT / kind
        for emptied in (*base.glob("*"), base):
            with suppress(OSError):
                emptied.rmdir()
    with suppress(OSError):
        (folder / LAYOUT).rmdir()
    compiled, compiled_bytes = templates.clear(folder)
    return Pruned(files + compiled, freed + compiled_bytes)


def _without_bytes(folder: Path) -> Iterator[Entry]:
    """Addresses whose bytes are gone."""
    kept = {entry.path.name for entry in entries(folder, "bytes")}
    for entry in entries(folder, "urls"):
        known = pointed(read(entry.path))
        if known is None or known[0] not in kept:
            yield entry
