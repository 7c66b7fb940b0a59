"""Whatever comes in, what goes out is well-formed, allowed, and stays what it is when it is cleaned again."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from booklet.clean import clean
from booklet.clean.formulas.mathml import _ATTRIBUTES as _FORMULA_ATTRIBUTES
from booklet.clean.formulas.mathml import ELEMENTS, NAMESPACE
from booklet.clean.serialise import ALLOWED
from booklet.clean.vocabulary import names
from booklet.model import CleanArticle

from .articles import article
from .content_model import violations

_MATHML = f"{{{NAMESPACE}}}"
_ATTRIBUTES = names(
    "id href src alt title lang dir class colspan rowspan span start reversed type value datetime scope "
    "data-video"
)
_TAGS = [
    "p",
    "div",
    "span",
    "b",
    "i",
    "strong",
    "em",
    "a",
    "img",
    "br",
    "table",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h5",
    "blockquote",
    "pre",
    "code",
    "script",
    "style",
    "iframe",
    "video",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "svg",
    "math",
    "noscript",
    "figure",
    "figcaption",
    "center",
    "font",
    "section",
    "o:p",
    "源路径",
    "missing",
    "x-y",
    "dl",
    "dt",
    "dd",
]
_ATTRIBUTE_TEXT = st.sampled_from(
    [
        "",
        ' class="highlight js"',
        " onclick=alert(1)",
        ' style="text-align:center;font-weight:bold"',
        ' href="javascript:alert(1)"',
        ' href="https://a.example/?b=1&c=2"',
        ' href="#x"',
        ' id="x"',
        ' src="//v.qq.com/iframe/player.html?vid=n3303k266me"',
        ' src="a.png" alt="图"',
        ' src="data:image/gif;base64,R0lGODlhAQABAAAAACw="',
        " align=center",
        ' 名="x"',
        " hidden",
        ' title="<b>&quot;',
        " colspan=0",
        ' data-video="7"',
        " /",
    ]
)
_TEXT = st.one_of(
    st.sampled_from(
        [
            "中文。",
            "●一",
            "• ",
            "a<b",
            "&lt;",
            "&",
            "&#1;",
            "&#xd800;",
            "\u3000\u3000",
            "\u00a0",
            "\n",
            "{% raw %}",
            "List<String>",
            "**粗：**后",
            "]]>",
            "<!--",
            "-->",
            "\u200b",
            "$a_1$",
            "$",
            "$$",
            r"\frac{a}{b}",
            r"\(x^2\)",
            '<script type="math/tex">',
            "<math><mi>x</mi>",
            "</math>",
            "复制代码",
            "👩\u200d💻",
            "1、",
        ]
    ),
    st.text(max_size=6),
)
pieces = st.one_of(
    _TEXT,
    st.builds(lambda name, attrs: f"<{name}{attrs}>", st.sampled_from(_TAGS), _ATTRIBUTE_TEXT),
    st.builds(lambda name: f"</{name}>", st.sampled_from(_TAGS)),
)
bodies = st.lists(pieces, max_size=40).map("".join)
_fuzzed = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def tree_of(result: CleanArticle) -> etree._Element:
    return etree.fromstring(f"<root>{result.body}</root>".encode())


def visible(result: CleanArticle) -> str:
    return re.sub(r"\s+", "", "".join(map(str, tree_of(result).itertext())))


def check(result: CleanArticle) -> None:
    keys = {f"image:{image.key}" for image in result.images}
    root = tree_of(result)
    assert "clean-failed" not in {found.code for found in result.findings}
    anchors = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(anchors) == len(set(anchors))
    for element in root.iterdescendants():
        if element.tag.startswith(_MATHML):
            assert element.tag.removeprefix(_MATHML) in ELEMENTS
            assert set(element.attrib) <= {*_FORMULA_ATTRIBUTES, "alttext", "display"}
            continue
        assert element.tag in ALLOWED
        assert set(element.attrib) <= _ATTRIBUTES
        href = element.get("href")
        assert href is None or href.startswith(("http://", "https://", "mailto:")) or href[1:] in anchors
        assert element.tag != "img" or element.get("src") in keys
        if number := element.get("data-video"):
            assert int(number) < len(result.videos)
    for video in result.videos:
        assert video.url.startswith(("http://", "https://"))
    assert all(element.tag is not None for element in root)
    assert not (root.text or "").strip()
    assert not any((element.tail or "").strip() for element in root)
    assert [*violations(root)] == []


@_fuzzed
@given(bodies)
def test_html_gives_allowed_well_formed_blocks(body: str) -> None:
    check(clean(article(body)))


@_fuzzed
@given(bodies)
def test_markdown_gives_allowed_well_formed_blocks(body: str) -> None:
    check(clean(article(body, "markdown")))


@_fuzzed
@given(bodies)
def test_a_clean_body_stays_as_it_is(body: str) -> None:
    once = clean(article(body))
    twice = clean(article(once.body))
    assert visible(twice) == visible(once)


@_fuzzed
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "div", "span", "b", "section", "center", "font", "td", "li", "h2"]),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_text_keeps_its_order_through_any_wrappers(wrappers: list[tuple[str, int]]) -> None:
    words = [f"字{index}号" for index in range(len(wrappers))]
    body = "".join(
        f"<{name}>" * (count + 1) + word + f"</{name}>" * count
        for (name, count), word in zip(wrappers, words, strict=True)
        if name not in ("td", "li")
    )
    kept = [word for (name, _), word in zip(wrappers, words, strict=True) if name not in ("td", "li")]
    assert visible(clean(article(body))) == "".join(kept)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + "最里面" + "</div>" * 10_000,
        "<blockquote>" * 10_000 + "最里面",
        "<ul><li>" * 10_000 + "最里面",
        "".join(f'<b title="{n}"><p>x' for n in range(5_000)) + "最里面",
        "<table><tr><td>" * 2_000 + "最里面",
    ],
    ids=["div", "blockquote", "list", "formatting", "table"],
)
@pytest.mark.timeout(20)
def test_deep_nesting_ends_flat_with_its_text_and_a_finding(body: str) -> None:
    result = clean(article(body))
    assert visible(result).endswith("最里面")
    assert "depth-capped" in {found.code for found in result.findings}
    depth, deepest = 0, 0
    for event, _ in etree.iterwalk(tree_of(result), events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    assert deepest <= 52


@pytest.mark.soak  # it measures time: half a minute, and quiet
@pytest.mark.timeout(60)
def test_cost_grows_as_the_body_does() -> None:
    """Five megabytes end; what is beyond is cut with a finding."""
    result = clean(article("<p>一段文字，说了一些事。</p>" * 300_000))
    assert "body-truncated" in {found.code for found in result.findings}
    assert result.text_chars > 1_000_000


@pytest.mark.parametrize(
    "mark",
    ["<![CDATA[", "<!--", "{% raw %}", "<pre>", "<code>", '<a "', "{{< ", "[caption]", "<svg>", "<script>"],
)
@pytest.mark.timeout(20)
def test_marks_that_never_end_are_not_searched_again_and_again(mark: str) -> None:
    clean(article(mark * 50_000 + "终"))


def test_beyond_the_limits_text_loses_its_markup_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booklet.clean.text.markdown._MAX_CHARS", 3_000)
    monkeypatch.setattr("booklet.clean.validity.nesting.MAX_ELEMENTS", 500)
    check_limits(1_500)


@pytest.mark.soak
def test_limits_bound_the_time_at_full_size() -> None:
    check_limits(400_000)


def check_limits(blocks: int) -> None:
    result = clean(article("- 项\n\n段\n\n" * blocks + "最后", "markdown"))
    codes = {found.code for found in result.findings} - {"text-divided"}
    assert codes == {"markdown-capped", "markup-capped"}
    assert result.body.count("项") == result.body.count("段") == blocks
    assert result.body.rstrip().endswith("最后</p>")
    result = clean(article("<p>段<b>粗</b></p>" * (blocks // 2) + "最后"))
    assert {found.code for found in result.findings} - {"text-divided"} == {"markup-capped"}
    assert result.text_chars == blocks // 2 * 2 + 2
