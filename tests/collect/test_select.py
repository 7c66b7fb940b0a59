from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from booklet.config.values import Select
from booklet.model import Article, Period
from booklet.select import Selection, select
from booklet.select.sections import group

from .sample import SHANGHAI, article

A = article("a.md", day="2021-10-19", title="甲：数字经济", categories=(("新闻", "要闻"),), tags=("经济",))
B = article("b.md", day="2021-10-20", title="乙", categories=(("编程", "前端"), ("新闻",)), authors=("李四",))
C = article(
    "sub/c.md", day="2021-10-24", title="丙", categories=(), body="<p>讲数字<b>经济</b>的 <i>Text</i></p>"
)
UNDATED = article("d.md", day="2021-10-20", title="丁", published_from="file-time")
DRAFT = article("e.md", day="2021-10-20", title="戊", draft=True)
ALL = (A, B, C, UNDATED, DRAFT)
WEEK = Period(date(2021, 10, 18), date(2021, 10, 24))


def chosen(selection: Selection) -> list[str]:
    return [one.source for one in selection.articles]


def found(selection: Selection) -> list[tuple[str, str]]:
    return [(one.code, one.source) for one in selection.findings]


@pytest.mark.parametrize(
    ("wanted", "sources"),
    [
        (Select(), ["a.md", "b.md", "d.md", "sub/c.md"]),
        (Select(drafts=True), ["a.md", "b.md", "d.md", "e.md", "sub/c.md"]),
        (Select(categories=(("新闻",),)), ["a.md", "b.md", "d.md"]),
        (Select(categories=(("新闻", "要闻"),)), ["a.md", "d.md"]),
        (Select(categories=(("新闻", "要闻"), ("编程",))), ["a.md", "b.md", "d.md"]),
        (Select(exclude_categories=(("新闻", "要闻"),)), ["b.md", "sub/c.md"]),
        (Select(tags=("经济", "别的")), ["a.md"]),
        (Select(authors=("李四",)), ["b.md"]),
        (Select(match="数字经济"), ["a.md", "sub/c.md"]),
        (Select(match="TEXT"), ["sub/c.md"]),
        (Select(match="<b>"), []),
        (Select(exclude=("a.md", "id-b.md")), ["d.md", "sub/c.md"]),
        (Select(exclude=("./sub",)), ["a.md", "b.md", "d.md"]),
        (Select(exclude=("sub\\c.md", "/posts/d.md")), ["a.md", "b.md"]),
        (Select(period=WEEK), ["a.md", "b.md", "sub/c.md"]),
        (Select(period=Period(date(2021, 10, 20), None)), ["b.md", "sub/c.md"]),
        (Select(period=Period(None, date(2021, 10, 19))), ["a.md"]),
        (Select(categories=(("新闻",),), authors=("李四",)), ["b.md"]),
        (Select(limit=2), ["b.md", "sub/c.md"]),
        (Select(limit=0), []),
    ],
)
def test_conditions(wanted: Select, sources: list[str]) -> None:
    assert sorted(chosen(select(ALL, wanted))) == sources


def test_the_newest_are_those_that_say_so_before_copies_of_old_files() -> None:
    copied = article("copy.md", published=datetime(2026, 1, 1, tzinfo=SHANGHAI), published_from="file-time")
    assert chosen(select([copied, article("a.md")], Select(limit=1))) == ["a.md"]
    assert len(chosen(select([copied, article("a.md")], Select(limit=2)))) == 2


def test_a_level_is_a_whole_name() -> None:
    assert chosen(select([article(categories=(("新闻网",),))], Select(categories=(("新闻",),)))) == []


def test_days_are_the_readers() -> None:
    late = article(published=datetime(2021, 10, 19, 16, 26, 50, tzinfo=UTC).astimezone(SHANGHAI))
    day = date(2021, 10, 20)
    assert chosen(select([late], Select(period=Period(day, day)))) == ["a.md"]


def test_a_date_of_the_file_never_matches_and_that_is_said() -> None:
    assert found(select(ALL, Select(period=WEEK))) == [
        ("undated-left-out", "d.md"),
        ("draft-left-out", "e.md"),
    ]
    assert found(select(ALL, Select(period=WEEK, authors=("李四",)))) == []
    assert found(select(ALL, Select(period=Period(None, date(2021, 10, 19))))) == []


def test_drafts_that_would_go_in_are_said() -> None:
    assert found(select(ALL, Select())) == [("draft-left-out", "e.md")]
    assert found(select(ALL, Select(drafts=True))) == []


@pytest.mark.parametrize(
    ("sort", "sources"),
    [
        ("date", ["a.md", "b.md", "sub/c.md", "d.md"]),
        ("-date", ["sub/c.md", "b.md", "a.md", "d.md"]),
        ("title", ["d.md", "sub/c.md", "b.md", "a.md"]),
        ("category", ["a.md", "d.md", "b.md", "sub/c.md"]),
        ("section", ["a.md", "d.md", "b.md", "sub/c.md"]),
    ],
)
def test_sorting(sort: str, sources: list[str]) -> None:
    assert chosen(select(ALL, Select(sort=sort))) == sources  # type: ignore[arg-type] # a parameter


def test_articles_without_a_date_stand_last_by_their_paths_whenever_their_files_were_written() -> None:
    undated = [
        article(f"{name}.md", day=day, published_from="file-time", categories=())
        for name, day in (("y", "1999-01-01"), ("x", "2030-01-01"))
    ]
    for sort in ("section", "date", "-date"):
        assert chosen(select([*undated, article("z.md", categories=())], Select(sort=sort))) == [
            *("z.md", "x.md", "y.md")
        ]


def test_order_does_not_depend_on_the_order_of_finding() -> None:
    for sort in ("section", "date", "-date", "category", "title"):
        wanted = Select(sort=sort)
        assert select(ALL, wanted).articles == select(ALL[::-1], wanted).articles


def test_order_brings_articles_to_the_front_and_says_what_it_does_not_know() -> None:
    selection = select(ALL, Select(order=("c.md", "nowhere.md", "id-b.md")))
    assert chosen(selection) == ["sub/c.md", "b.md", "a.md", "d.md"]
    assert [(one.code, one.params) for one in selection.findings][:1] == [
        ("order-unknown", (("value", "nowhere.md"),))
    ]


def test_an_exclusion_that_means_no_article_is_said() -> None:
    assert [one.params for one in select(ALL, Select(exclude=("x.md", "a.md"))).findings][:1] == [
        (("value", "x.md"),)
    ]


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        (("要闻",), "新闻/要闻"),
        (("新聞",), "新闻"),
        (("编程", "前段"), "编程/前端"),
        (("前端", "编程"), "编程"),
    ],
)
def test_a_category_that_no_article_has_names_near_ones(wanted: tuple[str, ...], near: str) -> None:
    selection = select(ALL, Select(categories=(wanted,)))
    assert near in selection.near_categories
    assert selection.articles == ()
    assert [one.code for one in selection.findings] == ["category-unknown"]


def test_without_near_ones_the_largest_categories_are_named() -> None:
    assert select(ALL, Select(categories=(("xyzxyz",),))).near_categories[0] == "新闻"


def test_an_unknown_category_is_said_while_others_match() -> None:
    selection = select(ALL, Select(categories=(("新闻",), ("新问",)), drafts=True))
    assert len(selection.articles) == 4
    assert [one.code for one in selection.findings] == ["category-unknown"]


def test_a_known_category_without_selected_articles_is_said() -> None:
    selection = select(
        ALL, Select(categories=(("新闻",), ("编程",)), period=Period(None, date(2021, 10, 19)))
    )
    assert [one.code for one in selection.findings] == ["category-empty"]


def test_days_held_are_those_of_what_matches_all_but_the_period() -> None:
    past = Period(date(2020, 1, 1), date(2020, 1, 31))
    assert select(ALL, Select(period=past)).dates_held == (date(2021, 10, 19), date(2021, 10, 24))
    assert select(ALL, Select(period=past, authors=("李四",))).dates_held == (date(2021, 10, 20),) * 2
    assert select(ALL, Select(period=past, authors=("无",))).dates_held == (
        date(2021, 10, 19),
        date(2021, 10, 24),
    )
    assert select([UNDATED], Select(period=past)).dates_held is None


def many(*paths: tuple[str, ...]) -> list[Article]:
    return [
        article(f"{n}.md", day=f"2021-10-{n + 1:02}", categories=(path,) if path else ())
        for n, path in enumerate(paths)
    ]


def sections(articles: list[Article], wanted: Select) -> list[tuple[str, list[str]]]:
    groups = group(select(articles, wanted).articles, level=wanted.section_level, sort=wanted.sort)
    return [("/".join(path), [Path(one.source).stem for one in members]) for path, members in groups]


def test_sections_come_by_their_oldest_article_and_hold_articles_by_date() -> None:
    posts = many(("乙", "1"), ("甲", "2"), (), ("乙", "1"), ("甲", "3"))
    assert sections(posts, Select()) == [("乙", ["0", "3"]), ("甲", ["1", "4"]), ("", ["2"])]


def test_a_level_with_two_to_twelve_sections_is_taken_the_shallowest_first() -> None:
    one_top = many(("新媒体", "甲"), ("新媒体", "乙"), ("新媒体", "甲"))
    assert sections(one_top, Select()) == [("新媒体/甲", ["0", "2"]), ("新媒体/乙", ["1"])]


def test_no_level_fits_means_one_section() -> None:
    assert sections(many(("甲",), ("甲",)), Select()) == [("", ["0", "1"])]
    assert len(sections(many(*[(f"c{n}",) for n in range(13)]), Select())) == 1
    assert len(sections(many(*[(f"c{n % 13}",) for n in range(26)]), Select())) == 13


def test_a_level_may_be_given() -> None:
    posts = many(("甲", "x"), ("甲", "y"), ("乙",))
    assert sections(posts, Select(section_level=0)) == [("", ["0", "1", "2"])]
    assert sections(posts, Select(section_level=1)) == [("甲", ["0", "1"]), ("乙", ["2"])]
    assert sections(posts, Select(section_level=2)) == [("甲/x", ["0"]), ("甲/y", ["1"]), ("乙", ["2"])]


def test_sections_of_one_parent_stay_together() -> None:
    posts = many(("甲", "x"), ("乙", "z"), ("甲", "y"))
    assert [name for name, _ in sections(posts, Select(section_level=2))] == ["甲/x", "甲/y", "乙/z"]


def test_sections_follow_the_categories_asked_for() -> None:
    posts = many(("甲", "x"), ("乙", "z"), ("甲", "y"))
    wanted = Select(categories=(("乙",), ("甲", "y"), ("甲",)))
    assert sections(posts, wanted) == [("乙", ["1"]), ("甲", ["0", "2"])]


def test_a_sorted_run_is_not_divided_unless_a_level_is_given() -> None:
    posts = many(("甲",), ("乙",), ("甲",))
    assert sections(posts, Select(sort="-date")) == [("", ["2", "1", "0"])]
    assert sections(posts, Select(sort="-date", section_level=1)) == [("甲", ["2", "0"]), ("乙", ["1"])]
    assert sections(posts, Select(sort="category")) == [("乙", ["1"]), ("甲", ["0", "2"])]


def test_articles_put_first_stay_first_in_their_section() -> None:
    posts = many(("甲",), ("乙",), ("甲",))
    assert sections(posts, Select(order=("2.md",))) == [("甲", ["2", "0"]), ("乙", ["1"])]


def test_nothing_makes_no_sections() -> None:
    assert group((), level="auto", sort="section") == ()


SECTIONED = (
    article("a.md", day="2021-10-18", categories=(("新闻", "要闻"),)),
    article("b.md", day="2021-10-19", categories=()),
    article("c.md", day="2021-10-20", categories=(("科技",),)),
    article("d.md", day="2021-10-21", categories=(("新闻", "短讯"),)),
)


def section_order(wanted: Select) -> list[tuple[str, ...]]:
    """The paths of the sections, in the booklet's order."""
    ordered = select(SECTIONED, wanted).articles
    return [path for path, _ in group(ordered, level=wanted.section_level, sort=wanted.sort)]


def test_the_section_without_a_category_comes_last_unless_order_names_one_of_its_articles() -> None:
    assert section_order(Select(section_level=1)) == [("新闻",), ("科技",), ()]
    assert section_order(Select(section_level=1, sort="date")) == [("新闻",), ("科技",), ()]
    assert section_order(Select(section_level=1, order=("b.md",))) == [(), ("新闻",), ("科技",)]
    assert section_order(Select(section_level=1, order=("c.md", "b.md"))) == [("科技",), (), ("新闻",)]


@pytest.mark.parametrize(
    ("wanted", "paths"),
    [
        (("科技", "新闻"), [("科技",), ("新闻",), ()]),
        (("科技",), [("科技",), ("新闻",), ()]),
        (("新闻/要闻", "科技"), [("科技",), ("新闻",), ()]),
    ],
)
def test_sections_stand_in_the_order_that_the_configuration_gives(
    wanted: tuple[str, ...], paths: list[tuple[str, ...]]
) -> None:
    assert section_order(Select(section_level=1, sections=wanted)) == paths


def test_sections_are_named_by_title_or_by_path_and_win_over_the_order_of_categories() -> None:
    asked = Select(section_level=2, sections=("短讯", "新闻/要闻"), categories=(("科技",), ("新闻",)))
    assert section_order(asked) == [("新闻", "短讯"), ("新闻", "要闻"), ("科技",)]
    assert section_order(replace(asked, sections=()))[0] == ("科技",), "else the order of select.categories"


def test_a_section_that_is_not_there_is_named_with_those_that_are() -> None:
    (found,) = select(SECTIONED, Select(section_level=1, sections=("体育",))).findings
    assert (found.code, dict(found.params)) == ("section-unknown", {"value": "体育", "near": "新闻、科技"})
