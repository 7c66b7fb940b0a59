"""Days in the names of files and folders, and what a name says besides. Pure."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from pathlib import PurePosixPath

_YEARS = r"(?:19|20|21)\d{2}"
_DAY = (
    rf"(?P<year>{_YEARS})(?:"
    r"(?P<sign>[-._ ])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"|\s?年\s?(?P<month_han>\d{1,2})\s?月\s?(?P<day_han>\d{1,2})\s?[日号]?"
    r"|(?P<month_close>\d{2})(?P<day_close>\d{2})(?:T?[0-2]\d[0-5]\d(?:[0-5]\d)?)?"
    r")(?!\d)"
)
"""`2026-11-23`, `2026.11.23`, `2026_11_23` (Logseq), `2026年11月23日`, `20261123`, `202611231430`."""
_AT_START = re.compile(rf"[\[(（【〔〈]?{_DAY}[\])）】〕〉]?[-–—_.,，、:：\s]*")
_AT_END = re.compile(rf"(?:^|[-–—_.,，、:：\s]|[\[(（【〔〈]|(?<=[\u3400-\u9fff])){_DAY}[\])）】〕〉]?$")
_IN_FOLDERS = re.compile(
    rf"(?:^|/)(?P<year>{_YEARS})/(?:(?P=year)[-.])?(?P<month>[01]?\d)(?:/|-)(?:(?P=year)-(?P=month)-)?"
    r"(?P<day>[0-3]?\d)(?=/|$)"
)
"""`2026/11/23/post.md` of permalinks, `2026/11/23.md` and `2026/11-23.md` of diaries."""
_PLAIN = {
    **{ord("０") + figure: str(figure) for figure in range(10)},
    ord("－"): "-",
    ord("．"): ".",
    ord("＿"): "_",
}
_OF_A_FOLDER = frozenset({"index", "_index", "readme"})
"""Names of files that are called what their folder is called (Hugo's bundles)."""


def date_from_path(source: str, zone: tzinfo) -> datetime | None:
    """The day that a path says: its name, else its folder's, else folders of year, month and day.

    A name says it at its beginning or its end. A clock time behind it is the moment of saving (SingleFile
    writes `Title (2026-11-23 8_15_02)`): then it says nothing.

    Args:
        source: with "/".
        zone: the reader's; the day begins at midnight there.
    """
    path = PurePosixPath(source)
    stem = _folded(path.stem)
    pieces = [
        _AT_START.match(stem),
        _AT_END.search(stem),
        _AT_START.match(_folded(path.parent.name)),
        _IN_FOLDERS.search(_folded(str(path.with_suffix("")))),
    ]
    return next((day for found in pieces if found and (day := _day(found, zone))), None)


def words_of_name(source: str) -> str:
    """The name as words, without the day that it begins with; a daily note is called what its day is."""
    path = PurePosixPath(source)
    name = path.stem
    if name.casefold() in _OF_A_FOLDER and path.parent.name:
        name = path.parent.name
    folded = _folded(name)
    lead = _AT_START.match(folded)
    if lead and _exists(lead):
        if lead.end() == len(folded):
            return _day_as_title(lead)
        return _spaced(name[lead.end() :])
    if not any(map(str.isalpha, folded)) and (
        diary := _IN_FOLDERS.search(_folded(str(path.with_suffix(""))))
    ):
        return _day_as_title(diary)
    tail = _AT_END.search(folded)
    if tail and tail.start() and _exists(tail):
        return f"{_spaced(name[: tail.start('year')])}{name[tail.start('year') :]}"
    return _spaced(name)


def _folded(name: str) -> str:
    """Full-width figures and signs as plain ones, each in its place."""
    return name[:500].translate(_PLAIN)


def _spaced(words: str) -> str:
    parted = " " in words.strip() or not any(map(str.isalpha, words))
    return words if parted else re.sub(r"[-_]+", " ", words)


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    named = found.groupdict()
    month = named["month"] or named.get("month_han") or named.get("month_close")
    day = named["day"] or named.get("day_han") or named.get("day_close")
    return int(named["year"]), int(month or 0), int(day or 0)


def _day(found: re.Match[str], zone: tzinfo) -> datetime | None:
    try:
        return datetime(*_parts(found), tzinfo=zone)
    except ValueError:
        return None


def _exists(found: re.Match[str]) -> bool:
    try:
        return bool(datetime(*_parts(found)))  # noqa: DTZ001 - only whether the calendar has it
    except ValueError:
        return False


def _day_as_title(found: re.Match[str]) -> str:
    """`2026年11月23日` and `2026.11.23` as written; other forms as `2026-11-23`."""
    named = found.groupdict()
    if named.get("month_han") or named.get("sign") == ".":
        return found[0].strip("[]()（）【】〔〕〈〉 ")
    year, month, day = _parts(found)
    return f"{year}-{month:02}-{day:02}"
