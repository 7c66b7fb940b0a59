"""Measures printed pages as a reader sees them: white bands, read from the raster; where chapters begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from booklet.theme.toml import PageGeometry

from .printed import rasters

DPI = 36
MM_PER_INCH = 25.4
INK = 225
"""A row that is nowhere darker is white; tinted panels are."""
LEAST_INK_PX = 1
_CHAPTER = re.compile(r"cover|toc|colophon|sources|notes(?:-s\d+)?|s\d+|a-[0-9a-f]+")


@dataclass(frozen=True)
class Hole:
    """The largest white band of a page."""

    page: int
    """From 1, as in the file."""
    share: float
    """Of the height between the margins."""


def holes(data: bytes, geometry: PageGeometry) -> list[Hole]:
    """For each page of an article that the same article goes on behind, its largest white band."""
    openings = set(_openings(data, geometry))
    found = []
    first_article = min((page for page, name in _chapters(data) if name.startswith("a-")), default=0)
    for number, raster in enumerate(rasters(data, dpi=DPI)):
        if number < first_article or number + 1 in openings:
            continue
        top, bottom = (round(mm / MM_PER_INCH * DPI) for mm in (geometry.top, geometry.bottom))
        field = raster.crop((0, top, raster.width, raster.height - bottom))
        found.append(Hole(number + 1, _largest_band(field.tobytes(), field.width) / field.height))
    return found


def _largest_band(grey: bytes, width: int) -> int:
    largest = band = 0
    for start in range(0, len(grey), width):
        white = min(grey[start : start + width]) > INK
        band = band + 1 if white else 0
        largest = max(largest, band)
    return largest


def _openings(data: bytes, geometry: PageGeometry) -> Iterator[int]:
    """The pages, from 0, at whose top a chapter begins; and the one behind the last."""
    with pikepdf.open(BytesIO(data)) as pdf:
        yield len(pdf.pages)
        for page, name in _chapters(data):
            height = float(pdf.pages[page].mediabox[3])
            top = _destinations(pdf)[name]
            if (height - top) / 72 * MM_PER_INCH < geometry.top + 15:
                yield page


def _chapters(data: bytes) -> list[tuple[int, str]]:
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return [
            (numbers[target[0].objgen], name)
            for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items()
            if _CHAPTER.fullmatch(name)
        ]


def _destinations(pdf: pikepdf.Pdf) -> dict[str, float]:
    return {name: float(target[3]) for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
