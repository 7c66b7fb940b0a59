from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from booklet.config.values import OptionValue
from booklet.model import Booklet, Chapter, Entry, Section
from booklet.parts import Target
from booklet.render.chapters import render_chapters
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.theme import Theme, load

from .sample import NO_STUDY, article, asset, entry, picture, rich_article, sample_booklet


@pytest.fixture(scope="module")
def study() -> Theme:
    return load("study", project_dir=Path())


@pytest.fixture(scope="module")
def plain() -> Theme:
    return load("plain", project_dir=Path())


def render(
    booklet: Booklet, theme: Theme, target: Target, given: Mapping[str, OptionValue] | None = None
) -> tuple[Chapter, ...]:
    options, findings = theme.resolve_options(given or {})
    assert findings == ()
    return render_chapters(
        booklet, theme=theme, options=options, target=target, adapt=adapt_body if target == "pdf" else None
    )


def chapter(chapters: tuple[Chapter, ...], chapter_id: str) -> etree._Element:
    return etree.fromstring(next(one.xhtml for one in chapters if one.id == chapter_id))


def with_articles(*entries: Entry) -> Booklet:
    return replace(sample_booklet(notes="none"), sections=(Section("s1", 1, "", (), entries),))


def text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


FIRST = "a-000000000001"


def test_chapters_come_in_reading_order_with_notes_after_each_section(study: Theme) -> None:
    chapters = render(sample_booklet(), study, "pdf")
    assert [(one.kind, one.section_id) for one in chapters] == [
        ("cover", ""),
        ("colophon", ""),
        ("toc", ""),
        ("section", "s1"),
        ("article", "s1"),
        ("article", "s1"),
        ("notes", "s1"),
        ("section", "s2"),
        ("article", "s2"),
        ("notes", "s2"),
        ("sources", ""),
    ]
    assert all(one.title for one in chapters)


def test_notes_at_the_end_stand_behind_everything(study: Theme) -> None:
    assert [one.kind for one in render(sample_booklet(notes="end"), study, "pdf")[-2:]] == [
        "notes",
        "sources",
    ]


def test_an_epub_has_notes_only_where_there_are_questions(study: Theme) -> None:
    kinds = [(one.kind, one.section_id) for one in render(sample_booklet(), study, "epub")]
    assert ("notes", "s1") in kinds
    assert ("notes", "s2") not in kinds


def test_a_section_without_title_has_no_opener(study: Theme) -> None:
    chapters = render(with_articles(entry(1, rich_article())), study, "pdf")
    assert "section" not in {one.kind for one in chapters}


STUDY_OPTIONS: list[dict[str, OptionValue]] = [
    {"study_box": box, "notes": notes, "series_line": line, "qr": on, "reading_minutes": on, "toc_dates": on}
    for box, notes, line, on in itertools.product(
        (True, False), ("none", "section", "end"), ("", "学习"), (True, False)
    )
]


@pytest.mark.parametrize("target", ["epub", "pdf"])
def test_every_combination_of_options_renders_well_formed_chapters(study: Theme, target: Target) -> None:
    for given in STUDY_OPTIONS:
        for one in render(sample_booklet(notes=str(given["notes"])), study, target, given):
            assert etree.fromstring(one.xhtml).get("id") == one.id


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en", "ja", "zh-Hant-HK", "pl"])
@pytest.mark.parametrize("name", ["plain", "study"])
def test_every_language_renders(name: str, language: str, request: pytest.FixtureRequest) -> None:
    theme: Theme = request.getfixturevalue(name)
    for target in ("epub", "pdf"):
        for one in render(sample_booklet(language=language), theme, target):
            etree.fromstring(one.xhtml)


@pytest.mark.parametrize("target", ["epub", "pdf"])
def test_ids_are_unique_in_the_book_and_every_link_leads_somewhere(study: Theme, target: Target) -> None:
    booklet = sample_booklet()
    twin = replace(booklet.sections[0].entries[0], id="a-twin")
    booklet = replace(
        booklet, sections=(replace(booklet.sections[0], entries=(*booklet.sections[0].entries, twin)),)
    )
    roots = [etree.fromstring(one.xhtml) for one in render(booklet, study, target)]
    ids = [node.get("id") for root in roots for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    targets = [
        link.get("href", "")[1:]
        for root in roots
        for link in root.iter("a")
        if link.get("href", "")[0] == "#"
    ]
    assert f"{FIRST}-fn-1" in targets
    assert set(targets) <= set(ids)


def test_an_epub_holds_no_svg_and_no_print_data(study: Theme) -> None:
    for one in render(sample_booklet(), study, "epub"):
        assert "<svg" not in one.xhtml
        assert "data-" not in one.xhtml.replace("data-at=", "")
        assert "link-number" not in one.xhtml
        assert "title-part" not in one.xhtml


def test_pictures_point_to_assets_and_a_missing_one_is_a_labelled_box(study: Theme) -> None:
    root = chapter(render(sample_booklet(), study, "epub"), FIRST)
    pictures = [img.get("src", "") for img in root.iter("img") if img.get("class") != "qr"]
    assert pictures == ["images/c.jpg", "images/a.jpg"]
    box = root.find(".//figure/span[@class='image-missing']")
    assert box is not None
    assert text(box) == "图片未能取得 · 旧照片 & 地图 · pics.example.org"


def test_pictures_are_marked_by_their_shape(study: Theme) -> None:
    body = '<p>看<img src="image:1" alt=""/>与<img src="image:2" alt="长图"/></p>'
    booklet = with_articles(entry(1, article(1, "图", body, images=(picture("1"), picture("2")))))
    images = {
        "1": asset("i.png", width_px=24, height_px=24),
        "2": asset("t.png", width_px=400, height_px=2000),
    }
    root = chapter(render(replace(booklet, images=images), study, "pdf"), FIRST)
    assert [img.get("class") for img in root.iter("img")] == ["picture-icon", "picture-tall"]


def test_a_video_is_a_card_with_a_code_in_print_and_a_link_everywhere(study: Theme) -> None:
    for target in ("epub", "pdf"):
        root = chapter(render(sample_booklet(), study, target), FIRST)
        card = root.find(".//div[@class='video-card']")
        assert card is not None
        assert "腾讯视频" in text(card)
        assert "一条河怎样慢慢变清" in text(card), "a video without a title is told by the article's"
        assert card.find(".//a[@href='https://v.qq.com/x/page/abc123.html']") is not None
        assert (card.find(".//{http://www.w3.org/2000/svg}svg") is not None) == (target == "pdf")
        assert not root.findall(".//*[@data-video]")


def test_without_the_option_no_code_is_printed(study: Theme) -> None:
    for given, wanted in ((True, True), (False, False)):
        chapters = render(sample_booklet(), study, "pdf", {"qr": given})
        assert any('class="qr"' in one.xhtml for one in chapters) == wanted


def test_print_numbers_outside_links_once_each_and_lists_them(study: Theme) -> None:
    root = chapter(render(sample_booklet(), study, "pdf"), FIRST)
    assert [text(mark) for mark in root.findall(".//sup[@class='link-number']")] == ["1", "1"]
    links = root.findall(".//section[@class='links']//li")
    assert [text(link).strip() for link in links] == ["1example.org/data?id=7"]


def test_a_link_that_shows_its_address_needs_no_number(study: Theme) -> None:
    body = '<p><a href="https://example.org/a">example.org/a</a> <a href="mailto:x@example.org">信</a></p>'
    root = chapter(render(with_articles(entry(1, article(1, "链", body))), study, "pdf"), FIRST)
    assert root.find(".//sup") is None
    assert root.find(".//section[@class='links']") is None


def test_the_article_tells_source_date_minutes_and_address(study: Theme) -> None:
    root = chapter(render(sample_booklet(), study, "epub"), FIRST)
    byline = root.find(".//p[@class='byline']")
    assert byline is not None
    assert text(byline) == "河畔周报 · 2021年10月20日 · 阅读约 3 分钟"
    foot = root.find(".//footer")
    assert foot is not None
    assert "example.org/a/1" in text(foot)


def test_an_article_without_address_has_no_foot(study: Theme) -> None:
    root = chapter(render(sample_booklet(), study, "pdf"), "a-000000000002")
    assert root.find(".//footer") is None


def test_questions_stand_on_the_notes_page_or_else_in_the_box(study: Theme) -> None:
    question = "本单位附近的河怎样？"
    with_page = render(sample_booklet(), study, "pdf")
    assert question in text(chapter(with_page, "notes-s1"))
    assert question not in text(chapter(with_page, FIRST))
    without = render(sample_booklet(notes="none"), study, "pdf", {"notes": "none"})
    assert question in text(chapter(without, FIRST))


def test_plain_has_no_box(plain: Theme) -> None:
    assert "study-box" not in "".join(one.xhtml for one in render(sample_booklet(notes="none"), plain, "pdf"))


def test_a_footnote_carries_the_number_of_its_call(study: Theme) -> None:
    note = chapter(render(sample_booklet(), study, "epub"), FIRST).find(".//aside[@class='footnote']")
    assert note is not None
    assert text(note) == "1与去年同期相比。"


def test_a_footnote_stands_behind_its_call_in_print(study: Theme) -> None:
    call = chapter(render(sample_booklet(), study, "pdf"), FIRST).find(".//a[@class='noteref']")
    assert call is not None
    note = call.getnext()
    assert note is not None
    assert (note.get("class"), note.get("data-number"), text(note)) == ("page-note", "1", "与去年同期相比。")


def test_the_text_of_a_body_is_kept_to_the_last_character(study: Theme) -> None:
    for target in ("epub", "pdf"):
        root = chapter(render(sample_booklet(), study, target), FIRST)
        body = root.find("./div[@class='body']")
        assert body is not None
        for paragraph in re.findall(r"<p>([^<]+)</p>", rich_article().body):
            assert paragraph in text(body)


def test_colophon_and_cover_count_truly(study: Theme) -> None:
    chapters = render(sample_booklet(), study, "pdf")
    colophon = text(chapter(chapters, "colophon"))
    for fact in ("3 篇文章，约 2,400 字", "2 幅图片", "1 段视频", "2021年10月24日"):
        assert fact in colophon
    cover = text(chapter(chapters, "cover"))
    for words in (
        "内部学习资料",
        "2021 年第 42 周　总第 17 期",
        "10月18日 — 10月24日",
        "城市见闻　2 篇",
        "河畔学习组",
    ):
        assert words in cover


def test_hostile_titles_do_not_break_the_markup(study: Theme) -> None:
    title = "<b>“&\x00\x0b]]>{{ booklet }}"
    hostile = article(1, title, "<p>x</p>", authors=("<script>", "{% raw %}"), url="https://[bad")
    booklet = with_articles(entry(1, hostile))
    booklet = replace(booklet, meta=replace(booklet.meta, title=title, publisher=title))
    for target in ("epub", "pdf"):
        for one in render(booklet, study, target):
            root = etree.fromstring(one.xhtml)
            assert root.find(".//script") is None
        assert "{{ booklet }}" in text(chapter(render(booklet, study, target), FIRST))


def test_a_body_that_is_not_well_formed_loses_no_article(study: Theme) -> None:
    root = chapter(render(with_articles(entry(1, article(1, "破", "<p>一<b>二</p>三"))), study, "pdf"), FIRST)
    assert "一二" in text(root)


def test_a_booklet_without_facts_renders(study: Theme) -> None:
    bare = replace(
        sample_booklet(notes="none").meta, number="", series="", publisher="", creators=(), subtitle=""
    )
    lonely = entry(1, article(1, "", "", authors=(), url=""), NO_STUDY)
    for target in ("epub", "pdf"):
        assert render(replace(with_articles(lonely), meta=bare), study, target)
