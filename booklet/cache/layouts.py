"""Chapters laid out for print, kept by all that they depend on: `pages/<key>`."""

from __future__ import annotations

from pathlib import Path

from booklet.cache.entries import digest_of, place, read, sealed, touch, unsealed, write
from booklet.cache.upkeep import keep_within


class LayoutCache:
    """The layouts of one run.

    `made_with` names what packages add to it (`booklet.extensions.Extensions.key`).

    Raises (when writing): OSError, when the folder cannot be written; reading never raises.
    """

    def __init__(self, folder: Path, *, made_with: str = "") -> None:
        self._folder = folder
        self._made_with = made_with

    def pages(self, key: str) -> bytes | None:
        """Chapters as laid out, as `keep_pages` got them."""
        at = self._place(key)
        body = unsealed(read(at))
        if body is not None:
            touch(at)
        return body

    def keep_pages(self, key: str, data: bytes) -> None:
        """Remember chapters as laid out."""
        write(self._place(key), sealed(data))

    def _place(self, key: str) -> Path:
        """By the key, and by the packages that add to the build."""
        whole = digest_of(f"{self._made_with}\n{key}".encode()) if self._made_with else key
        return place(self._folder, "pages", whole)

    def trim(self) -> None:
        """Hold the cache to its size: what was not used longest goes first."""
        keep_within(self._folder)
