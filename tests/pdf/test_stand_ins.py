"""The page of an article that cannot be set is numbered, headed and placed as the article's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from booklet.model import Booklet, Chapter, Section
from booklet.render.pdf.trees.chapters import PrintChapter, stand_in_of
from booklet.words.failures import stand_in
from tests.theme.sample import article, entry, sample_booklet

from .bound import SENTENCE, Book, Leaf, bind
from .chunks.books import cut_from

DEEP = "<div>" * 400 + "深" + "</div>" * 400
TEXT = f"<p>{SENTENCE}</p>"


def untitled(bodies: list[str]) -> Booklet:
    """Articles in a section without a title, and so without an opener."""
    entries = tuple(entry(n, article(n, f"第{n}篇的题目", body)) for n, body in enumerate(bodies, 1))
    return replace(
        sample_booklet(notes="none"), sections=(Section("s1", 1, "", (), entries),), back_matter=()
    )


def printed(bodies: list[str], start: str = "page") -> Book:
    book = bind(untitled(bodies), {"article_start": start}, paper="a5", theme_name="plain")
    assert [found.code for found in book.result.findings] == ["article-not-set"]
    return book


def note_in(book: Book) -> Leaf:
    (leaf,) = [leaf for leaf in book.leaves if "本文的版式无法处理" in leaf.text]
    return leaf


@pytest.mark.parametrize("start", ["page", "right", "run-on"])
def test_a_first_article_that_fails_is_on_page_1(start: str) -> None:
    note = note_in(printed([DEEP, TEXT, TEXT], start))
    assert (note.label, note.folio) == ("1", "1")


def test_a_first_article_that_fails_is_on_page_1_of_a_book_set_in_chunks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut_from(monkeypatch, 4)
    book = printed([DEEP, *[TEXT] * 5])
    assert (note_in(book).label, note_in(book).folio) == ("1", "1")
    assert book.result.page_map.folios["a-000000000006"] == (6, 6)


def test_a_note_has_the_title_the_byline_and_the_address_of_its_article() -> None:
    note = note_in(printed([TEXT, TEXT, DEEP]))
    assert note.head == ""  # the title stands below
    assert "第3篇的题目" in note.titles
    assert "河畔周报" in note.text
    assert "example.org/a/1" in note.text


def test_a_note_begins_on_a_right_hand_page_where_articles_do() -> None:
    book = printed([TEXT, DEEP, TEXT], "right")
    assert note_in(book).is_right
    assert note_in(book).label == "3"
    assert book.page_of_title("第3篇的题目").label == "5"


def chapter(head: str, *, root: str = "") -> Chapter:
    xhtml = f'<article class="chapter article" id="a-1"{root}><div>{head}</div><p id="a-1-p">未完'
    return Chapter("a-1", "article", "题目", "zh-CN", xhtml)


def test_a_note_keeps_what_style_sheets_know_its_article_by_and_no_more() -> None:
    note = stand_in(
        chapter("", root=' lang="zh-CN" data-running="题" onclick="x()" style="width: 1e9px"'), "zh-CN"
    )
    assert dict(note.items()) == {
        "class": "chapter article",
        "lang": "zh-CN",
        "data-running": "题",
        "id": "a-1",
    }


def test_anchors_are_kept_once() -> None:
    note = stand_in(chapter('<header class="article-head"><h1 id="a-1-h">题目</h1></header>'), "zh-CN")
    assert sorted(one.get("id", "") for one in note.iter() if one.get("id")) == ["a-1", "a-1-h", "a-1-p"]
    assert note.findtext(".//h1") == "题目"


def test_a_head_that_may_be_the_fault_is_left_out() -> None:
    note = stand_in(chapter(f'<header class="article-head"><h1>{"长" * 5000}</h1></header>'), "zh-CN")
    assert note.findtext(".//h1") == "题目"


@pytest.mark.parametrize("xhtml", ["", "no markup", "<article"])
def test_a_chapter_that_cannot_be_read_at_all_has_a_note(xhtml: str) -> None:
    note = stand_in(Chapter("a-1", "article", "题目", "zh-CN", xhtml), "zh-CN")
    assert (note.tag, note.get("class"), note.get("id")) == ("article", "chapter article", "a-1")


def test_the_title_of_a_note_does_not_end_with_a_line_of_one_character() -> None:
    head = '<header class="article-head"><h1>老桥为什么要留下</h1></header>'
    sheet = PrintChapter(chapter(head), "posts/1.md", "", "", within_section=False)
    title = etree.fromstring(stand_in_of(sheet, "zh-CN").html, etree.HTMLParser()).findtext(".//h1")
    assert title == "老桥为什么要留\u2060下"
