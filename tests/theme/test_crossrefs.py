"""Cross-references in print: what stands behind a link to another article."""

from __future__ import annotations

import pytest
from lxml import etree

from booklet.render.pdf.trees.bodies import digits, set_page_refs

WORDS = "（见第 {page} 页）"


def referred(inner: str, words: str = WORDS) -> str:
    root = etree.fromstring(f"<div>{inner}</div>")
    set_page_refs(root, own="a-1", words=words, slot_digits=2)
    return etree.tostring(root, encoding="unicode")


def test_link_to_another_article_is_followed_by_a_slot_for_its_page() -> None:
    assert referred('<p>读<a href="#a-2">那篇</a>，再来。</p>') == (
        '<div><p>读<a href="#a-2">那篇</a><span class="page-ref"><span>（见第 </span>'
        '<a class="page-ref-number digits-2" href="#a-2"></a><span> 页）</span></span>，再来。</p></div>'
    )


def test_space_before_the_words_stands_where_a_line_may_break() -> None:
    assert '</a> <span class="page-ref"><span>(see p. </span>' in referred(
        '<p><a href="#a-2">that</a>.</p>', " (see p. {page})"
    )


@pytest.mark.parametrize(
    "inner",
    [
        '<p><a href="#a-1-h-2">here</a></p>',
        '<p><a href="https://example.org/">web</a></p>',
        '<p><a href="#a-2"><img src="x"/></a></p>',
        '<pre><code><a href="#a-2">x</a></code></pre>',
    ],
)
def test_links_within_the_article_to_the_web_on_pictures_and_in_code_name_no_page(inner: str) -> None:
    assert "page-ref" not in referred(inner)


def test_page_is_named_once_in_a_paragraph() -> None:
    link = '<a href="#a-2">那篇</a>'
    assert referred(f"<p>{link}又{link}</p><p>{link}</p>").count("page-ref-number") == 2


def test_slot_is_as_wide_as_the_books_numbers() -> None:
    assert [digits(count) for count in (1, 12, 13, 120, 121, 5000)] == [2, 2, 3, 3, 4, 4]
