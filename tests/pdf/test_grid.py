"""Lines of text stand on one grid on every page, whatever stands between them."""

from __future__ import annotations

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
