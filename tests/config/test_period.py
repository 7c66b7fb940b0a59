from __future__ import annotations

from datetime import date, datetime

import pytest

from booklet.config.period import resolve
from booklet.findings import BookletError
from booklet.model import Period
from booklet.report import describe_error

TODAY = date(2021, 10, 27)  # a Wednesday
WEEK_42 = Period(date(2021, 10, 18), date(2021, 10, 24), week=(2021, 42))
OCTOBER = Period(date(2021, 10, 1), date(2021, 10, 31), month=(2021, 10))


def test_nothing_asked_for_is_open() -> None:
    assert resolve(today=TODAY) == Period(None, None)


@pytest.mark.parametrize("text", ["2021-W42", "2021w42", "last", " LAST "])
def test_weeks_are_iso_weeks(text: str) -> None:
    assert resolve(today=TODAY, week=text) == WEEK_42


def test_the_first_week_may_begin_in_the_old_year() -> None:
    assert resolve(today=TODAY, week="2020-W53") == Period(date(2020, 12, 28), date(2021, 1, 3), (2020, 53))
    assert resolve(today=date(2021, 1, 2), week="this").week == (2020, 53)


@pytest.mark.parametrize(
    ("text", "today"), [("2021-10", TODAY), ("this", TODAY), ("last", date(2021, 11, 30))]
)
def test_months(text: str, today: date) -> None:
    assert resolve(today=today, month=text) == OCTOBER


def test_last_days_end_today() -> None:
    assert resolve(today=TODAY, last="7d") == Period(date(2021, 10, 21), TODAY)
    assert resolve(today=TODAY, last="2w") == Period(date(2021, 10, 14), TODAY)


@pytest.mark.parametrize(
    "since", ["2021-10-13", "2021/10/13", "20211013", "2021年10月13日", date(2021, 10, 13)]
)
def test_a_span_of_days(since: str | date) -> None:
    assert resolve(today=TODAY, since=since, until="2021-10-22") == Period(
        date(2021, 10, 13), date(2021, 10, 22)
    )


def test_a_span_that_is_a_week_or_a_month_knows_it() -> None:
    assert resolve(today=TODAY, since="2021-10-18", until="2021-10-24") == WEEK_42
    assert resolve(today=TODAY, since="2021-10-01", until="2021-10-31") == OCTOBER


def test_one_side_may_be_open_and_days_may_be_words() -> None:
    assert resolve(today=TODAY, since="yesterday") == Period(date(2021, 10, 26), None)
    assert resolve(today=TODAY, until="today") == Period(None, TODAY)


def test_a_datetime_of_toml_is_its_day() -> None:
    assert resolve(today=TODAY, since=datetime(2021, 10, 13, 9)) == Period(date(2021, 10, 13), None)  # noqa: DTZ001 - TOML's


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"week": "2021-W42", "month": "2021-10"}, "period-conflict"),
        ({"last": "7d", "since": "2021-10-13"}, "period-conflict"),
        ({"since": "2021-10-22", "until": "2021-10-13"}, "period-reversed"),
        ({"week": "2021-W53"}, "week-invalid"),
        ({"week": "42"}, "week-invalid"),
        ({"month": "2021-13"}, "month-invalid"),
        ({"last": "0d"}, "last-invalid"),
        ({"last": "99999w"}, "last-invalid"),
        ({"last": "7"}, "last-invalid"),
        ({"since": "2021-02-30"}, "day-invalid"),
        ({"until": "soon"}, "day-invalid"),
    ],
)
def test_faults_are_usage_errors(given: dict[str, str], code: str) -> None:
    with pytest.raises(BookletError) as error:
        resolve(today=TODAY, **given)
    assert (error.value.code, error.value.exit_code) == (code, 2)


def test_what_is_wrong_is_named_as_it_was_written() -> None:
    assert said(week="2021-W42", month="2021-10").startswith("week and month ")
    assert "2021-10-13" in said(since="20211022", until="2021/10/13")
    assert "2021-10-22" in said(since="20211022", until="2021/10/13")
    assert "2021-W53" in said(week="2021-W53")
    assert "2021-13" in said(month="2021-13")
    assert "99999w" in said(last="99999w")
    assert said(until="soon").startswith("until: “soon” ")


def said(**given: str) -> str:
    with pytest.raises(BookletError) as error:
        resolve(today=TODAY, **given)
    return describe_error(error.value, "en")[0]
