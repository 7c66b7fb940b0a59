"""Groups selected articles into a booklet's sections by category. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from booklet.config.values import SectionLevel, SortOrder
from booklet.model import Article, CategoryPath

FEWEST, MOST = 2, 12
"""Sections that a contents page shows well (issue 2, point 3)."""
_LEVELS: tuple[Literal[1, 2, 3], ...] = (1, 2, 3)

Group = tuple[CategoryPath, tuple[Article, ...]]


def group(articles: Sequence[Article], *, level: SectionLevel, sort: SortOrder) -> tuple[Group, ...]:
    """The sections in booklet order, each with its category path and its articles.

    Keeps the order that `select` gave: sections come by the first of their articles, articles stay as they
    stand. An article's first category decides; articles without one make a section with an empty path.

    Args:
        articles: Ordered, as `select` returns them.
        level: How many names of the path make a section; 0 is one section for all. `auto` is the shallowest
            level that gives 2 to 12 sections (see `auto_level`).
        sort: For `date`, `-date` and `title` the reader asked for one run through the booklet: `auto` is then
            one section with an empty path. A number still divides.
    """
    if not articles:
        return ()
    depth = resolve_level(articles, level=level, sort=sort)
    groups: dict[CategoryPath, list[Article]] = {}
    for article in articles:
        groups.setdefault(section_path(article, depth), []).append(article)
    return tuple((path, tuple(members)) for path, members in groups.items())


def resolve_level(
    articles: Sequence[Article], *, level: SectionLevel, sort: SortOrder
) -> Literal[0, 1, 2, 3]:
    """The level as a number."""
    if level != "auto":
        return level
    return auto_level(articles) if sort in {"section", "category"} else 0


def auto_level(articles: Sequence[Article]) -> Literal[0, 1, 2, 3]:
    """The shallowest level that gives 2 to 12 sections: a reader looks for the broad subject first.

    Where none does: the shallowest with more than 12 whose sections hold two articles on average, else 0
    (sections of one article each, or one section for all, are no division).
    """
    counts = {depth: len({section_path(a, depth) for a in articles}) for depth in _LEVELS}
    for depth in _LEVELS:
        if FEWEST <= counts[depth] <= MOST:
            return depth
    for depth in _LEVELS:
        if counts[depth] > MOST and counts[depth] * 2 <= len(articles):
            return depth
    return 0


def section_path(article: Article, depth: int) -> CategoryPath:
    """The first `depth` names of the article's first category."""
    return article.categories[0][:depth] if article.categories else ()
