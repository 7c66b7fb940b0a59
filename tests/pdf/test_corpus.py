"""The real posts in the bundled themes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from booklet.config.papers import parse_paper
from booklet.fonts import find_faces
from booklet.render.pdf import render_pdf

from .books import book_of
from .geometry import line_texts, misses, recorded

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize(("name", "paper_name"), [("study", "a4"), ("plain", "a5")])
def test_every_article_is_set_and_its_lines_end_at_the_margin(
    corpus_posts: tuple[Path, ...], tmp_path: Path, name: str, paper_name: str
) -> None:
    paper = parse_paper(paper_name)
    assert paper is not None
    book = book_of(corpus_posts[0].parent, name)
    look, options, booklet = book.look, book.options, book.booklet
    faces = find_faces(configured={}, wanted=look.fonts)
    with recorded() as documents:
        result = render_pdf(booklet, book.chapters, theme=look, options=options, paper=paper, faces=faces)
    path = tmp_path / "corpus.pdf"
    path.write_bytes(result.data)

    assert {found.code for found in result.findings} <= {"glyph-missing"}
    assert set(result.page_map.folios) == {entry.id for one in booklet.sections for entry in one.entries}
    measured = misses(documents[-1], path)
    short = [(miss, line) for miss, line in measured if abs(miss) > 0.5]
    assert len(measured) > 200
    assert short == []
    for texts in line_texts(documents[-1]):
        assert not [line for line in texts[1:] if line[0] in "，。、；：！？）》」』”’…—"]
        assert not [line for line in texts[:-1] if line[-1] in "（《「『“‘"]
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)
