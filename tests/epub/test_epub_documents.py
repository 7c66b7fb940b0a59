from __future__ import annotations

import re

import pytest
from lxml import etree

from booklet.model import Chapter
from booklet.render.epub import render_epub
from booklet.render.epub.documents.document import XHTML, document

from .epub_sample import CSS, chapters, standard_articles, texts, unpacked, with_body
from .epub_sample import booklet as sample_booklet

BODY = {"x": XHTML}


def built(body: str, *more: str) -> dict[str, bytes]:
    book, parts = with_body(body, *more)
    return unpacked(render_epub(book, parts, css=CSS, cover=None))


def first_article(body: str, *more: str) -> str:
    return built(body, *more)["EPUB/a-000000000001.xhtml"].decode()


@pytest.mark.parametrize(
    "markup",
    [
        "<p>汉<b>中</b><i>文</i><em>字</em>，<strong>紧</strong>挨着</p>",
        "<p><ruby>汉<rp>（</rp><rt>hàn</rt><rp>）</rp></ruby></p>",
        "<pre><code>if x:\n    y()\n\n\n\tz</code></pre>",
        "<ul><li>一<ul><li>二</li></ul></li><li>三</li></ul>",
        "<table><tbody><tr><td>甲</td><td></td></tr></tbody></table>",
        "<p>a &amp; b &lt;c&gt; 𠮷 🎉</p>",
    ],
)
def test_markup_goes_in_as_it_is(markup: str) -> None:
    assert markup in first_article(markup)


def test_no_control_character_survives_anywhere() -> None:
    control = "\x00\x08\x0b\x1f\x7f\x85\ufffe"
    book, parts = with_body(f"<p>汉{control}字</p>")
    book = sample_booklet(*standard_articles(), meta=book.meta)
    parts = tuple(
        Chapter(
            one.id, one.kind, control + one.title + control, one.lang, one.xhtml + control, one.section_id
        )
        for one in parts
    )
    files = unpacked(render_epub(book, parts, css=f"p {{ content: '{control}' }}", cover=None))
    for name, data in files.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".css")):
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", data.decode()), name


def test_lone_surrogates_and_forbidden_references_do_not_stop_the_build() -> None:
    assert "汉字" in first_article("<p>汉\ud800字&#8;</p>").replace("\ufffd", "")


@pytest.mark.parametrize(
    "broken",
    [
        "<p>没有结尾<br>换行&nbsp;<img src='images/none.png'></p>",
        "</article></body></html>",
        "<p @click='x' a:b='c'>坏属性</p>",
        "<div>" * 400 + "深" + "</div>" * 400,
        "<![CDATA[ 未完",
        "",
    ],
)
def test_markup_that_is_not_well_formed_is_repaired(broken: str) -> None:
    data = built(broken)["EPUB/a-000000000001.xhtml"]
    html = etree.fromstring(data)
    assert [etree.QName(child).localname for child in html] == ["head", "body"]
    assert len(html[1]) == 1


def test_a_huge_text_and_a_deep_tree_do_not_stop_the_build() -> None:
    assert len(first_article(f"<p>{'x' * 11_000_000}</p>")) > 11_000_000
    assert "深" in first_article("<div>" * 3_000 + "深" + "</div>" * 3_000)


def test_data_attributes_go_and_language_is_said_twice() -> None:
    page = first_article('<p data-x="1" lang="en">A</p><p lang="zh_TW">乙</p><p lang="!!">丙</p>')
    assert "data-" not in page
    assert '<p lang="en" xml:lang="en">A</p>' in page
    assert '<p lang="zh-TW" xml:lang="zh-TW">乙</p>' in page
    assert "<p>丙</p>" in page


def test_comments_go_because_kindle_refuses_dashes_in_them() -> None:
    assert "--" not in first_article("<p>甲</p><!-- a -->").split("<body")[1]


def test_each_note_is_marked_on_its_own_and_leads_back_to_its_call() -> None:
    page = first_article(
        '<p>甲<a class="noteref" href="#fn-1">1</a>乙<a class="noteref" href="#fn-1">1</a></p>'
        '<section class="footnotes"><aside class="footnote" id="fn-1">'
        '<p><span class="note-number">1</span>注</p></aside></section>'
    )
    call = '<a class="noteref duokan-footnote" href="#fn-1" epub:type="noteref" role="doc-noteref"'
    assert page.count(call) == 2
    assert f'{call} id="fn-1-call">1</a></span><span class="with-call">乙<a' in page
    assert (
        '<section class="footnotes"><aside class="footnote" epub:type="footnote" role="doc-footnote">'
        '<ol class="duokan-footnote-content">'
        '<li class="duokan-footnote-item" id="fn-1"><p>'
        '<a class="note-number" href="#fn-1-call" epub:type="backlink" role="doc-backlink">1</a> 注</p>'
        "</li></ol></aside></section>"
    ) in page


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("甲乙<sup>{call}</sup>丙", '甲<span class="with-call">乙{raised}</span>丙'),
        ("甲乙。<sup>{call}</sup><sup>{call}</sup>", '甲<span class="with-call">乙。{raised}{raised}</span>'),
        (
            "<b id='x'>甲乙</b><sup>{call}</sup>丙",
            '<b id="x">甲</b><span class="with-call"><b>乙</b>{raised}</span>丙',
        ),
        ("<a>甲</a><sup>{call}</sup>", "<a>甲</a>{raised}"),
        ("word <sup>{call}</sup>", "word {raised}"),
        ("<sup>{call}</sup>甲", "{raised}甲"),
        ("甲é{call}", '甲<span class="with-call">é{flat}</span>'),
    ],
)
def test_a_notes_number_keeps_to_the_character_before_it(given: str, wanted: str) -> None:
    call = '<a class="noteref" href="#fn-1">1</a>'
    page = first_article(f"<p>{given.format(call=call)}</p>")
    open_tag = '<a class="noteref duokan-footnote" epub:type="noteref" role="doc-noteref">'
    raised, flat = f"{open_tag}<sup>1</sup></a>", f"{open_tag}1</a>"
    assert f"<p>{wanted.format(raised=raised, flat=flat)}</p>" in page


def test_readings_get_brackets_for_engines_that_print_them_in_the_line() -> None:
    page = first_article(
        "<p><ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby><ruby>注<rp>(</rp><rt>z</rt><rp>)</rp></ruby></p>"
    )
    assert "<ruby>漢<rp>（</rp><rt>hàn</rt><rp>）</rp>字<rp>（</rp><rt>zì</rt><rp>）</rp></ruby>" in page
    assert "注<rp>(</rp><rt>z</rt><rp>)</rp></ruby>" in page


def test_a_note_without_a_call_stays_a_note() -> None:
    page = first_article('<aside class="footnote" id="fn-1"><p>注</p></aside>')
    assert '<li class="duokan-footnote-item" id="fn-1"><p>注</p></li>' in page
    assert "backlink" not in page


def test_ids_become_ascii_and_stay_single_and_links_follow() -> None:
    page = first_article(
        '<h2 id="第一节">甲</h2><p id="1a">乙</p><p id="1a">丙</p>'
        '<p><a href="#第一节">一</a><a href="#%E7%AC%AC%E4%B8%80%E8%8A%82">二</a><a href="#1a">三</a></p>'
    )
    html = etree.fromstring(page.encode())
    ids = [str(name) for name in html.xpath("//@id")]  # type: ignore[union-attr]
    assert len(ids) == len(set(ids)) == 3
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", name) for name in ids)
    hrefs = [str(link.get("href")) for link in html.iterfind(".//x:a", BODY)]
    assert hrefs == [f"#{ids[1]}", f"#{ids[1]}", f"#{ids[2]}"]


def test_every_document_has_a_title_and_its_language() -> None:
    book = sample_booklet(*standard_articles())
    files = unpacked(render_epub(book, chapters(book), css=CSS, cover=None))
    pages = {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}
    for name, html in pages.items():
        (title,) = html.iterfind(".//x:title", BODY)
        assert (title.text or "").strip(), name
    assert pages["EPUB/a-000000000003.xhtml"].get("lang") == "en"
    assert pages["EPUB/a-000000000004.xhtml"].get("lang") == "zh-TW"
    assert pages["EPUB/a-000000000005.xhtml"].get("lang") == "zh-CN"


def test_an_empty_title_falls_back_to_the_id() -> None:
    page = document(Chapter("a-1", "article", " \n", "zh", "<div/>"), name="a-1.xhtml", language="zh-CN")
    assert texts(list(page.html.iterfind(".//x:title", BODY))) == ["a-1"]
    assert b'<div id="a-1"></div>' in page.to_bytes()


def test_a_chapter_from_right_to_left_says_so_and_its_code_and_labels_do_not() -> None:
    markup = (
        '<article id="c" dir="rtl"><p><span class="part">22</span> <code>x</code></p><pre>y</pre></article>'
    )
    html = document(
        Chapter("c", "article", "عنوان", "ar", markup), name="c.xhtml", language="ar", matter="bodymatter"
    ).html
    assert html.get("dir") == "rtl"
    found = [
        element.get("dir") for element in html.iter() if str(element.tag).endswith(("span", "code", "pre"))
    ]
    assert found == ["ltr", "ltr", "ltr"]
