from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booklet.categories import clean_name, format_path, parse_path
from booklet.collect.front_matter.categories import paths_from_front_matter


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("新媒体", ("新媒体",)),
        ("新媒体/ZAKER", ("新媒体", "ZAKER")),
        (" 新媒体 / ZAKER /", ("新媒体", "ZAKER")),
        (r"网络/TCP\/IP", ("网络", "TCP/IP")),
        (r"a\b", (r"a\b",)),
        (r"a\\/b", ("a\\", "b")),
        ("", ()),
    ],
)
def test_paths_are_read(text: str, path: tuple[str, ...]) -> None:
    assert parse_path(text) == path


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(min_size=1, max_size=12).map(clean_name).filter(bool), max_size=5))
def test_what_is_written_reads_back(names: list[str]) -> None:
    assert parse_path(format_path(tuple(names))) == tuple(names)


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        (None, ()),
        ("", ()),
        ("IT 之家", (("IT 之家",),)),
        ("TCP/IP", (("TCP/IP",),)),
        (["新媒体", "ZAKER", "source"], (("新媒体", "ZAKER", "source"),)),
        (["编程", "奖项", ["获奖者"]], (("编程", "奖项", "获奖者"),)),
        (["编程", ["甲"], ["乙"]], (("编程", "甲"), ("编程", "乙"))),
        ([["体育", "棒球"], ["新闻"], "闲谈"], (("体育", "棒球"), ("新闻",), ("闲谈",))),
        ([2019, None, " ", "a\u200bb"], (("2019", "ab"),)),
        ([{"Re": "Zero"}], (("Re: Zero",),)),
        ([{"name": "书"}, {"name": "史"}], (("书", "史"),)),
        ([["a"], ["a"]], (("a",),)),
    ],
)
def test_hexo_and_jekyll_values(value: object, paths: tuple[tuple[str, ...], ...]) -> None:
    assert paths_from_front_matter(value, parallel=False) == paths


def test_hugo_values_are_one_path_each() -> None:
    assert paths_from_front_matter(["编程", "前端"], parallel=True) == (("编程",), ("前端",))
    assert paths_from_front_matter("编程", parallel=True) == (("编程",),)


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ({"技术": "前端"}, (("技术", "前端"),)),
        ({"技术": ["前端", "后端"]}, (("技术", "前端"), ("技术", "后端"))),
        ({"技术": {"前端": "样式"}, "生活": None}, (("技术", "前端", "样式"), ("生活",))),
        ({"name": "技术"}, (("技术",),)),
        (["技术", {"Re": "Zero"}], (("技术", "Re: Zero"),)),
    ],
)
def test_a_mapping_is_a_tree_of_categories(value: object, paths: tuple[tuple[str, ...], ...]) -> None:
    assert paths_from_front_matter(value, parallel=False) == paths


def test_jekyll_strings_are_words() -> None:
    assert paths_from_front_matter("code web", parallel=False, spaced=True) == (("code", "web"),)


def test_size_and_depth_are_limited() -> None:
    deep: object = "x"
    for _ in range(200):
        deep = [deep]
    assert paths_from_front_matter(deep, parallel=False) == ()
    assert len(paths_from_front_matter([str(n) for n in range(500)], parallel=False)[0]) == 16
    assert len(paths_from_front_matter([[str(n)] for n in range(500)], parallel=False)) == 64
