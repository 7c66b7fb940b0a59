"""Printed lists have the numbers that their authors gave them."""

from __future__ import annotations

import re

import pytest

from .printed import page_texts, print_bodies


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ('<ol start="3"><li>项</li><li>项</li></ol>', ["3.", "4."]),
        ('<ol><li>项</li></ol><pre><code>x</code></pre><ol start="2"><li>项</li></ol>', ["1.", "2."]),
        ('<ol><li>项</li><li value="7">项</li><li>项</li></ol>', ["1.", "7.", "8."]),
        ('<ol reversed="reversed"><li value="2">项</li><li value="1">项</li></ol>', ["2.", "1."]),
        ('<ol type="I" start="4"><li>项</li></ol>', ["IV."]),
        ('<ol type="a"><li>项</li><li>项</li></ol>', ["a.", "b."]),
        ('<ol start="0"><li>项</li></ol><ol start="-1"><li>项</li></ol>', ["0.", "-1."]),
        ('<ol start="9"><li>项<ol><li>项</li></ol></li><li>项</li></ol>', ["9.", "1.", "10."]),
    ],
)
def test_numbers_are_those_that_the_list_says(body: str, numbers: list[str]) -> None:
    text = "".join(page_texts(print_bodies(body).data))
    assert re.findall(r"(\S+) 项", text) == numbers


def test_long_numbers_stand_within_the_column() -> None:
    body = '<p>文</p><ol start="1000"><li>项</li></ol><ol type="i" start="88"><li>项</li></ol><p>文</p>'
    lines = "".join(page_texts(print_bodies(body).data)).split("\n")
    column = min(len(line) - len(line.lstrip()) for line in lines if line.strip() == "文")
    starts = [len(line) - len(line.lstrip()) for line in lines if line.endswith(" 项")]
    assert len(starts) == 2
    assert min(starts) >= column - 4, "an indent of two characters, as wide as four letters"
