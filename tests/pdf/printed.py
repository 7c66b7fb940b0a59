"""Articles of a few lines set by the bundled theme, as a reader prints them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from booklet.config.papers import parse_paper
from booklet.fonts import Faces, find_faces
from booklet.model import Booklet, CleanArticle, ImageAsset, Section
from booklet.render.chapters import render_chapters
from booklet.render.pdf import PdfResult, render_pdf
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.theme import load
from tests.theme.sample import article, entry, sample_booklet

TEXT = "今天的天气很好，我们在公园里散步，看见许多人在湖边钓鱼，也有人在树下读书。"


def print_articles(
    articles: Sequence[CleanArticle], *, paper: str = "a5", images: Mapping[str, ImageAsset] | None = None
) -> PdfResult:
    """One booklet without sections."""
    entries = tuple(entry(number, one) for number, one in enumerate(articles, start=1))
    booklet = replace(
        sample_booklet(notes="none", images=images or {}), sections=(Section("s1", 1, "", (), entries),)
    )
    return print_booklet(booklet, paper=paper)


def print_bodies(*bodies: str, paper: str = "a5") -> PdfResult:
    """One article for each body: 第 1 篇 of `https://example.org/a/1`, and so on."""
    return print_articles(
        [
            article(number, f"第 {number} 篇", body, url=f"https://example.org/a/{number}")
            for number, body in enumerate(bodies, start=1)
        ],
        paper=paper,
    )


def print_booklet(booklet: Booklet, *, paper: str = "a5") -> PdfResult:
    """A booklet in the theme `study`."""
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({})
    chapters = render_chapters(booklet, theme=theme, options=options, target="pdf", adapt=adapt_body)
    sheet = parse_paper(paper)
    assert sheet is not None
    return render_pdf(booklet, chapters, theme=theme, options=options, paper=sheet, faces=_faces())


@cache
def _faces() -> Faces:
    return find_faces(configured={}, wanted=load("study", project_dir=Path()).fonts)


def page_texts(data: bytes) -> list[str]:
    """The text of each page, line by line as it stands."""
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    return text.split("\f")[:-1]


def rasters(data: bytes, *, dpi: int) -> list[Image.Image]:
    """Each page in grey."""
    images = subprocess.run(
        ["pdftoppm", "-gray", "-r", str(dpi), "-"], input=data, capture_output=True, check=True
    ).stdout
    stream, pages = BytesIO(images), []
    while stream.tell() < len(images):
        header = [stream.readline() for _ in range(3)]
        width, height = map(int, header[1].split())
        pages.append(Image.frombytes("L", (width, height), stream.read(width * height)))
    return pages
