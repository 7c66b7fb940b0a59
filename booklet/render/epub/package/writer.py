"""EbookLib 0.20's writer with the two methods overridden whose output cannot be had through its options.

Why each is overridden is said there; `tests/epub/test_epub_ebooklib.py` compares EbookLib's originals with
what this was written against, so that a change is noticed. Documents, navigation and NCX go in as plain
`EpubItem`s with our bytes: its `EpubHtml` would parse them as HTML and print them with white space between
Han characters.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from ebooklib import epub
from lxml import etree

EBOOKLIB_VERSION = (0, 20, 0)

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


class _SteadyZip(zipfile.ZipFile):
    """A zip whose bytes depend on its contents alone: no clock, no operating system, no umask."""

    def writestr(
        self, zinfo_or_arcname: Any, data: Any, compress_type: Any = None, compresslevel: Any = None
    ) -> None:
        info = zipfile.ZipInfo(str(zinfo_or_arcname), _ZIP_EPOCH)
        info.create_system = _UNIX
        info.external_attr = _PLAIN_FILE
        info.compress_type = zipfile.ZIP_DEFLATED if compress_type is None else compress_type
        super().writestr(info, data, compresslevel=compresslevel)


# EbookLib ships no types.
class _Writer(epub.EpubWriter):  # type: ignore[misc]
    def write(self) -> None:
        """As EbookLib's, but into `_SteadyZip`: the original stamps every entry with the local time."""
        level = self.options["compresslevel"]
        with _SteadyZip(self.file_name, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", compress_type=zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: etree._Element) -> None:
        """As EbookLib's, with `xml:lang` on the package (Ace: epub-lang), for which it has no option."""
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        super()._write_opf_file(root)


def to_bytes(book: epub.EpubBook, *, modified: datetime) -> bytes:
    """The EPUB file of a book whose navigation document is an item of its own.

    Args:
        book: with items, spine and toc set.
        modified: UTC; without this option EbookLib writes the local time as if it were UTC.
    """
    target = BytesIO()
    options = {
        "mtime": modified,
        "epub3_pages": False,  # its page list takes footnotes for pages
        "epub3_landmark": False,
    }
    _Writer(target, book, options).write()
    return target.getvalue()
