"""What ends an article takes two lines of text along, and no more than it must."""

from __future__ import annotations

import re

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from booklet.render.pdf.engine.library.patches import in_place
from booklet.render.pdf.engine.library.table import ENDS

from .printed import TEXT, page_texts, print_bodies

CSS = """
@page { size: 200px 400px; margin: 0 }
body, div, p, ul, li, h2 { margin: 0; padding: 0; font-size: 10px; line-height: 20px; list-style: none }
h2 { break-after: avoid }
ul { break-before: auto }
.body { orphans: 2; widows: 2 }
.end { break-before: avoid; break-inside: avoid }
"""
LINK = re.compile(r"^\s*\[(\d)\]\s+example", re.MULTILINE)
LINES = 20
END = 5
"""Lines of the box that ends the article."""


def pages(last: str, *, free: int) -> list[list[str]]:
    """Lines of text page by page; filler leaves so many lines free for `last` and the end."""
    filler = LINES - free
    html = (
        f'<article><div class="body"><div style="height: {filler * 20}px"></div>{last}</div>'
        f'<section class="end" style="height: {END * 20}px">end</section></article>'
    )
    with in_place([ENDS]):
        document = weasyprint.HTML(string=html).render(stylesheets=[weasyprint.CSS(string=CSS)])
    return [
        [
            "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
            for line in page._page_box.descendants()
            if isinstance(line, boxes.LineBox)
        ]
        for page in document.pages
    ]


def lines(letters: str) -> str:
    return "<br>".join(letters)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("last", "taken"),
    [
        (f"<p>{lines('abcdef')}</p>", "ef"),
        (f"<p>{lines('abcde')}</p><p>f</p>", "def"),
        (f"<p>{lines('abcd')}</p><p>{lines('ef')}</p>", "ef"),
        (f"<p>{lines('abc')}</p><p>{lines('def')}</p>", "def"),
        (f"<p>{lines('abcd')}</p><h2>e</h2><p>f</p>", "ef"),
        (f"<ul><li>{lines('ab')}</li><li>{lines('cd')}</li><li>{lines('ef')}</li></ul>", "ef"),
        ("<ul>" + "".join(f"<li>{letter}</li>" for letter in "abcdef") + "</ul>", "ef"),
        (f"<p>{lines('abcd')}</p><ul><li>e</li><li>f</li></ul>", "ef"),
    ],
    ids=["paragraph", "one line", "two lines", "three lines", "heading", "list", "short items", "short list"],
)
def test_two_lines_go_with_what_ends_the_article(last: str, taken: str) -> None:
    first, second = pages(last, free=6 + END - 1)
    assert "".join(second) == f"{taken}end"
    assert "".join(first) == "abcdef".removesuffix(taken)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", ["figure", "hr"])
def test_what_has_no_lines_is_not_dragged_along_by_a_single_line(name: str) -> None:
    whole = f'<{name} style="height: 100px; margin: 0; border: 0; break-inside: avoid"></{name}>'
    first, second = pages(f"<p>a</p>{whole}<p>b</p>", free=7 + END - 1)
    assert (first, second) == (["a"], ["b", "end"])


def test_a_short_list_of_links_stands_on_one_page() -> None:
    links = "".join(f'<a href="https://example.org/{number}/page">甲</a>' for number in range(5))
    result = print_bodies(
        *(f"<p>{TEXT * 3}</p>" * (3 + number % 3) + f"<p>{links}</p>" for number in range(16))
    )
    shown = ["".join(LINK.findall(text)) for text in page_texts(result.data)]
    assert [one for one in shown if one.replace("12345", "")] == []
    assert sum(map(len, shown)) == 16 * 5


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("last", "first"), [("f", "abc"), (lines("fg"), "abcde")])
def test_no_single_line_begins_the_last_page(last: str, first: str) -> None:
    found = pages(f"<p>x</p><p>{lines('abcde')}</p><p>{last}</p>", free=6)
    assert "".join(found[0]) == f"x{first}"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_single_line_begins_the_last_page_though_it_holds_more_than_the_measure() -> None:
    narrow = f'<p style="letter-spacing: -5px">{"f" * 40}</p>'
    found = pages(f"<p>x</p><p>{lines('abcde')}</p>{narrow}", free=6)
    assert "".join(found[0]) == "xabc"
