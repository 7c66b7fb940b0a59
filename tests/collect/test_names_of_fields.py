"""Front matter says one thing by many names: each of the site generators and their themes is understood."""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from booklet.findings import CODES

from .sample import WritePost, read_one


def each(words: str) -> list[str]:
    return words.split()


DATES = (
    "date published pubdate published_at publishdate publish_date published_time created created_at create_time "
    "creationdate updated updated_at lastmod modified"
)
URLS = (
    "url link source_url sourceurl original_url original original_link originallink canonical_url canonicalurl "
    "canonical permalink source"
)
COVERS = (
    "headimg thumbnail cover cover_image coverimage featured_image featuredimage image images banner banner_img "
    "index_img top_img feature_image photos og_image header"
)


@pytest.mark.parametrize("key", DATES.split())
def test_a_date_has_many_names(write: WritePost, key: str) -> None:
    article = read_one(write("a.md", f"title: x\n{key}: 2021-10-19"))
    assert (article.published.date().isoformat(), article.published_from) == ("2021-10-19", "front-matter")
    assert article.extra == {}


def test_the_day_of_publishing_comes_before_the_day_of_writing_and_that_before_the_last_change(
    write: WritePost,
) -> None:
    keys = DATES.split()
    for better, worse in pairwise(keys):
        lines = f"{worse}: 2021-10-01\n{better}: 2021-10-19"
        assert read_one(write("a.md", f"title: x\n{lines}")).published.day == 19, (better, worse)


@pytest.mark.parametrize("word", ["true", "false", "yes", "no", "True", "NO"])
def test_published_may_be_a_switch_and_is_no_date_then(write: WritePost, word: str) -> None:
    article = read_one(write("a.md", f"title: x\npublished: {word}\ncreated: 2021-10-19"))
    assert article.published.date().isoformat() == "2021-10-19"


@pytest.mark.parametrize("key", each("author authors by creator Author"))
def test_authors_have_many_names(write: WritePost, key: str) -> None:
    assert read_one(write("a.md", f"title: x\n{key}: 张三")).authors == ("张三",)


@pytest.mark.parametrize("text", ["张三、李四", "张三，李四", "张三；李四", "张三;李四", "Ann Lee, Bo Wu"])
def test_several_authors_in_one_line_are_told_apart(write: WritePost, text: str) -> None:
    assert len(read_one(write("a.md", f"title: x\nauthor: {text}")).authors) == 2
    assert read_one(write("a.md", "title: x\nauthor: 'Lee, Ann'")).authors == ("Lee, Ann",)
    assert read_one(write("a.md", "title: x\nauthor: 'Ann Lee <ann@a.example>'")).authors == ("Ann Lee",)


@pytest.mark.parametrize("key", ["categories", "category"])
def test_categories_have_two_names(write: WritePost, key: str) -> None:
    assert read_one(write("a.md", f"title: x\n{key}: [甲, 乙]")).categories == (("甲", "乙"),)


@pytest.mark.parametrize("key", ["tags", "tag", "keywords"])
@pytest.mark.parametrize("joint", [",", "，", "、", ";", "；"])
def test_tags_have_many_names_and_joints(write: WritePost, key: str, joint: str) -> None:
    assert read_one(write("a.md", f"title: x\n{key}: 甲{joint}乙")).tags == ("甲", "乙")


def test_tags_may_be_mappings(write: WritePost) -> None:
    lines = "tags:\n  - name: 甲\n  - title: 乙\n  - 丙: 1"
    assert read_one(write("a.md", f"title: x\n{lines}")).tags == ("甲", "乙", "丙")


@pytest.mark.parametrize("key", ["lang", "language", "locale"])
def test_the_language_has_many_names(write: WritePost, key: str) -> None:
    assert read_one(write("a.md", f"title: x\n{key}: fr")).lang == "fr"


@pytest.mark.parametrize("key", URLS.split())
def test_the_address_has_many_names(write: WritePost, key: str) -> None:
    article = read_one(write("a.md", f"title: x\n{key}: https://a.example/1"))
    assert (article.url, article.extra) == ("https://a.example/1", {})


@pytest.mark.parametrize("key", COVERS.split())
def test_the_lead_picture_has_many_names(write: WritePost, key: str) -> None:
    article = read_one(write("a.md", f"title: x\n{key}: /img/a.jpg"))
    assert (article.cover, article.extra) == ("/img/a.jpg", {})


@pytest.mark.parametrize("part", each("image src url path relative_url teaser overlay_image"))
def test_the_lead_picture_may_be_a_mapping(write: WritePost, part: str) -> None:
    assert (
        read_one(write("a.md", f"title: x\nheader:\n  alt: 图\n  {part}: /img/a.jpg")).cover == "/img/a.jpg"
    )


@pytest.mark.parametrize(
    "host", each("picsum.photos source.unsplash.com loremflickr.com placekitten.com placehold.it")
)
def test_random_filler_is_no_lead_picture(write: WritePost, host: str) -> None:
    assert read_one(write("a.md", f"title: x\ncover: https://{host}/400/300.jpg")).cover == ""


@pytest.mark.parametrize("ending", each("avif bmp gif heic jpg jpeg png svg tif tiff webp PNG"))
def test_a_lead_picture_without_an_address_is_known_by_its_ending(write: WritePost, ending: str) -> None:
    for name in (f"a.{ending}", f"a.{ending}?v=2", f"a.{ending}!large"):
        assert read_one(write("a.md", f"title: x\ncover: {name}")).cover == name
    assert read_one(write("a.md", f"title: x\ncover: a.{ending}x")).cover == ""


@pytest.mark.parametrize(
    ("lines", "draft"),
    [
        *((f"draft: '{word}'", True) for word in ("true", "yes", "on", "1", "True")),
        *((f"draft: '{word}'", False) for word in ("false", "no", "off", "0", "maybe")),
        *((f"published: '{word}'", True) for word in ("false", "no", "off", "0")),
        *((f"published: '{word}'", False) for word in ("true", "yes", "on", "1")),
        *((f"status: {word}", True) for word in ("draft", "private", "pending", "trash", "Draft")),
        *((f"status: {word}", False) for word in ("publish", "published", "future")),
    ],
)
def test_what_says_that_an_article_is_not_out_yet(write: WritePost, lines: str, *, draft: bool) -> None:
    assert read_one(write("a.md", f"title: x\ndate: 2021-10-19\n{lines}")).draft is draft


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&#65;&#x42;&amp;&quot;&apos;&lt;&gt;", "AB&\"'<>"),
        ("&ldquo;甲&rdquo;&lsquo;乙&rsquo;", "“甲”‘乙’"),
        ("甲&hellip;&mdash;&ndash;&middot;", "甲…—–·"),
        ("说说&nbsp;和&copy;", "说说&nbsp;和&copy;"),
    ],
)
def test_references_that_feeds_leave_in_titles_are_resolved(
    write: WritePost, written: str, title: str
) -> None:
    assert read_one(write("a.md", f"title: '{written.replace(chr(39), chr(39) * 2)}'")).title == title


def test_a_title_without_end_is_cut_with_dots(write: WritePost) -> None:
    assert read_one(write("a.md", f"title: {'长' * 500}")).full_title == "长" * 500
    assert read_one(write("a.md", f"title: {'长' * 501}")).full_title == "长" * 499 + "…"


@pytest.mark.parametrize("name", ["index", "_index", "readme", "README"])
def test_a_file_that_stands_for_its_folder_is_called_like_it(
    write: WritePost, tmp_path: Path, name: str
) -> None:
    write(f"水渠-两百年/{name}.md", "date: 2021-10-19")
    assert read_one(tmp_path).title == "水渠 两百年"


def test_every_finding_has_one_of_three_levels() -> None:
    assert set(CODES.values()) == {"info", "warning", "error"}
