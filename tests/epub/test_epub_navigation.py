"""The ways into the book: contents by section and article, landmarks, the cover's page."""

from __future__ import annotations

from lxml import etree

from booklet.model import Article, Chapter
from booklet.render.epub import render_epub

from .epub_sample import (
    CSS,
    article,
    booklet,
    chapters,
    cover_picture,
    package,
    standard_articles,
    texts,
    unpacked,
)


def nav(*articles: Article, flat: bool = False, openers: bool = True) -> list[tuple[int, str, str | None]]:
    book = booklet(*articles, flat=flat)
    made = [one for one in chapters(book) if openers or one.kind != "section"]
    files = unpacked(render_epub(book, made, css=CSS, cover=None))
    toc = etree.fromstring(files["EPUB/nav.xhtml"]).find(".//{*}nav[@id='nav-toc']")
    assert toc is not None
    lines = []
    for label in toc.iter("{*}a", "{*}span"):
        depth = sum(1 for ancestor in label.iterancestors("{*}ol"))
        lines.append((depth, label.text or "", label.get("href")))
    ncx = etree.fromstring(files["EPUB/toc.ncx"])
    assert texts(list(ncx.iterfind(".//{*}navLabel/{*}text"))) == [line[1] for line in lines]
    return lines


def test_contents_have_two_levels_by_section_and_article() -> None:
    lines = nav(*standard_articles())
    assert [(depth, title) for depth, title, _ in lines] == [
        (1, "版权页"),
        (1, "时政"),
        (2, "新媒体<观察> & 思考"),
        (2, "第二篇"),
        (1, "科技"),
        (2, "An English piece"),
        (2, "繁體一篇"),
        (2, "無題"),
    ]
    assert lines[1][2] == "s1.xhtml"


def test_contents_are_flat_without_categories() -> None:
    assert {depth for depth, _, _ in nav(article(1, "甲"), article(2, "乙"), flat=True)} == {1}


def test_a_section_without_a_page_is_a_label() -> None:
    lines = nav(*standard_articles(), openers=False)
    assert (1, "科技", None) in lines


def test_notes_stand_in_their_section() -> None:
    book = booklet(*standard_articles())
    notes = Chapter("notes-s2", "notes", "笔记", "zh-CN", "<section/>", "s2")
    files = unpacked(render_epub(book, (*chapters(book), notes), css=CSS, cover=None))
    assert '<li><a href="notes-s2.xhtml">笔记</a></li></ol></li></ol>' in files["EPUB/nav.xhtml"].decode()


def test_landmarks_lead_to_cover_contents_and_text() -> None:
    book = booklet(*standard_articles())
    files = unpacked(render_epub(book, chapters(book), css=CSS, cover=cover_picture()))
    marks = etree.fromstring(files["EPUB/nav.xhtml"]).find(".//{*}nav[@id='landmarks']")
    assert marks is not None
    assert marks.get("hidden") == "hidden"
    told = {link.get("{http://www.idpf.org/2007/ops}type"): link.get("href") for link in marks.iter("{*}a")}
    assert told == {"cover": "cover.xhtml", "toc": "toc.xhtml", "bodymatter": "s1.xhtml"}


def test_the_cover_picture_has_a_page_that_says_what_it_is() -> None:
    book = booklet(*standard_articles())
    data = render_epub(book, chapters(book), css=CSS, cover=cover_picture())
    page = unpacked(data)["EPUB/cover.xhtml"].decode()
    assert '<img src="images/cover.jpg" alt="封面：每周学习参考 2021年第42周·总第17期"/>' in page
    root = package(data)
    (item,) = root.iterfind(".//{*}item[@properties='cover-image']")
    assert item.get("href") == "images/cover.jpg"
    (first, *_) = root.iterfind(".//{*}itemref")
    assert (first.get("idref"), first.get("linear")) == ("cover", None)


def test_without_a_picture_the_themes_cover_is_the_cover() -> None:
    book = booklet(*standard_articles())
    files = unpacked(render_epub(book, chapters(book), css=CSS, cover=None))
    assert "<h1>每周学习参考</h1>" in files["EPUB/cover.xhtml"].decode()
    assert not [name for name in files if name.endswith("cover.jpg")]


def test_a_cover_picture_without_a_cover_chapter_gets_a_page() -> None:
    book = booklet(*standard_articles())
    made = chapters(book)[1:]
    assert "EPUB/cover.xhtml" in unpacked(render_epub(book, made, css=CSS, cover=cover_picture()))
