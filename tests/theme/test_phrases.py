"""Titles part between phrases, never inside a word."""

from __future__ import annotations

import pytest

from booklet.render.chapters.views import title_markup
from booklet.render.text.characters import width_em
from booklet.render.text.phrases import are_known, ends, phrases
from booklet.render.text.titles import title_parts


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("读懂一份预算表：公共账本的五个常识", "读懂|一份预算表：|公共账本的|五个常识"),
        ("时间是怎样量准的", "时间|是怎样|量准的"),
        ("让数据多跑路 云州“一窗通办”试点观察", "让数据|多跑路 |云州|“一窗通办”|试点|观察"),
        ("读书会二十周年纪念文集2021年第12期特刊", "读书会|二十周年纪念|文集|2021年第12期|特刊"),
        ("用 Python 给文件夹编目录", "用 Python |给文件夹|编目录"),
        ("存在 3 个新的问题", "存在 |3 个|新的|问题"),
        ("再谈 Kubernetes 的监控系统", "再谈 |Kubernetes 的|监控|系统"),
        ("红楼梦人物谱", "红楼梦|人物谱"),
        ("（二〇二一年版）", "（二〇二一年版）"),
        ("一個漢字佔幾個位元組：從內碼到萬國碼", "一個漢字|佔幾個位元組：|從內碼|到萬國碼"),
        ("A plain title", "A plain |title"),
        ("100万の命の上に俺は立っている", "100万の命の上に|俺は|立っている"),
        ("プリンセスコネクトは楽しい", "プリンセスコネクトは|楽しい"),
        ("", ""),
        ("？", "？"),
    ],
)
def test_a_line_ends_between_phrases(title: str, wanted: str) -> None:
    assert "|".join(phrases(title)) == wanted


@pytest.mark.parametrize(
    "title", ["学" * 400, "《" * 60 + "》" * 60, "🎉 a\u0301\t\n中\x00", "21" * 99 + "年"]
)
def test_joined_the_phrases_are_the_title(title: str) -> None:
    assert "".join(phrases(title)) == title
    assert max(ends(title)) == len(title)


@pytest.mark.parametrize(
    ("language", "known"),
    [("zh", True), ("zh-CN", True), ("zh-Hant-TW", True), ("ja", False), ("zha", False), ("", False)],
)
def test_words_are_known_of_chinese_alone(language: str, known: bool) -> None:
    assert are_known(language) is known


def test_a_long_title_without_marks_is_cut_between_phrases() -> None:
    title = "关于进一步加强新媒体内容建设的若干意见学习材料汇编"
    parts = [part.head + part.tail for part in title_parts(title, language="zh-CN")]
    assert parts == ["关于进一步加强", "新媒体内容建设的", "若干意见学习材料汇编"]
    assert "".join(parts) == title


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("《推动河道治理健康发展的若干意见》发布", ["《推动河道治理健康发展的若干意见》发布"]),
        (
            "各地各单位深入学习《河道治理意见》的情况汇编",
            ["各地各单位深入学习", "《河道治理意见》的情况汇编"],
        ),
    ],
)
def test_no_title_is_cut_within_brackets(title: str, parts: list[str]) -> None:
    assert [part.head + part.tail for part in title_parts(title, language="zh-CN")] == parts


def test_no_part_of_a_cut_title_is_longer_than_a_line() -> None:
    title = "新时代中小学教师信息技术应用能力提升工程整校推进培训材料与学习心得体会汇编"
    parts = [part.head + part.tail for part in title_parts(title, language="zh-CN")]
    assert "".join(parts) == title
    assert max(map(width_em, parts)) <= 14
    assert all(sum(map(len, parts[:n])) in ends(title) for n in range(1, len(parts)))


def test_a_title_for_screens_keeps_the_authors_spaces_between_its_spans() -> None:
    made = title_markup("推动我国数字经济健康发展 专家谈最新部署", "zh-CN")
    assert made.startswith('<span class="phrased">推动<wbr/>我国<wbr/>数字<wbr/>经济')
    assert '发展</span> <span class="phrased">专家' in made
    assert made.striptags() == "推动我国数字经济健康发展 专家谈最新部署"
    assert title_markup("a < b 的中文标题有九个字", "zh-CN").count("&lt;") == 1
    assert title_markup("短标题", "zh-CN") == "短标题"
    assert title_markup("A title in another language", "en") == "A title in another language"
