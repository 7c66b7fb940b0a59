"""Widths are measured before boxes have a place: whatever a container holds, its article is set."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from booklet.render.pdf import PdfResult
from booklet.render.pdf.engine.library import Wrap, Wrappers, patches
from booklet.render.pdf.engine.library.table import CHUNKS, NUMBERS, ROWS
from tests.images.samples import jpeg
from tests.theme.sample import article, asset, picture

from .printed import page_texts, print_articles

CONTENTS = {
    "text and a display formula": '字 <math display="block"><mi>x</mi></math>',
    "text, a space and a formula": "字 <math><mi>x</mi></math> 后",
    "text that ends in a space": "字词 ",
    "a note's call": '话<a class="noteref" href="#n">1</a> ',
    "code in a sentence": "用 <code>a_b.c</code> 来 ",
    "a word and a break": "Internationalization<br/> 字 ",
    "a link and a mark": '见<a href="https://site.example/a">此处</a>。 ',
    "ruby": "<ruby>漢<rt>hàn</rt></ruby> 字 ",
    "emphasis beside a space": "<strong>甲 </strong> 乙",
    "a picture that is missing": '字 <img src="images/none.png" alt="无"/> 后',
    "nothing but a space": " ",
    "pieces over several lines": "今天<em>很好</em>，<code>a_b</code> 我们<strong>出去 </strong>" * 8,
    "a picture": '字 <img src="image:aaaaaaaaaaaaaaaa" alt="图"/> 后',
}
BLOCKS = {
    "a listing with blank lines": "<pre><code>a = 1\n\nb_c = a.b(2) </code></pre>",
    "a figure": '<figure><img src="image:aaaaaaaaaaaaaaaa" alt="图"/><figcaption>字 </figcaption></figure>',
    "a table": "<table><tbody><tr><td>甲 </td><td><code>b</code></td></tr></tbody></table>",
    "a list": "<ol><li>甲 <ul><li>乙 </li></ul></li></ol>",
    "a quotation": "<blockquote><p>甲 <em>乙</em> </p></blockquote>",
    "a displayed formula": '<math display="block"><mi>x</mi></math>',
}
ROW = "<tr><td>三</td><td>一</td></tr>"
CONTAINERS = {
    "cell": "<table><tbody><tr><th>甲</th><th>乙</th></tr><tr><td>{}</td><td>一</td></tr></tbody></table>",
    "head": f"<table><thead><tr><th>{{}}</th><th>乙</th></tr></thead><tbody>{ROW}</tbody></table>",
    "caption": f"<table><caption>{{}}</caption><tbody>{ROW}</tbody></table>",
    "cell with blocks": "<table><tbody><tr><td><p>{0}</p><ul><li>{0}</li></ul></td></tr></tbody></table>",
    "item": "<ul><li>{}</li></ul>",
    "quotation": "<blockquote><p>{}</p></blockquote>",
    "heading": '<h2 id="h">{}</h2><p>文</p>',
    "definition": "<dl><dt>{0}</dt><dd>{0}</dd></dl>",
    "figure": "<figure><figcaption>{}</figcaption></figure>",
    "paragraph": "<p>{}</p>",
}
FLOW = {
    "cell": CONTAINERS["cell"],
    "item": CONTAINERS["item"],
    "quotation": "<blockquote>{}</blockquote>",
    "definition": "<dl><dt>甲</dt><dd>{}</dd></dl>",
    "details": "<details><summary>甲</summary>{}</details>",
    "cell in a cell": f"<table><tbody><tr><td>{CONTAINERS['cell']}</td></tr></tbody></table>",
}
GRID = [
    *(
        (f"{name} with {content}", container.format(inner))
        for name, container in CONTAINERS.items()
        for content, inner in CONTENTS.items()
    ),
    *(
        (f"{name} with {content}", container.format(inner))
        for name, container in FLOW.items()
        for content, inner in BLOCKS.items()
    ),
]


MEASURED = frozenset(
    {
        "weasyprint.layout.inline:split_text_box",
        "weasyprint.text.line_break:Layout.set_text",
        "weasyprint.text.line_break:Layout.get_first_line",
    }
)
"""The functions that the library calls for widths alone, before any box has a place."""


class Calls:
    """Which of the functions around which we put something were called: while measuring, and at all."""

    def __init__(self) -> None:
        self.measuring: set[str] = set()
        self.all: set[str] = set()

    def wrappers_of(self, of_group: Callable[[str], Wrappers]) -> Callable[[str], Wrappers]:
        """As `patches.wrappers_of`, each of them watched."""

        def watched(group: str) -> Wrappers:
            return {place: self._watched(place, wrap) for place, wrap in of_group(group).items()}

        return watched

    def _watched(self, place: str, wrap: Wrap) -> Wrap:
        def wrapped(before: Callable[..., Any]) -> Callable[..., Any]:
            after = wrap(before)

            def called(*args: Any, **named: Any) -> Any:
                self.all.add(place)
                if place not in self.measuring and _is_measuring():
                    self.measuring.add(place)
                return after(*args, **named)

            return called

        return wrapped


def _is_measuring() -> bool:
    frame = sys._getframe(2)
    while (outer := frame.f_back) is not None:
        frame = outer
        if frame.f_globals.get("__name__") == "weasyprint.layout.preferred":
            return True
    return False


@pytest.fixture(scope="module")
def grid() -> tuple[PdfResult, Calls]:
    calls = Calls()
    articles = [
        article(number, f"第{number}篇", body, images=(picture("a" * 16),))
        for number, (_, body) in enumerate(GRID, 1)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patches, "wrappers_of", calls.wrappers_of(patches.wrappers_of))
        return print_articles(articles, images={"a" * 16: asset("a.jpg", jpeg())}), calls


def test_every_content_can_be_measured_in_every_container(grid: tuple[PdfResult, Calls]) -> None:
    result, _ = grid
    lost = [
        (GRID[int(found.source.rpartition("/")[2].partition(".")[0]) - 1][0], dict(found.params))
        for found in result.findings
        if found.code == "article-not-set"
    ]
    assert lost == []
    assert "本文的版式无法处理" not in "".join(page_texts(result.data))


def test_the_grid_calls_every_function_that_something_stands_around(grid: tuple[PdfResult, Calls]) -> None:
    _, calls = grid
    apart = {CHUNKS, NUMBERS}  # long books; the file's writing
    around = {row.place for row in ROWS if set(row.around) - apart}
    assert around - calls.all == set()
    assert calls.measuring == MEASURED
