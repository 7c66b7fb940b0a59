"""Wide tables in print: which type they get, which are turned, how the parts of a turned one are cut."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from lxml import etree

from booklet.config.values import Paper
from booklet.fonts import find_faces
from booklet.render.pdf import render_pdf
from booklet.render.pdf.trees import chapters
from booklet.render.pdf.trees.tables import fit_tables, name_continuations
from booklet.render.pdf.trees.tables.widths import unbroken
from booklet.theme.pages import Room

from .printed import TEXT, print_bodies
from .reading import text_of
from .sample import make_booklet, theme

A5 = Room(width=326, height=487, font=10.5, pitch=17)
A4 = Room(width=448, height=700, font=10.5, pitch=18)


def table(columns: int, rows: int, cell: str = "数据", *, attributes: str = "") -> str:
    head = "".join(f"<th>第{n}栏</th>" for n in range(columns))
    body = "".join(
        f"<tr><td>行{row:02}</td>" + f"<td>{cell}</td>" * (columns - 1) + "</tr>" for row in range(rows)
    )
    return f"<table{attributes}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def fitted(inner: str, room: Room = A5) -> etree._Element:
    root = etree.fromstring(f'<article><div class="body">{inner}</div></article>')
    fit_tables(root, room)
    return root


def sizes(root: etree._Element) -> list[str | None]:
    return [one.get("class") for one in root.iter("table")]


@pytest.mark.parametrize(
    ("columns", "room", "expected"),
    [
        (4, A5, "short"),
        (9, A5, "short"),
        (10, A5, "small-type short"),
        (12, A5, "many-columns short"),
        (12, A4, "short"),
        (16, A4, "many-columns short"),
    ],
)
def test_type_is_as_large_as_the_measure_allows(columns: int, room: Room, expected: str) -> None:
    assert sizes(fitted(table(columns, 3), room)) == [expected]


def test_type_is_never_below_the_limit() -> None:
    small = Room(width=326, height=487, font=9, pitch=15)
    assert not [one for one in sizes(fitted(table(12, 3), small)) if "many-columns" in str(one)]


def parts(root: etree._Element) -> list[list[list[str]]]:
    """The texts of the parts of a table that is divided by columns."""
    return [
        [["".join(map(str, cell.itertext())) for cell in row] for row in part.iter("tr")]
        for part in root.iterfind(".//div[@class='table-parts']/table")
    ]


def test_a_table_that_fits_in_no_type_is_divided_by_columns_and_repeats_the_first() -> None:
    found = parts(fitted(table(20, 3)))
    assert len(found) == 2
    assert [row[0] for row in found[0]] == [row[0] for row in found[1]] == ["第0栏", "行00", "行01", "行02"]
    heads = [*found[0][0][1:], *found[1][0][1:]]
    assert heads == [f"第{n}栏" for n in range(1, 20)]
    assert abs(len(found[0][0]) - len(found[1][0])) <= 1


def test_what_is_repeated_has_no_second_anchor_and_does_not_count_as_text() -> None:
    markup = table(20, 3, attributes=' id="x"').replace("<td>行00", '<td id="y" data-at="7">行00')
    root = fitted(markup)
    assert [one.get("id") for one in root.iter() if one.get("id")] == ["x", "y"]
    assert len([one for one in root.iter() if one.get("data-at")]) == 1
    again = root.findall(".//div[@class='table-parts']/table")[1]
    assert all("repeated" in row[0].get("class", "") for row in again.iter("tr"))


def test_cells_over_several_columns_are_divided_with_them_and_cells_over_rows_stay() -> None:
    head = "<tr><th>甲</th>" + '<th colspan="19">十九栏</th></tr>'
    markup = table(20, 3).replace("<thead>", f"<thead>{head}").replace("<td>数据", '<td rowspan="2">数据', 1)
    root = fitted(markup)
    first, second = root.findall(".//div[@class='table-parts']/table")
    spans = [int(part.findall(".//tr")[0][1].get("colspan", "1")) for part in (first, second)]
    assert sum(spans) == 19
    assert [one.get("rowspan") for one in first.iter("td") if one.get("rowspan")] == ["2"]
    assert not [one for one in second.iter("td") if one.get("rowspan")]


def test_later_parts_and_pages_are_called_continued() -> None:
    root = etree.fromstring(f'<article><div class="body">{table(20, 30)}</div></article>')
    name_continuations(root, "（续表）")
    fit_tables(root, A5)
    captions = [one.findtext("caption") for one in root.iter("table")]
    assert captions == [None, "（续表）"]
    assert [row[0].text for row in root.iterfind(".//thead/tr[1]")] == ["（续表）", "（续表）"]
    assert not [one for one in root.iter("table") if one.get("data-table-continued")]


WIDE = 60
"""Columns: too many for parts beside each other."""


def test_a_table_of_very_many_columns_is_turned_if_it_fills_its_page() -> None:
    root = fitted(table(WIDE, 60, "1"))
    turned = root.findall(".//div[@class='turned-pages']/div[@class='turned']/div/table")
    assert len(turned) > 1
    assert all(len(part.findall("thead/tr")) == 1 for part in turned)
    names = [row[0].text for part in turned for row in part.iterfind("tbody/tr")]
    assert names == [f"行{row:02}" for row in range(60)]
    rows = [len(part.findall("tbody/tr")) for part in turned]
    assert max(rows) - min(rows) <= 1
    assert fitted(table(WIDE, 3, "1")).find(".//div[@class='turned']") is None


def test_tables_that_cannot_be_divided_are_set_in_the_smallest_type_and_may_part_words() -> None:
    for inner in (
        f"<blockquote>{table(30, 4)}</blockquote>",
        table(30, 4).replace("<td>行", "<td><img/>行", 1),
    ):
        root = fitted(inner)
        assert not root.findall(".//div[@class='table-parts']")
        (classes,) = sizes(root)
        assert {"many-columns", "tight"} <= set(str(classes).split())


@pytest.mark.parametrize("span", ["", "2.5", "-1", "0", "all", "９", "9" * 12, "9" * 5000])
def test_a_span_that_is_no_number_spoils_no_table(span: str) -> None:
    spanning = table(14, 60).replace("<td>数据", f'<td colspan="{span}">数据', 1)
    names = [row[0] for row in parts(fitted(spanning))[0]]
    assert names == ["第0栏", *(f"行{row:02}" for row in range(60))]


def test_short_tables_stay_on_one_page_and_high_ones_may_be_parted() -> None:
    assert sizes(fitted(table(3, 8))) == ["short"]
    assert sizes(fitted(table(3, 9))) == [None]
    assert sizes(fitted(table(3, 8, "很长的一格" * 30))) == [None]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["12", "1,205.75", "88.2"], ["12|.00|", "1,205.75", "88.2|0|"]),
        (["3.5%", "41%", "55.5%"], ["3.5%", "41|.0|%", "55.5%"]),
        (["12 人", "3 人", "—"], ["12 人", "3 人", "—"]),
        (["约 3,000", "-2", "无"], ["约 3,000", "-2", "无"]),
        (["12", "甲", "乙"], None),
        (["甲", "乙", "3"], None),
    ],
)
def test_columns_of_figures_stand_right_by_the_decimal_point(
    cells: list[str], expected: list[str] | None
) -> None:
    body = "".join(f"<tr><td>项</td><td>{cell}</td></tr>" for cell in cells)
    markup = f"<table><thead><tr><th>名</th><th>数</th></tr></thead><tbody>{body}</tbody></table>"
    found = [row[1] for row in fitted(markup).iter("tr")]
    classes = {cell.get("class") for cell in found}
    assert classes == ({"in-figures"} if expected else {None})
    shown = [
        (cell.text or "") + "".join(f"|{part.text}|{part.tail or ''}" for part in cell) for cell in found[1:]
    ]
    assert shown == (expected or cells)


def test_what_the_author_has_aligned_stays_so() -> None:
    rows = '<tr><td>项</td><td class="align-center">1</td></tr>' * 3
    found = [row[1].get("class") for row in fitted(f"<table><tbody>{rows}</tbody></table>").iter("tr")]
    assert found == ["align-center"] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16,251.9", ["16,251.9"]),
        ("2011 年", ["2011 年"]),
        ("2011年", ["2011年"]),
        ("两 words", ["两", "words"]),
        ("汉字", ["汉", "字"]),
    ],
)
def test_figures_with_their_units_are_one_piece(text: str, expected: list[str]) -> None:
    assert unbroken(text) == expected


def test_tables_are_measured_in_the_type_they_are_printed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms: list[Room] = []
    monkeypatch.setattr(chapters, "fit_tables", lambda _, room: rooms.append(room))
    booklet, made = make_booklet(["<p>今天</p>"])
    faces = find_faces(configured={}, wanted={})
    sheet, options = Paper("a5", 148, 210), {"print_size": "large", "accent": "#a8201a"}
    render_pdf(booklet, made, theme=theme(), options=options, paper=sheet, faces=faces)
    assert {room.font for room in rooms} == {18}


def test_turned_table_lies_on_its_side_within_the_margins_while_text_fills_the_page_before() -> None:
    result = print_bodies(f"<p>{TEXT}</p>{table(WIDE, 60, '1')}<p>{TEXT * 30}</p>")
    texts = [re.sub(r"\s+", "", text) for text in text_of(result.data).split("\f")]
    turned = [number for number, text in enumerate(texts) if "行05" in text or "行59" in text]
    assert len(turned) >= 1
    before = texts[turned[0] - 1]
    assert before.count("今天的天气") > 5
    with pikepdf.open(BytesIO(result.data)) as pdf:
        operators = pikepdf.parse_content_stream(pdf.pages[turned[0]])
        matrices = [tuple(map(float, one.operands)) for one in operators if str(one.operator) == "cm"]
    assert any(abs(a) < 0.01 and abs(b) > 0.5 for a, b, *_ in matrices)


def test_figures_and_units_of_a_wide_table_are_never_parted_on_paper() -> None:
    years = "".join(f"<th>{year} 年</th>" for year in range(2011, 2021))
    figures = "".join(f"<td>{number:,.1f}</td>" for number in range(16251, 36251, 2000))
    markup = f"<thead><tr><th>地区</th>{years}</tr></thead><tbody>" + f"<tr><td>北京</td>{figures}</tr>" * 3
    text = text_of(print_bodies(f"<table>{markup}</tbody></table>").data)
    for year in range(2011, 2021):
        assert f"{year} 年" in text
    for number in range(16251, 36251, 2000):
        assert text.count(f"{number:,.1f}") == 3


def test_a_table_says_that_it_goes_on_where_it_goes_on_and_nowhere_else() -> None:
    pages = [page for page in text_of(print_bodies(table(3, 60)).data).split("\f") if "行" in page]
    assert len(pages) > 1
    assert ["（续表）" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert all("第0栏" in re.sub(r"\s", "", page) for page in pages)
