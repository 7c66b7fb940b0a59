"""Chapters laid out for print, kept by all that they depend on: `pages/<key>`."""

from __future__ import annotations

from pathlib import Path

from booklet.cache.entries import place, read, sealed, touch, unsealed, write
from booklet.cache.upkeep import keep_within


class LayoutCache:
    """The layouts of one run.

    Raises (when writing): OSError, when the folder cannot be written; reading never raises.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pages(self, key: str) -> bytes | None:
        """Chapters as laid out, as `keep_pages` got them."""
        at = place(self._folder, "pages", key)
        body = unsealed(read(at))
        if body is not None:
            touch(at)
        return body

    def keep_pages(self, key: str, data: bytes) -> None:
        """Remember chapters as laid out."""
        write(place(self._folder, "pages", key), sealed(data))

    def trim(self) -> None:
        """Hold the cache to its size: what was not used longest goes first."""
        keep_within(self._folder)
