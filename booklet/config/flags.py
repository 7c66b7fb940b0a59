"""What the command line may say about a run, as plain values; `load` lays it over `booklet.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Flags:
    """Flags as typed, unchecked. None and () mean: not given. Paths are relative to the working folder."""

    sources: tuple[str, ...] = ()
    """Names of `[[booklets]]` entries, files or folders."""
    config: Path | None = None
    # select
    categories: tuple[str, ...] = ()
    exclude_categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    week: str | None = None
    month: str | None = None
    last: str | None = None
    match: str | None = None
    exclude: tuple[str, ...] = ()
    limit: str | None = None
    sort: str | None = None
    drafts: bool = False
    section_level: str | None = None
    timezone: str | None = None
    # outputs
    formats: tuple[str, ...] = ()
    theme: str | None = None
    paper: str | None = None
    epub_profile: str | None = None
    outputs: tuple[Path, ...] = ()
    output_dir: Path | None = None
    name: str | None = None
    title: str | None = None
    sheet: str | None = None
    binding: str | None = None
    language: str | None = None
    # other
    force: bool = False
    offline: bool = False
    no_cache: bool = False
    jobs: str | None = None
    keep_stages: Path | None = None


SPELLING: dict[str, str] = {
    "config": "--config",
    "categories": "--category",
    "exclude_categories": "--exclude-category",
    "tags": "--tag",
    "authors": "--author",
    "since": "--since",
    "until": "--until",
    "week": "--week",
    "month": "--month",
    "last": "--last",
    "match": "--match",
    "exclude": "--exclude",
    "limit": "--limit",
    "sort": "--sort",
    "drafts": "--drafts",
    "section_level": "--section-level",
    "timezone": "--timezone",
    "formats": "--format",
    "theme": "--theme",
    "paper": "--paper",
    "epub_profile": "--epub-profile",
    "outputs": "--output",
    "output_dir": "--output-dir",
    "name": "--name",
    "title": "--title",
    "sheet": "--sheet",
    "binding": "--binding",
    "language": "--language",
    "force": "--force",
    "offline": "--offline",
    "no_cache": "--no-cache",
    "jobs": "--jobs",
    "keep_stages": "--keep-stages",
}
"""How each field of `Flags` is spelled on the command line, for the parser and for error messages."""
