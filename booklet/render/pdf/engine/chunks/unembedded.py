"""Faces are left out of chunks: the book gets them once, from their files, with the glyphs of all chunks.

To cut a Chinese face down takes a tenth of a second, to copy its file into memory a fiftieth; a chunk has six
of them. Called by chunk.py alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from booklet.fonts.fontconfig import system_faces
from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers

_OPENTYPE, _TRUETYPE = b"OTTO", b"\0\1\0\0"

_files: dict[str, str] = {}
"""By name in a PDF: the file that a face was read from, or empty."""


def wrappers(loaded: tuple[Path, ...]) -> Wrappers:
    """What is put around the library's functions: faces whose files are known are not embedded.

    Args:
        loaded: files that are known besides the system's.
    """
    faces = _Faces(loaded)
    return {
        "weasyprint.pdf.fonts:get_hb_object_data": faces.around_reading,
        "weasyprint.pdf.fonts:Font.clean": faces.around_cleaning,
    }


class _Faces:
    """Reads a face's file into memory only where it is embedded: when its subset is made, not before."""

    def __init__(self, loaded: tuple[Path, ...]) -> None:
        self._loaded = loaded
        self._embeds = False

    def around_reading(self, read: Callable[..., bytes]) -> Callable[..., bytes]:
        """Put around what gives a face's file."""

        def read_if_embedded(face: Any, *others: Any) -> bytes:
            return read(face, *others) if self._embeds or _may_be_bitmap(face) else b""

        return read_if_embedded

    def around_cleaning(self, clean: Callable[..., None]) -> Callable[..., None]:
        """Put around what cuts a face down for its file."""

        def clean_unless_known(font: Any, to_unicode: Any, hinting: Any) -> None:
            if shared_file(font, self._loaded):
                font.file_content = _OPENTYPE if "CFF " in font.tables else _TRUETYPE
                return
            font.file_content = library.text_fonts.get_hb_object_data(font.hb_face)
            self._embeds = True
            try:
                clean(font, to_unicode, hinting)
            finally:
                self._embeds = False

        return clean_unless_known


def _may_be_bitmap(face: Any) -> bool:
    """Whether a face has glyphs as pixels: such a face is embedded whole and never cut down."""
    harfbuzz = library.ffi.harfbuzz
    blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(b"EBDT", -1))
    length: int = harfbuzz.hb_blob_get_length(blob)
    harfbuzz.hb_blob_destroy(blob)
    return length > 0


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
        data = library.text_fonts.get_hb_object_data(font.hb_face)
        known = dict.fromkeys((*(face.path for face in system_faces()), *loaded))
        same = (path for path in known if path.is_file() and path.stat().st_size == len(data))
        _files[font.hash] = str(next((path for path in same if path.read_bytes() == data), ""))
    return _files[font.hash]
