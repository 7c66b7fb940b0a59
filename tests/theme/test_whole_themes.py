"""A theme that lacks what every booklet needs is refused when it is loaded, in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.config.values import Paper
from booklet.theme import available, load

from .faults import said
from .test_theme import fault, write_theme

PAGE = """
[page.a4]
width = 210
height = 297
top = 26
outer = 24
bottom = 24
inner = 28
font_pt = 10.5
leading_pt = 18
"""
LABELS = """
date = "{year}年{month}月{day}日"
short_date = "{month}月{day}日"
months = "1 2 3 4 5 6 7 8 9 10 11 12"
range = "{since} — {until}"
week = "{year} 年第 {week} 周"
month = "{year} 年 {month} 月"
number = "总第 {number} 期"
between = "　"
names_join = "、"
toc = "目录"
colophon = "本册说明"
notes = "学习笔记"
picture_animated = "动图"
video_scan = "扫码观看"
page_ref = "（见第 {page} 页）"
"""
WHOLE = f"{PAGE}\n[labels.zh-CN]\n{LABELS}"


def test_a_theme_of_its_own_needs_pages_and_the_words_of_one_language(tmp_path: Path) -> None:
    write_theme(tmp_path, "own", WHOLE)
    theme = load("own", project_dir=tmp_path)
    assert theme.geometry(Paper("a5", 148, 210), large=False).width == 148
    assert theme.labels_for("fr")["between"] == theme.labels_for("zh-CN")["between"] == "　"


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (f"[labels.zh-CN]\n{LABELS}", "there is no [page.<paper>]"),
        (PAGE, "there is no [labels.<language>]"),
        (WHOLE.replace('between = "　"', ""), "labels.zh-CN lacks “between”"),
        (WHOLE.replace('names_join = "、"', ""), "labels.zh-CN lacks “names_join”"),
        (
            WHOLE.replace("{week}", "{weak}"),
            "labels.zh-CN.week = “{year} 年第 {weak} 周”: in braces stand only",
        ),
        (WHOLE.replace("{since}", "{since"), "labels.zh-CN.range = "),
        (WHOLE.replace("{number}", "{}"), "labels.zh-CN.number = "),
        (WHOLE.replace("{month}月{day}日", "{day.of}"), "labels.zh-CN.date = "),
        (WHOLE.replace("{day}", "{day:x%}"), "labels.zh-CN.date = "),
        (WHOLE.replace(" 12", ""), "labels.zh-CN.months must be twelve words"),
        ('extends = "plain"\n[labels.fr]\nweek = "{semaine}"', "labels.fr.week = "),
    ],
)
def test_what_is_missing_or_cannot_be_filled_is_named(manifest: str, reason: str, tmp_path: Path) -> None:
    write_theme(tmp_path, "own", manifest)
    error = fault(tmp_path, "own")
    assert (error.code, error.exit_code, error.params["theme"]) == ("theme-broken", 2, "own")
    assert reason in said(error)
    assert [one.code for one in available(tmp_path)[1]] == ["theme-broken"]


def test_an_index_of_sources_needs_its_title(tmp_path: Path) -> None:
    write_theme(tmp_path, "own", WHOLE, sources__html__j2="")
    assert said(fault(tmp_path, "own")).endswith("labels.zh-CN lacks “sources”")


def test_a_parent_may_lack_what_its_child_has(tmp_path: Path) -> None:
    write_theme(tmp_path, "half", PAGE)
    write_theme(tmp_path, "whole", f'extends = "half"\n[labels.zh-CN]\n{LABELS}')
    assert load("whole", project_dir=tmp_path).labels_for("zh-CN")["toc"] == "目录"
