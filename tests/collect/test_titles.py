"""Titles: as written, or found where the front matter has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from .sample import WritePost, codes, read, read_one


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: 2019", "2019"),
        ("title: 007", "007"),
        ("title: 2021-10-19", "2021-10-19"),
        ("title: yes", "yes"),
        ("title: [转载]", "[转载]"),
        ("title: [a, 'b']", "[a, 'b']"),
        ("title:\n  - 甲\n  - 乙", "甲, 乙"),
        ("title: {a: b}", "{a: b}"),
        ('title: "两行\\n标题\\t\\u200b和\\u0007空白  "', "两行 标题 和空白"),
        ("title: A &amp; B&#8217;s &nbsp;", "A & B’s &nbsp;"),
        ("title: 家庭👨‍👩‍👧", "家庭👨‍👩‍👧"),
        ("TITLE: 大写的键", "大写的键"),
        ('title: "\\"引号\\""', '"引号"'),
    ],
)
def test_titles_are_one_line_as_written(write: WritePost, line: str, title: str) -> None:
    assert read_one(write("a.md", f"{line}\ndate: 2021-10-19")).title == title


@pytest.mark.parametrize(
    ("name", "front_matter", "body", "title"),
    [
        ("a.md", "date: 2021-10-19", "# 一级标题 #\n文", "一级标题"),
        ("a.md", "date: 2021-10-19", "# 学习 C#\n文", "学习 C#"),
        ("a.md", "date: 2021-10-19", "# **一级** [标题](https://a.example/) ##\n文", "一级 标题"),
        ("a.md", "date: 2021-10-19", "# snake_case_name 与 2 * 3 * 4\n文", "snake_case_name 与 2 * 3 * 4"),
        ("a.md", "title: null", "标题\n====\n文", "标题"),
        ("a.md", "title: ''", "<div><h1 class='t'>页<b>题</b></h1></div>", "页题"),
        ("2021-10-19-my-first_post.md", "layout: post", "文", "my first post"),
        ("数字 经济.md", None, "文", "数字 经济"),
        ("bundle/index.md", None, "文", "index"),
    ],
)
def test_a_missing_title_is_found_elsewhere_and_said(
    write: WritePost, name: str, front_matter: str | None, body: str, title: str
) -> None:
    path = write(name, front_matter, body)
    assert read_one(path).title == title
    assert "title-missing" in codes(read(path))


def test_an_index_is_named_by_its_folder(write: WritePost, tmp_path: Path) -> None:
    write("my-post/index.md", None)
    assert read_one(tmp_path).title == "my post"
