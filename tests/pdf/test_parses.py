"""How often a body is parsed on its way into the outputs: by the cleaner's two parsers, then once.

`python -m tests.pdf.test_parses` prints the parsers in their order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import bs4
import lxml.etree
import nh3
import pytest

from booklet.fonts import find_faces
from booklet.render import pdf as room
from booklet.render.chapters import render_chapters
from booklet.render.epub import render_epub
from booklet.render.pdf import Workforce, chunks
from tests.pdf.books import Book, book_of
from tests.pdf.sample import A5

MARK = "这一句只在正文里出现"
POST = f"""---
title: 题目
date: 2026-10-20
url: https://example.org/a
---
<p>{MARK}，当 $x^2$ 时，见<a href="https://example.org/b">另一篇</a>。</p><h2>节</h2><ul><li>一</li></ul>
"""
OTHER = "---\ntitle: 另一篇\ndate: 2026-10-21\nurl: https://example.org/b\n---\n别的文字。\n"
PARSERS = {
    "nh3": (nh3, "clean"),
    "BeautifulSoup": (bs4.BeautifulSoup, "__init__"),
    "lxml": (lxml.etree, "fromstring"),
    "WeasyPrint": (import_module("tinyhtml5"), "parse"),
}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The parsers that are given the body."""
    found: list[str] = []

    def spy(name: str, parse: Callable[..., Any]) -> Callable[..., Any]:
        def spied(*given: Any, **named: Any) -> Any:
            if any(MARK in _text(one) for one in (*given, *named.values())):
                found.append(name)
            return parse(*given, **named)

        return spied

    with pytest.MonkeyPatch.context() as patch:
        for name, (holder, function) in PARSERS.items():
            patch.setattr(holder, function, spy(name, getattr(holder, function)))
        yield found


def _text(given: object) -> str:
    if hasattr(given, "read"):
        data = given.read()
        given.seek(0)  # type: ignore[attr-defined]
        given = data
    return given.decode() if isinstance(given, bytes) else given if isinstance(given, str) else ""


def written(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.md").write_text(POST, encoding="utf-8")
    (folder / "b.md").write_text(OTHER, encoding="utf-8")
    return folder


def printed(book: Book, workforce: Workforce | None) -> None:
    faces = find_faces(configured={}, wanted=book.look.fonts)
    room.render_pdf(
        book.booklet,
        book.chapters,
        theme=book.look,
        options=book.options,
        paper=A5,
        faces=faces,
        workforce=workforce,
    )


def of_pdf(folder: Path) -> list[str]:
    """In one document, in this process."""
    with counted() as found:
        printed(book_of(folder), None)
    return found


def of_chunks(folder: Path) -> list[str]:
    """In chunks, which a worker would set in its own process."""
    with (
        counted() as found,
        mock.patch.object(chunks, "FROM_ARTICLES", 1),
        ThreadPoolExecutor(1) as executor,
    ):
        printed(book_of(folder), Workforce(executor, 1, None))
    return found


def of_epub(folder: Path) -> list[str]:
    with counted() as found:
        book = book_of(folder)
        found.clear()
        chapters = render_chapters(book.booklet, theme=book.look, options=book.options, target="epub")
        render_epub(book.booklet, chapters, css=book.look.css("epub"), cover=None)
    return found


def test_a_body_goes_into_the_pdf_through_three_parsers(tmp_path: Path) -> None:
    assert of_pdf(written(tmp_path)) == ["nh3", "BeautifulSoup", "WeasyPrint"]


def test_a_body_goes_into_a_long_pdf_through_three_parsers(tmp_path: Path) -> None:
    assert of_chunks(written(tmp_path)) == ["nh3", "BeautifulSoup", "WeasyPrint"]


def test_a_cleaned_body_goes_into_the_epub_through_one_parser(tmp_path: Path) -> None:
    assert of_epub(written(tmp_path)) == ["lxml"]


def main() -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        folder = written(Path(name))
        for title, count in (("PDF", of_pdf), ("PDF in chunks", of_chunks), ("EPUB, once cleaned", of_epub)):
            sys.stdout.write(f"{title:20} {', '.join(count(folder))}\n")


if __name__ == "__main__":
    main()
