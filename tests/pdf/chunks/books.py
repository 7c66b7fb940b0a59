"""Books for these tests, set in chunks and as one document."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from booklet.cache.layouts import LayoutCache
from booklet.events import Reporter, silent
from booklet.fonts import find_faces
from booklet.processes.child import WorkerLostError
from booklet.render.pdf import PdfResult, Workforce, render_pdf
from booklet.render.pdf import chunks as room
from booklet.render.pdf.values.jobs import Job
from tests.pdf.sample import A5, make_booklet, picture, theme

VISIBLE = 40
"""Of 255: less is how poppler draws the edge of a letter that stands a thousandth of an em further."""
BODY = "<p>今天的天气很好，我们在公园里散步，看见许多人在湖边钓鱼，也有人在树下读书。</p>"
PAGE_AND_A_BIT = BODY * 30

BOOK_CSS = """
@page { @bottom-center { content: none } }
@page :left { @bottom-left { content: counter(page) } @top-left { content: string(book) } }
@page :right { @bottom-right { content: '第 ' counter(page) ' 页' } }
@page :right { @top-right { content: string(chapter, start) } }
@page front:left { @bottom-left { content: counter(page, lower-roman) } }
@page front:right { @bottom-right { content: counter(page, lower-roman) } @top-right { content: none } }
@page :nth(1 of opener) { counter-reset: page 1 }
body { margin: 0; text-align: justify; orphans: 2; widows: 2 }
#toc { page: front; string-set: book '每周学习' }
#toc a { display: block }
#toc a::after { content: leader('.') target-counter(attr(href), page) }
#s1 { page: opener; break-before: right }
article { page: article; break-before: page; string-set: chapter attr(id) }
h1 { font: bold 16pt/24pt var(--face-heading); text-align: left }
p { margin: 0; text-indent: 2em }
img { max-width: 100% }
.page-ref-number { display: inline-block; text-indent: 0; width: 1.7em; text-align: center }
.page-ref-number::after { content: target-counter(attr(href), page) }
"""


def set_book(
    bodies: Sequence[str],
    *,
    jobs: int = 0,
    kept: Path | None = None,
    executor: Executor | None = None,
    report: Reporter = silent,
    css: str = BOOK_CSS,
) -> PdfResult:
    """Set articles with contents before them; without jobs and executor here, as one document."""
    booklet, chapters = make_booklet(bodies, [picture()])
    links = "".join(f'<a href="#{chapter.id}">{chapter.title}</a>' for chapter in chapters[2:])
    first = chapters[0]
    contents = type(first)(
        first.id, first.kind, first.title, first.lang, f'<section id="toc">{links}</section>'
    )
    store = LayoutCache(kept) if kept else None
    workforce = Workforce(executor, jobs, store) if jobs or executor else None
    return render_pdf(
        booklet,
        (contents, *chapters[1:]),
        theme=theme(css),
        options={"accent": "#a8201a"},
        paper=A5,
        faces=find_faces(configured={}, wanted={}),
        report=report,
        workforce=workforce,
    )


def cut_from(monkeypatch: pytest.MonkeyPatch, articles: int) -> None:
    """Have booklets of more articles set in chunks."""
    monkeypatch.setattr(room, "FROM_ARTICLES", articles)


class Losing(ThreadPoolExecutor):
    """Calls here, but loses the worker of every call whose job holds a word; keeps all jobs."""

    def __init__(self, word: str, times: int = 99, error: Exception | None = None) -> None:
        super().__init__(1)
        self.word, self.times = word, times
        self.jobs: list[Job] = []
        self.error = error or WorkerLostError(slow=False)

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        if arguments and isinstance(arguments[0], Job):
            self.jobs.append(arguments[0])
        if arguments and self.times and self.word in _html(arguments[0]):
            self.times -= 1
            lost: Future[Any] = Future()
            lost.set_exception(self.error)
            return lost
        return super().submit(function, *arguments, **named)


def _html(job: Any) -> str:
    return getattr(job, "body", "") or "".join(sheet.html for sheet in getattr(job, "sheets", ()))


def pictures(data: bytes, dpi: int = 40) -> list[Image.Image]:
    """The pages as poppler draws them."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-"], input=data, capture_output=True, check=True
    ).stdout
    stream, pages = BytesIO(drawn), []
    while stream.tell() < len(drawn):
        pages.append(Image.open(stream).copy())
        image = pages[-1]
        stream.seek(
            sum(len(page.tobytes()) + len(f"P5\n{page.width} {page.height}\n255\n") for page in pages)
        )
        assert image.mode == "L"
    return pages


def unlike(one: bytes, other: bytes) -> list[int]:
    """Numbers of pages that do not look the same."""
    left, right = pictures(one), pictures(other)
    assert len(left) == len(right)
    differences = map(ImageChops.difference, left, right)
    return [number for number, page in enumerate(differences, 1) if max(page.tobytes()) > VISIBLE]
