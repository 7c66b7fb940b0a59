"""What is left of markup in the finished prose is told, with its line; what is meant to be read is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booklet.clean import clean
from booklet.clean.last_look import LEFTOVER_KINDS, leftovers
from booklet.clean.tree import parse

from .articles import article

LEFT = {
    "{%": ("<p>前{% river %}后</p>", "前{% river %}后"),
    "{{": ("<p>写 {{ name }}。</p>", "写 {{ name }}。"),
    ":::": ("<p>前</p><p>::: river 题</p>", "前\n\n::: river 题"),
    "[[": ("<p>见 [[老渠|渠]]。</p>", "见 [[老渠|渠]]。"),
    "](": ("<p>见 [渠](https://a.example/ b)。</p>", "见 [渠](https://a.example/ b)。"),
    "**": ("<p>一**要点**二</p>", "一**要点**二"),
    "$$": ("<p>令 $$x 为长$$ 。</p>", "令 $$x 为长$$ 。"),
    "<tag": ("<p>前&lt;video controls muted&gt;后</p>", "前<video controls muted>后"),
    "front matter": (
        "<p>title: 渠<br>date: 2024<br>tags: 水</p>",
        "title: 渠\ndate: 2024\ntags: 水",
    ),
}


def test_each_kind_has_its_sample() -> None:
    assert tuple(LEFT) == LEFTOVER_KINDS


@pytest.mark.parametrize(("kind", "markup", "source"), [(kind, *pair) for kind, pair in LEFT.items()])
def test_each_kind_is_found_where_it_stands(kind: str, markup: str, source: str) -> None:
    (found,) = leftovers(parse(markup), source)
    assert (found.kind, found.count) == (kind, 1)
    assert found.offset is not None
    assert source[found.offset :].startswith(found.text[:3])


MEANT = {
    "code": ("<p><code>{% x %} **a** $$</code></p><pre><code>[[渠]] ::: x</code></pre>", ""),
    "escaped": ("<p>写 **粗** 的星号</p>", r"写 \*\*粗\*\* 的星号"),
    "a reference": ("<p>标签 &lt;br&gt; 换行</p>", "标签 &lt;br&gt; 换行"),
    "only in code": ("<p>标签 &lt;br&gt; 换行</p>", "标签 &lt;br&gt; 换行，如 `<br>`"),
    "names that are masked": ("<p>王**、李**说，138****1234</p>", "王**、李**说，138****1234"),
    "powers": ("<p>2**10 与 a ** b</p>", "2**10 与 a ** b"),
    "types": ("<p>List&lt;String&gt; 与 &lt;用户名&gt;</p>", "List<String> 与 <用户名>"),
    "arrays": ("<p>[[1, 2], [3, 4]] 与 [[1]]</p>", "[[1, 2], [3, 4]] 与 [[1]]"),
    "calls": ("<p>f[i](x) 与 [注](见下)</p>", "f[i](x) 与 [注](见下)"),
    "formats": ("<p>f{%s} 与 {%d} 与 ${{1}}</p>", "f{%s} 与 {%d} 与 ${{1}}"),
    "dear": ("<p>价格 $$$ 到 $$$$</p>", "价格 $$$ 到 $$$$"),
    "talk of fields": ("<p>title: 是标题</p><p>date: 是日期</p>", "title: 是标题\n\ndate: 是日期"),
    "scopes": ("<p>std::vector 与 a:::b</p>", "std::vector 与 a:::b"),
}


@pytest.mark.parametrize(("markup", "source"), MEANT.values(), ids=MEANT)
def test_what_is_meant_is_no_leftover(markup: str, source: str) -> None:
    assert [*leftovers(parse(markup), source)] == []


def test_what_an_author_wants_seen_is_no_leftover() -> None:
    for text in ("{{</* river */>}}", "{{%/* river */%}}", "{% raw %}{{ 名字 x }}{% endraw %}"):
        assert clean(article(f"写作 {text}。", "markdown")).findings == ()


def test_the_finding_says_kind_count_and_line() -> None:
    text = "第一段。\r\n\r\n写 {{ name }} 与\r\n{{ other }}。"
    (found,) = clean(replace(article(text, "markdown"), body_line=7)).findings
    assert (found.code, found.line) == ("markup-left", 9)
    assert dict(found.params) == {"kind": "{{", "count": 2, "text": "{{ name }}"}


def test_it_is_told_once_though_a_broken_body_is_cleaned_twice() -> None:
    made = clean(article("<div><b>写 {{ name }}<p>乙</div></b></p>"))
    assert [found.code for found in made.findings].count("markup-left") == 1
