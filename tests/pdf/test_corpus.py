"""The real posts in the bundled themes."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from booklet import compose, theme
from booklet.clean import clean
from booklet.collect import collect
from booklet.collect.sections import group
from booklet.config.papers import parse_paper
from booklet.config.values import MetaConfig
from booklet.fonts import find_faces
from booklet.model import Booklet, Chapter, Period
from booklet.render.chapters import render_chapters
from booklet.render.pdf import render_pdf

from .geometry import line_texts, misses, recorded

pytestmark = pytest.mark.corpus
ZONE = ZoneInfo("Asia/Shanghai")
MOST_MISSES = 0.005
"""Of the justified lines: where one long word follows, a line stays short."""


def corpus_booklet(posts: tuple[Path, ...], look: theme.Theme) -> tuple[Booklet, tuple[Chapter, ...]]:
    articles = collect([posts[0].parent], timezone=ZONE, now=datetime(2026, 1, 1, tzinfo=UTC)).articles
    options, _ = look.resolve_options({})
    meta = compose.describe(
        MetaConfig(),
        articles,
        name="corpus",
        title="每周学习参考",
        language="zh-CN",
        timezone=ZONE.key,
        period=Period(None, None),
        modified=None,
    )
    sections = group(articles, level="auto", sort="section")
    cleaned = {article.id: clean(article) for article in articles}
    booklet = compose.compose(sections, cleaned, meta=meta, images={}, options=options)
    return booklet, render_chapters(booklet, theme=look, options=options, target="pdf")


@pytest.mark.parametrize(("name", "paper_name"), [("study", "a4"), ("plain", "a5")])
def test_every_article_is_set_and_its_lines_end_at_the_margin(
    corpus_posts: tuple[Path, ...], tmp_path: Path, name: str, paper_name: str
) -> None:
    look = theme.load(name, project_dir=tmp_path)
    paper = parse_paper(paper_name)
    assert paper is not None
    booklet, chapters = corpus_booklet(corpus_posts, look)
    faces = find_faces(configured={}, wanted=look.fonts)
    options, _ = look.resolve_options({})
    with recorded() as documents:
        result = render_pdf(booklet, chapters, theme=look, options=options, paper=paper, faces=faces)
    path = tmp_path / "corpus.pdf"
    path.write_bytes(result.data)

    assert {found.code for found in result.findings} <= {"glyph-missing"}
    assert set(result.page_map.folios) == {entry.id for one in booklet.sections for entry in one.entries}
    measured = misses(documents[-1], path)
    short = [(miss, line) for miss, line in measured if abs(miss) > 0.5]
    assert len(measured) > 200
    assert len(short) <= MOST_MISSES * len(measured), short
    for texts in line_texts(documents[-1]):
        assert not [line for line in texts[1:] if line[0] in "，。、；：！？）》」』”’…—"]
        assert not [line for line in texts[:-1] if line[-1] in "（《「『“‘"]
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)
