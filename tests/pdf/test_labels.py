"""Page labels: whatever a theme prints, viewers say the same."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from booklet.render.pdf.finish.page_labels import label_pages
from booklet.render.pdf.finish.properties import finish
from booklet.render.pdf.values.folios import Folio, Style, roman

from .reading import opened
from .sample import BODY, PRINT_CSS, make_booklet, make_pdf


def labelled(*folios: tuple[int, Style | None], first: str = "") -> list[str]:
    pdf = pikepdf.new()
    for _ in folios:
        pdf.add_blank_page()
    label_pages(pdf, [Folio(*folio) for folio in folios], first=first)
    target = BytesIO()
    pdf.save(target)
    return [str(page.label) for page in pikepdf.open(target).pages]


@pytest.mark.parametrize(
    ("folios", "labels"),
    [
        ([(1, "decimal"), (2, "decimal")], ["1", "2"]),
        (
            [(1, None), (2, None), (3, "lower-roman"), (4, None), (1, "decimal")],
            ["i", "ii", "iii", "iv", "1"],
        ),
        ([(1, None), (1, "decimal"), (2, None), (3, "decimal")], ["1", "1", "2", "3"]),
        ([(1, "upper-roman"), (2, "upper-roman"), (9, "decimal")], ["I", "II", "9"]),
        ([(0, "decimal"), (1, "decimal"), (-3, None)], ["0", "1", "-3"]),
        ([(7, "decimal"), (7, "decimal"), (3, "decimal")], ["7", "7", "3"]),
        ([(1, None), (2, None)], ["1", "2"]),
    ],
)
def test_pages_without_a_number_are_labelled_as_their_neighbours(
    folios: list[tuple[int, Style | None]], labels: list[str]
) -> None:
    assert labelled(*folios) == labels


def test_a_cover_is_named_unless_its_number_is_printed() -> None:
    assert labelled((1, None), (2, "lower-roman"), first="封面") == ["封面", "ii"]
    assert labelled((1, "lower-roman"), (2, "lower-roman"), first="封面") == ["i", "ii"]


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (48, "xlviii"), (1994, "mcmxciv"), (0, ""), (-2, "")],
)
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        ('"— " counter(page) " —"', ["i", "1", "2"]),
        ('"第 " counter(page) " 页"', ["i", "1", "2"]),
        ("counter(page, upper-roman)", ["i", "I", "II"]),
        ('"2021 年"', ["i", "1", "2"]),
        ("none", ["i", "1", "2"]),
    ],
)
def test_the_style_is_read_from_the_margins(content: str, labels: list[str]) -> None:
    css = PRINT_CSS.replace("content: counter(page) }", f"content: {content} }}")
    pdf = opened(make_pdf([BODY], print_css=css).data)
    assert [str(page.label) for page in pdf.pages] == labels


@pytest.mark.parametrize(("bound", "layout"), [(True, "/TwoPageRight"), (False, "/SinglePage")])
def test_viewers_show_spreads_where_left_and_right_pages_differ(bound: bool, layout: str) -> None:
    booklet, _ = make_booklet([BODY])
    pdf = pikepdf.new()
    pdf.add_blank_page()
    finish(pdf, booklet, [Folio(1, None)], bound=bound)
    assert str(pdf.Root.PageLayout) == layout
    assert str(pdf.pages[0].label) == "1", "no cover, no name"
