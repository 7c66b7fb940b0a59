"""Sources → articles: `walk` finds files, rows of `sources` read them.

Walking and reading are two steps, so that an index can later stand between them and save the reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from booklet.collect.line_ends import decide
from booklet.collect.neighbours import by_neighbours
from booklet.collect.sites.finding import Sites
from booklet.collect.sites.pages import why_no_article
from booklet.collect.sites.placing import placed, reading_zone
from booklet.collect.sources import SOURCES, Read, Reader, SourceRow, endings_of
from booklet.events import Event, Reporter, silent
from booklet.findings import BookletError, Finding, finding
from booklet.model import Article, ArticleRef
from booklet.sites import LineBreaks


@dataclass(frozen=True, slots=True)
class Collected:
    """All articles of the sources, in the order of the walk, drafts too, and what was found wrong."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]
    endings: str = ""
    """Of the files that are articles."""

    def nothing(self, sources: Sequence[Path]) -> BookletError:
        """The complaint that there is no article."""
        error = BookletError(
            "nothing-found", exit_code=4, paths=", ".join(map(str, sources)), endings=self.endings
        )
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
    rows: Sequence[SourceRow] = SOURCES,
    report: Reporter = silent,
    line_breaks: Mapping[Path, LineBreaks] | None = None,
    days_of_sites: bool = False,
) -> Collected:
    """Read every article below the sources. Never raises for what the files hold.

    Args:
        sources: Folders, walked at any depth, and files.
        timezone: The reader's: for dates without an offset, and all dates are given in it.
        now: Aware; dates ahead of it are hard to believe.
        skip: Folders that are not entered, such as the build folder.
        rows: The kinds of sources that there are.
        report: Told of each file before it is read.
        line_breaks: What single line ends are, by source; `auto` for those that are not there.
        days_of_sites: An article of a site that says its time zone has its dates in it: nobody named another.
    """
    from booklet.collect.walk import walk

    walked = walk(sources, skip=skip, rows=rows)
    kinds = {row.name: row for row in rows}
    sites = Sites(own_days=days_of_sites)
    reader = Reader(timezone, now)
    reads: list[Read] = []
    for done, ref in enumerate(walked.refs):
        report(Event("collect", done, len(walked.refs), ref.source))
        reads.append(_read_on_site(kinds[ref.kind], ref, reader, sites))
    for place, encoding in by_neighbours(walked.refs, reads).items():
        ref = walked.refs[place]
        reads[place] = _read_on_site(kinds[ref.kind], ref, replace(reader, encoding=encoding), sites)
    report(Event("collect", len(walked.refs), len(walked.refs)))
    unique, duplicates = _with_unique_ids([article for read in reads for article in read.articles])
    unique, ends = decide(unique, line_breaks or {})
    found = (found for read in reads for found in read.findings)
    told = (*sites.findings, *ends, *walked.findings, *found, *duplicates)
    return Collected(unique, told, endings_of(rows))


def _read_on_site(row: SourceRow, ref: ArticleRef, reader: Reader, sites: Sites) -> Read:
    """Read, with what the site around the file knows: how its dates are meant, where its articles stand."""
    site = sites.around(ref.path)
    if site is None:
        return _without_pages(_read(row, ref, reader))
    written = reading_zone(site, reader.timezone)
    zone = written if sites.own_days else reader.timezone
    read = _read(row, ref, replace(reader, timezone=written))
    on_site = [placed(article, site, zone, reader.now) for article in read.articles]
    told = [found for _, findings in on_site for found in findings]
    return _without_pages(Read(tuple(article for article, _ in on_site), (*read.findings, *told)))


def _without_pages(read: Read) -> Read:
    """Without what is a list, a section or a template of a site; each is named."""
    reasons = [why_no_article(article) for article in read.articles]
    if not any(reasons):
        return read
    named = [
        finding("page-left-out", article.source, None, reason=reason)
        for article, reason in zip(read.articles, reasons, strict=True)
        if reason
    ]
    kept = tuple(one for one, reason in zip(read.articles, reasons, strict=True) if not reason)
    return Read(kept, tuple(named) if not kept else (*read.findings, *named))


def _read(row: SourceRow, ref: ArticleRef, reader: Reader) -> Read:
    try:
        return row.read(ref, reader)
    except Exception as error:  # noqa: BLE001 - a row of a package may do anything; the other files are read
        reason = f"{type(error).__name__}: {error}"[:200]
        return Read((), (finding("source-failed", ref.source, kind=row.name, reason=reason),))


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
