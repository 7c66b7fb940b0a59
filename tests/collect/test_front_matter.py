from __future__ import annotations

import time

import pytest

from booklet.collect.front_matter.dialects import MAX_CHARS, FrontMatter, read_front_matter
from booklet.collect.front_matter.line_reader import unquote


def read(block: str, body: str = "正文") -> FrontMatter:
    return read_front_matter(f"---\n{block}\n---\n{body}")


ELEVEN = '"' * 11


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"title: {ELEVEN}'如何关闭预览'{ELEVEN}", "如何关闭预览"),
        ("title: 标题: 副标题", "标题: 副标题"),
        ("title: 【预警】: 漏洞", "【预警】: 漏洞"),
        ("title: @某人 你好", "@某人 你好"),
        ("title: `code` 的用法", "`code` 的用法"),
        ("title: %d 的含义", "%d 的含义"),
        ("title: & 符号", "& 符号"),
        ("title: *星号* 之外", "*星号* 之外"),
        ("title: [转载] 数字: 经济", "[转载] 数字: 经济"),
        ("title: [a] b", "[a] b"),
        ("title: {x} y", "{x} y"),
        ("title: 'it's fine'", "it's fine"),
        ('title: "没有结束', "没有结束"),
        ('title: "甲" and "乙"', '"甲" and "乙"'),
        ('title: "他说 "好" 就走"', '他说 "好" 就走'),
        ("title: !important 的坑", "!important 的坑"),
        ("title: > 大于", "> 大于"),
        ("title：全角冒号", "全角冒号"),
        ("title:没有空格", "没有空格"),
        ('title: "第一行\n  第二行: 有冒号" 尾', '"第一行 第二行: 有冒号" 尾'),
        (
            "title: '推文 \"\n\n第二段 it's\n\"'",
            '推文 "\n\n第二段 it\'s\n"'.replace("\n\n", " ").replace("\n", " "),
        ),
    ],
)
def test_titles_that_are_no_yaml_are_read_and_nothing_else_is_lost(line: str, title: str) -> None:
    matter = read(f"{line}\ndate: 2021-10-19\ncategories:\n  - 甲\n  - 乙: 丙\n  -  - 丁\ntags: [x, y]")
    assert matter.values["title"] == title
    assert matter.values["date"] == "2021-10-19"
    assert matter.values["tags"] == ["x", "y"]
    assert matter.values["categories"] == ["甲", {"乙": "丙"}, ["丁"]]
    assert "title" in matter.repaired
    assert matter.problem_line is not None
    assert matter.body == "正文"


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("title: '跨行\n的标题 \"\n'", {"title": '跨行 的标题 " '}),
        ("title: 😀 表情", {"title": "😀 表情"}),
        ("title: 2019\nn: 007\nt: 12:30\nb: no", {"title": "2019", "n": "007", "t": "12:30", "b": "no"}),
        ("date: 2021-13-45", {"date": "2021-13-45"}),
        ("title: a\x07b", {"title": "ab"}),
        ("title: ''\nthumbnail:", {"title": "", "thumbnail": None}),
    ],
)
def test_valid_yaml_needs_no_repair_and_scalars_keep_their_spelling(
    block: str, values: dict[str, object]
) -> None:
    matter = read(block)
    assert (matter.values, matter.repaired) == (values, ())


def test_lists_that_are_no_yaml_are_read_item_by_item() -> None:
    matter = read("title: x\ncategories:\n\t- 甲\n\t- 乙\ntags:\n  - @a\n  - - `b`\n    c\nkeys: [@x, 'y']")
    assert matter.values["categories"] == ["甲", "乙"]
    assert matter.values["tags"] == ["@a", ["`b` c"]]
    assert matter.values["keys"] == ["@x", "y"]
    assert set(matter.repaired) == {"tags", "keys"}


@pytest.mark.parametrize("lead", ["", "\n\n", "\ufeff", "\ufeff\n \n"])
def test_marks_and_blank_lines_may_come_first_and_lines_are_counted(lead: str) -> None:
    matter = read_front_matter(f"{lead}---\ntitle: 题\n---\n\n\n  正文\n续")
    assert matter.values == {"title": "题"}
    assert matter.body == "  正文\n续"
    assert matter.body_line == lead.count("\n") + 6


def test_the_problem_line_is_a_line_of_the_file() -> None:
    assert read_front_matter("\n---\ndate: 2021-10-19\ntitle: a: b\n---\n").problem_line == 4


def test_toml_is_read() -> None:
    matter = read_front_matter('+++\ntitle = "题"\ntags = ["a"]\n[params]\nx = 1\n+++\n正文')
    assert (matter.kind, matter.values) == ("toml", {"title": "题", "tags": ["a"], "params": {"x": 1}})


def test_faulty_toml_is_read_line_by_line() -> None:
    matter = read_front_matter('+++\ntitle = 没有引号: 题\ntags = ["a"]\n+++\n正文')
    assert matter.values == {"title": "没有引号: 题", "tags": ["a"]}
    assert (matter.repaired, matter.problem_line) == (("title", "tags"), 2)


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "题"}\n正文',
        '{\n"title": "题"\n}\n\n正文',
        ';;;\n"title": "题"\n;;;\n正文',
        "title: 题\n---\n正文",
    ],
)
def test_json_and_hexo_blocks_without_a_beginning(text: str) -> None:
    matter = read_front_matter(text)
    assert (matter.values, matter.body) == ({"title": "题"}, "正文")


def test_a_missing_end_is_found_where_keys_end() -> None:
    matter = read_front_matter("---\ntitle: 题\ntags:\n  - a\n\n正文第一段。\n\n第二段。")
    assert matter.values == {"title": "题", "tags": ["a"]}
    assert (matter.body, matter.closed) == ("正文第一段。\n\n第二段。", False)


def test_a_rule_in_the_text_is_not_taken_for_a_missing_end() -> None:
    matter = read_front_matter("---\ntitle: 题\n\n正文第一段。\n\n---\n\n第二段。")
    assert matter.values == {"title": "题"}
    assert (matter.body, matter.closed) == ("正文第一段。\n\n---\n\n第二段。", False)


@pytest.mark.parametrize(
    "text",
    ["---\n\n一段话\n\n---\n第二段", "# 题\n正文", "{% note %}\n文", "{ 花括号", "", "---", "- a\n- b"],
)
def test_text_without_front_matter_is_body(text: str) -> None:
    matter = read_front_matter(text)
    assert (matter.kind, matter.values, matter.body) == ("none", {}, text)


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\ntitle: 题",
        "x: " + "[" * 5000 + "\ntitle: 题",
        "x: !!python/object/apply:os.system [id]\ntitle: 题",
        "x: !!timestamp 不是\ntitle: 题",
        "x: !!float ''\ntitle: 题",
        "? [a]\n: b\ntitle: 题",
        "\n".join(" " * depth + "a:" for depth in range(300)) + "\ntitle: 题",
        'x: "\\ud800\ntitle: 题',
        "x: " + '"' * 60_000 + "\ntitle: 题",
    ],
)
def test_hostile_blocks_cost_little_and_keep_the_title(block: str) -> None:
    assert read(block).values["title"] == "题"


def test_a_block_that_is_too_large_is_not_read() -> None:
    matter = read("title: 题\nx: " + "长" * MAX_CHARS)
    assert (matter.values, matter.too_large, matter.body) == ({}, True, "正文")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('""a""', "a"),
        ("'a''b'", "a'b"),
        ('"a\\"b"', 'a"b'),
        ("'a", "a"),
        ('a"', 'a"'),
        ('"a" b "c"', '"a" b "c"'),
    ],
)
def test_quotation_marks_around_a_value(text: str, bare: str) -> None:
    assert unquote(text) == bare


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param("a." * 60_000 + "b = 1", id="dotted key"),
        pytest.param("a" * 120_000, id="bare word"),
        pytest.param("x = " + "[" * 60_000, id="brackets"),
        pytest.param("[" + "a." * 60_000 + "a]", id="table"),
    ],
)
def test_toml_that_would_take_minutes_is_read_by_lines(bomb: str) -> None:
    begun = time.perf_counter()
    matter = read_front_matter(f'+++\ntitle = "题"\n{bomb}\n+++\n正文')
    assert time.perf_counter() - begun < 5
    assert (matter.values["title"], matter.body) == ("题", "正文")
