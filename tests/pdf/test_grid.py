"""Lines of text stand on one grid on every page, whatever stands between them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes

from .geometry import recorded
from .printed import TEXT, print_bodies

BODY = "".join(
    f"<p>{TEXT * 5}</p>{between}"
    for between in (
        "<table><tr><td>一</td><td>二</td></tr></table>",
        "<pre><code>a\nb\nc</code></pre>",
        '<h2 id="h-1">二</h2>',
        '<h3 id="h-2">三</h3>',
        f"<blockquote><p>{TEXT}</p></blockquote>",
        f"<ul><li>{TEXT}</li></ul><hr/>",
        "<p>一<sup>2</sup>与<code>x</code></p>",
    )
    * 2
)


def offsets(document: Any, pitch_px: float) -> list[float]:
    """How far the first line of each paragraph of a body is off the grid, in px."""
    found = []
    for page in document.pages:
        top = page._page_box.content_box_y()
        for body in page._page_box.descendants():
            if body.element_tag != "div" or "body" not in (body.element.get("class") or ""):
                continue
            for block in body.children:
                if block.element_tag == "p" and isinstance(block, boxes.BlockBox):
                    line = block.children[0]
                    off = (line.position_y - top) % pitch_px
                    found.append(min(off, pitch_px - off))
    return found


@pytest.mark.parametrize(("paper", "leading_pt"), [("a5", 17), ("a4", 18)])
def test_every_paragraph_begins_on_the_grid(paper: str, leading_pt: float) -> None:
    with recorded() as documents:
        print_bodies(BODY, BODY, paper=paper)
    off = offsets(documents[-1], leading_pt / 0.75)
    assert len(off) > 20
    assert max(off) < 0.5


def first_tops(document: Any) -> list[tuple[str, float]]:
    """The block that a page goes on with, and how far below the page's head it stands, in px."""
    found = []
    for page in document.pages:
        for article in page._page_box.descendants():
            if article.element_tag == "article" and article.children[0].element_tag == "div":
                first = article.children[0].children[0]
                found.append((first.element_tag, first.border_box_y() - page._page_box.content_box_y()))
    return found


def test_page_begins_without_the_space_above_its_first_block() -> None:
    parts = ""
    for part in range(32):
        parts += f'<h2 id="h-{part}">二</h2><p>{TEXT * (part % 3 + 1)}</p><pre><code>a\nb\nc</code></pre>'
    with recorded() as documents:
        print_bodies(parts)
    found = first_tops(documents[-1])
    assert {"h2", "pre"} <= {tag for tag, _ in found}
    assert [one for one in found if one[1] > 0.5] == []


def gaps(document: Any, tag: str) -> list[tuple[str, float, float]]:
    """For each such block between two others: what stands below it, and the space above and below, in px."""
    found = []
    for page in document.pages:
        for body in page._page_box.descendants():
            if body.element_tag == "div" and "body" in (body.element.get("class") or ""):
                for above, block, below in zip(
                    body.children, body.children[1:], body.children[2:], strict=False
                ):
                    if block.element_tag == tag:
                        top, bottom = block.border_box_y(), block.border_box_y() + block.border_height()
                        end = above.border_box_y() + above.border_height()
                        found.append((below.element_tag, top - end, below.border_box_y() - bottom))
    return found


class TestAroundAListing:
    """Its lines are lower than those of the text."""

    PITCH_PX = 17 / 0.75

    @staticmethod
    def around(behind: str) -> list[tuple[str, float, float]]:
        parts = ""
        for lines in range(1, 11):
            listing = "<pre><code>" + "a\n" * lines + "</code></pre>"
            parts += f"<p>{TEXT}</p>{listing}{behind}<p>{TEXT}</p>"
        with recorded() as documents:
            print_bodies(parts)
        found = gaps(documents[-1], "pre")
        assert len(found) > 5
        return found

    def test_space_above_and_below_is_the_same(self) -> None:
        assert [one for one in self.around("") if abs(one[1] - one[2]) > 0.2 * self.PITCH_PX] == []

    def test_heading_below_it_keeps_its_distance(self) -> None:
        found = self.around('<h3 id="h-1">三</h3>')
        assert {one[0] for one in found} == {"h3"}
        assert [one for one in found if one[2] < 0.49 * self.PITCH_PX] == []


def test_a_line_is_left_free_between_stanzas_and_only_there() -> None:
    stanza = '<p class="lines">雨落在瓦上<br/>灯下有人读书</p>'
    with recorded() as documents:
        print_bodies(f"<p>{TEXT}</p>{stanza}{stanza}<p>{TEXT}</p>")
    tops = [
        line.position_y
        for page in documents[-1].pages
        for body in page._page_box.descendants()
        if body.element_tag == "div" and "body" in (body.element.get("class") or "")
        for block in body.children
        for line in block.children
    ]
    pitches = [round((after - before) / (17 / 0.75), 1) for before, after in pairwise(tops)]
    assert pitches == [1, 1, 1, 2, 1, 1, 1]


def test_what_stands_below_a_high_line_does_not_run_into_it() -> None:
    """A line that is higher by half a pitch or more is no line that another face made a little higher."""
    pitch_px = 17 / 0.75
    high = "".join(
        f'<p>一<span style="display: inline-block; height: {share * pitch_px}px"></span></p><p>{TEXT}</p>'
        for share in (1.1, 1.3, 1.45, 1.6, 1.75, 1.9)
    )
    with recorded() as documents:
        print_bodies(high)
    gaps_below = [
        (below.position_y - above.position_y - above.height) / pitch_px
        for page in documents[-1].pages
        for body in page._page_box.descendants()
        if body.element_tag == "div" and "body" in (body.element.get("class") or "")
        for first, second in pairwise(body.children)
        for above, below in [(first.children[-1], second.children[0])]
    ]
    assert len(gaps_below) > 8
    assert min(gaps_below) > -0.35
