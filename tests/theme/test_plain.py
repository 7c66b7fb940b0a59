"""Bodies made ready without a tree are what they are with one."""

from __future__ import annotations

import pytest
from lxml import etree

from booklet.render.chapters import body as bodies
from booklet.render.chapters.body import Drawers, Surroundings, fill_body
from booklet.render.chapters.plain import is_plain

from .sample import PARAGRAPH, RICH_BODY, article


def no_picture(view: object) -> etree._Element:
    raise AssertionError(view)


def filled(body: str) -> str:
    drawers = Drawers(no_picture, no_picture, "")
    return str(fill_body(article(1, "题", body), Surroundings("a-1", {}, {}, {}, 1), drawers).markup)


def canonical(markup: str) -> str:
    return str(etree.canonicalize(f"<div>{markup}</div>"))


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPH,
        '<h2 id="h-1">数字</h2><p>见<a href="#h-1">上文</a>。</p>',
        '<p>见<a href="#fn-9">没有的</a>、<a href="#a-000000000002">别的文章</a>与<a href="https://example.org/?a=1&amp;b=2">网页</a>。</p>',
        '<p id="x">甲</p><p id="x">乙</p><p><a title="t" href="#x">丙</a></p>',
        '<p title="id=&quot;x&quot; &lt;p&gt;" id="y">他写道： id="z" 与 href="#y"，5 &lt; 7 &gt; 3。</p>',
        "<ul><li><p>一</p><ol><li>二</li></ol></li></ul><dl><dt>词</dt><dd>义</dd></dl>",
        "<pre><code>if a &lt; b:\n    pass\n</code></pre><details><summary>题</summary><p>文</p></details>",
        '<blockquote id="q"><p>引文<br/>第二行</p></blockquote><p>尾</p>\n<p/>',
        '<p><a id="h-2" href="#h-2">自己</a><a class="noteref" href="#fn-1">1</a></p>',
        "没有元素的文字 &amp; 记号",
        "",
    ],
)
def test_ids_links_and_numbers_are_those_of_the_tree(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_plain(body)
    plain = filled(body)
    monkeypatch.setattr(bodies, "is_plain", lambda _: False)
    assert canonical(plain) == canonical(filled(body))


@pytest.mark.parametrize(
    "body",
    [
        RICH_BODY,
        '<p><img src="image:a" alt=""/></p>',
        '<div data-video="0"></div>',
        '<div class="x" data-video="0"></div>',
        "<table><tr><td>1</td></tr></table>",
        "<hr/>",
        '<aside class="footnote" id="fn-1"><p>注</p></aside>',
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>',
        "<figure></figure>",
        "<p>甲<!-- <p> --></p>",
        "<p><![CDATA[<p>]]></p>",
        "<?x y?>",
    ],
)
def test_what_has_more_done_to_it_takes_the_tree(body: str) -> None:
    assert not is_plain(body)
