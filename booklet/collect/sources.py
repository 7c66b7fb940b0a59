"""The table of source kinds: which files, and which folders as a whole, are articles, and how they are read.

A row is the only place that names a file's ending. A folder that no row takes is walked, at any depth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from booklet.findings import Finding
from booklet.model import Article, ArticleRef


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom articles are read."""

    timezone: ZoneInfo
    """For dates without an offset; `Article.published` is in it."""
    now: datetime
    """Aware; dates ahead of it are hard to believe."""
    encoding: str = ""
    """In which most other files of the folder are that are not in UTF-8: a short text says too little."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file or folder gave: no article, one, or several, and what was found wrong."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One kind of source. `read` gets what the walk found; each article needs a `source` of its own."""

    name: str
    read: Callable[[ArticleRef, Reader], Read]
    endings: tuple[str, ...] = ()
    """Of files that it takes, in lower case with the dot."""
    marker: str = ""
    """The name of a file: a folder that holds it is not walked but read by this row as a whole."""


def read_markdown(ref: ArticleRef, reader: Reader) -> Read:
    """A text with front matter, in Markdown or HTML."""
    return _read(ref, reader, html=False)


def read_page(ref: ArticleRef, reader: Reader) -> Read:
    """A page as a browser saved it, or a post in HTML."""
    return _read(ref, reader, html=True)


def read_mhtml(ref: ArticleRef, reader: Reader) -> Read:
    """A page in an envelope with its pictures, as Chrome and Edge save it."""
    return _read(ref, reader, html=True, packed=True)


def _read(ref: ArticleRef, reader: Reader, *, html: bool, packed: bool = False) -> Read:
    from booklet.collect.article import read_article

    article, findings = read_article(
        ref,
        timezone=reader.timezone,
        now=reader.now,
        html=html,
        neighbours=reader.encoding,
        packed=packed,
    )
    return Read((article,) if article else (), tuple(findings))


SOURCES: tuple[SourceRow, ...] = (
    SourceRow(name="markdown", endings=(".md", ".markdown", ".mdx"), read=read_markdown),
    SourceRow(name="page", endings=(".html", ".htm"), read=read_page),
    SourceRow(name="mhtml", endings=(".mhtml", ".mht"), read=read_mhtml),
)


def endings_of(rows: Sequence[SourceRow]) -> str:
    """The endings of files that are articles, for people."""
    return " ".join(ending for row in rows for ending in row.endings)


def taking_file(rows: Sequence[SourceRow], path: Path) -> SourceRow | None:
    """The row that takes a file of this name: the first in the table's order."""
    ending = path.suffix.lower()
    return next((row for row in rows if ending in row.endings), None)


def taking_folder(rows: Sequence[SourceRow], folder: Path) -> SourceRow | None:
    """The row that takes this folder as a whole."""
    return next((row for row in rows if row.marker and (folder / row.marker).is_file()), None)
