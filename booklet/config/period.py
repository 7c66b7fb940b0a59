"""The days that a selection asks for: `--week --month --last --since --until` → `Period`. Pure; no clock."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from booklet.findings import BookletError
from booklet.model import Period

_USAGE = 2
"""Exit code of wrong usage (DESIGN, "Exit codes")."""
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{4})年(\d{1,2})月")
_LAST = re.compile(r"(\d{1,4})\s*([dw])")
_DAY = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d{2})(\d{2})|(\d{4})年(\d{1,2})月(\d{1,2})日"
)


def resolve(
    *,
    today: date,
    week: str = "",
    month: str = "",
    last: str = "",
    since: str | date = "",
    until: str | date = "",
) -> Period:
    """Turn what the user wrote into days, both included. All empty: the period that is open on both sides.

    Args:
        today: The reader's day; `this`, `last`, `today`, `yesterday` and `--last` count from it.
        week: ISO 8601 week `2021-W42`, or `this`, `last`.
        month: `2021-10`, or `this`, `last`.
        last: `7d`: the seven days that end today; `2w`: fourteen.
        since: `2021-10-13` (also `2021/10/13`, `20211013`, `2021年10月13日`, `today`, `yesterday`) or a date.
        until: The same.

    Raises:
        BookletError: exit code 2: a value cannot be read, or two of them contradict each other.
    """
    given = [
        name for name, value in (("week", week), ("month", month), ("last", last)) if value and value.strip()
    ]
    if since or until:
        given.append("since" if since else "until")
    if len(given) > 1:
        raise BookletError("period-conflict", exit_code=_USAGE, first=given[0], second=given[1])
    if not given:
        return Period(None, None)
    if week:
        return _named(*_week_days(week, today))
    if month:
        return _named(*_month_days(month, today))
    if last:
        return _named(*_last_days(last, today))
    first = _day(since, today, "since") if since else None
    end = _day(until, today, "until") if until else None
    if first and end and first > end:
        raise BookletError(
            "period-reversed", exit_code=_USAGE, since=first.isoformat(), until=end.isoformat()
        )
    return _named(first, end)


def _named(since: date | None, until: date | None) -> Period:
    """A period that knows whether it is exactly one ISO week or one month."""
    week = month = None
    if since and until:
        if since.weekday() == 0 and (until - since).days == 6:  # noqa: PLR2004 - Monday to Sunday
            year, number, _ = since.isocalendar()
            week = (year, number)
        if since.day == 1 and until == _month_end(since):
            month = (since.year, since.month)
    return Period(since, until, week, month)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _week_days(text: str, today: date) -> tuple[date, date]:
    word = _plain(text)
    try:
        if word in {"this", "last"}:
            monday = today - timedelta(days=today.weekday() + (7 if word == "last" else 0))
        else:
            year, number = _numbers(_WEEK, word)
            monday = date.fromisocalendar(year, number, 1)
        return monday, monday + timedelta(days=6)
    except (ValueError, OverflowError) as error:
        raise BookletError("week-invalid", exit_code=_USAGE, value=text) from error


def _month_days(text: str, today: date) -> tuple[date, date]:
    word = _plain(text)
    try:
        if word in {"this", "last"}:
            first = today.replace(day=1)
            if word == "last":
                first = (first - timedelta(days=1)).replace(day=1)
        else:
            year, number = _numbers(_MONTH, word)
            first = date(year, number, 1)
        return first, _month_end(first)
    except (ValueError, OverflowError) as error:
        raise BookletError("month-invalid", exit_code=_USAGE, value=text) from error


def _last_days(text: str, today: date) -> tuple[date, date]:
    match = _LAST.fullmatch(_plain(text))
    days = int(match[1]) * (7 if match[2] == "w" else 1) if match else 0
    if not 1 <= days < today.toordinal():
        raise BookletError("last-invalid", exit_code=_USAGE, value=text)
    return today - timedelta(days=days - 1), today


def _day(value: str | date, today: date, option: str) -> date:
    if isinstance(value, date):
        # TOML also gives datetimes, which are dates to isinstance.
        return date(value.year, value.month, value.day)
    word = _plain(value)
    if word in {"today", "yesterday"}:
        return today - timedelta(days=word == "yesterday")
    try:
        year, month, day = _numbers(_DAY, word)
        return date(year, month, day)
    except ValueError as error:
        raise BookletError("day-invalid", exit_code=_USAGE, option=option, value=value) from error


def _numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    """The numbers in a text of this form.

    Raises:
        ValueError: it has another form.
    """
    match = pattern.fullmatch(text)
    if not match:
        raise ValueError(text)
    return [int(part) for part in match.groups() if part]


def _plain(text: str) -> str:
    """Full-width digits and signs as people type them with a Chinese keyboard, made ASCII."""
    return unicodedata.normalize("NFKC", text).strip().lower()
