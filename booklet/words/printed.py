"""Words around articles, in print: dates, periods, issue lines, numerals, addresses, by a theme's labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from booklet.model import BookletMeta, Period

MOST_HAN = 99
HAN_DIGITS = "〇一二三四五六七八九"
TRACKING = re.compile(r"utm_\w+|spm|share_\w+|from_source|fbclid|gclid", re.IGNORECASE)
"""Query parameters that lead to the same page when left out: campaign marks of Google, Alibaba, Bilibili."""

Labels = Mapping[str, str]


def day(value: date, labels: Labels) -> str:
    """A date as the language writes it: `2021年10月20日`, `20 October 2021`."""
    return _filled(labels["date"], value, labels)


def short_day(value: date, labels: Labels) -> str:
    """A date without its year: `10月20日`, `20 October`."""
    return _filled(labels["short_date"], value, labels)


def day_within(value: date, whole: Period, labels: Labels) -> str:
    """A date of a booklet: without its year, unless the booklet covers several."""
    if whole.since is None or whole.until is None or whole.since.year == whole.until.year:
        return short_day(value, labels)
    return day(value, labels)


def _filled(pattern: str, value: date, labels: Labels) -> str:
    month_name = labels["months"].split()[value.month - 1]
    return pattern.format(year=value.year, month=value.month, day=value.day, month_name=month_name)


def period(value: Period, labels: Labels) -> str:
    """The days that a booklet covers; the year is said once, where the issue line does not say it already."""
    since, until = value.since, value.until
    if since is None and until is None:
        return ""
    if since is None or until is None or since == until:
        return day(since or until or date.min, labels)
    if since.year != until.year:
        return labels["range"].format(since=day(since, labels), until=day(until, labels))
    year_known = value.week is not None or value.month is not None
    if year_known:
        return labels["range"].format(since=short_day(since, labels), until=short_day(until, labels))
    if labels["date"].startswith("{year}"):
        return labels["range"].format(since=day(since, labels), until=short_day(until, labels))
    return labels["range"].format(since=short_day(since, labels), until=day(until, labels))


def issue(meta: BookletMeta, labels: Labels) -> str:
    """Year and week or month, and number: `2021 年第 42 周　总第 17 期`; empty if neither is known."""
    parts = []
    if meta.period.week is not None:
        year, week = meta.period.week
        parts.append(labels["week"].format(year=year, week=week))
    elif meta.period.month is not None:
        year, month = meta.period.month
        name = labels["months"].split()[month - 1]
        parts.append(labels["month"].format(year=year, month=month, month_name=name))
    if meta.number:
        is_figure = meta.number.isdecimal()
        parts.append(labels["number"].format(number=meta.number) if is_figure else meta.number)
    return labels["between"].join(parts)


def figures_apart(text: str) -> tuple[tuple[str, bool], ...]:
    """Cut a line into (text, is figures), so that a cover can set figures in another face."""
    return tuple((part, part[0].isdecimal()) for part in re.split(r"(\d+)", text) if part)


def numeral(number: int, language: str) -> str:
    """A section's number: Han numerals up to 99 in Chinese and Japanese, else Arabic."""
    if not language.lower().startswith(("zh", "ja")) or not 0 < number <= MOST_HAN:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else HAN_DIGITS[tens]) + "十"
    return head + (HAN_DIGITS[ones] if ones else "")


def host(url: str) -> str:
    """The host of an http(s) address, without `www.`; empty for anything else."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def short_url(url: str, limit: int = 72) -> str:
    """An address as paper shows it: no scheme or campaign marks, Chinese readable, at most `limit` long."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url[:limit]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    text = parts.netloc.rpartition("@")[2] + parts.path.rstrip("/")
    text += (f"?{query}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    readable = unquote(text, errors="replace")
    if readable.isprintable() and " " not in readable and "\ufffd" not in readable:
        text = readable
    return _cut(text, limit)


def _cut(address: str, limit: int) -> str:
    """A long address without its middle: its host and its end tell more than the folders between."""
    if len(address) <= limit:
        return address
    end = address[-(limit // 3) :]
    return f"{address[: limit - 1 - len(end)]}…{end}"
