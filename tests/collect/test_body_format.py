from __future__ import annotations

import pytest

from booklet.collect.body_format import body_format

HTML = {
    "wrapped": "<div>   \n<p>第一段。</p>\n\n        <p>第二段。</p><br>\n</div>\n            ",
    "bare text first": "开头没有标签的一句话。<br>\n <p>第一段。</p><p>第二段。</p>",
    "bare text in a wrapper": "<div>\n开头，<strong>重点</strong><br>\n <p>段。</p>\n\n    进<br>\n</div>",
    "text like a list": "<div><p>要点：<br>\n1. 一<br>\n2. 二<br>\n- 三<br></p><p>完。</p><p>又。</p></div>",
    "code with Markdown": "<p>例：</p><pre><code># 题\n- 项\n**重**\n```\nx\n```\n</code></pre><p>完。</p>",
    "only a picture": '<div>   \n<img src="a.jpg" referrerpolicy="no-referrer">  \n</div>\n',
    "table": "<table><tbody><tr><td>\n\n编者按：一句。<br>\n<br>\n又一句。</td></tr></tbody></table>",
    "lines by br": "一行<br>二行<br />\n三行<br>",
    "page": "<!DOCTYPE html>\n<html><body># 不是标题</body></html>",
    "unclosed paragraphs": "<p>一段。\n<p>二段。\n<p>三段。",
    "headings first": "<h2>🔷 介紹 🔷</h2><p>沒看上一期的可能不清楚。</p>\n\n<h2>開始</h2><p>好。</p>",
    "a link in brackets": "<div><p>见 [说明](https://example.com)。</p><p>一。</p><p>二。</p><p>三。</p></div>",
}
MARKDOWN = {
    "plain": "只是一段话。\n\n又一段话。",
    "empty": "",
    "picture first": '<img src="a.jpg" width="300">\n\n## 标题\n\n正文一段。',
    "centred logo first": '<p align="center">\n  <img src="logo.png">\n</p>\n\n## 标题\n\n一段话。\n\n- 项',
    "more mark": "摘要一段。\n\n<!--more-->\n\n## 正文\n\n**重点**在此。",
    "details": "# 题\n\n<details>\n<summary>展开</summary>\n\n- 一\n- 二\n\n</details>\n\n尾。",
    "markdown in a wrapper": '<div class="note">\n\n## 标题\n\n- 一\n- 二\n- 三\n\n</div>',
    "some line breaks": "第一句，<br>\n第二句。\n\n## 小标题\n\n第三句。",
    "prose with one table": "一段。\n\n二段。\n\n<table><tr><td>甲</td></tr></table>\n\n"
    + "\n\n".join(f"第{n}段。" for n in range(9)),
    "html as an example": "写法如下：\n\n```html\n<div><p>一</p><p>二</p></div>\n```\n\n就是这样。",
    "tags in code": "用 `<p>` 和 `<br>` 分段，`<div>` 分块。\n\n完。",
    "hexo tags": "{% note info %}\n提示\n{% endnote %}\n\n<p>一段</p>\n\n- 项",
    "less than": "若 a < b 且 b > c，则……",
}


@pytest.mark.parametrize("body", HTML.values(), ids=HTML)
def test_html_is_told(body: str) -> None:
    assert body_format(body) == "html"


@pytest.mark.parametrize("body", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_is_told(body: str) -> None:
    assert body_format(body) == "markdown"


@pytest.mark.parametrize(
    "mark",
    [
        "## 小标题", "> 引文", "- 一项", "* 一项", "+ 一项", "1. 一项", "12) 一项", "标题\n===", "标题\n--",
        "---", "甲|乙\n-|-", "| 甲 | 乙 |\n| :-: | --- |", "见[说明](https://a.example/b)。", "![图](a.jpg)",
        '见[说明](b.html "题")。', "[甲]: https://a.example/", "[^1]: 注", "一处**重点**。",
        "{% post_link a %}", "{{< figure a.jpg >}}", "{{% note %}}",
    ],
)  # fmt: skip
def test_one_mark_between_paragraphs_by_tags_makes_markdown(mark: str) -> None:
    """Each of them: as HTML, the reader would see the mark itself."""
    body = "<p>一。</p>\n\n{}\n\n<p>二。</p>\n\n<p>三。</p>\n"
    assert body_format(body.format(mark)) == "markdown"
    assert body_format(body.format("又一段")) == "html"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit", ["<a", "<script ", "`", "<pre>", "[", "[a](", "**a", "<!--", "-", "|--", "<p", "]( "]
)
def test_hostile_bodies_are_fast(unit: str) -> None:
    assert body_format(unit * (1_000_000 // len(unit))) in {"html", "markdown"}
