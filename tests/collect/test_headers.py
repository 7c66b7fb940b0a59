"""Fields without the fences of front matter, and a second block of it."""

from __future__ import annotations

import pytest

from booklet.collect.front_matter.dialects import read_front_matter


def test_a_second_block_of_front_matter_is_read_and_not_printed() -> None:
    matter = read_front_matter(
        "---\ntitle: 爬山\n---\n\n---\ntheme: smartblue\nhighlight: vs\n---\n\n山脚。\n"
    )
    assert (matter.values["title"], matter.values["theme"]) == ("爬山", "smartblue")
    assert (matter.body, matter.body_line) == ("山脚。\n", 10)


def test_of_two_blocks_the_first_is_believed() -> None:
    matter = read_front_matter("---\ntitle: 先\n---\n---\ntitle: 后\ntheme: x\n---\n文")
    assert matter.values["title"] == "先"


@pytest.mark.parametrize(
    "body", ["---\n\n一段：二段\n\n---\n三段", "---\n看 a: 1 与 b\n---\n文", "---\n注意: 滑\n---\n文"]
)
def test_rules_behind_the_front_matter_stay_rules(body: str) -> None:
    matter = read_front_matter(f"---\ntitle: 爬山\n---\n{body}")
    assert (matter.values, matter.body) == ({"title": "爬山"}, body)


def test_pelican_writes_fields_without_fences_which_may_go_on() -> None:
    matter = read_front_matter("Title: 爬山\nDate: 2024-05-06\nSlug: hill\nSummary: 上去\n    下来\n\n山脚。")
    assert matter.values == {"title": "爬山", "date": "2024-05-06", "summary": "上去 下来"}
    assert (matter.body, matter.body_line) == ("山脚。", 7)


def test_notion_writes_properties_below_the_title_and_unknown_ones_stay() -> None:
    text = "# 爬山\n\n创建时间: 2024年5月6日 09:30\n标签: 山, 水\n海拔: 800 米\n\n山脚。"
    matter = read_front_matter(text)
    assert matter.values == {"created": "2024年5月6日 09:30", "tags": "山, 水"}
    assert matter.body.split("\n") == ["# 爬山", "", "", "", "海拔: 800 米", "", "山脚。"]


def test_logseq_writes_properties_at_the_top() -> None:
    matter = read_front_matter("- title:: 爬山\n  tags:: [[山]], 水\n- 山脚\n")
    assert matter.values == {"title": "爬山", "tags": "山, 水"}
    assert (matter.body, matter.body_line) == ("- 山脚\n", 3)


@pytest.mark.parametrize(
    "text",
    [
        "注: 这是正文。\n第二行",
        "# 爬山\n\n注意: 路滑。\n慢走。",
        "Title: 一句话\n",
        "# 爬山\n\n作者: 某人\n这一行不是。",
        "a::b 是语法",
    ],
)
def test_prose_with_colons_is_prose(text: str) -> None:
    matter = read_front_matter(text)
    assert (matter.kind, matter.values, matter.body) == ("none", {}, text)
