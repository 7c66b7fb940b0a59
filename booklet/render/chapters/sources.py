"""The index of sources: who the articles are from, and what each of them gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from booklet.model import Entry, Section
from booklet.render.templates.context import SectionView, SourceView
from booklet.render.text.collation import index_key
from booklet.words import printed

MOST_CHARS = 60
"""Of a name in front matter: what is longer tells something else."""


def source_views(
    sections: Sequence[Section], views: Sequence[SectionView], labels: Mapping[str, str], language: str
) -> tuple[SourceView, ...]:
    """The sources of all articles that have one, in the order of the language's dictionaries."""
    entries = (entry for section in sections for entry in section.entries)
    shown = (entry for section in views for entry in section.entries)
    groups: dict[str, SourceView] = {}
    for entry, view in zip(entries, shown, strict=True):
        if name := source_of(entry, labels):
            before = groups[name].entries if name in groups else ()
            groups[name] = SourceView(name, len(before) + 1, (*before, view))
    return tuple(groups[name] for name in sorted(groups, key=lambda name: (index_key(name, language), name)))


def source_of(entry: Entry, labels: Mapping[str, str]) -> str:
    """The site, paper or account that an article is from; empty if nothing tells.

    Its front matter's `source`; else its author, for that is the account where posts are gathered from
    accounts; of several authors their site.
    """
    article = entry.article.article
    named = article.extra.get("source")
    if isinstance(named, str) and (name := " ".join(named.split())) and len(name) <= MOST_CHARS:
        return name
    if len(article.authors) == 1:
        return article.authors[0]
    return printed.host(article.url) or labels["names_join"].join(article.authors)
