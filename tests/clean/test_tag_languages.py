"""Arguments are read as Hexo, Hugo and Liquid read them; what is not known keeps its words; code is left alone."""

# ruff: noqa: E501 - texts of articles
from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from booklet.clean import clean
from booklet.clean.draft import Draft
from booklet.clean.tags.arguments import hexo_words, hugo_arguments
from booklet.clean.tags.tokens import tokens
from booklet.clean.text.shortcodes import shortcodes
from booklet.model import CleanArticle
from booklet.sites import Generator, Site

from .articles import article


def cleaned(text: str, **fields: Any) -> CleanArticle:
    return clean(replace(article(text, "markdown"), **fields))


def body(text: str, **fields: Any) -> str:
    """The cleaned body on one line; pictures are named `image`."""
    made = re.sub(r"image:[0-9a-f]{16}", "image", cleaned(text, **fields).body)
    return re.sub(' id="[^"]*"', "", made.replace("\n", ""))


def site(generator: Generator = "jekyll", **fields: Any) -> Site:
    place = Path("/site")
    return Site(generator, place, ("_config.yml",), place, "join", **fields)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a b  c", ["a", "b", "c"]),
        ('"a b" c', ["a b", "c"]),
        ('"url=https://v.example/1.mp4" x', ["url=https://v.example/1.mp4", "x"]),
        ("title:'甲 乙' c", ["title:甲 乙", "c"]),
        ("it's 100% done", ["it's", "100%", "done"]),
        ("甲\n  乙", ["甲", "乙"]),
    ],
)
def test_hexo_divides_at_blanks_outside_quotes(raw: str, words: list[str]) -> None:
    assert hexo_words(raw) == words


def test_hugo_reads_places_names_quotes_and_escapes() -> None:
    assert hugo_arguments('甲 "乙 丙" `丁 "戊"`') == (["甲", "乙 丙", '丁 "戊"'], {})
    assert hugo_arguments('src="/a.png"\n  caption = "说\\"明\\""') == (
        [],
        {"src": "/a.png", "caption": '说"明"'},
    )


def test_a_tag_may_hold_percents_several_lines_and_its_own_end_in_quotes() -> None:
    assert "看 100% 的" in body('{% btn https://a.example/%E6%B0%B4, "看 100% 的" %}')
    assert body('{% note info "进度 %} 未完" %}\n正文\n{% endnote %}').count("进度 %} 未完") == 1
    made = body('{{< figure\n  src="/a.png"\n  caption="渠首 >}} 旧影"\n>}}')
    assert "<figcaption>渠首 &gt;}} 旧影</figcaption>" in made


def test_marks_that_trim_are_part_of_the_tag() -> None:
    assert body("前{%- comment -%}藏{%- endcomment -%}后") == "<p>前后</p>"
    assert body('{%- assign x = "渠" -%}{{- x -}}') == "<p>渠</p>"


@pytest.mark.parametrize(
    "code",
    [
        "```\n{% note %}{{ x }}{{< y >}}\n```",
        "~~~~ js\n{% raw %}\n~~~\n{{ site.url }}\n~~~~",
        "`` {% note %} ` {{ site.url }} ``",
        "前\n\n    {% note %} {{ page.title }}\n\n    {{< y >}}\n\n后",
        "<pre>{% note %}{{ site.url }}</pre>",
        "<code>{{< y >}}</code>",
        "> ```\n> {% note %}\n> ```",
        "1. 一\n\n    ```\n    {{ site.url }}\n    ```",
    ],
)
def test_code_is_left_alone(code: str) -> None:
    made = clean(article(code, "markdown"))
    written = re.findall(r"\{%[^%]*%\}|\{\{[^{}]*\}\}", code)
    shown = re.sub(r"<[^>]*>", "", made.body).replace("&lt;", "<").replace("&gt;", ">")
    assert [mark for mark in written if mark not in shown] == []
    assert made.findings == ()


def test_an_indent_within_a_list_is_no_code() -> None:
    assert body("- 甲\n\n    {% label 乙 %}\n") == "<ul><li><p>甲</p><p>乙</p></li></ul>"


def test_escapes_are_shown_as_the_author_writes_about_them() -> None:
    made = cleaned("写作 {{</* youtube 甲 */>}} 与 {{%/* notice */%}}。")
    assert re.sub(r"&#123;", "{", made.body) == "<p>写作 {{&lt; youtube 甲 &gt;}} 与 {{% notice %}}。</p>"
    assert body("{% raw %}模板写 {{ 名字 }}{% endraw %}").replace("&#123;", "{") == "<p>模板写 {{ 名字 }}</p>"


@pytest.mark.parametrize(
    ("generator", "code", "shown"),
    [
        ("hugo", "`{{</* river */>}}`", "{{&lt; river &gt;}}"),
        ("jekyll", "```\n{% raw %}\n{{ name }}\n{% endraw %}\n```", "{{ name }}"),
        ("hexo", "`{% raw %}`", "{% raw %}"),
    ],
)
def test_marks_that_keep_code_from_its_own_generator_are_not_printed(
    generator: Generator, code: str, shown: str
) -> None:
    assert re.sub("</?(?:p|pre|code)>", "", body(code, site=site(generator))) == shown


def test_an_unknown_tag_keeps_its_words_and_is_told_with_its_line() -> None:
    made = cleaned(
        '第一段。\n\n{% river "老渠 旧影" color=red 600px %}\n\n{{< river title="题" icon="x" >}}\n内容\n{{< /river >}}',
        body_line=5,
    )
    shown = re.sub("<[^>]*>", " ", made.body)
    for words in ("老渠 旧影", "题", "内容"):
        assert words in shown
    for machinery in ("red", "600px", "{", "}", "river"):
        assert machinery not in shown
    assert [(found.code, found.line) for found in made.findings] == [("tag-unknown", 7)]


def test_keywords_of_an_unknown_tag_are_no_words() -> None:
    assert body("前{% river flow %}后") == "<p>前后</p>"


BLOCKS = {
    "{% note info 标题 %}\n文\n{% endnote %}": ("标题", "文"),
    "{% note primary no-icon %}\n文\n{% endnote %}": ("文",),
    "{% note info **题 `x` 与** [乙](https://a.example/) %}\n文\n{% endnote %}": ("题 x 与 乙", "文"),
    "{% message color:danger icon:info-circle 'title:当心 水深' size:small %}\n    **险**\n{% endmessage %}": (
        "当心 水深",
        "险",
    ),
    "{% folding cyan open, 点开 %}\n文\n{% endfolding %}": ("点开", "文"),
    "{% fold info @点开 %}\n文\n{% endfold %}": ("点开", "文"),
    "{% tabs 组 %}\n<!-- tab 甲@fab fa-js -->\n文\n<!-- endtab -->\n{% endtabs %}": ("甲", "文"),
    "{% tabs style:boxed %}\n<!-- item a b '乙' -->文<!-- enditem -->\n{% endtabs %}": ("乙", "文"),
    "{% timeline %}\n<!-- node 三月 -->\n文\n{% endtimeline %}": ("三月", "文"),
    "{% blockquote 苏轼, 题西林壁 https://a.example/x 原文 %}\n文\n{% endblockquote %}": ("文", "——苏轼，题西林壁 原文"),
    "{% hideToggle 展开,#fff,red %}\n文\n{% endhideToggle %}": ("展开", "文"),
    "{% linkgrid %}\n甲站 | https://a.example/ | 简介\n{% endlinkgrid %}": ("甲站：简介",),
    '{{< admonition type=tip title="当心" open=false >}}\n文\n{{< /admonition >}}': ("当心", "文"),
    '{{% notice warning "当心" %}}\n文\n{{% /notice %}}': ("当心", "文"),
    '{{< alert icon="fire" cardColor="#e63946" >}}\n文\n{{< /alert >}}': ("文",),
    '{{< details summary="点开" >}}\n文\n{{< /details >}}': ("点开", "文"),
    '{{< tabs >}}{{< tab label="甲" >}}文{{< /tab >}}{{< /tabs >}}': ("甲", "文"),
    '{{< quote author="苏轼" source="题西林壁" url="https://a.example/x" >}}文{{< /quote >}}': ("文", "——苏轼 题西林壁"),
    '{{< timelineItem icon="code" header="三月" badge="新" subheader="渠" >}}文{{< /timelineItem >}}': (
        "三月 · 新 · 渠",
        "文",
    ),
    "{{< button href=\"https://a.example/\" target=\"_self\" >}}去看{{< /button >}}": ("去看",),
    '{{< style "text-align:right; strong{color:red}" >}}文{{< /style >}}': ("文",),
    '{{< friend name="甲站" url="https://a.example/" bio="写水" >}}': ("甲站：写水",),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), BLOCKS.items(), ids=range(len(BLOCKS)))
def test_all_that_the_site_shows_is_there_and_nothing_else(text: str, words: tuple[str, ...]) -> None:
    made = cleaned(f"前文。\n\n{text}\n\n后文。")
    shown = [part for part in re.sub("<[^>]*>", "\n", made.body).split("\n") if part.strip()]
    assert "".join("".join(shown).split()) == "".join("".join(("前文。", *words, "后文。")).split())
    assert made.findings == ()


def test_what_is_indented_within_a_tag_is_no_code() -> None:
    assert "<pre>" not in body("{% note %}\n    甲\n\n    乙\n{% endnote %}")


def test_a_text_that_is_tags_from_end_to_end_is_still_markdown() -> None:
    text = "\n\n".join(f"{{% note %}}\n**{word}**\n{{% endnote %}}" for word in "甲乙丙")
    assert body(text).count("<strong>") == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% note radiation, 小心 %}", "小心"),
        ("{% hashtag 标签 https://a.example/x %}", "标签"),
        ("{% p center logo large, 段字 %}", "段字"),
        ("{% chat %}\n话\n{% endchat %}", "话"),
    ],
)
def test_styles_are_no_words(text: str, words: str) -> None:
    made = cleaned(text)
    assert "".join(re.sub("<[^>]*>", "", made.body).split()) == words
    assert made.findings == ()


def test_tags_within_tags_and_within_quotations() -> None:
    made = body("{% note %}\n甲\n\n{% fold @点开 %}\n乙\n{% endfold %}\n\n{% endnote %}")
    assert made == ("<blockquote><p>甲</p><details><summary>点开</summary><p>乙</p></details></blockquote>")
    assert body("> 甲\n>\n> {% note %}\n> 乙\n> {% endnote %}\n") == (
        "<blockquote><p>甲</p><blockquote><p>乙</p></blockquote></blockquote>"
    )


def test_a_tag_in_a_cell_or_heading_leaves_the_table_and_the_heading_whole() -> None:
    assert "<td>渠 字</td>" in body("| 甲 |\n|---|\n| 渠 {% label 字 %} |\n")
    assert body("## 题 {% label 字 blue %}\n\n文") == "<h2>题 字</h2><p>文</p>"


def test_conditions_loops_and_captures() -> None:
    assert (
        body("{% if page.season == '春' %}甲{% else %}乙{% endif %}", extra={"season": "春"}) == "<p>甲</p>"
    )
    assert body("{% unless page.season %}甲{% endunless %}") == "<p>甲</p>"
    assert (
        body("{% for x in page.list %}{{ x }}、{% endfor %}", extra={"list": ["甲", "乙"]})
        == "<p>甲、乙、</p>"
    )
    assert body("{% for i in (1..3) %}{{ i }}{% endfor %}") == "<p>123</p>"
    assert (
        body("{% capture x %}渠{% endcapture %}{{ x | append: '首' | prepend: \"老\" }}") == "<p>老渠首</p>"
    )
    assert body("{% case page.n %}{% when 1 %}甲{% when 2 %}乙{% endcase %}", extra={"n": 2}) == "<p>乙</p>"


def test_what_hangs_on_something_unknown_stays_and_is_told() -> None:
    made = cleaned("{% if site.github.repository %}\n甲\n{% endif %}")
    assert "甲" in made.body
    assert [found.code for found in made.findings] == ["tag-value-unknown"]


def test_values_of_the_site_and_of_the_page() -> None:
    around = site(address="https://a.example/blog/", base="/blog/", values={"author": {"name": "王文"}})
    assert body("{{ site.author.name }}、{{ page.title }}", site=around, title="渠") == "<p>王文、渠</p>"
    assert 'href="https://a.example/blog/x/"' in body('[甲]({{ "/x/" | absolute_url }})', site=around)
    pictures = cleaned(
        "![甲]({{ site.url }}{{ site.baseurl }}/a.png)\n\n![乙]({{ '/b.png' | absolute_url }})", site=around
    )
    assert [image.url for image in pictures.images] == ["/a.png", "/b.png"]
    assert body("{{ page.date | date: '%Y 年 %-m 月' }}") == "<p>2021 年 10 月</p>"


def test_no_clock_is_asked() -> None:
    made = cleaned("甲{{ 'now' | date: '%Y' }}乙")
    assert made.body == "<p>甲乙</p>"
    assert [found.code for found in made.findings] == ["tag-value-unknown"]


def test_words_in_braces_that_are_no_value_of_the_site_stay() -> None:
    made = body("写 {{ name }} 与 {{1}}、f{%s}。").replace("&#123;", "{")
    assert made == "<p>写 {{ name }} 与 {{1}}、f{%s}。</p>"


def test_an_include_is_the_sites_own_snippet_with_its_arguments() -> None:
    snippet = "<p>{{ include.words }}{% if include.more %}（{{ include.more }}）{% endif %}</p>"
    around = site(includes={"a/b.html": snippet, "self.html": "又{% include self.html %}"})
    assert (
        body('{% include a/b.html words="渠首"\n   more=page.title %}', site=around, title="题")
        == "<p>渠首（题）</p>"
    )
    assert body("{% include self.html %}", site=around).count("又") == 5
    assert "passwd" not in body("甲{% include ../../etc/passwd %}", site=around)


def test_a_part_in_another_file_is_told_as_missing() -> None:
    made = cleaned("甲\n\n{% include_relative parts/乙.md %}", site=site())
    assert [(found.code, found.line) for found in made.findings] == [("tag-unresolved", 3)]


def test_a_loop_over_something_unknown_is_told_once() -> None:
    made = cleaned("甲\n\n{% for one in site.posts %}{{ one.title }}{% endfor %}", site=site())
    assert [dict(found.params)["name"] for found in made.findings] == ["site.posts"]


def test_an_include_that_is_missing_keeps_the_words_that_it_was_given() -> None:
    made = cleaned('{% include river.html type="info" content="水深 危险" %}', site=site())
    assert "水深 危险" in made.body
    assert [(found.code, found.line) for found in made.findings] == [("tag-unknown", 1)]


HOSTILE = {
    "openers": "{% " * 200_000,
    "tags without ends": "{% note %}" * 50_000,
    "tags within tags": "{% note %}" * 20_000 + "{% endnote %}" * 20_000,
    "values": "{{ x " * 200_000,
    "quotes": '{% a "' * 50_000 + "%}",
    "ticks": "".join("`" * n + " " for n in range(1, 900)),
    "raw": "{% raw %}" * 50_000,
    "loops": "{% for a in (1..1000) %}" * 10 + "字" + "{% endfor %}" * 10,
    "growing": "{% assign x = 'ab' %}" + "{% assign x = x | append: x %}" * 200 + "{{ x }}",
    "squares": "{% assign x = 99 %}" + "{% assign x = x | times: x %}" * 200 + "{{ x }}",
    "elements": "<code" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    begun = time.process_time()
    draft = Draft(article(text, "markdown"), text)
    shortcodes(draft)
    assert time.process_time() - begun < 6
    assert len(draft.text) < 3_000_000


@pytest.mark.parametrize(
    "text", ["{% a %}b{{ c }}`d`{% enda %}", "甲\n\n    {% x %}\n乙{{< y >}}", "{#甲#}{# 乙 #}"]
)
def test_tokens_leave_no_gap(text: str) -> None:
    found = tokens(text, frozenset(), markdown=True)
    assert "".join(text[token.start : token.end] for token in found) == text
