"""Dates as blogs, feeds and people write them → aware datetimes. Pure; no clock.

A date without an offset is the reader's (DESIGN): midnight or the given hour in their time zone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

MAX_CHARS = 80
_BELIEVABLE_FROM_YEAR = 1991
"""The first page on the web: info.cern.ch, August 1991. Older dates are usually a zero read as a date."""
_ZEROS = frozenset(
    {(1, 1, 1), (1601, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1904, 1, 1), (1980, 1, 1)}
)
"""Beginnings of calendars: Go and .NET, Windows, OLE and Excel, the old Macintosh, FAT and ZIP."""
_EPOCH_ZEROS = (1969, 12, 31), (1970, 1, 31)
"""Of Unix; milliseconds of today that were taken for microseconds are in its first month too."""
_ZERO = re.compile(r"(?:0{1,4}[-/.]0{1,2}[-/.]0{1,2}|0001-01-01|0+)(?:[T ][0:.]+)?(?:Z|[+-][\d:]+)?")
_DATE_NUMBERS, _CLOCK_NUMBERS = 3, 6
_AHEAD = timedelta(days=1)
"""A post may be dated ahead by the width of the world's time zones."""

_NUMERIC = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?"
    r"(?:\s*[(\[]?(?:星期|周)[一二三四五六日天][)\]]?)?"
    r"(?:[T,\s]*(上午|下午|早上|晚上|中午|凌晨|am|pm)?\s*"
    r"(\d{1,2})\s*[:时点](?:\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2})(?:[.,]\d{1,9})?)?)?\s*[分秒]?\s*(am|pm)?)?"
    r"\s*(?:(Z|UTC|GMT)|(?:UTC|GMT)?\s*([+-]\d{1,2}(?::?\d{2})?))?(?:\s*\[[\w/+-]{1,40}\])?",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"(\d{4})(?:-|/|年)(\d{1,2})月?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?"
    r"(?:(?P<m1>[a-z]{3,9})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?|(?P<d2>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<m2>[a-z]{3,9}))\.?"
    r",?[\s-]+(?P<year>\d{4})"
    r"(?:(?:,|\s|at)*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>am|pm)?)?"
    r"\s*(?:(?P<zulu>Z|UTC|GMT)?(?P<offset>[+-]\d{2}:?\d{2})?)?(?:\s*\([^()]{1,60}\))?",
    re.IGNORECASE,
)


def parse_date(value: object, zone: tzinfo) -> datetime | None:
    """Read a date; None if it is none, or does not exist (`2021-13-45`).

    Understood: datetimes and dates; `2021-10-28 14:08:07` with `/` or `.`, with an offset, `Z` or a fraction
    (RFC 3339); RFC 2822; JavaScript's and English dates; `2021年10月28日 下午2:08`; compact `20211028`;
    seconds or milliseconds of the epoch; a list of numbers. A bare year is no date.

    Returns:
        Aware, in `zone`.
    """
    try:
        found = _of_list(value, zone) if isinstance(value, list | tuple) else _read(value, zone)
        # In UTC too, so that nobody after us meets a year 0 or 10000.
        return found.astimezone(UTC).astimezone(zone) if found else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def is_absurd(moment: datetime, now: datetime) -> bool:
    """Whether a post's date is hard to believe: before the web, or ahead of `now` by more than a day."""
    return moment.year < _BELIEVABLE_FROM_YEAR or moment > now + _AHEAD


def is_zero(moment: datetime) -> bool:
    """Whether it is a calendar's beginning, which programs write where they know no date."""
    day = (moment.year, moment.month, moment.day)
    return day in _ZEROS or _EPOCH_ZEROS[0] <= day <= _EPOCH_ZEROS[1]


def means_zero(value: object) -> bool:
    """Whether something that is no date is a program's zero: `0000-00-00 00:00:00`, Go's year 1."""
    return isinstance(value, str | int) and bool(_ZERO.fullmatch(str(value).strip()))


def _read(value: object, zone: tzinfo) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip().strip("'\"").strip()
    if not text or len(text) > MAX_CHARS:
        return None
    text = unicodedata.normalize("NFKC", text)
    text = _without_own_zone(text, zone)
    for read in (_numeric, _compact, _epoch, _english, _month_only, _mail):
        found = read(text, zone)
        if found:
            return found
    return None


def _of_list(values: Sequence[object], zone: tzinfo) -> datetime | None:
    """`[2024, 5, 3]`, perhaps with the clock, as Java's programs write; `[2024-05-03]`."""
    if len(values) == 1:
        return _read(values[0], zone)
    texts = [str(value) for value in values]
    if not _DATE_NUMBERS <= len(texts) <= _CLOCK_NUMBERS or not all(map(str.isdecimal, texts)):
        return None
    year, month, day, *clock = map(int, texts)
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)


def _without_own_zone(text: str, zone: tzinfo) -> str:
    """Drop the reader's own zone's short name: `CST` is China's for one reader and Chicago's for another."""
    names = {datetime(2021, month, 1, tzinfo=zone).tzname() or "" for month in (1, 7)}
    for name in names - {"UTC", "GMT"}:
        if name.isalpha():
            text = re.sub(rf"\s+{name}\b", "", text)
    return text


def _numeric(text: str, zone: tzinfo) -> datetime | None:
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    year, month, day, half, hour, minute, second, half_after, zulu, offset = found.groups()
    clock = _hour(int(hour or 0), half or half_after)
    moment = _moment((int(year), int(month), int(day)), (clock, int(minute or 0), int(second or 0)))
    return moment.replace(tzinfo=_zone(zulu, offset, zone))


def _compact(text: str, zone: tzinfo) -> datetime | None:
    found = _COMPACT.fullmatch(text)
    if not found or found[1] < "1800" or found[1] > "2199":
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        moment = _moment((year, month, day), (hour, minute, second))
    except ValueError:
        return None  # ten or more digits may still be seconds
    return moment.replace(tzinfo=_zone(found[7], None, zone))


def _epoch(text: str, _zone: tzinfo) -> datetime | None:
    found = _EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _english(text: str, zone: tzinfo) -> datetime | None:
    found = _ENGLISH.fullmatch(text)
    name = (found["m1"] or found["m2"])[:3].lower() if found else ""
    if not found or name not in _MONTHS:
        return None
    day = int(found["d1"] or found["d2"])
    hour = _hour(int(found["hour"] or 0), found["half"])
    clock = (hour, int(found["minute"] or 0), int(found["second"] or 0))
    moment = _moment((int(found["year"]), _MONTHS.index(name) + 1, day), clock)
    return moment.replace(tzinfo=_zone(found["zulu"], found["offset"], zone))


def _mail(text: str, zone: tzinfo) -> datetime | None:
    """RFC 2822 section 3.3, with its obsolete zone names and C's `ctime`."""
    moment = parsedate_to_datetime(text)
    if text.endswith("-0000"):
        return moment.replace(tzinfo=UTC)  # of an unknown place
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _month_only(text: str, zone: tzinfo) -> datetime | None:
    found = _MONTH_ONLY.fullmatch(text)
    return datetime(int(found[1]), int(found[2]), 1, tzinfo=zone) if found else None


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day from an hour of a half day."""
    match (half or "").lower():
        case "下午" | "晚上" | "pm" if hour < 12:  # noqa: PLR2004 - a clock's face
            return hour + 12
        case "中午" if hour < 11:  # noqa: PLR2004 - 中午1点 is 13:00, 中午11点 is 11:00
            return hour + 12
        case "上午" | "早上" | "凌晨" | "am" if hour == 12:  # noqa: PLR2004 - 12 am is midnight
            return 0
        case _:
            return hour


def _moment(day: tuple[int, int, int], clock: tuple[int, int, int]) -> datetime:
    """A naive datetime; 24:00 is the next midnight and a leap second the one before it."""
    hour, minute, second = clock
    if hour == 24 and minute == second == 0:  # noqa: PLR2004 - ISO 8601
        return datetime(*day) + timedelta(days=1)  # noqa: DTZ001 - the caller gives the zone
    return datetime(*day, hour, minute, min(second, 59) if second <= 60 else second)  # noqa: DTZ001, PLR2004 - same


def _zone(zulu: str | None, offset: str | None, zone: tzinfo) -> tzinfo:
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
        sign = -1 if offset[0] == "-" else 1
        return timezone(sign * timedelta(hours=hours, minutes=minutes))
    return UTC if zulu else zone
