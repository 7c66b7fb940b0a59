from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from booklet.config.naming import default_title
from booklet.model import Article, BookletMeta, Period
from booklet.render.epub import render_epub
from booklet.words.catalogue import (
    catalogue_title,
    catalogue_words,
    days_label,
    issue_label,
    week_or_month_label,
)

from .epub_sample import (
    CSS,
    META,
    article,
    booklet,
    chapters,
    cover_picture,
    named,
    package,
    standard_articles,
    texts,
)

DC = "{http://purl.org/dc/elements/1.1/}"


def opf(
    *articles: Article, meta: BookletMeta = META, body: str = "<p>文</p>", cover: bool = True
) -> etree._Element:
    book = booklet(*(articles or standard_articles()), meta=meta)
    jpeg = cover_picture() if cover else None
    return package(render_epub(book, chapters(book, {1: body}), css=CSS, cover=jpeg))


def dublin(root: etree._Element, name: str) -> list[str]:
    return texts(list(root.iter(f"{DC}{name}")))


def properties(root: etree._Element, name: str) -> list[str]:
    return texts(list(root.iterfind(f".//{{*}}meta[@property='{name}']")))


def test_the_shelf_is_told_what_the_booklet_is() -> None:
    root = opf()
    assert dublin(root, "title") == ["每周学习参考 2021年第42周·总第17期"]
    assert dublin(root, "identifier") == [META.identifier]
    assert dublin(root, "language") == ["zh-CN", "en", "zh-TW"]
    assert dublin(root, "publisher") == ["综合学习组"]
    assert dublin(root, "creator") == ["综合学习组"]
    assert dublin(root, "contributor") == ["甲", "乙", "Ann", "丁"]
    assert dublin(root, "rights") == ["内部学习资料，请勿外传"]
    assert dublin(root, "date") == ["2021-10-24"]
    assert dublin(root, "subject") == ["时政", "专题", "科技", "要闻"]
    assert dublin(root, "source")[0] == "https://example.org/%E6%96%87%E7%AB%A0/1"
    (description,) = dublin(root, "description")
    assert description == (
        "2021年10月18日—24日，收文 5 篇。时政：《新媒体<观察> & 思考》《第二篇》。"
        "科技：《An English piece》《繁體一篇》《無題》。"
    )
    assert properties(root, "dcterms:modified") == ["2021-10-24T10:00:00Z"]
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"


def refinements(root: etree._Element, identifier: str) -> dict[str | None, str | None]:
    return {
        meta.get("property"): meta.text for meta in root.iterfind(f".//{{*}}meta[@refines='#{identifier}']")
    }


def test_every_refinement_refines_what_is_there() -> None:
    root = opf(meta=named(creators=("甲", "编者")))
    ids = [element.get("id") for element in root.iter(etree.Element) if element.get("id")]
    assert len(set(ids)) == len(ids)
    for meta in root.iterfind(".//{*}meta[@refines]"):
        assert (meta.get("refines") or "").removeprefix("#") in ids
    assert refinements(root, "title") == {"title-type": "main"}
    assert refinements(root, "series") == {"collection-type": "series", "group-position": "17"}


def test_creators_are_in_order_and_have_roles_only_if_all_wrote() -> None:
    """Where some creators have the role `aut`, calibre shows those alone."""
    root = opf(meta=named(creators=("甲", "编者")))
    assert refinements(root, "creator-1") == {"display-seq": "1"}
    assert refinements(root, "creator-2") == {"display-seq": "2"}
    assert refinements(root, "contributor-1") == {"role": "aut"}
    both = opf(meta=named(creators=("甲", "乙")))
    assert refinements(both, "creator-1") == {"role": "aut", "display-seq": "1"}
    assert refinements(opf(), "creator-1") == {}


def test_the_subtitle_is_a_sentence_of_the_description() -> None:
    for subtitle, wanted in (("一周要闻", "一周要闻。2021年"), ("好吗？", "好吗？2021年")):
        (text,) = dublin(opf(meta=named(subtitle=subtitle)), "description")
        assert text.startswith(wanted)
    (text,) = dublin(opf(meta=named(subtitle="News", language="en")), "description")
    assert text.startswith("News. 18–24 October")


def test_categories_that_say_nothing_are_no_subjects() -> None:
    one = article(1, "文", categories=(("新媒体", "ZAKER", "source"), ("Uncategorized",)))
    assert dublin(opf(one), "subject") == ["新媒体", "ZAKER"]


def test_the_series_is_told_in_both_ways() -> None:
    root = opf()
    assert properties(root, "belongs-to-collection") == ["学习参考"]
    assert properties(root, "group-position") == ["17"]
    calibre = {meta.get("name"): meta.get("content") for meta in root.iterfind(".//{*}meta[@name]")}
    assert calibre["calibre:series"] == "学习参考"
    assert calibre["calibre:series_index"] == "17"
    assert calibre["cover"] == "cover-image"


@pytest.mark.parametrize(
    ("number", "position"), [("", ["2021.42"]), ("2021-3", ["2021.3"]), ("试刊", ["2021.42"]), ("42", ["42"])]
)
def test_the_place_in_the_series_is_a_number(number: str, position: list[str]) -> None:
    assert properties(opf(meta=named(number=number)), "group-position") == position


def test_names_are_given_once_and_with_ids_of_their_own() -> None:
    root = opf(meta=named(creators=("丙", "丙 ", "甲"), publisher=""))
    assert dublin(root, "creator") == ["丙", "甲"]
    assert dublin(root, "contributor") == ["乙", "Ann", "丁"]
    ids = [element.get("id") for element in root.iter("{*}*") if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("authors", "creators"), [(("甲", "乙"), ["甲", "乙"]), (("甲", "乙", "丙", "丁"), [])]
)
def test_few_authors_are_the_creators_where_nobody_else_is_named(
    authors: tuple[str, ...], creators: list[str]
) -> None:
    root = opf(article(1, "文", authors=authors), meta=named(publisher=""))
    assert dublin(root, "creator") == creators
    assert dublin(root, "creator") + dublin(root, "contributor") == list(authors)


def test_empty_things_are_left_out() -> None:
    meta = named(publisher="", rights="", series="", number="", period=Period(None, None))
    root = opf(article(1, "文", authors=()), meta=meta, cover=False)
    for name in ("publisher", "rights", "creator", "contributor", "subject"):
        assert dublin(root, name) == [], name
    assert dublin(root, "title") == ["每周学习参考"]
    assert dublin(root, "description") == ["收文 1 篇。《文》"]
    assert all((element.text or "").strip() for element in root.iter(f"{DC}*"))


def test_a_title_inside_a_title_has_inner_marks() -> None:
    (text,) = dublin(opf(article(1, "读《活着》")), "description")
    assert text.endswith("《读〈活着〉》")


def test_the_description_is_cut_to_what_a_shelf_shows() -> None:
    (text,) = dublin(opf(*(article(n, f"第{n}篇，{'长' * 80}") for n in range(1, 60))), "description")
    assert len(text) == 2_000
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("body", "sufficient", "features", "summary_has"),
    [
        ("<p>文</p>", "textual", [], "标题分级"),
        ('<p><img src="images/0a1b.png" alt="红"/></p>', "textual", ["alternativeText"], "均有文字说明"),
        ('<p><img src="images/0a1b.png" alt=" "/></p>', "textual,visual", [], "2 幅图片中有 1 幅"),
        ("<p><ruby>汉<rt>h</rt></ruby></p>", "textual", ["rubyAnnotations"], "标题分级"),
    ],
)
def test_accessibility_is_told_as_it_is(
    body: str, sufficient: str, features: list[str], summary_has: str
) -> None:
    cover = "2 幅" in summary_has
    root = opf(body=body, cover=cover)
    assert properties(root, "schema:accessModeSufficient") == [sufficient]
    told = properties(root, "schema:accessibilityFeature")
    assert told == [
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
        *features,
    ]
    assert summary_has in properties(root, "schema:accessibilitySummary")[0]
    assert properties(root, "schema:accessibilityHazard") == ["none"]
    assert properties(root, "dcterms:conformsTo") == []
    modes = properties(root, "schema:accessMode")
    assert modes == (["textual", "visual"] if cover or "<img" in body else ["textual"])


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "每周学习参考 2021年第42周·总第17期"),
        ({"title": "2021年第42周学习参考"}, "2021年第42周学习参考 总第17期"),
        ({"title": "2021 第 42 周学习参考（17）"}, "2021 第 42 周学习参考（17）"),
        ({"number": ""}, "每周学习参考 2021年第42周"),
        ({"number": "总第 17 期"}, "每周学习参考 2021年第42周·总第 17 期"),
        ({"language": "zh-TW"}, "每周学习参考 2021年第42週·總第17期"),
        ({"language": "en", "title": "Reader"}, "Reader, Week 42, 2021, No. 17"),
        (
            {"period": Period(date(2021, 10, 1), date(2021, 10, 31), month=(2021, 10)), "number": ""},
            "每周学习参考 2021年10月",
        ),
        (
            {"period": Period(date(2021, 10, 13), date(2021, 11, 2)), "number": ""},
            "每周学习参考 2021年10月13日—11月2日",
        ),
    ],
)
def test_titles_tell_issues_apart(changes: dict[str, object], title: str) -> None:
    assert catalogue_title(named(META, **changes)) == title


@pytest.mark.parametrize(
    ("since", "until", "chinese", "english"),
    [
        ((2021, 10, 18), (2021, 10, 18), "2021年10月18日", "18 October 2021"),
        ((2021, 10, 18), (2021, 10, 24), "2021年10月18日—24日", "18–24 October 2021"),
        ((2021, 10, 28), (2021, 11, 3), "2021年10月28日—11月3日", "28 October – 3 November 2021"),
        ((2021, 12, 28), (2022, 1, 3), "2021年12月28日—2022年1月3日", "28 December 2021 – 3 January 2022"),
    ],
)
def test_days_are_said_shortly(
    since: tuple[int, int, int], until: tuple[int, int, int], chinese: str, english: str
) -> None:
    period = Period(date(*since), date(*until))
    assert days_label(period, "zh-CN") == chinese
    assert days_label(period, "en") == english
    assert days_label(replace(period, since=None), "zh-CN") == ""


def test_labels_of_weeks_months_and_numbers() -> None:
    month = named(period=Period(None, None, month=(2021, 2)), language="en", number="2021/3")
    assert (week_or_month_label(month), issue_label(month)) == ("February 2021", "No. 2021/3")
    assert week_or_month_label(named(period=Period(None, None))) == ""


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("ja", ["2021年10月18日～24日", "2021年10月30日～11月2日", "2021年12月30日～2022年1月2日"]),
        (
            "ko",
            ["2021년 10월 18일 ~ 24일", "2021년 10월 30일 ~ 11월 2일", "2021년 12월 30일 ~ 2022년 1월 2일"],
        ),
    ],
)
def test_japanese_and_korean_days_are_written_as_there(language: str, days: list[str]) -> None:
    ends = [("2021-10-18", "2021-10-24"), ("2021-10-30", "2021-11-02"), ("2021-12-30", "2022-01-02")]
    periods = [Period(date.fromisoformat(since), date.fromisoformat(until)) for since, until in ends]
    assert [days_label(period, language) for period in periods] == days


def test_a_japanese_or_korean_book_is_catalogued_in_its_language() -> None:
    assert catalogue_words("ja-JP").contents == "目次"
    assert catalogue_words("ko").contents == "차례"
    assert default_title("ko-KR") == "학습 자료"
