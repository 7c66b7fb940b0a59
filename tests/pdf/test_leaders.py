"""The dots of a contents page."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
import weasyprint

from booklet.render.pdf.engine.library import patches
from booklet.render.pdf.engine.library.table import LEADERS, LINES

from .glyphs import pages_of

HTML = "<p><a href='#x'>第一篇文章</a></p><p id='x'>文</p>"
CSS = """
    @page { size: 300pt 200pt; margin: 10pt }
    p { font: 10pt 'Noto Serif CJK SC' }
    a::after { content: leader('%s') target-counter(attr(href), page) }
"""


def drawn(dot: str, *, joined: bool) -> tuple[list[float], int]:
    """Where the dots stand, in pt, and how many operators show text."""
    with patches.in_place([LINES, LEADERS] if joined else [LINES]):
        data = weasyprint.HTML(string=HTML).write_pdf(stylesheets=[weasyprint.CSS(string=CSS % dot)])
    with pikepdf.open(BytesIO(data)) as pdf:
        places = sorted(glyph.left for glyph in pages_of(pdf)[0] if glyph.text == ".")
        return places, pdf.pages[0].Contents.read_bytes().count(b"TJ")


@pytest.mark.parametrize("dot", [".", " . "])
def test_all_dots_of_a_line_are_one_text_and_stand_where_they_stood(dot: str) -> None:
    (stock, many), (ours, few) = drawn(dot, joined=False), drawn(dot, joined=True)
    assert many > len(stock) > 10
    assert few < 6
    assert ours == pytest.approx(stock, abs=0.1)
