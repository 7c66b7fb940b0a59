"""The frozen configuration: every default is resolved before a stage sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from booklet.findings import Finding
from booklet.model import CategoryPath, EpubProfile, Format, Period
from booklet.sites import LineBreaks

SortOrder = Literal["section", "date", "-date", "category", "title"]
SectionLevel = Literal["auto", 0, 1, 2, 3]
OptionValue = str | int | float | bool
Role = Literal["text", "heading", "kai", "fang", "mono"]


OPEN = Period(None, None)
"""Every day."""


@dataclass(frozen=True, slots=True)
class Select:
    """Which articles go in. Days are the reader's; week, month and last are resolved into `period`."""

    categories: tuple[CategoryPath, ...] = ()
    exclude_categories: tuple[CategoryPath, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    period: Period = OPEN
    match: str = ""
    exclude: tuple[str, ...] = ()
    """Ids, or paths as `source` has them."""
    limit: int | None = None
    sort: SortOrder = "section"
    drafts: bool = False
    section_level: SectionLevel = "auto"
    order: tuple[str, ...] = ()
    """Ids or paths that come first, in this order."""
    sections: tuple[str, ...] = ()
    """Titles or category paths of the sections that come first, in this order."""


@dataclass(frozen=True, slots=True)
class ImagesConfig:
    """`[images]`."""

    proxies: tuple[str, ...] = ()
    """Templates with `{url}`, `{url_encoded}` or `{host_path}`."""
    network_proxy: str = ""
    allow_hosts: tuple[str, ...] = ()
    """`host` or `host:port` that may resolve to a private address."""
    max_mb: float = 20
    timeout_s: float = 20
    connections: int = 16
    connections_per_host: int = 4


@dataclass(frozen=True, slots=True)
class MetaConfig:
    """`meta` of a booklet."""

    publisher: str = ""
    creators: tuple[str, ...] = ()
    series: str = ""
    number: str = ""
    subtitle: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page, in mm."""

    name: str
    """`a4`, or `WxHmm` for a custom size."""
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Job:
    """One booklet to build. Name and title may still hold `{placeholders}`, filled from the period."""

    name: str
    """A template such as `weekly-{year}-W{week}`, or empty: from the sources' folder and the period."""
    title: str
    sources: tuple[Path, ...]
    select: Select
    meta: MetaConfig
    theme: str
    """A name, or a path to a folder."""
    formats: tuple[Format, ...]
    paper: Paper
    options: Mapping[str, OptionValue]
    """The theme's own options, unchecked: the theme knows their types."""
    sheet: Paper | None = None
    """Of a folded booklet; None: the smaller usual one that holds two pages."""
    epub_profile: EpubProfile = "default"
    parts: tuple[str, ...] = ()
    """Which parts, in which order, unchecked: the theme knows its own; empty: the theme's default."""
    texts: Mapping[str, Path] = field(default_factory=dict)
    """The user's own Markdown files, by the part that each makes."""
    outputs: tuple[Path, ...] = ()
    """Files named by `-o`; empty: `<build_dir>/<name>/<name>.<format>`."""
    findings: tuple[Finding, ...] = ()
    """What of the configuration does not hold in this run."""
    line_breaks: Mapping[Path, LineBreaks] = field(default_factory=dict)
    """What single line ends are, by source, links resolved; `auto` for sources that are not there."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a run needs to know. `now` is the only clock."""

    jobs: tuple[Job, ...]
    project_dir: Path
    """The folder of `booklet.toml`, or the working folder: own themes are looked up in its `themes/`."""
    build_dir: Path
    cache_dir: Path
    timezone: ZoneInfo
    now: datetime
    """Aware."""
    modified: datetime | None
    """SOURCE_DATE_EPOCH, if set: the outputs' date instead of the newest article's."""
    language: str
    """Of the booklets, BCP 47."""
    language_given: bool = True
    """Somebody said it; else a booklet is in the language of most of its articles."""
    images: ImagesConfig = ImagesConfig()
    fonts: Mapping[Role, str] = field(default_factory=dict)
    """Role → family name or file path."""
    force: bool = False
    offline: bool = False
    use_cache: bool = True
    keep_stages: Path | None = None
    today: date = date.min
    """The reader's today, in `timezone`."""
    zone_is_asked: bool = field(default=True, compare=False)
    """Whether somebody named `timezone`; else it is the system's, and a site's articles have its days.
    Printed settings name it, so it tells no two configurations apart."""
    processes: int | None = None
    """That lay out a long booklet; None: as many as there are processors."""

    @property
    def kept_dir(self) -> Path | None:
        """Where what is worth keeping between runs is kept; None: nothing is to be."""
        return self.cache_dir if self.use_cache else None
