"""The contents in print: every entry in one form, dots to its number, no page with an entry or two."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from booklet.render.pdf.trees.contents import fit_contents
from booklet.theme.pages import Room
from tests.theme.sample import article

from .printed import page_texts, print_articles

ROOM = Room(width=320, height=480, font=10.5, pitch=17)


def contents(*sections: int, title: str = "一篇文章的题目") -> etree._Element:
    def entries(count: int) -> str:
        return f'<li><p class="toc-entry">{title}</p><p class="toc-source">来源</p></li>' * count

    inner = "".join(
        f'<section class="toc-section"><h2>栏</h2><ol>{entries(count)}</ol></section>' for count in sections
    )
    return etree.fromstring(
        f'<section class="chapter toc"><h1 class="matter-title">目录</h1>{inner}</section>'
    )


@pytest.mark.parametrize(
    ("sections", "is_close"),
    [
        ((5,), False),
        ((5, 5), False),
        ((11,), False),
        ((12,), True),
        ((20,), False),
        ((5, 6), True),
    ],
)
def test_contents_stand_closer_only_where_that_saves_a_page_of_few_entries(
    sections: tuple[int, ...], *, is_close: bool
) -> None:
    root = contents(*sections)
    fit_contents(root, ROOM)
    assert ("many" in root.get("class", "").split()) == is_close


def test_titles_of_two_lines_count_twice() -> None:
    long, short = contents(12, title="一篇文章的题目" * 4), contents(12)
    for root in (long, short):
        fit_contents(root, Room(width=320, height=680, font=10.5, pitch=17))
    assert ["many" in root.get("class", "").split() for root in (long, short)] == [True, False]


def test_what_would_stand_below_the_last_entry_of_a_page_needs_no_room() -> None:
    full = 3.0 + 1.4 + 0.33 + 10 * (1 + 0.8 + 0.25)
    for height, is_close in ((full, False), (full - 0.1, True)):
        root = contents(10)
        fit_contents(root, Room(width=320, height=height * 17, font=10.5, pitch=17))
        assert ("many" in root.get("class", "").split()) == is_close


def test_every_entry_has_three_dots_at_least_and_its_source_below() -> None:
    articles = [
        article(number, "题" * number, "<p>文。</p>", url=f"https://example.org/a/{number}")
        for number in range(12, 30)
    ]
    text = "\n".join(page_texts(print_articles(articles).data)[2:4])
    entries = [line for line in text.splitlines() if re.search(r"\. *\d+$", line)]
    assert len(entries) == len(articles)
    assert all(line.count(".") >= 3 for line in entries)
