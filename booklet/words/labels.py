"""Labels that the program itself puts into a booklet, whatever a theme's templates say. Pure.

Those that only templates name are the templates' own matter: a fault there names the template and its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Fault = tuple[str, Mapping[str, str]]
"""A sentence `reason.theme-<code>` and what is put into it."""
MONTHS = 12
_DAY = {"year": 2021, "month": 10, "month_name": "October", "day": 20}
FILLED: Mapping[str, Mapping[str, object]] = {
    "date": _DAY,
    "short_date": _DAY,
    "range": {"since": "19 October", "until": "22 October"},
    "week": {"year": 2021, "week": 42},
    "month": {name: _DAY[name] for name in ("year", "month", "month_name")},
    "number": {"number": "17"},
}
"""Labels with names in braces, and an example of what is put in place of each."""
AS_THEY_STAND = (
    "months",
    "between",
    "names_join",
    "toc",
    "colophon",
    "notes",
    "picture_animated",
    "video_scan",
    "page_ref",
)


def faults(language: str, labels: Mapping[str, str], *, titled: Iterable[str]) -> Iterator[Fault]:
    """What is wrong with the labels of a language.

    Args:
        language: its tag.
        labels: with those that it takes from another language.
        titled: the pages that need a title, besides those that every booklet has.
    """
    for name in (*FILLED, *AS_THEY_STAND, *titled):
        if name not in labels:
            yield "label-missing", {"where": f"labels.{language}", "name": name}
    for name, example in FILLED.items():
        if name in labels and not _can_fill(labels[name], example):
            known = ", ".join(f"{{{field}}}" for field in example)
            where = f"labels.{language}.{name}"
            yield "label-braces", {"where": where, "value": labels[name], "known": known}
    if len(labels.get("months", "").split()) != MONTHS:
        yield "label-months", {"where": f"labels.{language}.months"}


def _can_fill(pattern: str, example: Mapping[str, object]) -> bool:
    try:
        pattern.format(**example)
    except (AttributeError, LookupError, TypeError, ValueError):
        return False
    return True
