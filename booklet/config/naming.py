"""Names and titles of booklets: the default name, and `{placeholders}` filled from the period; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from booklet.findings import BookletError
from booklet.model import Period

PLACEHOLDERS = ("year", "week", "month", "since", "until", "number")

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


_TITLES = {
    "zh": "学习参考",
    "zh-tw": "學習參考",
    "zh-hk": "學習參考",
    "ja": "学習資料",
    "ko": "학습 자료",
    "": "Study Booklet",
}
"""By language, the whole tag before its first part."""


def default_title(language: str) -> str:
    """The title of a booklet that has none, in a language (BCP 47)."""
    tag = language.lower()
    return _TITLES.get(tag) or _TITLES.get(tag.split("-")[0]) or _TITLES[""]


def fill(template: str, period: Period, number: str) -> str:
    """Replace `{year} {week} {month} {since} {until} {number}`; `{{` and `}}` stand for single braces.

    A placeholder has a value when all days of the period share it: `{week}` (two digits) in a period within
    one ISO week, `{month}` (two digits) within one month. `{year}` is the ISO year for a period that is a
    week, and beside `{week}`.

    Raises:
        BookletError: `placeholder-unknown` or `placeholder-empty` (exit code 2).
    """
    values = _values(period, number, iso_year="{week}" in template)

    def replace(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return found[0][0]
        name = found[1]
        if name not in PLACEHOLDERS:
            known = " ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            raise BookletError("placeholder-unknown", exit_code=2, name=name, template=template, known=known)
        if not values[name]:
            raise BookletError("placeholder-empty", exit_code=2, name=name, template=template)
        return values[name]

    return _FIELD.sub(replace, template)


def default_name(sources: Sequence[Path], period: Period) -> str:
    """Name a booklet that has no name: the first source's folder and the period (`posts-2021-W42`).

    Returns:
        A template without placeholders: braces of the folder's name are doubled.
    """
    first = sources[0].resolve() if sources else Path()
    folder = (first.stem if first.is_file() else first.name) or "booklet"
    return folder.replace("{", "{{").replace("}", "}}") + _period_suffix(period)


def name_for_other_days(template: str, period: Period, number: str) -> str:
    """The name of an entry whose days the command line has replaced.

    `weekly-{year}-W{week}` has no week in a month: its beginning and the period name it, `weekly-2021-10`.
    """
    try:
        fill(template, period, number)
    except BookletError as error:
        stem = template.split("{", 1)[0].rstrip("-_ .")
        if error.code != "placeholder-empty" or not stem:
            raise
        return stem + _period_suffix(period)
    return template


def can_be_filled(template: str, period: Period, number: str) -> bool:
    """Whether every placeholder has a value."""
    try:
        fill(template, period, number)
    except BookletError as error:
        if error.code != "placeholder-empty":
            raise
        return False
    return True


def short_names(template: str) -> tuple[str, ...]:
    """The names that call an entry: literal, up to the first placeholder, up to the first dash."""
    stem = template.split("{", 1)[0].rstrip("-_ .")
    head = stem.split("-", 1)[0]
    return tuple(dict.fromkeys(name for name in (template, stem, head) if name))


def _period_suffix(period: Period) -> str:
    if period.week:
        return f"-{period.week[0]}-W{period.week[1]:02}"
    if period.month:
        return f"-{period.month[0]}-{period.month[1]:02}"
    if period.since and period.until:
        return f"-{period.since}" if period.since == period.until else f"-{period.since}_{period.until}"
    return ""


def _values(period: Period, number: str, *, iso_year: bool) -> dict[str, str]:
    week, month, year = period.week, period.month, None
    if period.since and period.until:
        first, last = period.since, period.until
        if first.isocalendar()[:2] == last.isocalendar()[:2]:
            week = first.isocalendar()[:2]
        if (first.year, first.month) == (last.year, last.month):
            month = (first.year, first.month)
        if first.year == last.year:
            year = first.year
    if week and (iso_year or period.week):
        year = week[0]
    return {
        "year": str(year) if year else "",
        "week": f"{week[1]:02}" if week else "",
        "month": f"{month[1]:02}" if month else "",
        "since": period.since.isoformat() if period.since else "",
        "until": period.until.isoformat() if period.until else "",
        "number": number,
    }
