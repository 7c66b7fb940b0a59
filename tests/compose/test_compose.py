"""What stands in the booklet and what the shelves are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from booklet import compose
from booklet.config.values import MetaConfig
from booklet.model import Article, Booklet, BookletMeta, CategoryPath, CleanArticle, Heading, Period

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN = Period(None, None)


def article(name: str, day: int = 1, **extra: object) -> Article:
    return Article(
        id=name,
        title=f"题目{name}",
        authors=("某社",),
        published=datetime(2026, 10, day, 8, tzinfo=SHANGHAI),
        published_from="front-matter",
        categories=(("甲", "乙"),),
        tags=(),
        lang="zh-CN",
        url="",
        cover="",
        body="<p>正文</p>",
        body_format="html",
        body_line=1,
        source=f"{name}.md",
        source_path=Path(f"{name}.md"),
        root=Path(),
        draft=False,
        extra=extra,
    )


def clean(one: Article, text_chars: int = 900) -> CleanArticle:
    return CleanArticle(one, one.body, (), None, (), (), text_chars, ())


def describe(
    name: str = "周报",
    period: Period = OPEN,
    number: str = "",
    days: tuple[int, ...] = (1,),
    modified: datetime | None = None,
) -> BookletMeta:
    return compose.describe(
        MetaConfig(number=number),
        [article(str(day), day) for day in days],
        name=name,
        title=name,
        language="zh-CN",
        timezone="Asia/Shanghai",
        period=period,
        modified=modified,
    )


WEEK = Period(date(2026, 10, 19), date(2026, 10, 25), week=(2026, 43))


def test_a_rebuild_with_a_late_article_is_the_same_book() -> None:
    assert describe(period=WEEK, days=(19,)).identifier == describe(period=WEEK, days=(19, 22)).identifier


def test_another_week_another_name_another_number_is_another_book() -> None:
    other_week = replace(WEEK, since=date(2026, 10, 26), until=date(2026, 11, 1))
    books = [
        describe(period=WEEK),
        describe(period=other_week),
        describe(name="月报", period=WEEK),
        describe(period=WEEK, number="17"),
    ]
    assert len({book.identifier for book in books}) == 4


def test_open_sides_of_the_period_are_filled_from_the_articles() -> None:
    period = describe(days=(3, 9, 5)).period
    assert (period.since, period.until) == (date(2026, 10, 3), date(2026, 10, 9))


def test_modified_is_the_newest_article_in_utc_unless_given() -> None:
    assert describe(days=(3, 9)).modified == datetime(2026, 10, 9, 0, tzinfo=UTC)
    given = datetime(2020, 1, 1, tzinfo=UTC)
    assert describe(modified=given).modified == given


@pytest.mark.parametrize(
    ("chars", "lang", "minutes"),
    [(0, "zh-CN", 1), (400, "zh-CN", 1), (401, "zh-TW", 2), (2_380, "en", 2), (2_381, "pl", 3)],
)
def test_reading_minutes_follow_the_script(chars: int, lang: str, minutes: int) -> None:
    assert compose.reading_minutes(chars, lang) == minutes


def groups() -> list[tuple[CategoryPath, list[Article]]]:
    return [(("甲", "乙"), [article("a"), article("b")]), ((), [article("c")])]


def booklet_with(notes: str, one: Article | None = None) -> Booklet:
    grouped = groups()
    if one:
        grouped[0][1][0] = one
    cleaned = {item.id: clean(item) for _, items in grouped for item in items}
    return compose.compose(grouped, cleaned, meta=describe(), images={}, options={"notes": notes})


def test_articles_are_numbered_through_and_sections_carry_their_last_name() -> None:
    booklet = booklet_with("none")
    assert [section.title for section in booklet.sections] == ["乙", ""]
    assert [entry.number for section in booklet.sections for entry in section.entries] == [1, 2, 3]
    assert [entry.id for entry in booklet.sections[0].entries] == ["a-a", "a-b"]


def test_notes_pages_stand_where_the_option_says() -> None:
    def notes(option: str) -> list[str]:
        return [part.section_id for part in booklet_with(option).back_matter if part.kind == "notes"]

    assert notes("none") == []
    assert notes("section") == ["s1", "s2"]
    assert notes("end") == [""]


def test_matter_stands_as_in_a_bound_book() -> None:
    booklet = booklet_with("end")
    assert [part.kind for part in booklet.front_matter] == ["cover", "colophon", "toc"]
    assert [part.kind for part in booklet.back_matter] == ["notes", "sources"]


def test_one_article_needs_no_contents_and_no_index_of_sources() -> None:
    one = article("a")
    booklet = compose.compose(
        [((), [one])], {"a": clean(one)}, meta=describe(), images={}, options={"notes": "none"}
    )
    assert [part.kind for part in booklet.front_matter] == ["cover", "colophon"]
    assert booklet.back_matter == ()


def test_study_box_takes_lists_and_lines_and_what_yaml_took_for_something_else() -> None:
    points = ("甲 ", "", 3, {"结论": "成本下降 30%"}, date(2021, 10, 20), None, {"无": None})
    one = article("a", summary="第一行\n第二行", key_points=points, questions=42)
    study = booklet_with("none", one).sections[0].entries[0].study
    assert study.summary == "第一行 第二行"
    assert study.key_points == ("甲", "3", "结论: 成本下降 30%", "2021-10-20")
    assert study.questions == ("42",)


def test_times_of_files_make_no_period_and_no_edition_unless_there_is_nothing_else() -> None:
    copied = replace(article("z", 30), published_from="file-time")
    for articles, day, until in (([article("a", 3), copied], 3, date(2026, 10, 3)), ([copied], 30, None)):
        meta = compose.describe(
            MetaConfig(),
            articles,
            name="周报",
            title="周报",
            language="zh-CN",
            timezone="Asia/Shanghai",
            period=OPEN,
            modified=None,
        )
        assert (meta.modified.day, meta.period.until) == (day, until)


@pytest.mark.parametrize(
    "href",
    ["https://blog.example/b", "http://www.blog.example/b/", "https://Blog.example/b#part"],
)
def test_a_link_to_another_article_of_the_booklet_leads_to_its_chapter(href: str) -> None:
    here, there = (
        replace(article("a"), url="https://blog.example/a"),
        replace(article("b"), url="https://blog.example/b"),
    )
    body = f'<p><a href="{href}">乙</a> <a href="https://blog.example/a">自己</a> <a href="https://c.example/b">外</a></p>'
    cleaned = {"a": replace(clean(here), body=body), "b": clean(there)}
    meta = describe()
    booklet = compose.compose([(("甲",), [here, there])], cleaned, meta=meta, images={}, options={})
    first, second = booklet.sections[0].entries
    assert second.id == "a-b"
    assert first.article.body == body.replace(href, "#a-b", 1)


@pytest.mark.parametrize(
    ("anchor", "target"),
    [
        ("#一、准备-工作", "#a-b-h-1"),
        ("#%E6%94%B6%E5%B0%BE", "#a-b-h-2"),
        ("#comments", "#a-b"),
        ("", "#a-b"),
    ],
    ids=["heading", "encoded", "none such", "no section"],
)
def test_a_link_to_a_section_of_another_article_leads_to_it_if_it_exists(anchor: str, target: str) -> None:
    here = article("a")
    there = replace(article("b"), url="https://blog.example/b")
    headings = (Heading(2, "一、准备 工作", "h-1"), Heading(2, "收尾", "h-2"))
    body = f'<p><a href="https://blog.example/b{anchor}">乙</a></p>'
    cleaned = {"a": replace(clean(here), body=body), "b": replace(clean(there), headings=headings)}
    booklet = compose.compose([((), [here, there])], cleaned, meta=describe(), images={}, options={})
    assert f'href="{target}"' in booklet.sections[0].entries[0].article.body


@pytest.mark.parametrize("url", ["https://blog.example/", "https://blog.example/shared"])
def test_no_link_leads_to_an_address_that_several_have_or_to_a_front_page(url: str) -> None:
    here, others = article("a"), [replace(article(name), url=url) for name in "bc"]
    body = f'<p><a href="{url}">站</a></p>'
    groups = [((), [here, *(others if url.endswith("shared") else others[:1])])]
    cleaned = {"a": replace(clean(here), body=body), **{one.id: clean(one) for one in others}}
    booklet = compose.compose(groups, cleaned, meta=describe(), images={}, options={})
    assert booklet.sections[0].entries[0].article.body == body


def test_addresses_with_queries_and_han_are_compared_as_written_or_encoded() -> None:
    here, there = article("a"), replace(article("b"), url="https://blog.example/文?x=1&y=2")
    body = '<p><a href="https://blog.example/%E6%96%87?x=1&amp;y=2">乙</a><a href="https://blog.example/文?x=2">丙</a></p>'
    cleaned = {"a": replace(clean(here), body=body), "b": clean(there)}
    booklet = compose.compose([((), [here, there])], cleaned, meta=describe(), images={}, options={})
    assert booklet.sections[0].entries[0].article.body.count('href="#a-b"') == 1


@pytest.mark.parametrize(
    ("languages", "main"),
    [
        (["ja", "ja", "en"], "ja"),
        (["ko"], "ko"),
        (["ar", "ar", "und"], "ar"),
        (["zh-CN", "en"], "zh-CN"),
        (["und", "und", "ja"], "zh-CN"),
    ],
)
def test_a_booklet_speaks_the_language_of_most_of_its_articles(languages: list[str], main: str) -> None:
    articles = [replace(article(f"{n}", 3), lang=tag) for n, tag in enumerate(languages)]
    assert compose.main_language(articles, default="zh-CN") == main
