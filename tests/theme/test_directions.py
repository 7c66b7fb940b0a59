"""What is written from right to left says so."""

from __future__ import annotations

import pytest

from booklet.render.chapters.views import direction_within
from booklet.words.direction import direction_of


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *(
            ("ar", "rtl"),
            ("he-IL", "rtl"),
            ("fa", "rtl"),
            ("ur-PK", "rtl"),
            ("yi", "rtl"),
            ("az-Arab", "rtl"),
        ),
        *(("zh-CN", "ltr"), ("en", "ltr"), ("ku-Latn", "ltr"), ("und", "ltr"), ("", "ltr")),
    ],
)
def test_a_language_or_its_script_says_which_way_it_runs(language: str, direction: str) -> None:
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("direction", "booklet", "said"),
    [("rtl", "zh-CN", "rtl"), ("ltr", "zh-CN", ""), ("ltr", "ar", "ltr"), ("rtl", "ar", "rtl")],
)
def test_articles_say_it_where_it_could_be_mistaken(direction: str, booklet: str, said: str) -> None:
    assert direction_within(direction, booklet) == said
