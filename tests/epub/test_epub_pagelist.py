"""A printed page's number stands before the first character of that page."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from booklet.model import Chapter
from booklet.render.epub.documents.document import document
from booklet.render.epub.documents.pagelist import mark_pages, pages
from booklet.render.text.page_map import PageStart

ARTICLE = (
    '<article id="a"><p data-at="0">一二<sup class="link-number">1</sup>三<em>四五</em>六</p>'
    '<ul><li data-at="1">七<ul><li data-at="2">八九</li></ul>十</li></ul></article>'
)


@pytest.mark.parametrize(
    ("block", "offset", "marked"),
    [
        (None, 0, "|一二1三四五六七八九十"),
        (0, 0, "|一二1三四五六七八九十"),
        (0, 1, "一|二1三四五六七八九十"),
        (0, 2, "一二1|三四五六七八九十"),  # the number of a link is no part of the text
        (0, 4, "一二1三四|五六七八九十"),
        (0, 5, "一二1三四五|六七八九十"),
        (1, 1, "一二1三四五六七八九|十"),  # an item within is counted by itself
        (2, 1, "一二1三四五六七八|九十"),
        (-1, 0, "一二1三四五六七八九十|"),
        (9, 0, "一二1三四五六七八九十|"),  # a block that the EPUB does not have
    ],
)
def test_a_page_break_stands_at_the_first_character_of_its_page(
    block: int | None, offset: int, marked: str
) -> None:
    chapter = Chapter("a", "article", "题", "zh-Hans", ARTICLE)
    made = document(chapter, name="a.xhtml", language="zh-Hans")
    mark_pages(made, [PageStart("7", "a", block, offset)])
    text = etree.tostring(made.root, encoding="unicode")
    assert (
        re.sub(r"<[^>]*>", "", re.sub(r'<span id="page-7"[^>]*/>|<span id="page-7"[^>]*></span>', "|", text))
        == marked
    )


def test_the_page_list_leads_to_the_marks_and_not_to_a_themes_own_ids() -> None:
    starts = [PageStart("7", "a", 0, 1), PageStart("8", "a", 1, 0)]
    made = document(Chapter("a", "article", "题", "zh-Hans", ARTICLE), name="a.xhtml", language="zh-Hans")
    mark_pages(made, starts)
    own = Chapter("z", "colophon", "尾", "zh-Hans", '<section id="z"><p id="page-7">七</p></section>')
    last = document(own, name="z.xhtml", language="zh-Hans")
    assert pages([made, last], starts) == (("7", "a.xhtml#page-7"), ("8", "a.xhtml#page-8"))
