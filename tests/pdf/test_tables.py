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
from booklet.render.pdf.trees.tables import Room, fit_tables

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


@pytest.mark.parametrize(
    ("columns", "room", "expected"),
    [
        (4, A5, None),
        (11, A5, "small-type"),
        (12, A5, "many-columns"),
        (11, A4, None),
        (17, A4, "many-columns"),
    ],
)
def test_type_is_as_large_as_the_measure_allows(columns: int, room: Room, expected: str | None) -> None:
    (one,) = fitted(table(columns, 3), room).iter("table")
    assert one.get("class") == expected


def test_type_is_never_below_the_limit() -> None:
    small = Room(width=326, height=487, font=9, pitch=15)
    (one,) = fitted(table(11, 3), small).iter("table")
    assert one.get("class") != "many-columns"


def test_table_that_fits_in_no_type_is_turned_with_its_head_on_each_part() -> None:
    root = fitted(table(14, 60))
    parts = root.findall(".//div[@class='turned-pages']/div[@class='turned']/div/table")
    assert len(parts) > 1
    assert all(len(part.findall("thead/tr")) == 1 for part in parts)
    names = [row[0].text for part in parts for row in part.iterfind("tbody/tr")]
    assert names == [f"行{row:02}" for row in range(60)]


def test_tables_that_cannot_be_cut_are_not_turned() -> None:
    spanning = table(14, 4).replace("<td>数据", '<td rowspan="2">数据', 1)
    in_quotation = f"<blockquote>{table(14, 4)}</blockquote>"
    for inner in (spanning, in_quotation):
        root = fitted(inner)
        assert root.find(".//div[@class='turned']") is None
        assert [one.get("class") for one in root.iter("table")] == ["many-columns"]


def test_anchor_of_a_turned_table_stays_once() -> None:
    root = fitted(table(14, 60, attributes=' id="x"'))
    assert [element.get("id") for element in root.iter("table") if element.get("id")] == ["x"]


@pytest.mark.parametrize("span", ["", "2.5", "-1", "0", "all", "９", "9" * 12, "9" * 5000])
def test_a_span_that_is_no_number_spoils_no_table(span: str) -> None:
    spanning = table(14, 60).replace("<td>数据", f'<td colspan="{span}">数据', 1)
    names = [row[0].text for row in fitted(spanning).iterfind(".//div[@class='turned']/div/table/tbody/tr")]
    assert names == [f"行{row:02}" for row in range(60)]


def test_tables_are_measured_in_the_type_they_are_printed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms: list[Room] = []
    monkeypatch.setattr(chapters, "fit_tables", lambda _, room: rooms.append(room))
    booklet, made = make_booklet(["<p>今天</p>"])
    faces = find_faces(configured={}, wanted={})
    sheet, options = Paper("a5", 148, 210), {"print_size": "large", "accent": "#a8201a"}
    render_pdf(booklet, made, theme=theme(), options=options, paper=sheet, faces=faces)
    assert {room.font for room in rooms} == {18}


def test_turned_table_lies_on_its_side_within_the_margins_while_text_fills_the_page_before() -> None:
    result = print_bodies(f"<p>{TEXT}</p>{table(14, 60, '数据 12')}<p>{TEXT * 30}</p>")
    texts = [re.sub(r"\s+", "", text) for text in text_of(result.data).split("\f")]
    turned = [number for number, text in enumerate(texts) if "行05" in text or "行59" in text]
    assert len(turned) >= 1
    before = texts[turned[0] - 1]
    assert before.count("今天的天气") > 5
    with pikepdf.open(BytesIO(result.data)) as pdf:
        operators = pikepdf.parse_content_stream(pdf.pages[turned[0]])
        matrices = [tuple(map(float, one.operands)) for one in operators if str(one.operator) == "cm"]
    assert any(abs(a) < 0.01 and abs(b) > 0.5 for a, b, *_ in matrices)
