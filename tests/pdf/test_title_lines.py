"""Which parts of a title stay on one line, by the line's length."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from booklet.render.text.titles import title_parts

from .geometry import line_texts
from .glyphs import pages_of
from .test_lines import rendered

TITLE = "修好一台旧风琴，琴房旁边的小工坊记下每一支音管的尺寸"


def heading(title: str) -> str:
    parts = "".join(
        f'<span class="title-part" data-depth="{part.depth}">{part.head}<span>{part.tail}</span></span>'
        + " " * part.space
        for part in title_parts(title, language="zh-CN")
    )
    return f'<h1 class="article-title">{parts}</h1>'


def css(em: float) -> str:
    return f"h1.article-title {{ font-size: 12pt; width: {em}em; text-align: left }}"


@pytest.mark.parametrize(
    ("em", "lines"),
    [
        (30, ["修好一台旧风琴，琴房旁边的小工坊记下每一支音管的尺寸"]),
        (19.5, ["修好一台旧风琴，", "琴房旁边的小工坊记下每一支音管的尺寸"]),
        (16.5, ["修好一台旧风琴，琴房旁边的小工坊", "记下每一支音管的尺寸"]),
        (12.5, ["修好一台旧风琴，", "琴房旁边的小工坊", "记下每一支音管的尺寸"]),
    ],
)
def test_what_fits_on_a_line_of_its_own_is_not_broken(tmp_path: Path, em: float, lines: list[str]) -> None:
    document, _ = rendered(tmp_path, [heading(TITLE)], css=css(em))
    assert lines in line_texts(document)


def test_where_two_parts_meet_on_a_line_there_is_a_quarter_em(tmp_path: Path) -> None:
    title = "老琴房里的一台 Linux准备向WiMAX 说再见"
    assert any(part.head.endswith("Linux") for part in title_parts(title, language="zh-CN"))
    _, path = rendered(tmp_path, [heading(title)], css=css(30))
    glyphs = [glyph for page in pages_of(pikepdf.open(path)) for glyph in page]
    (gap,) = [
        (after.left - before.left - before.natural) / before.size
        for before, after in pairwise(glyphs)
        if before.text + after.text == "x准"
    ]
    assert gap == pytest.approx(0.25, abs=0.01)
