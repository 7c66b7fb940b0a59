"""The order of the selected articles (DESIGN: `--sort`, `order`). Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from booklet.categories import format_path, parse_path
from booklet.config.values import Select
from booklet.findings import Finding, finding
from booklet.model import Article, CategoryPath
from booklet.select.article_names import names_article
from booklet.select.sections import resolve_level, section_path

_NO_TIME = datetime.min.replace(tzinfo=UTC)
"""In place of a date that nobody says: a file's time is that of its last copy."""


def in_order(articles: Sequence[Article], select: Select) -> tuple[tuple[Article, ...], list[Finding]]:
    """Sort; then the articles that `select.order` names come first, then the sections of `select.sections`.

    `sections.group` keeps this order: a section stands where its first article does. So one that holds an
    article named by `order` comes first with it, unless `sections` says otherwise; articles without a
    category come last, unless `order` names one.
    """
    ordered = _sorted(articles, select)
    depth = resolve_level(ordered, level=select.section_level, sort=select.sort) if ordered else 0
    if depth:
        ordered.sort(key=lambda article: not section_path(article, depth))
    first: dict[str, Article] = {}
    findings = []
    for text in select.order:
        named = [article for article in ordered if names_article(text, article)]
        first.update((article.id, article) for article in named if article.id not in first)
        if not named:
            findings.append(finding("order-unknown", value=text))
    ordered = [*first.values(), *(article for article in ordered if article.id not in first)]
    sections = list(dict.fromkeys(section_path(article, depth) for article in ordered))
    places = {text: [path for path in sections if _is_called(path, text)] for text in select.sections}
    near = "、".join(format_path(path) for path in sections if path)
    findings += [
        finding("section-unknown", value=text, near=near) for text, paths in places.items() if not paths
    ]
    wanted = list(dict.fromkeys(path for paths in places.values() for path in paths))
    ranks = {path: place for place, path in enumerate(wanted)}
    ordered.sort(key=lambda article: ranks.get(section_path(article, depth), len(ranks)))
    return tuple(ordered), findings


Age = tuple[bool, datetime, str, str]


def age(article: Article) -> Age:
    """Greater for newer articles and for those without a date, which go by their paths."""
    dated = article.day is not None
    return not dated, article.published if dated else _NO_TIME, article.source, article.id


def _is_called(section: CategoryPath, text: str) -> bool:
    """Whether `text` is the section's title, which is the last name of its path, or the path."""
    return bool(section) and (_title_key(section[-1]) == _title_key(text) or section == parse_path(text))


def _sorted(articles: Sequence[Article], select: Select) -> list[Article]:
    by_date = sorted(articles, key=age)
    match select.sort:
        case "date":
            return by_date
        case "-date":
            dated = [article for article in by_date if article.day]
            newest = sorted(dated, key=lambda article: article.published, reverse=True)
            return [*newest, *by_date[len(dated) :]]
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
    oldest: dict[CategoryPath, int] = {}
    ranks: dict[CategoryPath, int] = {}
    for place, article in enumerate(by_date):
        section = section_path(article, level)
        for depth in range(1, len(section) + 1):
            oldest.setdefault(section[:depth], place)
        rank = _rank(article, select.categories)
        ranks[section] = min(rank, ranks.get(section, rank))

    def key(article: Article) -> tuple[bool, int, tuple[int, ...]]:
        section = section_path(article, level)
        places = tuple(oldest[section[:depth]] for depth in range(1, len(section) + 1))
        return not section, ranks[section], places

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
