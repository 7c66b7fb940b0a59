"""Names of booklets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from booklet.config.naming import default_name, fill, short_names
from booklet.findings import BookletError
from booklet.model import Period

WEEK = Period(date(2021, 10, 18), date(2021, 10, 24), week=(2021, 42))
MONTH = Period(date(2021, 3, 1), date(2021, 3, 31), month=(2021, 3))
DAYS = Period(date(2021, 10, 13), date(2021, 10, 22))
OPEN = Period(None, None)


@pytest.mark.parametrize(
    ("template", "period", "filled"),
    [
        ("weekly-{year}-W{week}", WEEK, "weekly-2021-W42"),
        ("{year}年{month}月", MONTH, "2021年03月"),
        ("{since}至{until}", DAYS, "2021-10-13至2021-10-22"),
        ("第{number}期", OPEN, "第17期"),
        ("{{year}} as it is", OPEN, "{year} as it is"),
        ("{year}-W{week}", Period(date(2021, 10, 19), date(2021, 10, 21)), "2021-W42"),
    ],
)
def test_placeholders_are_filled_from_the_period(template: str, period: Period, filled: str) -> None:
    assert fill(template, period, "17") == filled


def test_the_year_beside_a_week_is_the_iso_year() -> None:
    first_week = Period(date(2020, 12, 28), date(2021, 1, 3), week=(2020, 53))
    assert fill("{year}-W{week}", first_week, "") == "2020-W53"
    two_days = Period(date(2021, 1, 1), date(2021, 1, 2))
    assert fill("{year}-W{week}", two_days, "") == "2020-W53"
    assert fill("{year}", two_days, "") == "2021"


@pytest.mark.parametrize(
    ("template", "period"),
    [("w{week}", DAYS), ("m{month}", OPEN), ("{number}", WEEK), ("{since}", OPEN), ("{year}", OPEN)],
)
def test_a_placeholder_without_a_value_is_wrong_usage(template: str, period: Period) -> None:
    with pytest.raises(BookletError) as caught:
        fill(template, period, "")
    assert (caught.value.code, caught.value.exit_code) == ("placeholder-empty", 2)


def test_an_unknown_placeholder_lists_the_known_ones() -> None:
    with pytest.raises(BookletError) as caught:
        fill("{day}", WEEK, "")
    assert caught.value.code == "placeholder-unknown"
    assert "{week}" in str(caught.value.params["known"])


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (WEEK, "posts-2021-W42"),
        (MONTH, "posts-2021-03"),
        (DAYS, "posts-2021-10-13_2021-10-22"),
        (Period(DAYS.since, DAYS.since), "posts-2021-10-13"),
        (Period(DAYS.since, None), "posts"),
        (OPEN, "posts"),
    ],
)
def test_without_a_name_it_is_the_folder_and_the_period(tmp_path: Path, period: Period, name: str) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    assert default_name((folder,), period) == name


def test_a_single_file_gives_its_name_and_braces_stay_braces(tmp_path: Path) -> None:
    file = tmp_path / "a {week} b.md"
    file.touch()
    assert fill(default_name((file,), OPEN), OPEN, "") == "a {week} b"


def test_an_entry_is_called_by_its_beginning() -> None:
    assert short_names("weekly-{year}-W{week}") == ("weekly-{year}-W{week}", "weekly")
    assert short_names("my-book-{year}") == ("my-book-{year}", "my-book", "my")
    assert short_names("周刊") == ("周刊",)
