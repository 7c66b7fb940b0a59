"""An article below another one begins with something to read, or on the next page."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
import weasyprint
from PIL import Image
from weasyprint.formatting_structure import boxes

from booklet.render.pdf.engine.library.patches import in_place
from booklet.render.pdf.engine.library.table import OPENINGS, PICTURES
from tests.images.samples import encoded

PICTURE = "data:image/png;base64," + b64encode(encoded(Image.new("L", (20, 20), 90), "PNG")).decode()
THEME = (Path(__file__).parents[2] / "themes/plain/print.css").read_text()
FLOW = "\n".join(
    line
    for line in THEME.splitlines()
    if line.startswith((".section-opener", ".article.", ".opening", "figure + ul", ".body hr {"))
    and " page:" not in line
)
CSS = f"""
@page {{ size: 200px 400px; margin: 0 }}
:root {{ --leading: 20px }}
body, div, p, ul, section, article, figure {{ margin: 0; padding: 0; font-size: 10px; line-height: 20px }}
{FLOW}
.article-head {{ break-after: avoid; break-inside: avoid; margin-bottom: 20px }}
.body {{ orphans: 2; widows: 2 }}
figure {{ break-inside: avoid; line-height: 0 }}
img {{ height: 240px }}
"""
LINES = 20
FIGURE = f'<figure><img src="{PICTURE}"></figure>'
OPENER = '<section class="section-opener starts-run-on brief"><header>S</header></section>'


def lines(letters: str) -> str:
    return "<br>".join(letters)


def pages(body: str, *, filler: int, opener: str = "") -> list[list[str]]:
    """Lines and pictures page by page: so many lines of filler, a section's head if any, an article `T`."""
    kind = "article starts-run-on" + (" first-in-section" if opener else "")
    above = f'<div style="height: {filler * 20}px"></div>' if filler else ""
    html = (
        f"{above}{opener}"
        f'<article class="{kind}"><div class="opening"><header class="article-head">T</header></div>'
        f'<div class="body">{body}</div></article>'
    )
    with in_place([PICTURES, OPENINGS]):
        document = weasyprint.HTML(string=html).render(stylesheets=[weasyprint.CSS(string=CSS)])
    return [[one for box in page._page_box.descendants() if (one := _shown(box))] for page in document.pages]


def _shown(box: boxes.Box) -> str:
    if box.element_tag == "img":
        return f"{box.height:.0f}px"
    if not isinstance(box, boxes.LineBox):
        return ""
    return "".join(text.text for text in box.descendants() if isinstance(text, boxes.TextBox))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("opener", ["", OPENER], ids=["article", "section"])
class TestBelowOtherText:
    """Below the space above an opening, which is three lines high."""

    @pytest.mark.parametrize("body", [FIGURE, f"<p>a</p>{FIGURE}", f"<p>{lines('ab')}</p>{FIGURE}"])
    def test_opening_is_not_stranded(self, body: str, opener: str) -> None:
        first, second, *_ = pages(body, filler=12, opener=opener)
        assert first == []
        assert "T" in second
        assert any(one.endswith("px") for one in second)

    def test_three_lines_are_enough(self, opener: str) -> None:
        first, second = pages(f"<p>{lines('abcdefghi')}</p>", filler=8, opener=opener)
        assert "T" in first
        assert "".join(first).endswith(("abc", "abcdefg"))
        assert second[-1] == "i"

    def test_picture_is_enough(self, opener: str) -> None:
        first, second = pages(f"{FIGURE}<p>{lines('abcdefghijklmnop')}</p>", filler=3, opener=opener)
        assert first[-1].endswith("px")
        assert "T" in first
        assert second[0] == "a"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestAtThePageHead:
    def test_first_picture_becomes_as_small_as_it_must(self) -> None:
        title = "<br>".join("T" * 7)
        first, *_ = pages(FIGURE, filler=0, opener=OPENER.replace(">S<", f">{title}<"))
        assert first[-1].endswith("px")
        assert 80 <= float(first[-1].removesuffix("px")) <= 100

    def test_but_not_smaller_than_a_few_lines(self) -> None:
        title = "<br>".join("T" * 9)
        first, second = pages(FIGURE, filler=0, opener=OPENER.replace(">S<", f">{title}<"))
        assert first[-1] == "T"
        assert second == ["240px"]

    def test_list_drags_no_picture_along(self) -> None:
        items = "".join(f"<li>{letter}</li>" for letter in "abc")
        first, second = pages(f"{FIGURE}<ul>{items}</ul>", filler=0, opener=OPENER.replace(">S<", ">S<br>S<"))
        assert first[-1].endswith("px")
        assert "".join(second).endswith("abc")

    @pytest.mark.parametrize("name", ["pre", "table", 'div class="video-card"'])
    def test_list_drags_along_no_other_block_that_has_no_words_before_it(self, name: str) -> None:
        whole = f'<{name} style="display: block; height: 80px; margin: 0">x</{name.partition(" ")[0]}>'
        items = "".join(f"<li>{letter}</li>" for letter in "abc")
        text = f"<p>{lines('12345678901')}</p>"
        first, second = pages(f"{text}{whole}<ul>{items}</ul>", filler=0)
        assert first[-1] == "x"
        assert "".join(second).endswith("abc")

    def test_stars_do_not_end_a_page(self) -> None:
        _, second = pages(f"<p>{lines('123456789012')}</p><hr><p>{lines('ab')}</p>", filler=0)
        assert second == ["1", "2", "a", "b"]
