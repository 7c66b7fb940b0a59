"""Measures printed lines: which ones were to be justified (from the engine's boxes), and where their last
glyph really ends (from the PDF's content streams)."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from math import inf
from pathlib import Path
from typing import Any
from unittest import mock

import pikepdf
from weasyprint.formatting_structure import boxes

from booklet.render.pdf.engine.engine import Engine

from .glyphs import pages_of

PT_PER_PX = 0.75

_PAGE = re.compile(r"<page [^>]*>(.*?)</page>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Line:
    """A line of a justified paragraph that is not its last; in pt from the page's top left."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    text: str


@contextmanager
def recorded() -> Iterator[list[Any]]:
    """Keep the laid-out documents of `render_pdf`."""
    documents: list[Any] = []
    lay_out = Engine.lay_out

    def keep(self: Engine, html: str) -> Any:
        documents.append(lay_out(self, html))
        return documents[-1]

    with mock.patch.object(Engine, "lay_out", keep):
        yield documents


def justified_lines(document: Any) -> list[Line]:
    """All lines that have to end at the margin."""
    found: list[Line] = []
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockContainerBox) and box.children:
                lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
                found.extend(
                    _measure(number, box, line)
                    for line in lines[:-1]
                    if line.style["text_align_all"] == "justify" and not _is_broken_by_hand(line)
                )
    return found


def _is_broken_by_hand(line: Any) -> bool:
    return any(str(box.element_tag).startswith("br") for box in line.descendants())


def _measure(page: int, block: Any, line: Any) -> Line:
    left = block.content_box_x()
    text = "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
    top, bottom = line.position_y, line.position_y + line.height
    left, right, top, bottom = (value * PT_PER_PX for value in (left, left + block.width, top, bottom))
    return Line(page, left, right, top, bottom, text)


def misses(document: Any, pdf: Path) -> list[tuple[float, Line]]:
    """For each justified line, how far its last glyph's advance box ends from the margin, in pt.

    Short is positive.
    """
    with pikepdf.open(pdf) as opened:
        pages = pages_of(opened)
    result = []
    for line in justified_lines(document):
        ends = [
            glyph.right
            for glyph in pages[line.page]
            if line.top < glyph.baseline < line.bottom and line.left - 1 <= glyph.left <= line.right + 1
        ]
        if ends:
            result.append((line.right - max(ends), line))
    return result


def glyph_boxes(pdf: Path) -> list[list[tuple[str, float, float, float]]]:
    """For each page its words as poppler sees them: text, left, right, top, in pt."""
    xml = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    return [
        [(unescape(word[5]), float(word[1]), float(word[3]), float(word[2])) for word in _WORD.finditer(page)]
        for page in _PAGE.findall(xml)
    ]


def line_texts(document: Any, *, code: bool = True) -> list[list[str]]:
    """The visible text of the lines of every block; without `code` of those whose lines are ours to break."""
    found = []
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockContainerBox) and (
                code or not box.style["white_space"].startswith("pre")
            ):
                lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
                left = box.content_box_x() if box.style["overflow"] == "hidden" else -inf
                texts = ["".join(_text(part, left) for part in line.descendants()).strip() for line in lines]
                found.append([re.sub("[\u200b\u2060]", "", text) for text in texts if text])
    return [texts for texts in found if texts]


def _text(box: Any, left: float) -> str:
    """What is seen of a box, where all that ends before `left` is cut off."""
    if not isinstance(box, boxes.TextBox) or box.position_x + box.width <= left:
        return ""
    return str(box.text)
