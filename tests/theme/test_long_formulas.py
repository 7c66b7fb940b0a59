"""A formula wider than its column goes on in the next line, at a sign; nothing of it leaves the page."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from lxml import etree

from booklet.clean.formulas.mathml import from_tex, markup_of
from booklet.render.drawn.formula_pieces import pieces
from booklet.render.drawn.formulas import drawing, drawn
from tests.pdf.printed import print_articles, rasters
from tests.theme.sample import article

SUM = "f(x)=" + "+".join(f"a_{{{number}}}x^{{{number}}}" for number in range(16))
INSIDE = r"g\left(" + "+".join(f"b_{{{number}}}" for number in range(30)) + r"\right)"
WORDS = "这一行的文字排得满满当当，公式就在中间，"


def element(tex: str, *, display: bool = True) -> etree._Element:
    made = from_tex(tex, display=display)
    assert made is not None
    return etree.fromstring(markup_of(made))


def said(tex: str) -> list[str]:
    """The pieces' signs, cut wherever that may be."""
    return ["".join(map(str, piece.itertext())) for piece in pieces(element(tex), width_em=lambda _part: 20)]


def test_a_short_beginning_is_not_left_alone() -> None:
    found = pieces(element("y=a+b"), width_em=lambda part: 3.0 * len(list(part.iter("{*}mi"))) - 1)
    assert ["".join(map(str, piece.itertext())) for piece in found] == ["y=a+b"]


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        ("a=b+c", ["a", "=b", "+c"]),
        ("a=-b", ["a", "=−b"]),
        ("f(a+b)=[c-d]", ["f(a+b)", "=[c−d]"]),
        (r"\frac{a+b}{c}", ["a+bc"]),
        ("a_1,a_2,b", ["a1,", "a2,", "b"]),
        (r"x\in A\cup B", ["x", "∈A", "∪B"]),
        (r"\left(a+b\right)c+d", ["(a+b)c", "+d"]),
        ("x", ["x"]),
    ],
)
def test_a_formula_is_cut_before_its_signs_and_never_inside_what_belongs_together(
    tex: str, parts: list[str]
) -> None:
    assert said(tex) == parts


def test_pieces_side_by_side_are_as_wide_as_the_whole() -> None:
    whole, _ = drawing(element(SUM))
    cut, _ = drawn(element(SUM))
    assert whole is not None
    assert len(cut) > 10
    width = sum(width_of(piece) for piece in cut)
    assert width == pytest.approx(width_of(whole), rel=0.03)


def width_of(svg: str) -> float:
    found = re.search(r"width:([\d.]+)em", svg)
    assert found
    return float(found[1])


def test_brackets_around_more_than_a_column_are_opened() -> None:
    widths = [width_of(piece) for piece in drawn(element(INSIDE))[0]]
    assert len(widths) > 10
    assert max(widths) < 12


def test_a_short_formula_is_one_drawing() -> None:
    assert len(drawn(element("a=b+c"))[0]) == 1


@pytest.mark.parametrize(
    "paper", ["120x180mm", *(pytest.param(paper, marks=pytest.mark.soak) for paper in ("a4", "a5"))]
)
@pytest.mark.parametrize(
    "tex", [SUM, INSIDE, r"\begin{matrix}" + "&".join("123456789" * 4) + r"\end{matrix}"]
)
def test_no_formula_leaves_the_column(paper: str, tex: str) -> None:
    inline, display = (markup_of_tex(tex, display=display) for display in (False, True))
    body = f"<p>{WORDS * 3}{inline}，{WORDS}</p><p>{display}</p><p>{WORDS * 3}</p>"
    result = print_articles([article(1, "长公式", body)], paper=paper)
    assert not [found for found in result.findings if found.code == "article-not-set"]
    widths = [float(page.mediabox[2]) for page in pikepdf.open(BytesIO(result.data)).pages]
    pages = [*zip(rasters(result.data, dpi=72), widths, strict=True)][1:]  # a cover has its band
    for page, width in pages:
        margin = round(width * 0.06)
        for left in (0, page.width - margin):
            edge = page.crop((left, 60, left + margin, page.height - 60))
            low, _ = edge.getextrema()
            assert isinstance(low, int)
            assert low > 200, "ink in the margin"


def markup_of_tex(tex: str, *, display: bool) -> str:
    made = from_tex(tex, display=display)
    assert made is not None
    return markup_of(made)
