"""Which articles go in, and in which order (DESIGN, "select"). Pure.

An article that the conditions describe and that is left out all the same (a draft, one without a date) is
named by a finding: nothing disappears.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from booklet.categories import format_path
from booklet.collect.visible_text import visible_text
from booklet.config.values import Select
from booklet.findings import BookletError, Finding, finding
from booklet.model import Article, CategoryPath, Period
from booklet.select.article_names import names_article, names_folder_of
from booklet.select.near import near_categories
from booklet.select.order import Age, age, in_order


@dataclass(frozen=True, slots=True)
class Selection:
    """What was selected."""

    articles: tuple[Article, ...]
    """In booklet order."""
    near_categories: tuple[str, ...]
    """For categories that no article has: those that may have been meant, written as paths."""
    dates_held: tuple[date, date] | None
    """First and last day of the articles that match all but the period (of all articles, if none does);
    those without a date do not count. None: no article has a date."""
    findings: tuple[Finding, ...]

    def nothing(self, found: int, findings: Sequence[Finding]) -> BookletError:
        """The complaint that none of so many articles was selected, with what may have been meant.

        `findings` are those about files that gave no article.
        """
        days = self.dates_held
        error = BookletError(
            "nothing-selected",
            exit_code=4,
            found=found,
            categories="、".join(self.near_categories),
            days=f"{days[0]} – {days[1]}" if days else "",
        )
        error.findings = (*findings, *self.findings)
        return error


def select(articles: Sequence[Article], select: Select) -> Selection:
    """Take the articles that meet every condition; those of one kind are alternatives (any of the tags)."""
    described = [article for article in articles if _is_described(article, select)]
    in_days = [article for article in described if _is_in(article, select.period)]
    ready = [article for article in in_days if select.drafts or not article.draft]
    newest = ready
    if select.limit is not None:
        newest = sorted(ready, key=_recency, reverse=True)[: select.limit]
    ordered, order_findings = in_order(newest, select)
    near, category_findings = _unmatched_categories(articles, ordered, select)
    return Selection(
        articles=ordered,
        near_categories=near,
        dates_held=_days(described) or _days(articles),
        findings=(
            *category_findings,
            *_unmatched_excludes(articles, select.exclude),
            *order_findings,
            *_left_out(described, in_days, select),
        ),
    )


def _recency(article: Article) -> tuple[bool, Age]:
    """Greater for newer articles; those without a date are the least new."""
    return article.day is not None, age(article)


def _is_excluded(article: Article, exclude: Iterable[str]) -> bool:
    return any(names_article(text, article) or names_folder_of(text, article) for text in exclude)


def _is_described(article: Article, select: Select) -> bool:
    """Whether all conditions but the period and drafts hold."""
    if select.categories and not any(_has(article, wanted) for wanted in select.categories):
        return False
    if any(_has(article, unwanted) for unwanted in select.exclude_categories):
        return False
    if select.tags and not _folded(select.tags) & _folded(article.tags):
        return False
    if select.authors and not _folded(select.authors) & _folded(article.authors):
        return False
    if _is_excluded(article, select.exclude):
        return False
    return not select.match.strip() or _holds(article, select.match)


def _has(article: Article, wanted: CategoryPath) -> bool:
    """Whether one of the article's categories is `wanted` or lies below it."""
    folded = _folded_path(wanted)
    return any(_folded_path(path[: len(wanted)]) == folded for path in article.categories)


def _folded_path(path: CategoryPath) -> CategoryPath:
    return tuple(map(_fold, path))


def _folded(values: Iterable[str]) -> set[str]:
    return {_fold(value) for value in values}


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _holds(article: Article, text: str) -> bool:
    wanted = _fold(text)
    # The body is not normalised: that is quadratic in hostile text, and text on the web is composed already.
    return wanted in _fold(article.title) or wanted in visible_text(article.body).casefold()


def _is_in(article: Article, period: Period) -> bool:
    if period.since is None and period.until is None:
        return True
    return article.day is not None and _covers(period, article)


def _covers(period: Period, article: Article) -> bool:
    day = article.published.date()
    return (period.since is None or period.since <= day) and (period.until is None or day <= period.until)


def _left_out(described: Sequence[Article], in_days: Sequence[Article], select: Select) -> list[Finding]:
    findings = [
        finding("undated-left-out", article.source)
        for article in described
        if _covers(select.period, article) and not _is_in(article, select.period)
    ]
    if not select.drafts:
        findings += [finding("draft-left-out", article.source) for article in in_days if article.draft]
    return findings


def _days(articles: Iterable[Article]) -> tuple[date, date] | None:
    days = [article.day for article in articles if article.day]
    return (min(days), max(days)) if days else None


def _unmatched_categories(
    articles: Sequence[Article], selected: Sequence[Article], select: Select
) -> tuple[tuple[str, ...], list[Finding]]:
    """Say which of the wanted categories match nothing: at all, or among what was selected."""
    near: dict[str, None] = {}
    findings = []
    for wanted in (*select.categories, *select.exclude_categories):
        if not any(_has(article, wanted) for article in articles):
            names = near_categories(wanted, articles)
            near.update(dict.fromkeys(names))
            findings.append(finding("category-unknown", category=format_path(wanted), near="、".join(names)))
        elif wanted in select.categories and not any(_has(article, wanted) for article in selected):
            findings.append(finding("category-empty", category=format_path(wanted)))
    return tuple(near), findings


def _unmatched_excludes(articles: Sequence[Article], exclude: Sequence[str]) -> list[Finding]:
    return [
        finding("exclude-unknown", value=text)
        for text in exclude
        if not any(_is_excluded(article, (text,)) for article in articles)
    ]
