"""What the cover says, before anything is measured."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.model import Booklet
from booklet.words.catalogue import (
    CatalogueWords,
    catalogue_words,
    days_label,
    issue_label,
    week_or_month_label,
)
from booklet.words.printed import numeral


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a section, or an article where there are no sections."""

    numeral: str
    name: str
    count: str


@dataclass(frozen=True, slots=True)
class CoverLines:
    """All words of a cover; what is empty is not drawn."""

    series: str
    title: str
    subtitle: str
    issue: str
    days: str
    rows: tuple[Row, ...]
    more: str
    """Stands for the rows that do not fit."""
    publisher: str


def cover_lines(booklet: Booklet, *, series_line: str) -> CoverLines:
    """The words of a booklet's cover; `series_line` (the theme's option) wins over the series."""
    meta = booklet.meta
    words = catalogue_words(meta.language)
    named_period = week_or_month_label(meta)
    days = days_label(meta.period, meta.language, with_year=not named_period)
    issue = "　".join(label for label in (named_period or days, issue_label(meta)) if label)
    rows = _rows(booklet, words)
    publisher = meta.publisher or words.names_joint.join(meta.creators)
    return CoverLines(
        series=series_line.strip() or meta.series,
        title=meta.title,
        subtitle=meta.subtitle,
        issue=issue,
        days=days if meta.period.week else "",
        rows=rows,
        more=words.more.format(count=len(rows)),
        publisher=words.publisher.format(publisher=publisher) if publisher else "",
    )


def _rows(booklet: Booklet, words: CatalogueWords) -> tuple[Row, ...]:
    language = booklet.meta.language
    titled = [section for section in booklet.sections if section.title]
    if len(titled) > 1:
        return tuple(
            Row(numeral(number, language), section.title, _count(len(section.entries), words))
            for number, section in enumerate(titled, start=1)
        )
    entries = [entry for section in booklet.sections for entry in section.entries]
    return tuple(
        Row(numeral(number, language), entry.article.article.title, "")
        for number, entry in enumerate(entries, start=1)
    )


def _count(number: int, words: CatalogueWords) -> str:
    return words.one_article if number == 1 else words.articles.format(count=number)
