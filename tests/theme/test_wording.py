from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from booklet.model import Period
from booklet.render.text.titles import shorten, title_parts
from booklet.theme import load
from booklet.words import printed

LABELS = {
    language: load("plain", project_dir=Path()).labels_for(language) for language in ("zh-CN", "zh-TW", "en")
}


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("zh-CN", "2021年10月20日", "10月20日"),
        ("zh-TW", "2021年10月20日", "10月20日"),
        ("en", "20 October 2021", "20 October"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, long: str, short: str) -> None:
    assert printed.day(date(2021, 10, 20), LABELS[language]) == long
    assert printed.short_day(date(2021, 10, 20), LABELS[language]) == short


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        (
            Period(date(2021, 10, 18), date(2021, 10, 24), week=(2021, 42)),
            "10月18日 — 10月24日",
            "18 October – 24 October",
        ),
        (
            Period(date(2021, 10, 13), date(2021, 10, 22)),
            "2021年10月13日 — 10月22日",
            "13 October – 22 October 2021",
        ),
        (
            Period(date(2021, 12, 27), date(2022, 1, 2), week=(2021, 52)),
            "2021年12月27日 — 2022年1月2日",
            "27 December 2021 – 2 January 2022",
        ),
        (Period(date(2021, 10, 18), date(2021, 10, 18)), "2021年10月18日", "18 October 2021"),
        (Period(None, date(2021, 10, 18)), "2021年10月18日", "18 October 2021"),
        (Period(None, None), "", ""),
    ],
)
def test_a_period_says_each_year_once(period: Period, chinese: str, english: str) -> None:
    assert printed.period(period, LABELS["zh-CN"]) == chinese
    assert printed.period(period, LABELS["en"]) == english


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_sections_are_counted_in_han_numerals(number: int, numeral: str) -> None:
    assert printed.numeral(number, "zh-CN") == numeral
    assert printed.numeral(number, "en") == str(number)


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://example.org/", "example.org"),
        ("http://www.example.org/a/?id=3&utm_source=x&spm=1.2", "www.example.org/a?id=3"),
        ("https://example.org/%E6%96%B0%E9%97%BB", "example.org/新闻"),
        ("https://example.org/%20a", "example.org/%20a"),
        ("https://me:pass@example.org/a#part", "example.org/a#part"),
        ("https://example.org/" + "x" * 200 + "/end", "example.org/" + "x" * 35 + "…" + "x" * 20 + "/end"),
    ],
)
def test_addresses_on_paper_are_short_and_can_be_typed(url: str, short: str) -> None:
    assert printed.short_url(url) == short


def test_figures_are_told_apart() -> None:
    assert printed.figures_apart("2021 年第 42 周") == (
        ("2021", True),
        (" 年第 ", False),
        ("42", True),
        (" 周", False),
    )


def cut(title: str, *, cover: bool = False) -> list[str]:
    return [part.head + part.tail + (" " if part.space else "") for part in title_parts(title, cover=cover)]


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("推动河道治理健康发展 各部门作出最新部署", ["推动河道治理健康发展 ", "各部门作出最新部署"]),
        ("登上 Nature 子刊，神经科学启发 DNN 设计", ["登上 Nature 子刊，", "神经科学启发 DNN 设计"]),
        ("短标题 不分行", ["短标题 不分行"]),
        ("关于印发《标准 化，发展纲要》的通知说明", ["关于印发《标准 化，发展纲要》的通知说明"]),
        ("A title of many English words stays whole", ["A title of many English words stays whole"]),
        ("这一个很长很长标题只有尾巴在后面（下）", ["这一个很长很长标题只有尾巴在后面（下）"]),
        ("这是一个很长很长的标题，尾巴很长", ["这是一个很长很长的标题，", "尾巴很长"]),
        ("微软承认 Windows 存在 3 个新的打印问题", ["微软承认 Windows ", "存在 3 个新的打印问题"]),
        ("一切为了大家都满意的城市河道治理", ["一切为了大家都满意的", "城市河道治理"]),
        ("《推动河道治理健康发展的若干意见》发布", ["《推动河道治理健康发展的若干意见》发布"]),
        ("", []),
    ],
)
def test_titles_break_where_the_author_broke_them(title: str, parts: list[str]) -> None:
    assert [part for part in cut(title) if part] == parts


@pytest.mark.parametrize(
    ("title", "head", "tail"),
    [
        ("治理河道要先治岸", "治理河道要", "先治岸"),
        ("治理河道要先治岸！", "治理河道要", "先治岸！"),
        ("短题", "短题", ""),
    ],
)
def test_the_last_characters_of_a_title_stay_together(title: str, head: str, tail: str) -> None:
    assert [(part.head, part.tail) for part in title_parts(title)] == [(head, tail)]


def test_a_cut_title_is_the_title() -> None:
    for title in (
        "一二三四五六七，八九十 甲乙丙丁戊己庚辛 abc def 子丑寅卯",
        "“引号”：其实！？不是 这样的吗——对",
    ):
        assert "".join(cut(title)) == title


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("每周学习参考", ["每周", "学习参考"]),
        ("本月要闻", ["本月", "要闻"]),
        ("每周 学习参考", ["每周 ", "学习参考"]),
        ("学习参考", ["学习参考"]),
        ("每周", ["每周"]),
    ],
)
def test_a_cover_breaks_after_the_word_for_the_period(title: str, parts: list[str]) -> None:
    assert cut(title, cover=True) == parts


def test_running_titles_are_cut_with_an_ellipsis() -> None:
    assert shorten("一二三四五", 5) == "一二三四五"
    assert shorten("一二三四五六", 5) == "一二三四…"


@pytest.mark.parametrize(
    ("title", "language", "shown"),
    [
        ("旧风琴的修理，从一支音管说起的二十个晚上", "zh-CN", "旧风琴的修理，从一支音管…"),
        ("旧风琴修理记录全书（下），琴房第二期", "zh-CN", "旧风琴修理记录全书…"),
        ("读书会的几本新书《Notebooks》是怎样做的", "zh-CN", "读书会的几本新书…"),
        ("旧风琴修理记录全书，琴房第二期", "zh-CN", "旧风琴修理记录全书…"),
        ("How to mend an old harmonium in the evenings", "en", "How to mend an old…"),
    ],
)
def test_a_running_title_is_cut_between_words_and_not_in_a_bracket(
    title: str, language: str, shown: str
) -> None:
    assert shorten(title, 13, language) == shown


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), "10月20日"),
        (date(2020, 12, 31), date(2021, 10, 20), "2021年10月20日"),
        (None, None, "10月20日"),
    ],
)
def test_the_contents_name_the_year_where_there_are_several(
    since: date | None, until: date | None, shown: str
) -> None:
    assert printed.day_within(date(2021, 10, 20), Period(since, until), LABELS["zh-CN"]) == shown
