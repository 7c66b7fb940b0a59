"""What the user may have meant by a category that matches nothing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from booklet.categories import format_path
from booklet.model import Article, CategoryPath

MOST_NAMES = 5


def near_categories(wanted: CategoryPath, articles: Iterable[Article]) -> tuple[str, ...]:
    """Up to five categories that are there, nearest first, written as paths.

    Near are: the same name at another level, a similar spelling, a path that holds the words. Where none is
    near: those with the most articles.
    """
    counts = _counts(articles)
    text = format_path(wanted).casefold()
    names = [name.casefold() for name in wanted]
    last = names[-1] if names else ""
    same = [path for path in counts if last == path[-1].casefold()]
    holding = [path for path in counts if last and last in format_path(path).casefold()]
    by_text = {format_path(path).casefold(): path for path in counts}
    by_name: dict[str, CategoryPath] = {}
    for path in counts:
        by_name.setdefault(path[-1].casefold(), path)
    similar = [by_text[near] for near in get_close_matches(text, by_text, n=MOST_NAMES, cutoff=0.6)]
    similar += [by_name[near] for near in get_close_matches(last, by_name, n=MOST_NAMES, cutoff=0.5)]
    found = dict.fromkeys([*same, *similar, *holding])
    chosen: Sequence[CategoryPath] = list(found) or [path for path, _ in counts.most_common()]
    return tuple(format_path(path) for path in chosen[:MOST_NAMES])


def _counts(articles: Iterable[Article]) -> Counter[CategoryPath]:
    """How many articles each category and each of its ancestors has, in the order of their names."""
    counts = Counter(
        prefix
        for article in articles
        for prefix in {path[:depth] for path in article.categories for depth in range(1, len(path) + 1)}
    )
    return Counter(dict(sorted(counts.items())))
