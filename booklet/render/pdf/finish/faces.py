"""One copy of each face: what all chunks use of it, taken once from its file.

Chunks hold subsets that keep the glyphs' ids (the library's `RETAIN_GIDS`), so that their pages can share one
subset with the glyphs of all: no page's content changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import uharfbuzz
from pikepdf import Array, Name, Object, Pdf, Stream

from booklet.render.pdf.finish.glyph_texts import meant
from booklet.render.pdf.values.jobs import FaceUse

_UNUSED_TABLES = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""As the library drops them (pdf/fonts.py)."""
_PICTURE_TABLES = ("CBDT", "CBLC", "sbix", "SVG ", "COLR")
_CMAP_BATCH = 100  # entries of one `bfchar` block (Adobe Technical Note 5411)


@dataclass(slots=True)
class _Union:
    """What all chunks use of one face."""

    path: str
    index: int
    drawn: bool
    """Its glyphs are pictures on the page."""
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    font: Object | None = None
    """The PDF's dictionary of it, taken from the first chunk."""


class UnionFaces:
    """The faces of a book."""

    def __init__(self, pdf: Pdf, uses: Iterable[FaceUse]) -> None:
        self._pdf = pdf
        self._unions: dict[str, _Union] = {}
        for use in uses:
            if not use.path:
                continue  # it is embedded in its chunk
            union = self._unions.setdefault(use.name, _Union(use.path, use.index, use.drawn))
            union.widths = use.width_by_glyph() | union.widths
            union.texts = use.text_by_glyph() | union.texts

    def leave_out(self, fonts: Object, uses: Iterable[FaceUse]) -> None:
        """Take from a chunk's table what the book has already: to copy all widths takes 3 MB a chunk."""
        for use in uses:
            if use.path and self._unions[use.name].font is not None:
                del fonts[f"/{use.name}"]

    def put_in(self, fonts: Object, uses: Iterable[FaceUse]) -> None:
        """Put the book's faces into the copy of a chunk's table."""
        for use in uses:
            if not use.path:
                continue
            union = self._unions[use.name]
            if union.font is None:
                union.font = fonts[f"/{use.name}"]
            else:
                fonts[f"/{use.name}"] = union.font

    def finish(self) -> None:
        """Write the faces with all that is used of them."""
        for union in self._unions.values():
            if union.font is not None:
                self._write(union, union.font)

    def _write(self, union: _Union, font: Object) -> None:
        data = subset(Path(union.path), union.index, union.widths)
        if union.drawn:
            data = emptied(data)
        descendant = font.DescendantFonts[0]
        descriptor = descendant.FontDescriptor
        if data.startswith(b"OTTO"):
            stream = Stream(self._pdf, data, Subtype=Name.OpenType)
            descriptor.FontFile3 = self._pdf.make_indirect(stream)
        else:
            descriptor.FontFile2 = self._pdf.make_indirect(Stream(self._pdf, data, Length1=len(data)))
        box = [float(value) for value in descriptor.FontBBox]
        descriptor.FontBBox = Array([box[0], box[1], max(union.widths.values(), default=0), box[3]])
        descendant.W = _width_array(union.widths)
        font.ToUnicode = self._pdf.make_indirect(Stream(self._pdf, to_unicode(union.texts)))


@cache
def _face(path: Path, index: int) -> uharfbuzz.Face:
    try:
        return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
    except uharfbuzz.HarfBuzzError as error:  # it is not there, or memory is short
        raise OSError(str(error)) from error


def subset(path: Path, index: int, glyphs: Iterable[int]) -> bytes:
    """The face with these glyphs, which keep their ids; nothing beyond the last of them.

    Raises:
        OSError: the file cannot be read.
    """
    used = sorted(glyphs)
    kept = _subset(_face(path, index), used, retain=True)
    return bytes(_subset(kept, range(used[-1] + 1), retain=False).blob.data)


def emptied(data: bytes) -> bytes:
    """A face of emoji without its pictures: glyphs that show nothing, for text that is copied.

    As the library does it (pdf/fonts.py, `Font.clean`), but without the time of day.
    """
    from fontTools.ttLib import TTFont, getTableClass, getTableModule

    with TTFont(BytesIO(data), recalcTimestamp=False) as font:
        glyphs = {name: getTableModule("glyf").Glyph() for name in font.getGlyphOrder()}
        table = font["glyf"] = getTableClass("glyf")()
        table.glyphOrder, table.glyphs = font.getGlyphOrder(), glyphs
        font["loca"] = getTableClass("loca")()
        for tag in _PICTURE_TABLES:
            if tag in font:
                del font[tag]
        target = BytesIO()
        font.save(target)
    return target.getvalue()


def _subset(face: uharfbuzz.Face, glyphs: Sequence[int], *, retain: bool) -> uharfbuzz.Face:
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    if retain:
        wanted.flags |= uharfbuzz.SubsetFlags.RETAIN_GIDS
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES)
    else:
        wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    return uharfbuzz.subset(face, wanted)


def _width_array(widths: Mapping[int, float]) -> Array:
    """ISO 32000-1 §9.7.4.3: a first glyph, then the widths of those that follow it."""
    runs: list[Object | int] = []
    current: list[float] = []
    previous = -2
    for glyph, width in sorted(widths.items()):
        if glyph != previous + 1:
            if current:
                runs.append(Array(current))
            runs.append(glyph)
            current = []
        current.append(width)
        previous = glyph
    return Array([*runs, Array(current)])


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """A CMap from glyphs to text, as the library writes it (ISO 32000-1 §9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        "<< /Registry (Adobe)",
        "/Ordering (UCS)",
        "/Supplement 0",
        ">> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <ffff>",
        "endcodespacerange",
    ]
    items = sorted(texts.items())
    for first in range(0, len(items), _CMAP_BATCH):
        batch = items[first : first + _CMAP_BATCH]
        lines.append(f"{len(batch)} beginbfchar")
        lines += [f"<{glyph:04x}> <{meant(text).encode('utf-16-be').hex()}>" for glyph, text in batch]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
