"""What glyphs stand for when text is copied or searched: the ToUnicode maps of a finished PDF.

Where a line is cut with an ellipsis, Pango gives the ellipsis the whole cut text for its own, and the library
writes that into the map of the face: from then on every “…” of the book is copied as half a title, and texts
of more than 63 characters are no legal entries for poppler (its reader holds 255 signs of an entry).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pikepdf

ELLIPSIS = "…"
MOST_LIGATED = 4
"""The most letters without marks that one glyph joins (ffi, Th)."""
LONGEST = 16
"""The most characters of one glyph: no cluster of any script is longer, and no emoji but families."""
_ENTRY = re.compile(rb"(<[0-9a-f]{4}> <)([0-9a-f]*)(>)")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def meant(text: str) -> str:
    """The text that a glyph is to be copied as: itself, or the ellipsis that it must be.

    No ligature joins Chinese characters, none joins more than a few letters. Scripts with marks (Indic, Thai)
    and emoji make longer clusters.
    """
    letters = sum(map(str.isalnum, text))
    has_marks = any(unicodedata.category(character).startswith("M") for character in text)
    is_cut = ELLIPSIS in text or (
        letters > 1
        and (len(text) > LONGEST or len(_HAN.findall(text)) > 1 or (letters > MOST_LIGATED and not has_marks))
    )
    return ELLIPSIS if is_cut else text


def mend(pdf: pikepdf.Pdf) -> None:
    """Put it right in all maps; those without such an entry keep their bytes."""
    for stream in _maps(pdf):
        data = stream.read_bytes()
        mended = _ENTRY.sub(_as_meant, data)
        if mended != data:
            stream.write(mended)


def _maps(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    for one in pdf.objects:
        found = one.get("/ToUnicode") if isinstance(one, pikepdf.Dictionary) else None
        if isinstance(found, pikepdf.Stream):
            yield found


def _as_meant(entry: re.Match[bytes]) -> bytes:
    text = bytes.fromhex(entry[2].decode()).decode("utf-16-be", "replace")
    return entry[1] + meant(text).encode("utf-16-be").hex().encode() + entry[3] if text else entry[0]
