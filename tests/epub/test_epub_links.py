from __future__ import annotations

import pytest
from lxml import etree

from booklet.model import Booklet, Chapter
from booklet.render.epub import render_epub
from booklet.render.epub.documents.document import XHTML
from booklet.render.epub.documents.strings import ascii_id, language_tag, outside_address

from .epub_sample import CSS, chapters, picture, unpacked, with_body

HTML = {"x": XHTML}
SECOND = "a-000000000002"


def pages(body: str, *more: str) -> dict[str, bytes]:
    book, parts = with_body(body, *more)
    return unpacked(render_epub(book, parts, css=CSS, cover=None))


def test_a_link_whose_text_is_an_address_may_break_anywhere() -> None:
    book, parts = with_body(
        '<p><a href="https://example.org/a">https://example.org/a</a><a href="https://example.org/b">名</a></p>'
    )
    page = unpacked(render_epub(book, parts, css=CSS, cover=None))["EPUB/a-000000000001.xhtml"].decode()
    assert '<a href="https://example.org/a" class="address">https://example.org/a</a>' in page
    assert '<a href="https://example.org/b">名</a>' in page


def hrefs(page: bytes) -> list[str | None]:
    return [link.get("href") for link in etree.fromstring(page).iterfind(".//x:a", HTML)]


def test_links_to_other_chapters_get_file_names_and_links_to_nothing_lose_them() -> None:
    files = pages(
        f'<p><a href="#{SECOND}">章</a><a href="#{SECOND}-h-1">节</a><a href="#a-000000000001-x">此</a>'
        '<a href="#nowhere">无</a><a href="www.example.org">裸</a><a href="javascript:x()">脚</a>'
        '<a href="images/0a1b.png">图</a><a id="anchor">锚</a></p><p id="a-000000000001-x">此</p>',
        f'<h2 id="{SECOND}-h-1">节</h2>',
    )
    assert hrefs(files["EPUB/a-000000000001.xhtml"]) == [
        f"{SECOND}.xhtml#{SECOND}",
        f"{SECOND}.xhtml#{SECOND}-h-1",
        "#a-000000000001-x",
        None,
        None,
        None,
        None,
        None,
    ]


def test_the_visible_contents_page_links_to_every_article_once() -> None:
    files = pages("<p>甲</p>", "<p>乙</p>")
    assert hrefs(files["EPUB/toc.xhtml"]) == [
        "a-000000000001.xhtml#a-000000000001",
        f"{SECOND}.xhtml#{SECOND}",
    ]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        (
            'http://example.org/文 章?q={x}|"y"',
            "http://example.org/%E6%96%87%20%E7%AB%A0?q=%7Bx%7D%7C%22y%22",
        ),
        ("HTTP://Example.ORG:80/%E6%96%87%zz", "http://Example.ORG:80/%E6%96%87%25zz"),
        ("https://例子.中国/a", "https://xn--fsqu00a.xn--fiqs8s/a"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("http://[::1]:8000/a[1]", "http://[::1]:8000/a%5B1%5D"),
        ("mailto:a@example.org?subject=你好", "mailto:a@example.org?subject=%E4%BD%A0%E5%A5%BD"),
        ("https://example.org/a\n b\\c", "https://example.org/a%20b%5Cc"),
        ("http://", None),
        ("http://exa mple.org", None),
        ("http://example.org:99999/", None),
        ("http://example.org:port/", None),
        ("http://[::1", None),
        ("ftp://example.org", None),
        ("//example.org/a", None),
        ("", None),
    ],
)
def test_outside_addresses_are_valid_or_none(given: str, wanted: str | None) -> None:
    assert outside_address(given) == wanted


def test_only_pictures_that_are_shown_go_in_and_a_missing_one_becomes_its_text() -> None:
    files = pages(
        '<p><img src="images/0a1b.png" alt="红"/><img src="https://example.org/x.png" alt="远"/>'
        '<img src="images/none.png" alt="缺"/></p>'
    )
    assert [name for name in files if name.startswith("EPUB/images/")] == ["EPUB/images/0a1b.png"]
    assert files["EPUB/images/0a1b.png"] == picture().data
    missing = '<span class="image-missing">远</span><span class="image-missing">缺</span>'
    assert missing.encode() in files["EPUB/a-000000000001.xhtml"]


def test_chapters_whose_ids_differ_by_case_only_or_are_not_ascii_get_their_own_files() -> None:
    book, parts = with_body("<p>甲</p>")
    more = [Chapter(name, "colophon", name, "zh-CN", "<div/>") for name in ("X", "x", "x_2", "附录", "nav")]
    files = unpacked(render_epub(book, (*parts, *more), css=CSS, cover=None))
    names = [name for name in files if name.endswith(".xhtml")]
    assert all(name.isascii() for name in names)
    assert len({name.lower() for name in names}) == len(parts) + len(more) + 1


def test_a_book_without_a_contents_page_shows_the_navigation_document_once() -> None:
    book, _ = with_body("<p>甲</p>", "<p>乙</p>")
    for toc, spine in ((True, ["cover", "colophon", "toc"]), (False, ["cover", "colophon", "nav"])):
        assert spine_of(book, toc=toc) == [*spine, "a-000000000001", "a-000000000002"]


def test_a_book_of_one_article_shows_no_navigation_document() -> None:
    book, _ = with_body("<p>甲</p>")
    assert spine_of(book, toc=False) == ["cover", "colophon", "a-000000000001"]


def spine_of(book: Booklet, *, toc: bool) -> list[str | None]:
    files = unpacked(render_epub(book, chapters(book, toc=toc), css=CSS, cover=None))
    refs = etree.fromstring(files["EPUB/content.opf"]).iterfind(".//{*}itemref")
    return [ref.get("idref") for ref in refs]


def test_strings_keep_what_is_right() -> None:
    assert ascii_id("a-1.b") == "a-1.b"
    assert ascii_id("甲") == ascii_id("甲") != ascii_id("乙")
    assert [language_tag(tag) for tag in ("zh_CN", "en", "und", "C", "中文", "zh-Hant-TW")] == [
        "zh-CN",
        "en",
        "",
        "",
        "",
        "zh-Hant-TW",
    ]
