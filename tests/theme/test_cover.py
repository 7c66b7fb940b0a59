"""The printed cover: whatever stands on it, on whatever sheet, nothing lies on anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest

from booklet.config.papers import PAPERS, parse_paper
from booklet.fonts import Faces, find_faces
from booklet.model import Booklet, Chapter, Period, Section
from booklet.render.chapters import render_chapters
from booklet.render.pdf import render_pdf
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.theme import load
from tests.pdf.glyphs import Glyph, pages_of

from .sample import PARAGRAPH, article, entry, sample_booklet

TITLE = "登上科学子刊，神经科学再次启发网络设计：介观自组织反向传播机制的由来"
LONG_TITLE = "关于进一步加强和改进新时代基层单位理论学习的若干意见与经验材料汇编（试行）"
EPSILON_PT = 0.3
BAND = 8.57 / 100
"""Of the sheet's width: the band of `study`."""


@pytest.fixture(scope="module")
def faces() -> Faces:
    return find_faces(configured={}, wanted=load("study", project_dir=Path()).fonts)


def booklet_of(sections: int, *, name: str = "社会主义核心价值观专题学习", title: str) -> Booklet:
    made = tuple(
        Section(
            f"s{number}",
            number,
            name,
            (name,),
            tuple(entry(at, article(at, TITLE, PARAGRAPH)) for at in range(1, 11 if sections == 1 else 3)),
        )
        for number in range(1, sections + 1)
    )
    sample = sample_booklet(notes="none")
    period = Period(date(2018, 12, 10), date(2022, 9, 19))
    meta = replace(sample.meta, title=title, period=period, publisher="综合学习与理论研究组")
    return replace(sample, meta=meta, sections=made)


@cache
def covers(print_size: str) -> tuple[tuple[Booklet, Chapter], ...]:
    """Covers of many kinds, as chapters of one book; the same on each paper."""
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({"print_size": print_size})
    kinds = [booklet_of(count, title="每周学习参考") for count in (1, 5, 8, 14)]
    kinds += [booklet_of(count, name="新媒体", title="每周学习参考") for count in (8, 20)]
    kinds += [booklet_of(count, title=LONG_TITLE) for count in (5, 14, 20)]
    made = []
    for number, booklet in enumerate(kinds):
        cover = render_chapters(booklet, theme=theme, options=options, target="pdf", adapt=adapt_body)[0]
        xhtml = cover.xhtml.replace('id="cover"', f'id="cover-{number}"')
        made.append((booklet, replace(cover, id=f"cover-{number}", xhtml=xhtml)))
    return tuple(made)


@pytest.mark.parametrize("print_size", ["normal", "large"])
@pytest.mark.parametrize("paper", [*PAPERS, "120x180mm", "297x210mm"])
def test_no_texts_of_a_cover_intersect(paper: str, print_size: str, faces: Faces) -> None:
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({"print_size": print_size})
    sheet = parse_paper(paper)
    assert sheet is not None
    made = covers(print_size)
    chapters = [chapter for _, chapter in made]
    result = render_pdf(made[0][0], chapters, theme=theme, options=options, paper=sheet, faces=faces)
    pages = pages_of(pikepdf.open(BytesIO(result.data)))
    assert len(pages) == len(made), "each cover is one page"
    width = sheet.width_mm * 72 / 25.4
    for (booklet, _), glyphs in zip(made, pages, strict=True):
        shown = [glyph for glyph in glyphs if glyph.text.strip() and glyph.right > glyph.left]
        assert "".join(glyph.text for glyph in shown).endswith(booklet.meta.publisher + "编印")
        assert _intersecting(shown) == []
        assert width * BAND < min(glyph.left for glyph in shown)
        assert max(glyph.right for glyph in shown) < width * 0.93


@pytest.mark.parametrize("paper", ["a5", "120x180mm"])
def test_a_cover_is_the_same_in_large_print(paper: str, faces: Faces) -> None:
    theme = load("study", project_dir=Path())
    sheet = parse_paper(paper)
    assert sheet is not None
    places = []
    for print_size in ("normal", "large"):
        options, _ = theme.resolve_options({"print_size": print_size})
        booklet, cover = covers(print_size)[0]
        result = render_pdf(booklet, [cover], theme=theme, options=options, paper=sheet, faces=faces)
        (page,) = pages_of(pikepdf.open(BytesIO(result.data)))
        places.append([(glyph.text, round(glyph.left), round(glyph.baseline)) for glyph in page])
    assert places[0] == places[1]


def _intersecting(glyphs: list[Glyph]) -> list[str]:
    """Pairs of glyphs that lie on each other; a Han's square is 0.88 em above the baseline, 0.12 below."""
    boxes = [(one, one.baseline - one.size * 0.88, one.baseline + one.size * 0.12) for one in glyphs]
    return [
        one.text + other.text
        for (one, top, bottom), (other, other_top, other_bottom) in combinations(boxes, 2)
        if min(bottom, other_bottom) - max(top, other_top) > EPSILON_PT
        and min(one.right, other.right) - max(one.left, other.left) > EPSILON_PT
    ]
