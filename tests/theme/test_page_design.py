"""What makes pages look made: the marks that the style sheets act on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from booklet.model import Booklet, Section, Video
from booklet.render.chapters import render_chapters
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.render.text.titles import title_parts
from booklet.theme import load

from .sample import PARAGRAPH, article, asset, entry, picture, sample_booklet

VIDEO = Video("腾讯视频", "", "https://v.qq.com/x/page/abc123.html")


def printed(booklet: Booklet, chapter_id: str) -> etree._Element:
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({})
    chapters = render_chapters(booklet, theme=theme, options=options, target="pdf", adapt=adapt_body)
    return etree.fromstring(next(one.xhtml for one in chapters if one.id == chapter_id))


def with_body(body: str) -> etree._Element:
    section = Section("s1", 1, "", (), (entry(1, article(1, "题", body, videos=(VIDEO,))),))
    root = printed(replace(sample_booklet(notes="none"), sections=(section,)), "a-000000000001")
    found = root.find("./div[@class='body']")
    assert found is not None
    return found


def with_articles(count: int, *, sections: int = 1) -> Booklet:
    made = tuple(
        Section(
            f"s{number}",
            number,
            f"栏目{number}",
            (f"栏目{number}",),
            tuple(
                entry(n, article(n, f"第{n}则消息", PARAGRAPH))
                for n in range(number * 1000, number * 1000 + count)
            ),
        )
        for number in range(1, sections + 1)
    )
    return replace(sample_booklet(notes="none"), sections=made)


def words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>一</p><hr/><p>二</p>", 1),
        ("<hr/><p>一</p><hr/>", 0),
        ("<p>一</p><hr/><hr/><p>二</p>", 1),
        ('<p>一</p><hr/><h2 id="h-1">题</h2><p>二</p>', 0),
        ("一<hr/>二", 1),
        ("<p>一</p><hr/>二", 1),
    ],
)
def test_rules_that_part_nothing_are_left_out(body: str, left: int) -> None:
    found = with_body(body)
    assert len(found.findall(".//hr")) == left
    assert words(found).count("一") == 1


def test_only_short_tables_are_kept_on_one_page() -> None:
    row = "<tr><td>甲</td><td>乙</td></tr>"
    short, long, wordy = with_body(
        f"<table>{row * 8}</table><table>{row * 9}</table><table><tr><td>{'字' * 401}</td></tr></table>"
    ).findall("table")
    assert short.get("class") == "short"
    assert "short" not in (long.get("class") or "") + (wordy.get("class") or "")


@pytest.mark.parametrize(("rows", "kept"), [(1, "short"), (2, None)])
def test_table_with_pictures_may_part_between_its_rows(rows: int, kept: str | None) -> None:
    row = '<tr><td>甲</td><td><img src="image:1" alt=""/></td></tr>'
    owner = article(1, "图", f"<table>{row * rows}</table>", images=(picture("1"),))
    booklet = replace(with_articles(1), images={"1": asset("p.png")})
    section = replace(booklet.sections[0], entries=(entry(1, owner),))
    table = printed(replace(booklet, sections=(section,)), entry(1, owner).id).find(".//table")
    assert table is not None
    assert table.get("class") == kept


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("<p>更多内容</p>", None),
        ("<p>看视频：</p>", "keep"),
        ("<p>戳下面↓</p>", "keep"),
        (f"<p>{'字' * 90}：</p>", None),
        ("<ul><li>一：</li></ul>", None),
    ],
)
def test_only_words_that_announce_a_video_card_stay_with_it(before: str, kept: str | None) -> None:
    body = with_body(f'<p>文</p>{before}<div data-video="0"></div><p>尾</p>')
    assert [block.get("class") for block in body] == [None, kept, "video-card", None]


def test_what_stands_around_an_article_speaks_its_language() -> None:
    english = words(printed(sample_booklet(notes="none"), "a-000000000003"))
    assert "min read" in english
    assert "阅读约" not in english
    polish = replace(sample_booklet(notes="none").sections[1].entries[0].article.article, lang="pl")
    clean = replace(sample_booklet().sections[1].entries[0].article, article=polish)
    section = Section("s1", 1, "", (), (entry(3, clean),))
    fallback = words(printed(replace(sample_booklet(notes="none"), sections=(section,)), "a-000000000003"))
    assert "阅读约" in fallback, "a language that the theme lacks is no reason for English"


def test_a_page_that_opens_a_section_has_no_running_head() -> None:
    booklet = sample_booklet(notes="none")
    opener = printed(booklet, "s1")
    assert (opener.get("data-running"), opener.get("data-booklet")) == ("", "")
    assert "总第 17 期" in (printed(booklet, "toc").get("data-booklet") or "")


@pytest.mark.parametrize("count", [9, 30])
def test_contents_set_the_source_below_the_title_however_many_there_are(count: int) -> None:
    item = printed(with_articles(count, sections=1), "toc").find(".//li")
    assert item is not None
    assert len(item.findall("p")) == 2
    assert "河畔周报" in words(item)


@pytest.mark.parametrize(
    ("count", "sections", "first"),
    [(3, 1, "第1000则消息"), (3, 2, "栏目1"), (11, 1, None)],
)
def test_a_cover_lists_sections_or_else_a_few_articles(count: int, sections: int, first: str | None) -> None:
    found = printed(with_articles(count, sections=sections), "cover").find(
        ".//ol//span[@class='cover-section']"
    )
    assert (None if found is None else found.text) == first


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("老厂房里的“数字师傅”: 一家齿轮厂的改造账", ["老厂房里的“数字师傅”:", "一家齿轮厂的改造账"]),
        ("A short history of clocks, sand and water", ["A short history of clocks, sand and water"]),
    ],
)
def test_no_line_of_a_title_begins_with_a_latin_mark(title: str, parts: list[str]) -> None:
    assert [part.head + part.tail for part in title_parts(title)] == parts
