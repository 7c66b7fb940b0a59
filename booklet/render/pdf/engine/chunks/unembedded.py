"""Faces are left out of chunks: the book gets them once, from their files, with the glyphs of all chunks.

Insides of WeasyPrint, put in place by `patches`. To cut a Chinese face down takes a
tenth of a second, to copy its file into memory a fiftieth; a chunk has six of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from weasyprint.pdf import fonts
from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import get_hb_object_data

from booklet.fonts.fontconfig import system_faces

_OPENTYPE, _TRUETYPE = b"OTTO", b"\0\1\0\0"

_files: dict[str, str] = {}
"""By name in a PDF: the file that a face was read from, or empty."""


def replacements(loaded: tuple[Path, ...]) -> dict[tuple[Any, str], Any]:
    """What stands in whose place while faces whose files are known are not embedded.

    Args:
        loaded: files that are known besides the system's.
    """
    begin, clean, read = Font.__init__, Font.clean, fonts.get_hb_object_data
    begins = False

    def read_later(*given: Any) -> Any:
        return b"" if begins else read(*given)

    def init(self: Any, *given: Any) -> None:
        nonlocal begins
        begins = True
        try:
            begin(self, *given)
        finally:
            begins = False
        if self.bitmap:
            self.file_content = get_hb_object_data(self.hb_face)

    def clean_unless_known(self: Any, to_unicode: Any, hinting: Any) -> None:
        if shared_file(self, loaded):
            self.file_content = _OPENTYPE if "CFF " in self.tables else _TRUETYPE
            return
        self.file_content = get_hb_object_data(self.hb_face)
        clean(self, to_unicode, hinting)

    return {
        (Font, "__init__"): init,
        (Font, "clean"): clean_unless_known,
        (fonts, "get_hb_object_data"): read_later,
    }


def draws_pictures(font: Any) -> bool:
    """Whether a face's glyphs, of emoji, are drawn as pictures; in the file they are empty (`Font.clean`)."""
    return bool(font.png or font.svg or font.colr)


def shared_file(font: Any, loaded: tuple[Path, ...]) -> str:
    """The file of a face that can be cut down later for all chunks together; empty: it must be embedded.

    Bitmaps as glyphs and variable faces are more than a subset of their file, and a face that lacks glyphs
    is given numbers of its own for them.
    """
    if font.bitmap or font.missing or "fvar" in font.tables:
        return ""
    if font.hash not in _files:
        data = get_hb_object_data(font.hb_face)
        known = dict.fromkeys((*(face.path for face in system_faces()), *loaded))
        same = (path for path in known if path.is_file() and path.stat().st_size == len(data))
        _files[font.hash] = str(next((path for path in same if path.read_bytes() == data), ""))
    return _files[font.hash]
