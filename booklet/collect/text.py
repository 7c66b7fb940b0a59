"""Reads a text of the user's own that becomes a page of the booklet, such as a foreword."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from booklet.collect.article import read_article
from booklet.collect.titles import title_in_body
from booklet.findings import BookletError, Finding, finding, system_reason
from booklet.model import Article, ArticleRef

OF_ARTICLES = frozenset(
    {"title-missing", "front-matter-missing", "date-from-file-name", "date-missing", "date-absurd"}
)
"""Findings that say nothing of a text that needs neither title nor date."""


def read_texts(
    files: Mapping[str, Path], *, wanted: Sequence[str], timezone: ZoneInfo, now: datetime
) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    """Read the files of all parts that a booklet wants; `wanted` names them, and none means all.

    Raises:
        BookletError: `part-file-unreadable` (exit code 2).
    """
    texts: list[Article] = []
    findings: list[Finding] = []
    for part, path in files.items():
        if wanted and part not in wanted:
            findings.append(finding("part-file-unused", str(path), name=part))
            continue
        text, found = read_text(path, part=part, timezone=timezone, now=now)
        texts.append(text)
        findings.extend(found)
    return tuple(texts), tuple(findings)


def read_text(
    path: Path, *, part: str, timezone: ZoneInfo, now: datetime
) -> tuple[Article, tuple[Finding, ...]]:
    """Read the file as an article is read; without a title of its own it has none.

    Args:
        path: of the file.
        part: that it makes: the article's id.
        timezone: the reader's.
        now: aware.

    Raises:
        BookletError: `part-file-unreadable` (exit code 2), with the findings that say why.
    """
    try:
        state = path.stat()
    except OSError as error:
        reason = system_reason(error)
        raise BookletError(
            "part-file-unreadable", exit_code=2, source=str(path), name=part, path=str(path), reason=reason
        ) from error
    ref = ArticleRef(path, path.parent, path.name, state.st_size, state.st_mtime_ns)
    article, findings = read_article(
        ref, timezone=timezone, now=now, html=path.suffix.lower() in (".html", ".htm")
    )
    if article is None:
        fault = BookletError(
            "part-file-unreadable", exit_code=2, source=str(path), name=part, path=str(path), reason=""
        )
        fault.findings = tuple(findings)
        raise fault
    untitled = any(found.code == "title-missing" for found in findings)
    title = title_in_body(article.body, article.body_format) if untitled else article.title
    told = tuple(found for found in findings if found.code not in OF_ARTICLES)
    return replace(article, id=part, title=title, draft=False), told
