"""Contents of long books in parts: the same list, and pages that name the same numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from booklet.render.chapters import render_chapters
from booklet.render.pdf import PdfResult, Workforce, chunks, render_pdf
from booklet.render.pdf.trees import long_lists
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.render.pdf.trees.long_lists import is_continued, parts, whole_id
from tests.bench.cleaned import composed
from tests.bench.volume import articles, volume
from tests.pdf.reading import opened, text_of

from .chunks.books import unlike

ARTICLES = 30
_ENTRY = re.compile(r"（(\d+)）[ .]*$.*?^(\d+)$", re.DOTALL | re.MULTILINE)
"""A title with its dots; its number may be read behind the source below it."""


def contents(*counts: int) -> etree._Element:
    lists = ["".join(f"<li>{number}-{at}</li>" for at in range(count)) for number, count in enumerate(counts)]
    sections = (
        f"<section><h2>第{number}部</h2><ol>{items}</ol></section>" for number, items in enumerate(lists)
    )
    return etree.fromstring(f'<section id="toc" class="toc"><h1>目录</h1>{"".join(sections)}</section>')


def words(root: etree._Element) -> list[str]:
    return [str(text) for text in root.itertext()]


@pytest.fixture(autouse=True)
def _short_lists_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lists, "MOST", 8)
    monkeypatch.setattr(long_lists, "PART", 6)


@pytest.mark.parametrize("counts", [(3,), (5, 3), (9,), (5, 7, 2), (1, 1, 1, 20), (6, 6, 6), (13, 1)])
def test_the_parts_say_what_the_list_says(counts: tuple[int, ...]) -> None:
    root = contents(*counts)
    said = words(root)
    made = parts(root)
    assert [word for part in made for word in words(part)] == said
    assert all(len(part.findall(".//li")) <= 8 for part in made)
    assert len(made) == 1 or sum(counts) > 8


def test_a_part_begins_with_a_section_where_one_is_near_and_has_an_id_of_its_own() -> None:
    first, second, third = parts(contents(5, 7, 2))
    assert words(second)[0] == "第1部"
    assert words(third)[0] == "1-6"
    assert [part.get("id") for part in (first, second, third)] == ["toc", "toc~2", "toc~3"]
    assert [is_continued(str(part.get("id"))) for part in (first, second)] == [False, True]
    assert whole_id("toc~3") == "toc"


def test_a_book_with_such_contents_is_one_book_in_chunks_and_as_one_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut, whole = (_book(monkeypatch, from_articles) for from_articles in (5, 500))
    assert cut.findings == whole.findings == ()
    assert cut.page_map == whole.page_map
    assert unlike(cut.data, whole.data) == []
    labels = [[page.label for page in opened(made.data).pages] for made in (cut, whole)]
    assert labels[0] == labels[1]
    pages = text_of(cut.data).split("\f")
    named = {title: number for page in pages[2:7] for title, number in _ENTRY.findall(page)}
    assert len(named) == ARTICLES
    for title, number in named.items():
        assert f"（{title}）" in pages[labels[0].index(number)]


def _book(monkeypatch: pytest.MonkeyPatch, from_articles: int) -> PdfResult:
    """The volume's articles, each a few lines."""
    monkeypatch.setattr(chunks, "FROM_ARTICLES", from_articles)
    _, look = volume(1)
    short = [replace(one, body="<p>一段文字。</p>" * 3, images=()) for one in articles(ARTICLES)]
    booklet = composed(short, look.options, {})
    return render_pdf(
        booklet,
        render_chapters(booklet, theme=look.theme, options=look.options, target="pdf", adapt=adapt_body),
        theme=look.theme,
        options=look.options,
        paper=look.paper,
        faces=look.faces,
        workforce=Workforce(None, 1, None),
    )
