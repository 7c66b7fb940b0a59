"""Text and numbers in content streams, written short and drawn at the same places."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from weasyprint import pdf as engine

from booklet.render.pdf.engine.library.patches import in_place
from booklet.render.pdf.engine.library.table import NUMBERS
from booklet.render.pdf.finish.text_operators import pieces, shortened, written

from .sample import PRINT_CSS, make_pdf

EVEN = b"[<0001>-20<0002>-20<0003>-21<0004>-20<0005>-20<0006>-20<0007>-20<0008>] TJ"


@pytest.mark.parametrize(
    ("array", "short"),
    [
        (b"<0001>0.0<>-61.38351719662557<0002>", b"<0001>-61.384<0002>"),
        (b"<0001>0<0002><>0.0<0003>", b"<000100020003>"),
        (b"-60<>0.0<>-1.5<0001>", b"-61.5<0001>"),
        (b"<0001>5<>-5<0002>", b"<00010002>"),
        (b"<0001>-3", b"<0001>-3"),
        (b"", b""),
    ],
)
def test_an_array_says_each_thing_once(array: bytes, short: bytes) -> None:
    assert written(pieces(array)) == short


def test_a_gap_that_most_glyphs_have_is_said_once_and_the_pen_ends_where_it_did() -> None:
    assert shortened([b"q", EVEN, 3], em=10.0) == [
        b"q",
        b"0.2 Tc",
        b"[<000100020003>-1<00040005000600070008>20] TJ",
        b"0 Tc",
        3,
    ]


def test_few_gaps_are_not_worth_an_operator() -> None:
    short = b"[<0001>-20<0002>-20<0003>] TJ"
    assert shortened([short], em=10.0) == [short]


def test_large_numbers_are_written_to_a_hundredth_and_small_ones_as_they_are() -> None:
    with in_place([NUMBERS]):
        stream = engine.pydyf.Stream()
        stream.set_text_matrix(0.123456, 0, 0, -1, 68.33537, 591.0)
    assert stream.stream == [b"0.123456 0 0 -1 68.34 591 Tm"]


def test_a_justified_page_says_its_gaps_so() -> None:
    made = make_pdf([f"<p>{'词句段落文章' * 40}1,234</p>"], print_css=PRINT_CSS + "p { width: 13.4em }")
    with pikepdf.open(BytesIO(made.data)) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert content.count(b"\n0 Tc") > 5
    assert b"<>" not in content
