"""Titles: as written, or found where the front matter has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.collect.titles import shortened

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
        ("水.md", "date: 2021-10-19", "```html\n<h1>码</h1>\n# 码\n```\n\n文", "水"),
        ("水.md", "date: 2021-10-19", "    # 缩进的码\n\n文", "水"),
        ("水.md", "date: 2021-10-19", "用 `<h1>码</h1>` 写标题。", "水"),
        ("水.md", "date: 2021-10-19", "<pre># 码\n<h1>码</h1></pre><p>文</p>", "水"),
        ("水.md", "date: 2021-10-19", "<!-- # 注 -->\n# 渠\n文", "渠"),
        ("水.md", "date: 2021-10-19", "```python\n# 码\n```\n\n# 渠\n文", "渠"),
        ("水.md", "date: 2021-10-19", "文\n\n# 一、源\n文\n\n# 二、流\n文", "水"),
    ],
)
def test_a_missing_title_is_found_elsewhere_and_said(
    write: WritePost, name: str, front_matter: str | None, body: str, title: str
) -> None:
    path = write(name, front_matter, body)
    assert read_one(path).title == title
    (told,) = (found for found in read(path).findings if found.code == "title-missing")
    assert (told.line, dict(told.params)) == (1, {"title": title})


def test_an_index_is_named_by_its_folder(write: WritePost, tmp_path: Path) -> None:
    write("my-post/index.md", None)
    assert read_one(tmp_path).title == "my post"


SENTENCES = (
    "今年入冬以来，县里先后修好了十二条水渠，总长四十多公里。“这是几十年来头一回！”老支书说。水到了地头，"
)


def test_a_title_that_is_the_texts_beginning_ends_at_a_mark(write: WritePost) -> None:
    path = write(
        "a.md", f'title: "{SENTENCES}大家都来看…"\ndate: 2021-10-19', f"{SENTENCES}大家都来看，笑得合不拢嘴。"
    )
    article = read_one(path)
    assert article.title == "今年入冬以来，县里先后修好了十二条水渠，总长四十多公里"
    assert article.full_title == f"{SENTENCES}大家都来看…"
    assert codes(read(path)) == ["title-shortened"]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("a" * 49 + " " + "b" * 60, "a" * 49 + "…"),
        ("长" * 60, "长" * 39 + "…"),
        ("一二三四五六七八九十，" + "长" * 60, "一二三四五六七八九十…"),
        (
            "《一二三四五六七八九十，一二三四五六七八九十》" + "长" * 60,
            f"《一二三四五六七八九十，一二三四五六七八九十》{'长' * 16}…",
        ),
        (
            "The first words of a text that goes on. And then it goes on and on, and on once more.",
            "The first words of a text that goes on",
        ),
    ],
)
def test_what_has_no_sentence_ends_at_a_pause_a_blank_or_where_it_must(title: str, short: str) -> None:
    assert shortened(title) == short


def test_a_long_title_of_its_own_stays(write: WritePost) -> None:
    title = "关于进一步做好今年冬季农田水利基本建设和水渠清淤工作有关事项的通知（第二次征求意见稿）"
    path = write("a.md", f"title: {title}\ndate: 2021-10-19", "各村：现将有关事项通知如下。")
    assert (read_one(path).title, read_one(path).full_title, codes(read(path))) == (title, "", [])
