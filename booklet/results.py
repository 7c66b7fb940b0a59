"""What the pipeline hands to the command line: the choice, the build, and the seconds each stage took."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.config.values import OptionValue, Paper
from booklet.findings import Finding
from booklet.model import (
    Article,
    Booklet,
    BookletMeta,
    CategoryPath,
    EpubProfile,
    Format,
    ImageReport,
    Output,
)
from booklet.render.text.page_map import PageMap

if TYPE_CHECKING:  # `--help` and `booklet list` need neither engines nor themes
    from booklet.fonts import Faces
    from booklet.impose.place import Imposed
    from booklet.theme import Theme

Sections = tuple[tuple[CategoryPath, tuple[Article, ...]], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes in, in order: the answer of `list`, the beginning of `build`."""

    sections: Sections
    meta: BookletMeta
    findings: tuple[Finding, ...]
    others: tuple[Article, ...] = ()
    """The articles of the sources that are not in and no drafts, without their bodies: links lead to them."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in the booklet's order."""
        return tuple(article for _, articles in self.sections for article in articles)


@dataclass(frozen=True, slots=True)
class Plugin:
    """A row, or some, that an installed package adds to a table of ours."""

    name: str
    """Of the entry point."""
    version: str
    group: str
    """Of the entry point: `booklet.steps` …"""
    package: str


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built, and all that the report says of it."""

    booklet: Booklet
    theme: str
    outputs: tuple[Output, ...]
    page_map: PageMap | None
    images: ImageReport
    findings: tuple[Finding, ...]
    timings: Mapping[str, float]
    """Seconds by stage, and `total`. For people: nothing in an output depends on them."""
    folder: Path
    """Where report.json belongs."""
    failed: bool
    """An output that was asked for could not be made (exit code 1)."""
    folded: Imposed | None = None
    """The folded booklet, if one was made."""
    plugins: tuple[Plugin, ...] = ()
    """What packages added to the tables."""


@dataclass(frozen=True, slots=True)
class FontsResult:
    """The faces that a booklet would be set in, and what they lack."""

    faces: Faces
    articles: int
    """How many were looked through."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What renderers are told of the booklet's look."""

    theme: Theme
    options: Mapping[str, OptionValue]
    paper: Paper
    faces: Faces
    epub_profile: EpubProfile = "default"
    cache_dir: Path | None = None
    """Where compiled templates are kept; None: nowhere."""
    made_with: str = ""
    """The packages that add to this build (`Extensions.key`): part of the keys of what is kept."""


@dataclass(frozen=True, slots=True)
class Made:
    """One output in memory; `data` None: it could not be made, and a finding says why."""

    format: Format
    data: bytes | None
    findings: tuple[Finding, ...]
    page_map: PageMap | None = None
    folded: Imposed | None = None


def result_of(  # noqa: PLR0913 - what a build says of itself, each by its name
    made: Sequence[Made],
    *,
    booklet: Booklet,
    theme: str,
    outputs: tuple[Output, ...],
    images: ImageReport,
    findings: tuple[Finding, ...],
    timings: Mapping[str, float],
    folder: Path,
    plugins: tuple[Plugin, ...] = (),
) -> BuildResult:
    """What was built; `findings` are those from before the outputs were made."""
    return BuildResult(
        booklet=booklet,
        theme=theme,
        outputs=outputs,
        page_map=next((one.page_map for one in made if one.page_map), None),
        images=images,
        findings=(*findings, *(found for one in made for found in one.findings)),
        timings=timings,
        folder=folder,
        failed=any(one.data is None for one in made),
        folded=next((one.folded for one in made if one.folded), None),
        plugins=plugins,
    )


class Stopwatch:
    """Seconds by stage; a monotonic counter, not a clock: it cannot tell the date."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._seconds = dict.fromkeys(("collect", "clean", "images", "epub", "pdf"), 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what the block takes to the stage `name`."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - began

    def timings(self) -> dict[str, float]:
        """By stage, in the line's order, then those of packages, then `total`."""
        return {**self._seconds, "total": time.perf_counter() - self._began}
