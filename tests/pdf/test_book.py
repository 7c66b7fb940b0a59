"""A booklet as a book: contents, index, bookmarks, links, labels and heads agree with what is printed."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from booklet.model import StudyBox
from booklet.render.pdf.values.folios import roman

from .bound import PT_PER_MM, SENTENCE, Book, Link, bind, bound, plain, volume

STARTS = ("run-on", "page", "right")
PAPERS = ("a4", "a5")
NEAR_PT = 12.0
"""About a line of text."""


KINDS = (*itertools.product(PAPERS, STARTS, (1,)), ("a5", "page", 6))
"""The last is long enough to be set in chunks."""


@pytest.fixture(params=KINDS, ids=lambda kind: "-".join(map(str, kind)), scope="module")
def book(request: pytest.FixtureRequest) -> Book:
    paper, start, times = request.param
    return bound(paper, start, times=times)


def entries(book: Book, head: str) -> dict[str, Link]:
    """What contents or index list, by chapter."""
    return {
        link.name: link
        for leaf in book.starting_with(head)
        for link in book.links(leaf)
        if link.name in book.titles
    }


def number_of(link: Link) -> str:
    """Behind the leader at the end of an entry."""
    (found,) = re.findall(r"\.(\d+)$", link.text) or re.findall(r"(\d+)$", link.text)
    return str(found)


def test_matter_stands_as_in_a_bound_book(book: Book) -> None:
    cover, inside, contents, *_ = book.leaves
    assert cover.label == "封面"
    assert "每周见闻" in cover.titles
    assert "河畔学习组" in inside.text
    assert contents.titles.startswith("目录")
    first = book.first_page
    assert first == book.page_of_title(next(iter(book.titles.values())))
    assert first.is_right
    blanks = [leaf for leaf in book.leaves[: first.index] if not leaf.words]
    assert len(blanks) <= 1, "an empty page only where page 1 would stand on the left"
    assert book.leaves[-1] in book.starting_with("来源索引")


def test_labels_are_what_is_printed(book: Book) -> None:
    for leaf in book.leaves[2:]:
        if leaf.words:
            assert leaf.folio == leaf.label, leaf.index
    first = book.first_page.index
    assert [leaf.label for leaf in book.leaves[1:first]] == [roman(n) for n in range(2, first + 1)]
    assert [leaf.label for leaf in book.leaves[first:]] == [
        str(n) for n in range(1, len(book.leaves) - first + 1)
    ]


def test_folios_and_heads_stand_outside(book: Book) -> None:
    mirrored = {True: 0, False: 0}
    for leaf in book.leaves[2:]:
        for words in (leaf.margin(top=True), leaf.margin(top=False)):
            if words:
                outer = leaf.geometry.outer * PT_PER_MM
                edge = leaf.width - outer - words[-1].right if leaf.is_right else words[0].left - outer
                assert abs(edge) < 1.5, (leaf.index, words)
                mirrored[leaf.is_right] += 1
    assert min(mirrored.values()) > 4


def test_running_heads_name_the_booklet_left_and_right_the_article_that_goes_on(book: Book) -> None:
    starts = [(book.page_of_title(title), title) for title in book.titles.values()]
    named = set()
    for leaf in book.leaves[starts[0][0].index :]:
        if leaf.head and not leaf.is_right:
            assert leaf.head == "每周见闻2021年第42周总第17期"
        elif leaf.head and leaf.head != "来源索引":
            at_top = leaf.geometry.top * PT_PER_MM + 4 * NEAR_PT
            assert not [title for page, title in starts if page == leaf and leaf.top_of(title) < at_top]
            title = plain([title for page, title in starts if page.index < leaf.index][-1])
            assert title.startswith(leaf.head.rstrip("…"))
            named.add(title)
    assert len(named) > 1


@pytest.mark.parametrize("head", ["目录", "来源索引"])
def test_entries_give_the_page_on_which_the_title_stands_and_lead_to_it(book: Book, head: str) -> None:
    found = entries(book, head)
    assert found.keys() == book.titles.keys()
    for name, link in found.items():
        title = book.titles[name]
        assert link.text.startswith(plain(title))
        assert link.there == book.page_of_title(title)
        assert number_of(link) == link.there.label, title
        # At the article's beginning: its section's name stands above the title.
        assert link.top - 2 <= link.there.top_of(title) < link.top + 4 * NEAR_PT


def test_sources_stand_by_alphabet_and_pinyin(book: Book) -> None:
    text = "".join(leaf.text for leaf in book.starting_with("来源索引"))
    order = ["BridgeLetter", "城南晚报", "读书小报", "桥梁月刊", "巷口通讯"]
    places = [text.index(name) for name in order]
    assert places == sorted(places)


def test_the_report_tells_the_same_pages(book: Book) -> None:
    for entry_id, (first, _) in book.result.page_map.folios.items():
        assert book.page_of_title(book.titles[entry_id]).label == str(first)


def test_a_link_in_the_text_leads_to_the_article(book: Book) -> None:
    last = next(leaf for leaf in reversed(book.leaves) if "另见" in leaf.text)
    (target,) = [link.there for link in book.links(last) if link.name == "a-000000000001"]
    assert target == book.first_page


def test_bookmarks_have_sections_articles_and_headings_and_lead_there(book: Book) -> None:
    items = list(book.outline())
    assert [(level, text) for level, text, _, _ in items if level == 1] == [
        (1, "每周见闻"),
        (1, "本册说明"),
        (1, "目录"),
        (1, "城市"),
        (1, "桥梁"),
        (1, "阅读"),
        (1, "来源索引"),
    ]
    assert [text for level, text, _, _ in items if level == 2] == list(book.titles.values())
    headings = [f"第{n}篇的小标题" for n in range(1, len(book.titles) + 1) if n % 9 in (0, 2, 4, 7)]
    assert [text for level, text, _, _ in items if level == 3] == headings
    for level, text, leaf, top in items:
        if level == 2:
            assert leaf == book.page_of_title(text)
        elif level == 3:
            word = next(word for word in leaf.words if plain(text).startswith(plain(word.text)))
            assert abs(word.top - top) < 2 * NEAR_PT
        elif text not in ("每周见闻", "本册说明"):
            assert plain(text) in leaf.text


def test_viewers_open_it_as_a_book(book: Book) -> None:
    root = book.pdf.Root
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert (str(root.PageMode), str(root.PageLayout), str(root.Lang)) == (
        "/UseOutlines",
        "/TwoPageRight",
        "zh-CN",
    )
    with book.pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "每周见闻"
        assert xmp["xmp:CreateDate"] == "2021-10-23T20:00:00+00:00"


@pytest.mark.parametrize("paper", [pytest.param("a4", marks=pytest.mark.soak), "a5"])
def test_articles_start_where_the_option_says(paper: str) -> None:
    pages = {
        start: [bound(paper, start).page_of_title(title) for _, title in bound(paper, start).titles.items()]
        for start in STARTS
    }
    assert all(leaf.is_right for leaf in pages["right"])
    for start in ("page", "right"):
        assert len({leaf.index for leaf in pages[start]}) == len(pages[start])
    assert any(not leaf.is_right for leaf in pages["page"])
    if paper == "a4":
        assert len({leaf.index for leaf in pages["run-on"]}) < len(pages["run-on"])


def test_empty_pages_before_right_hand_pages_bear_nothing_and_count() -> None:
    book = bound("a5", "right")
    first = book.first_page.index
    empty = [leaf for leaf in book.leaves[first:] if not leaf.words]
    assert len(empty) > 1
    for leaf in empty:
        assert not leaf.is_right
        assert int(book.leaves[leaf.index + 1].label) == int(leaf.label) + 1


def test_a_sections_head_has_its_articles_title_below_it_in_large_print_too() -> None:
    booklet = volume()
    city, *others = booklet.sections
    study = StudyBox(SENTENCE * 3, (SENTENCE, SENTENCE), ())
    city = replace(city, entries=(replace(city.entries[0], study=study), *city.entries[1:]))
    book = bind(replace(booklet, sections=(city, *others)), {"print_size": "large"}, paper="a4")
    assert plain(city.entries[0].article.article.title) in book.first_page.text


def assert_lists(book: Book, *, one_in: int) -> None:
    """Contents and index list all articles, and what is looked up is there."""
    for head in ("目录", "来源索引"):
        found = entries(book, head)
        assert found.keys() == book.titles.keys()
        for name, link in list(found.items())[::one_in]:
            assert number_of(link) == link.there.label
            assert link.there == book.page_of_title(book.titles[name])


@pytest.mark.parametrize("theme", ["plain", "study"])
def test_contents_and_index_of_a_volume(theme: str) -> None:
    assert_lists(bound("a5", "auto", theme_name=theme, count=60), one_in=7)


@pytest.mark.soak
def test_contents_and_index_of_a_thousand_articles() -> None:
    book = bound("a5", "auto", count=1000)
    assert_lists(book, one_in=23)
    assert len({leaf.label for leaf in book.leaves}) == len(book.leaves)
