"""Running heads say as much of a title as a line of the paper holds."""

from __future__ import annotations

import pytest
from lxml import etree

from booklet.render.pdf.trees.chapters import fit_running_title
from booklet.theme.pages import Room
from tests.theme.sample import article

from .printed import TEXT, page_texts, print_articles

TITLE = "旧风琴的修理，从一支音管说起的二十个晚上，兼谈城里的几位师傅"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (400.0, "旧风琴的修理，从一支音管说起的二十个晚上"),
        (160.0, "旧风琴的修理，从一支音管…"),
        (0.0, "…"),
    ],
)
def test_a_running_title_is_cut_to_the_measure(width: float, shown: str) -> None:
    root = etree.Element(
        "article", {"data-running": "旧风琴的修理，从一支音管说起的二十个晚上", "lang": "zh-CN"}
    )
    fit_running_title(root, Room(width, 500, font=12, pitch=18))
    assert root.get("data-running") == shown


def test_a_printed_running_head_is_cut_to_its_paper() -> None:
    body = f"<p>{TEXT * 9}</p>" * 12
    texts = page_texts(print_articles([article(1, TITLE, body)], paper="90x160mm").data)
    heads = {text.split("\n", 1)[0].strip() for text in texts[5:]}
    assert {head for head in heads if head.startswith("旧风琴")} == {"旧风琴的修理，从一支音管说起的…"}


def test_an_article_and_its_notes_have_their_running_title_from_the_second_page_on() -> None:
    long = f"<p>{TEXT * 9}</p>" * 5
    made = print_articles([article(1, "早晨的河", long), article(2, "夜里的桥", long)])
    pages = ["".join(text.split()) for text in page_texts(made.data)]
    first = next(index for index, text in enumerate(pages) if text.startswith("早晨的河"))
    second = next(index for index, text in enumerate(pages) if "夜里的桥" in text and index > first)
    for opening, title in ((first, "早晨的河"), (second, "夜里的桥")):
        assert pages[opening].count(title) == 1
    assert all(page.count("早晨的河") == 1 for page in pages[first + 2 : second : 2])
    assert not any("早晨的河" in page for page in pages[first + 1 : second : 2])
