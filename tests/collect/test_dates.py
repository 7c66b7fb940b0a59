from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from booklet.collect.front_matter.dates import is_absurd, parse_date

from .sample import NOW, SHANGHAI


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-10-28 14:08:07", "2021-10-28T14:08:07+08:00"),
        ("2021-10-28", "2021-10-28T00:00:00+08:00"),
        ("2021/1/2 3:04", "2021-01-02T03:04:00+08:00"),
        ("2021-10-28T14:08:07Z", "2021-10-28T22:08:07+08:00"),
        ("2021-10-28T14:08:07.250-05:00", "2021-10-29T03:08:07+08:00"),
        ("2021-10-28 14:08:07 +0800", "2021-10-28T14:08:07+08:00"),
        ("Tue, 19 Oct 2021 16:26:50 GMT", "2021-10-20T00:26:50+08:00"),
        ("Tue, 19 Oct 2021 16:26:50 -0000", "2021-10-20T00:26:50+08:00"),
        ("19 Oct 2021 16:26:50", "2021-10-19T16:26:50+08:00"),
        ("Tue Oct 19 16:26:50 2021", "2021-10-19T16:26:50+08:00"),
        ("Tue Oct 19 2021 16:26:50 GMT+0200 (CEST)", "2021-10-19T22:26:50+08:00"),
        ("October 19, 2021", "2021-10-19T00:00:00+08:00"),
        ("Oct 19, 2021 12:05 AM", "2021-10-19T00:05:00+08:00"),
        ("2021年10月28日", "2021-10-28T00:00:00+08:00"),
        ("2021年10月28日 星期四 下午2:08", "2021-10-28T14:08:00+08:00"),
        ("2021 年 10 月 8 日 14时08分07秒", "2021-10-08T14:08:07+08:00"),
        ("２０２１－１０－２８", "2021-10-28T00:00:00+08:00"),
        ("20211028", "2021-10-28T00:00:00+08:00"),
        ("1634660810", "2021-10-20T00:26:50+08:00"),
        ("1634660810000", "2021-10-20T00:26:50+08:00"),
        ("2021-10-28 24:00:00", "2021-10-29T00:00:00+08:00"),
        ("2021-12-31 23:59:60", "2021-12-31T23:59:59+08:00"),
        ("2021-10", "2021-10-01T00:00:00+08:00"),
        ("2021-10-28 14:08 CST", "2021-10-28T14:08:00+08:00"),
    ],
)
def test_dates_are_read_in_the_readers_zone(text: str, expected: str) -> None:
    assert parse_date(text, SHANGHAI) == datetime.fromisoformat(expected)
    found = parse_date(text, SHANGHAI)
    assert found is not None
    assert found.tzinfo is SHANGHAI


@pytest.mark.parametrize(
    "value",
    [
        *("Invalid Date", "2021-13-45", "", "2021", "12:30", "now", "2021-10-28 25:00"),
        *(
            "0001-01-01T00:00+14:00",
            "9999-12-31T23:59-12:00",
            "0001-01-01",
            "2021-10-28T14:00+99:00",
            "9" * 5000,
        ),
        *(None, True, [], {}, float("nan")),
    ],
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert parse_date(value, SHANGHAI) is None


def test_typed_dates_of_toml_are_read() -> None:
    assert parse_date(date(2021, 10, 28), SHANGHAI) == datetime(2021, 10, 28, tzinfo=SHANGHAI)
    assert parse_date(datetime(2021, 10, 28, 16, tzinfo=UTC), SHANGHAI) == datetime(
        2021, 10, 29, tzinfo=SHANGHAI
    )


def test_cst_is_the_readers_own_zone_wherever_they_are() -> None:
    chicago = ZoneInfo("America/Chicago")
    assert parse_date("2021-01-05 08:00 CST", chicago) == datetime(2021, 1, 5, 8, tzinfo=chicago)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([2024, 5, 3], "2024-05-03T00:00:00+08:00"),
        (["2024", "5", "3"], "2024-05-03T00:00:00+08:00"),
        ([2024, 5, 3, 14, 8], "2024-05-03T14:08:00+08:00"),
        (["2024-05-03"], "2024-05-03T00:00:00+08:00"),
    ],
)
def test_a_list_of_numbers_is_a_date(value: object, expected: str) -> None:
    assert parse_date(value, SHANGHAI) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "value", [[2024, 5], [2024, 13, 3], [2024, 5, 3, 1, 2, 3, 4], ["a", "b", "c"], [[], 1, 2]]
)
def test_other_lists_are_none(value: object) -> None:
    assert parse_date(value, SHANGHAI) is None


def test_absurd_dates_lie_before_the_web_or_ahead_of_now() -> None:
    assert is_absurd(datetime(1970, 1, 1, 8, tzinfo=SHANGHAI), NOW)
    assert is_absurd(datetime(2024, 6, 3, tzinfo=SHANGHAI), NOW)
    assert not is_absurd(datetime(2024, 6, 1, 23, tzinfo=SHANGHAI), NOW)
