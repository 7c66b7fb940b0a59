"""The order of the selected articles (DESIGN: `--sort`, `order`). Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from booklet.config.values import Select
from booklet.findings import Finding, finding
from booklet.model import Article, CategoryPath
from booklet.select.article_names import names_article
from booklet.select.sections import resolve_level, section_path


def in_order(articles: Sequence[Article], select: Select) -> tuple[tuple[Article, ...], list[Finding]]:
    """Sort, then bring the articles that `select.order` names to the front, in its order.

    A section that holds such an article comes first with it (`sections.group` keeps the order it is given).
    """
    ordered = _sorted(articles, select)
    first: dict[str, Article] = {}
    findings = []
    for text in select.order:
        named = [article for article in ordered if names_article(text, article)]
        first.update((article.id, article) for article in named if article.id not in first)
        if not named:
            findings.append(finding("order-unknown", value=text))
    return (*first.values(), *(article for article in ordered if article.id not in first)), findings


def _sorted(articles: Sequence[Article], select: Select) -> list[Article]:
    by_date = sorted(articles, key=lambda a: (a.published, a.source, a.id))
    match select.sort:
        case "date":
            return by_date
        case "-date":
            return sorted(by_date, key=lambda a: a.published, reverse=True)
        case "title":
            return sorted(by_date, key=lambda a: _title_key(a.title))
        case "category":
            return sorted(by_date, key=_category_key)
        case "section":
            return _by_section(by_date, select)


def _by_section(by_date: list[Article], select: Select) -> list[Article]:
    """By section, then date.

    Sections follow `select.categories` if that names them, else their oldest article; sections under one
    parent stay together; articles without a category come last.
    """
    level = resolve_level(by_date, level=select.section_level, sort=select.sort)
    oldest: dict[CategoryPath, tuple[datetime, int]] = {}
    ranks: dict[CategoryPath, int] = {}
    for place, article in enumerate(by_date):
        section = section_path(article, level)
        for depth in range(1, len(section) + 1):
            oldest.setdefault(section[:depth], (article.published, place))
        rank = _rank(article, select.categories)
        ranks[section] = min(rank, ranks.get(section, rank))

    def key(article: Article) -> tuple[bool, int, tuple[tuple[datetime, int], ...]]:
        section = section_path(article, level)
        ages = tuple(oldest[section[:depth]] for depth in range(1, len(section) + 1))
        return not section, ranks[section], ages

    return sorted(by_date, key=key)


def _rank(article: Article, categories: Sequence[CategoryPath]) -> int:
    """The place of the first wanted category that the article's first category lies in."""
    path = _first_path(article)
    return min(
        (place for place, wanted in enumerate(categories) if path[: len(wanted)] == wanted),
        default=len(categories),
    )


def _first_path(article: Article) -> CategoryPath:
    return article.categories[0] if article.categories else ()


def _category_key(article: Article) -> tuple[bool, tuple[str, ...]]:
    path = _first_path(article)
    return (not path, tuple(map(_title_key, path)))


def _title_key(text: str) -> str:
    """Compatible forms and case as one; otherwise by code point, which needs no locale and never changes."""
    return unicodedata.normalize("NFKC", text).casefold()
