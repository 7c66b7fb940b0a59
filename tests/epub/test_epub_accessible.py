from __future__ import annotations

from pathlib import Path

import pytest

from booklet.render.epub import render_epub
from tests.ace import Ace

from .epub_sample import CSS, cover_picture, with_body
from .test_epub_writer import EVERYTHING


@pytest.mark.tools
def test_ace_finds_nothing_in_a_book_of_oddities(tmp_path: Path, ace: Ace) -> None:
    book, made = with_body(EVERYTHING)
    path = tmp_path / "book.epub"
    path.write_bytes(render_epub(book, made, css=CSS, cover=cover_picture()))
    assert ace.violations(path, tmp_path) == ()


@pytest.mark.tools
def test_ace_does_look(tmp_path: Path, ace: Ace) -> None:
    book, made = with_body('<h2>二</h2><h6>六</h6><p lang="zh">文</p>')
    path = tmp_path / "book.epub"
    path.write_bytes(render_epub(book, made, css=CSS, cover=None))
    (found,) = ace.violations(path, tmp_path)
    assert "heading-order" in found
