from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from booklet.fonts import Faces, find_faces
from booklet.model import Booklet, BookletMeta, ImageAsset, ImageRef, Period
from booklet.render.cover import HEIGHT_PX, WIDTH_PX, draw_cover
from booklet.render.cover.lines import cover_lines
from booklet.render.cover.pen import Pens
from booklet.render.cover.wrap import set_title
from tests.conftest import absent

from .epub_sample import META, article, booklet, named, standard_articles

WIDTH, HEIGHT = 1156, 860


@pytest.fixture(scope="module")
def faces() -> Faces:
    found = find_faces(configured={}, wanted={})
    if not found.chinese:
        absent("no Chinese face is installed")
    return found


def drawn(faces: Faces, meta: BookletMeta = META, **options: str) -> bytes:
    data = draw_cover(booklet(*standard_articles(), meta=meta), options=options, faces=faces)
    assert data is not None
    return data


def lines(faces: Faces, title: str, language: str = "zh-CN") -> list[str]:
    return list(set_title(title, Pens(faces), language=language, width=WIDTH, height=HEIGHT).lines)


def test_the_cover_is_a_jpeg_of_the_right_size_and_steady(faces: Faces) -> None:
    data = drawn(faces)
    image = Image.open(BytesIO(data))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (WIDTH_PX, HEIGHT_PX))
    assert len(data) < 1_000_000
    assert drawn(faces) == data


@pytest.mark.parametrize(
    ("accent", "colour"),
    [("#a8201a", (168, 32, 26)), ("#036", (0, 51, 102)), ("no colour", (168, 32, 26))],
)
def test_the_band_has_the_themes_accent(faces: Faces, accent: str, colour: tuple[int, int, int]) -> None:
    pixel = Image.open(BytesIO(drawn(faces, accent=accent))).getpixel((70, 1280))
    assert isinstance(pixel, tuple)
    assert all(abs(one - other) <= 4 for one, other in zip(pixel, colour, strict=True))


def test_there_is_none_without_a_chinese_face(faces: Faces) -> None:
    without = replace(faces, chinese=False)
    assert draw_cover(booklet(*standard_articles()), options={}, faces=without) is None


def test_the_title_is_dark_and_large_in_a_grey_thumbnail(faces: Faces) -> None:
    image = Image.open(BytesIO(drawn(faces))).convert("L").resize((120, 192), Image.Resampling.LANCZOS)
    title = image.crop((20, 30, 110, 80))
    darkest, _ = title.getextrema()
    assert isinstance(darkest, int | float)
    assert darkest < 60
    rows = [title.crop((0, y, 90, y + 1)).getextrema()[0] for y in range(50)]
    assert sum(isinstance(row, int | float) and row < 110 for row in rows) > 20


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("读书", ["读书"]),
        ("每周学习参考", ["每周", "学习参考"]),
        ("数字时代的阅读：我们为什么还要读书", ["数字时代的阅读：", "我们为什么还要读书"]),
        ("学习参考 新媒体专辑", ["学习参考", "新媒体专辑"]),
        ("学习🎉参考 🎉", ["学习参考"]),
        ("党史学习教育材料选编", ["党史学习", "教育材料选编"]),
        ("新媒体运营人员业务培训教材", ["新媒体运营", "人员业务", "培训教材"]),
        ("人工智能生成内容传播治理研究", ["人工智能", "生成内容", "传播治理研究"]),
    ],
)
def test_titles_break_by_meaning(faces: Faces, title: str, wanted: list[str]) -> None:
    assert lines(faces, title) == wanted


@pytest.mark.parametrize(
    "title", ["GPT-4 与 3.5% 的 C++：2021 年学习参考", "读书会二十周年纪念文集汇编2021年第12期特刊"]
)
def test_figures_stay_with_what_they_count(faces: Faces, title: str) -> None:
    got = lines(faces, title)
    assert not any(line[0] in "年期" for line in got)
    assert "".join(got).replace(" ", "") == title.replace(" ", "")


def test_a_long_title_is_even_and_keeps_its_brackets_together(faces: Faces) -> None:
    got = lines(faces, "关于进一步加强新媒体内容建设的若干意见学习材料汇编（二〇二一年版）")
    assert got[-1] == "（二〇二一年版）"
    assert max(map(len, got[:-1])) - min(map(len, got[:-1])) <= 2


@pytest.mark.parametrize(
    "title",
    [
        "学" * 300,
        "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
        "一，二。三！四？五；六：七、八…九—十" * 6,
        "《" * 40 + "题" + "》" * 40,
        "“引号”里的（括号）和《书名》以及 GPT-4 与 3.5% 的 C++ 代码 https://example.org/a/b/c",
        "e\u0301" * 120,
        " ",
        "🎉",
        "a\tb\nc\x00",
    ],
)
def test_no_title_is_cut_or_runs_off_the_sheet(faces: Faces, title: str) -> None:
    made = set_title(title, Pens(faces), language="zh-CN", width=WIDTH, height=HEIGHT)
    kept = made.pen.drawable(title)
    assert "".join("".join(made.lines).split()) == "".join(kept.split())
    assert all(made.pen.width(line) <= WIDTH + 1 for line in made.lines)
    assert len(made.lines) * made.pitch <= HEIGHT * 1.05
    assert not any(line[0] in "，。！？；：、…》" and set(line) - set("》") for line in made.lines[1:])
    drawn(faces, named(title=title, subtitle=title, publisher=title, series=title, number=title))


def test_words_are_not_broken_in_latin_titles(faces: Faces) -> None:
    title = "A Reader on Internationalisation and Counterrevolutionary Engineering in Practice"
    assert " ".join(lines(faces, title)) == title


def test_many_sections_are_shown_as_far_as_they_fit(faces: Faces) -> None:
    many = tuple(article(n, f"文{n}", categories=((f"栏目{n}",),)) for n in range(1, 40))
    data = draw_cover(booklet(*many), options={}, faces=faces)
    assert data is not None
    image = Image.open(BytesIO(data)).convert("L")
    foot = image.crop((160, 2290, 1590, 2340))
    assert foot.getextrema()[0] == pytest.approx(255, abs=3)


def test_the_words_of_a_weekly() -> None:
    words = cover_lines(booklet(*standard_articles()), series_line="")
    assert (words.series, words.title) == ("学习参考", "每周学习参考")
    assert (words.issue, words.days) == ("2021年第42周　总第17期", "10月18日—24日")
    assert [(row.numeral, row.name, row.count) for row in words.rows] == [
        ("一", "时政", "2 篇"),
        ("二", "科技", "3 篇"),
    ]
    assert words.publisher == "综合学习组　编印"


def test_the_words_of_an_english_booklet_without_sections() -> None:
    period = Period(date(2021, 10, 18), date(2021, 11, 2))
    meta = named(language="en", title="Reader", period=period, number="", publisher="The Group")
    words = cover_lines(booklet(article(1, "One"), article(2, "Two"), meta=meta), series_line="Readings")
    assert words.series == "Readings"
    assert (words.issue, words.days) == ("18 October – 2 November 2021", "")
    assert [(row.numeral, row.name, row.count) for row in words.rows] == [("1", "One", ""), ("2", "Two", "")]
    assert words.publisher == "The Group"


def with_lead(width_px: int, height_px: int) -> Booklet:
    target = BytesIO()
    Image.new("RGB", (width_px, height_px), "#204080").save(target, "PNG")
    asset = ImageAsset("lead.png", "image/png", width_px, height_px, target.getvalue(), "0")
    book = booklet(*standard_articles())
    first, *others = book.sections
    entry = first.entries[0]
    lead = ImageRef("lead", "https://example.org/lead.png", (), "", None, "x")
    entry = replace(entry, article=replace(entry.article, lead=lead))
    first = replace(first, entries=(entry, *first.entries[1:]))
    return replace(book, sections=(first, *others), images={"lead": asset})


@pytest.mark.parametrize(
    ("size", "wanted", "shown"),
    [((1200, 800), True, True), ((1200, 800), False, False), ((300, 200), True, False)],
)
def test_a_large_lead_picture_is_shown_where_the_theme_wants_one(
    faces: Faces, size: tuple[int, int], wanted: bool, shown: bool
) -> None:
    data = draw_cover(with_lead(*size), options={"cover_picture": wanted}, faces=faces)
    assert data is not None
    assert len(data) < 1_000_000
    picture = Image.open(BytesIO(data)).convert("RGB")
    column = [picture.getpixel((900, y)) for y in range(HEIGHT_PX)]
    blue = sum(
        isinstance(p, tuple) and abs(p[0] - 32) + abs(p[1] - 64) + abs(p[2] - 128) < 20 for p in column
    )
    assert (blue >= 300) == shown
