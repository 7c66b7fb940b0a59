from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from booklet.collect.article import read_article
from booklet.collect.walk import walk

from .sample import NOW, SHANGHAI, WritePost, codes, read, read_one


def test_a_hexo_post_is_understood(write: WritePost) -> None:
    path = write(
        "新媒体/一.md",
        "title: '学习一件事'\ncategories:\n - 新媒体\n - 日报\n - 要闻\nheadimg: 'https://pics.example/a.jpg'\n"
        "author: 日报\ncomments: false\ndate: Tue, 19 Oct 2021 16:26:50 GMT\ntags: [甲, 乙]\n"
        "link: https://news.example/1\nsummary: 摘要\nkey_points:\n  - 一\n  - 二\nweight: 3",
        "\n<div>\n<p>正文一段。</p>\n</div>\n",
    )
    found = read(path.parents[1])
    (article,) = found.articles
    assert article.title == "学习一件事"
    assert article.authors == ("日报",)
    assert article.published.isoformat() == "2021-10-20T00:26:50+08:00"
    assert article.published_from == "front-matter"
    assert article.categories == (("新媒体", "日报", "要闻"),)
    assert article.tags == ("甲", "乙")
    assert (article.lang, article.body_format) == ("zh-CN", "html")
    assert article.url == "https://news.example/1"
    assert article.cover == "https://pics.example/a.jpg"
    assert article.body.startswith("<div>\n<p>")
    assert article.source == "新媒体/一.md"
    assert path.read_text(encoding="utf-8").split("\n")[article.body_line - 1] == "<div>"
    assert article.extra == {"comments": False, "summary": "摘要", "key_points": ("一", "二"), "weight": 3}
    assert (article.draft, found.findings) == (False, ())


def test_a_hugo_post_is_understood(write: WritePost, tmp_path: Path) -> None:
    (tmp_path / "content" / "bundle").mkdir(parents=True)
    path = tmp_path / "content" / "bundle" / "index.md"
    path.write_text(
        '+++\ntitle = "题"\ndate = 2021-10-28T14:08:07Z\ndraft = true\ncategories = ["编程", "前端"]\n'
        'images = ["cover.png"]\nauthors = [{name = "甲", email = "a@b.example"}, {name = "乙"}]\n+++\n正文',
        encoding="utf-8",
    )
    article = read_one(path)
    assert article.categories == (("编程",), ("前端",))
    assert article.published.isoformat() == "2021-10-28T22:08:07+08:00"
    assert (article.draft, article.cover, article.authors) == (True, "cover.png", ("甲", "乙"))
    yaml = read_one(write("yaml.md", "title: x\ndraft: false\ncategories: [编程, 前端]"))
    assert yaml.categories == (("编程",), ("前端",))


def test_a_jekyll_post_is_understood(write: WritePost) -> None:
    path = write(
        "_posts/2021-10-28-a-title.md", "layout: post\ntitle: A title\ncategories: code web\ntags: x y"
    )
    article = read_one(path)
    assert article.categories == (("code", "web"),)
    assert article.tags == ("x", "y")
    assert (article.published.date().isoformat(), article.published_from) == ("2021-10-28", "file-name")
    assert codes(read(path)) == ["date-from-file-name"]


@pytest.mark.parametrize("value", ["Invalid Date", "2021-13-45", "昨天"])
def test_an_invalid_date_is_said_and_the_next_key_taken(write: WritePost, value: str) -> None:
    path = write("a.md", f"title: x\ndate: {value}\nupdated: 2021-10-20 08:00")
    assert read_one(path).published.isoformat() == "2021-10-20T08:00:00+08:00"
    assert codes(read(path)) == ["date-invalid"]


def test_without_any_date_an_article_has_no_day_and_that_is_said(write: WritePost) -> None:
    path = write("a.md", "title: x\ndate:")
    os.utime(path, (1_634_660_810, 1_634_660_810))
    article = read_one(path)
    assert article.published.isoformat() == "2021-10-20T00:26:50+08:00"
    assert article.published.tzinfo is SHANGHAI
    assert (article.published_from, article.day) == ("file-time", None)
    assert codes(read(path)) == ["date-missing"]


@pytest.mark.parametrize("value", ["1949-10-01 15:00:00", "2199-01-01"])
def test_absurd_dates_are_kept_and_said(write: WritePost, value: str) -> None:
    path = write("a.md", f"title: x\ndate: {value}")
    assert str(read_one(path).day) == value[:10]
    assert codes(read(path)) == ["date-absurd"]


@pytest.mark.parametrize(
    "value",
    [
        *("1970-01-01", "1970-01-01T00:00:00Z", "1970-01-19 17:33:09", "1969-12-31 16:00:00 -0800", "0"),
        *("0001-01-01T00:00:00Z", "0000-00-00 00:00:00", "1900-01-01", "1980-01-01 00:00:00"),
    ],
)
def test_a_programs_zero_is_no_date_and_the_next_one_is_taken(write: WritePost, value: str) -> None:
    path = write("a.md", f"title: x\ndate: {value}")
    assert read_one(path).day is None
    assert codes(read(path)) == ["date-zero", "date-missing"]
    path = write("a.md", f"title: x\ndate: {value}\nupdated: 2021-10-20")
    assert str(read_one(path).day) == "2021-10-20"
    named = write("2021-10-21-a.md", f"title: x\ndate: {value}")
    assert str(read_one(named).day) == "2021-10-21"


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("author: IT 之家", ("IT 之家",)),
        ("author: 张三、李四，王五", ("张三", "李四", "王五")),
        ("author: Lee, Ann", ("Lee, Ann",)),
        ("author: Ann Lee, Bo Wu", ("Ann Lee", "Bo Wu")),
        ("author: Ann Lee <ann@mail.example>", ("Ann Lee",)),
        ("authors: [张三, 李四, 张三]", ("张三", "李四")),
        ("authors:\n  - name: 张三\n    link: x\n  - 李四", ("张三", "李四")),
        ("author:\n  name: 张三", ("张三",)),
        ("author: 007", ("007",)),
        ("author:", ()),
    ],
)
def test_authors_come_in_many_shapes(write: WritePost, lines: str, authors: tuple[str, ...]) -> None:
    assert read_one(write("a.md", f"title: x\n{lines}")).authors == authors


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        ("tags: 甲, 乙、丙", ("甲", "乙", "丙")),
        ("tags: machine learning", ("machine learning",)),
        ("tags: [2021, '#学习', 2021]", ("2021", "学习")),
        ("tag: 单个", ("单个",)),
        ("tags: [甲, 乙", ("甲", "乙")),
    ],
)
def test_tags_come_in_many_shapes(write: WritePost, lines: str, tags: tuple[str, ...]) -> None:
    assert read_one(write("a.md", f"title: x\n{lines}")).tags == tags


@pytest.mark.parametrize(
    ("lines", "cover"),
    [
        ("headimg: ''\nthumbnail: /img/a.jpg", "/img/a.jpg"),
        ("thumbnail: https://picsum.photos/400/300?random=3", ""),
        ("cover: 'https://relay.example/?https://picsum.photos/1/2'\nimage: b.webp", "b.webp"),
        ("cover:\n  image: c.png\n  alt: 图", "c.png"),
        ("image:\n  path: //cdn.example/c.png", "//cdn.example/c.png"),
        ("top_img: false\ncover: '#aabbcc'\nbanner: linear-gradient(a, b)", ""),
        ("images:\n  - x.jpg\n  - y.jpg", "x.jpg"),
        ("cover: javascript:alert(1)//a.png", ""),
        ("cover: JavaScript:alert(1)//a.png", ""),
    ],
)
def test_lead_pictures_have_many_names_and_filler_is_none(write: WritePost, lines: str, cover: str) -> None:
    assert read_one(write("a.md", f"title: x\n{lines}")).cover == cover


@pytest.mark.parametrize(
    ("lines", "url"),
    [
        ("url: https://a.example/1", "https://a.example/1"),
        ("permalink: /2021/a/", ""),
        ("permalink: /2021/a/\noriginal: http://a.example/2", "http://a.example/2"),
        ("link: javascript:alert(1)", ""),
        ("source: 新华社\nurl: https://[bad", ""),
    ],
)
def test_only_web_addresses_are_addresses(write: WritePost, lines: str, url: str) -> None:
    assert read_one(write("a.md", f"title: x\n{lines}")).url == url


@pytest.mark.parametrize("lines", ["draft: true", "published: false", "published: No", "status: draft"])
def test_drafts_are_marked(write: WritePost, lines: str) -> None:
    assert read_one(write("a.md", f"title: x\ndate: 2021-10-19\n{lines}")).draft


def test_drafts_may_lie_in_a_folder_and_published_may_be_a_date(write: WritePost, tmp_path: Path) -> None:
    write("_drafts/a.md", "title: x\ndate: 2021-10-19")
    assert read_one(tmp_path).draft
    article = read_one(write("b.md", "title: x\npublished: 2021-10-19"))
    assert (article.draft, article.published.day) == (False, 19)


def test_a_saved_page_tells_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html lang="zh-TW"><head><title>題 | 站</title>\n'
        '<meta property="og:title" content="題"><meta name="author" content="張三">\n'
        '<meta property="article:published_time" content="2021-10-19T16:26:50Z">\n'
        '<meta property="og:image" content="https://pics.example/a.jpg">\n'
        '<link rel="canonical" href="https://a.example/1"></head>\n'
        '<body class="x">\n<p>正文。</p>\n</body></html>',
        encoding="utf-8",
    )
    found = read(path)
    (article,) = found.articles
    assert (article.title, article.authors, article.lang) == ("題", ("張三",), "zh-TW")
    assert article.published.isoformat() == "2021-10-20T00:26:50+08:00"
    assert (article.cover, article.url) == ("https://pics.example/a.jpg", "https://a.example/1")
    assert (article.body, article.body_line, article.body_format) == ("<p>正文。</p>\n", 9, "html")
    assert found.findings == ()


def test_a_page_without_metadata_has_its_heading_as_title(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_text("<h1>页 <i>题</i></h1><p>正文。</p>", encoding="utf-8")
    assert read_one(path).title == "页 题"


def test_a_page_within_a_fragment_costs_no_text(write: WritePost) -> None:
    path = write("a.md", "title: x", "<p>前言</p><html><body><p>正文</p></body></html><p>后记</p>")
    assert read_one(path).body == "<p>前言</p><html><body><p>正文</p></body></html><p>后记</p>"


def test_a_page_in_a_markdown_file_is_a_page(write: WritePost) -> None:
    path = write(
        "a.md",
        "title: 题",
        "<!-- saved -->\n<!DOCTYPE html>\n<html><head><title>别的</title></head>\n<body>\n文",
    )
    article = read_one(path)
    assert (article.title, article.body, article.body_line) == ("题", "文", 8)


@pytest.mark.parametrize("seconds", [-(10**10), 2**40])
def test_file_times_that_no_calendar_has_cost_no_article(write: WritePost, seconds: int) -> None:
    path = write("a.md", "title: x")
    ref = replace(walk((path,)).refs[0], mtime_ns=seconds * 10**9)
    article, findings = read_article(ref, timezone=SHANGHAI, now=NOW, html=False)
    assert article is not None
    assert [one.code for one in findings] == ["date-missing"]


def test_gbk_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(
        "---\ntitle: 编码的问题\ndate: 2021-10-19\n---\n这是一篇用旧编码写的文章。".encode("gbk")
    )
    assert read_one(path).title == "编码的问题"
    assert codes(read(path)) == ["encoding-guessed"]


def test_what_cannot_be_read_is_a_finding_and_the_rest_goes_on(write: WritePost, tmp_path: Path) -> None:
    write("good.md", "title: 好\ndate: 2021-10-19")
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    found = read(tmp_path)
    assert [article.title for article in found.articles] == ["好"]
    assert [(one.code, one.source) for one in found.findings] == [
        ("file-too-large", "huge.md"),
        ("file-binary", "picture.md"),
    ]


def test_a_fault_in_reading_is_a_finding(write: WritePost, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.md")

    def fail(_text: str) -> None:
        raise RuntimeError("意外")

    monkeypatch.setattr("booklet.collect.article.read_front_matter", fail)
    assert codes(read(path)) == ["file-unreadable"]


def test_an_empty_file_is_an_article_without_text(write: WritePost) -> None:
    path = write("空.md", None, "")
    assert (read_one(path).title, read_one(path).body) == ("空", "")


def test_repairs_are_findings_with_the_line(write: WritePost) -> None:
    (finding,) = read(write("a.md", "date: 2021-10-19\ntitle: 甲: 乙")).findings
    assert (finding.code, finding.line, finding.params) == (
        "front-matter-repaired",
        3,
        (("reason", "title"),),
    )


def test_no_character_that_xhtml_forbids_gets_through(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '{"title": "a\\ud800\\u0007\\uffffb", "summary": "c\\u0000\\n\\ufffed", "tags": ["e\\u200bf"]}\n正文',
        encoding="utf-8",
    )
    article = read_one(path)
    assert (article.title, article.extra, article.tags) == ("ab", {"summary": "c\nd"}, ("ef",))


def test_extra_values_are_plain_and_without_lists(write: WritePost) -> None:
    article = read_one(
        write("a.md", "title: x\nn: 3\nf: 1.5\nb: yes\nd: 2021-10-19\nnone: ~\nm: {k: [1, {z: 2}]}\n2021: 年")
    )
    assert article.extra == {
        "n": 3,
        "f": 1.5,
        "b": True,
        "d": "2021-10-19",
        "none": None,
        "m": {"k": (1, {"z": 2})},
        "2021": "年",
    }
    assert type(article.extra["n"]) is int
