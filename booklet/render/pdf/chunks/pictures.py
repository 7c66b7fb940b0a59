"""Which pictures a job needs, and how many bytes they are: no job carries those of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from booklet.model import Booklet, ImageAsset
from booklet.render.chapters.pictures import all_files, shown_by_style

_PICTURE = re.compile(r'"images/([^"]+)"')


class Pictures:
    """The pictures of a booklet, by the chapters that show them."""

    def __init__(self, booklet: Booklet, css: str) -> None:
        self._files = {asset.name: replace(asset, rest=()) for asset in all_files(booklet.images)}
        self._of_pages = shown_by_style(css)
        """Those of the style sheet, which any page may show."""
        self.size = sum(len(asset.data) for asset in self._files.values())
        """Bytes of all."""

    def of(self, html: str) -> Iterator[ImageAsset]:
        """Those that this HTML shows, each once."""
        for name in dict.fromkeys((*self._of_pages, *_PICTURE.findall(html))):
            if name in self._files:
                yield self._files[name]

    def size_of(self, html: str) -> int:
        """Bytes of those that this HTML shows."""
        return sum(len(asset.data) for asset in self.of(html))
