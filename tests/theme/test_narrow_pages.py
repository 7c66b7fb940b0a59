"""Large print on small sheets: short lines, on which nothing is torn apart and nothing leaves the measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from booklet.config.papers import parse_paper
from booklet.fonts import find_faces
from booklet.model import Booklet, Period, Section, Video
from booklet.render.chapters import render_chapters
from booklet.render.pdf import render_pdf
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.render.pdf.trees.breaks.typography import bind_phrases
from booklet.theme import load
from booklet.theme.pages import is_narrow
from tests.pdf.geometry import recorded
from tests.pdf.glyphs import Glyph, pages_of

from .sample import PARAGRAPH, article, entry, sample_booklet

TITLES = (
    "登上 Nature 子刊，神经科学再次启发 DNN 设计！实验室揭秘介观自组织反向传播机制",
    "100 万の命の上に俺は立っている（第 2 シーズン）｜我立于百万生命之上",
    "读《深入学习治理河道思想纲要》有感",
    "《推动河道治理健康发展若干意见》发布",
    "DictionaryStarter v1.4.3.1 一种优雅的数据字典文本转换方式",
)
SOURCES = (
    "AcFun",
    "动漫资讯平台",
    "iDownloadBlog - blog",
    "中国网络视听节目服务研究室",
    "segmentfault - 频道",
)
DATE = re.compile(r"20\d\d年\d+月\d+日")
MINUTES = "阅读约3分钟"
TOLERANCE_PT = 1.0
NARROW = ("a5", "120x180mm")


@dataclass(frozen=True)
class Line:
    glyphs: tuple[Glyph, ...]
    left: float
    """Where the measure begins on its page, in pt."""
    right: float

    @property
    def text(self) -> str:
        return "".join(glyph.text.strip("\u200b\u2060 ") for glyph in self.glyphs)

    @property
    def shown(self) -> tuple[Glyph, ...]:
        """What is not cut off at the measure's left edge, without spaces."""
        return tuple(one for one in self.glyphs if one.text.strip() and one.left > self.left - one.size / 4)


def booklet_of(times: int) -> Booklet:
    entries = tuple(
        entry(
            number,
            article(
                number,
                TITLES[number % len(TITLES)],
                PARAGRAPH,
                authors=(SOURCES[number % len(SOURCES)],),
                url=f"https://example.org/{number}",
            ),
        )
        for number in range(1, len(TITLES) * times + 1)
    )
    sample = sample_booklet(notes="none", images={})
    period = Period(date(2018, 12, 10), date(2022, 9, 19))  # so that the contents name the year
    section = Section("s1", 1, "网络资讯", ("网络资讯",), entries)
    more = replace(section, id="s2", number=2, entries=(entry(99, article(99, "短讯", PARAGRAPH)),))
    return replace(sample, meta=replace(sample.meta, period=period), sections=(section, more))


def print_lines(booklet: Booklet, paper: str, print_size: str) -> tuple[Line, ...]:
    """The lines of all pages but the cover, in reading order."""
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({"print_size": print_size})
    chapters = render_chapters(booklet, theme=theme, options=options, target="pdf", adapt=adapt_body)[1:]
    sheet = parse_paper(paper)
    assert sheet is not None
    faces = find_faces(configured={}, wanted=theme.fonts)
    result = render_pdf(booklet, chapters, theme=theme, options=options, paper=sheet, faces=faces)
    page = theme.geometry(sheet, large=print_size == "large")
    assert is_narrow(page) == (print_size == "large" and paper in NARROW)
    found: list[Line] = []
    for index, glyphs in enumerate(pages_of(pikepdf.open(BytesIO(result.data)))):
        inner, outer = (page.inner, page.outer) if index % 2 == 0 else (page.outer, page.inner)
        left, right = inner * 72 / 25.4, (page.width - outer) * 72 / 25.4
        found += [Line(line, left, right) for line in _by_baseline(glyphs)]
    return tuple(found)


@cache
def lines(paper: str, times: int, print_size: str = "large") -> tuple[Line, ...]:
    """Those of `booklet_of`."""
    return print_lines(booklet_of(times), paper, print_size)


def _by_baseline(glyphs: list[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    rows: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        rows.setdefault(round(glyph.baseline), []).append(glyph)
    for _, row in sorted(rows.items()):
        yield tuple(sorted(row, key=lambda glyph: glyph.left))


@pytest.mark.parametrize(
    ("paper", "times"),
    [
        *((paper, 1) for paper in NARROW),
        *(pytest.param(paper, 5, marks=pytest.mark.soak) for paper in NARROW),
    ],
)
def test_dates_and_minutes_are_not_parted_and_no_dot_stands_at_a_lines_edge(paper: str, times: int) -> None:
    found = lines(paper, times)
    articles = len(TITLES) * times + 1
    assert sum(len(DATE.findall(line.text)) for line in found) >= 2 * articles, "contents and bylines"
    assert sum(MINUTES in line.text for line in found) == articles + 1, "the section of one has its own"
    furniture = [line for line in found if DATE.search(line.text) or MINUTES in line.text]
    assert len(furniture) > 2 * articles, "there are lines that break"
    for line in furniture:
        assert line.shown[0].text != "·", line.text
        assert line.shown[-1].text != "·", line.text


@pytest.mark.parametrize("print_size", ["normal", "large"])
@pytest.mark.parametrize("paper", [*NARROW, "a4"])
def test_no_line_leaves_the_measure(paper: str, print_size: str) -> None:
    for line in lines(paper, 1, print_size):
        shown = line.shown
        if shown:
            assert shown[-1].right < line.right + TOLERANCE_PT, line.text


@pytest.mark.parametrize("paper", [*NARROW, "a4"])
def test_lines_of_titles_end_between_words(paper: str) -> None:
    texts = "\n".join(line.text for line in lines(paper, 1))
    for word in (
        "俺は",
        "立っている",
        "シーズン",
        "神经科学",
        "传播机制",
        "健康",
        "若干意见》",
        "思想",
        "字典",
    ):
        assert f"\n{word[1:]}" not in texts
        assert word in texts


def test_a_short_title_is_not_parted_within_brackets() -> None:
    assert "《推动河道治理健康发展若干意见》发布" in {line.text for line in lines("a4", 1)}


def test_phrases_are_bound_but_not_at_their_ends() -> None:
    assert bind_phrases("推动河道治理") == "推\u2060动河\u2060道治\u2060理"


@pytest.mark.parametrize("paper", NARROW)
def test_the_index_names_a_source_on_its_own_line_where_lines_are_short(paper: str) -> None:
    found = lines(paper, 1)
    begin = next(number for number, line in enumerate(found) if line.text == "来源索引")
    index = {line.text: line for line in found[begin:]}
    for source in SOURCES:
        (name,) = [line for text, line in index.items() if text == source.replace(" ", "")]
        below = next(line for line in found[found.index(name) + 1 :] if line.shown)
        assert below.shown[0].left == pytest.approx(name.shown[0].left, abs=below.shown[0].size / 2)


def test_the_index_names_a_source_beside_its_articles_where_there_is_room() -> None:
    found = lines("a5", 1, "normal")
    begin = next(number for number, line in enumerate(found) if line.text == "来源索引")
    entry_line = next(line for line in found[begin:] if "登上Nature" in line.text)
    text = next(glyph for glyph in entry_line.glyphs if glyph.text == "登")
    assert text.left > entry_line.left + 0.25 * (entry_line.right - entry_line.left)


def booklet_of_one(body: str, *videos: Video) -> Booklet:
    one = entry(1, article(1, "短讯", body, videos=videos))
    return replace(booklet_of(1), sections=(Section("s1", 1, "网络资讯", ("网络资讯",), (one,)),))


def test_the_address_of_a_video_is_one_line_where_it_can_be_and_so_is_a_byline() -> None:
    address = "video.example.org/watch/av506221504"
    film = Video("example", "河道的一天", f"https://{address}")
    booklet = booklet_of_one('<div data-video="0"></div>' + PARAGRAPH, film)
    found = [line.text for line in print_lines(booklet, "a5", "large")]
    assert [text for text in found if address in text]
    assert [text for text in found if DATE.search(text) and MINUTES in text]


@pytest.mark.parametrize("name", ["span::before", "span::after"])
def test_hooks_of_lines_that_go_on_show_on_no_line_that_fits(name: str) -> None:
    with recorded() as documents:
        print_lines(booklet_of_one("<pre><code>// 第一\nvar 第二 = 2\n</code></pre>"), "a5", "large")
    lines_of_code = [
        box
        for page in documents[-1].pages
        for box in page._page_box.descendants()
        if box.element_tag == "span" and any(child.element_tag == name for child in box.children)
    ]
    assert len(lines_of_code) > 1
    for line in lines_of_code:
        (hook,) = [child for child in line.children if child.element_tag == name]
        assert hook.border_box_y() > line.border_box_y() + line.border_height()
