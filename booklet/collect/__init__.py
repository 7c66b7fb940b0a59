"""Sources → articles: `walk` finds files, `article` reads one.

Walking and reading are two steps, so that an index can later stand between them and save the reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from booklet.events import Event, Reporter, silent
from booklet.findings import BookletError, Finding, finding
from booklet.model import Article


@dataclass(frozen=True, slots=True)
class Collected:
    """All articles of the sources, in the order of the walk, drafts too, and what was found wrong."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]

    def nothing(self, sources: Sequence[Path]) -> BookletError:
        """The complaint that there is no article."""
        error = BookletError("nothing-found", exit_code=4, paths=", ".join(map(str, sources)))
        error.findings = self.findings
        return error

    def findings_of(self, selected: Sequence[Article]) -> tuple[Finding, ...]:
        """What was found in these articles and in files that gave none; the rest is not that booklet's."""
        others = {article.source for article in self.articles} - {article.source for article in selected}
        return tuple(found for found in self.findings if found.source not in others)


def collect(
    sources: Sequence[Path],
    *,
    timezone: ZoneInfo,
    now: datetime,
    skip: Sequence[Path] = (),
    report: Reporter = silent,
) -> Collected:
    """Read every article below the sources. Never raises for what the files hold.

    Args:
        sources: Folders, walked at any depth, and files.
        timezone: The reader's: for dates without an offset, and all dates are given in it.
        now: Aware; dates ahead of it are hard to believe.
        skip: Folders that are not entered, such as the build folder.
        report: Told of each file before it is read.
    """
    from booklet.collect.article import read_article
    from booklet.collect.walk import walk

    walked = walk(sources, skip=skip)
    articles: list[Article] = []
    findings = list(walked.findings)
    for done, ref in enumerate(walked.refs):
        report(Event("collect", done, len(walked.refs), ref.source))
        article, found = read_article(ref, timezone=timezone, now=now)
        findings += found
        if article:
            articles.append(article)
    report(Event("collect", len(walked.refs), len(walked.refs)))
    unique, duplicates = _with_unique_ids(articles)
    return Collected(unique, (*findings, *duplicates))


def _with_unique_ids(articles: Sequence[Article]) -> tuple[tuple[Article, ...], list[Finding]]:
    """Give each article that shares its relative path with an earlier one an id of its own.

    The path and how often it came before make the id, so it stays while the sources keep their order.
    """
    seen: dict[str, int] = {}
    unique = []
    findings = []
    for article in articles:
        times = seen.get(article.source, 0)
        seen[article.source] = times + 1
        if times:
            digest = hashlib.sha256(f"{article.source}\0{times}".encode()).hexdigest()
            findings.append(finding("duplicate-source", article.source))
            unique.append(replace(article, id=digest[:12]))
        else:
            unique.append(article)
    return tuple(unique), findings
