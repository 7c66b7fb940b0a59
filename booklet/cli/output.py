"""What is printed: results on stdout, everything else on stderr; nothing else in the house prints."""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from booklet import (
    CODES,
    DETAILS,
    BookletError,
    Event,
    Finding,
    Level,
    Reporter,
    Stage,
    as_json,
    describe_error,
    silent,
)
from booklet.words.messages import Language, describe, table, text

LEVELS: tuple[Level, ...] = ("error", "warning", "info")
SHOWN: dict[Level, int] = {"error": 100, "warning": 40, "info": 20}
"""Findings printed of each level without `-v`; the report always has all."""
WIDE_COLUMNS = 200
"""Of a table that goes to a file or a pipe: nothing is folded that fits a long title."""


def make_streams_safe() -> None:
    """See to it that no character ends the run: Windows consoles and pipes often speak a small code page.

    A stream that was closed before the start (None) goes nowhere.
    """
    if sys.stdout is None or sys.stderr is None:
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end, as streams are
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


@dataclass(frozen=True, slots=True)
class Printer:
    """How to talk to this user."""

    language: Language
    json: bool = False
    quiet: bool = False
    verbose: bool = False

    def text(self, key: str, **params: str | int | float) -> str:
        """The sentence for `key`."""
        return text(key, self.language, **params)

    def stage(self, name: Stage) -> str:
        """A stage's name for people; that of a package's output is its own."""
        key = f"ui.stage-{name}"
        return self.text(key) if key in table(self.language) else name

    def result(self, line: str) -> None:
        """One result for people or pipes; with `--json` the document says it."""
        if not self.json:
            sys.stdout.write(f"{harmless(line)}\n")

    def document(self, content: Any) -> None:
        """The one JSON document of a run with `--json`."""
        sys.stdout.write(f"{as_json(content, ascii_only=not _speaks_unicode(sys.stdout))}\n")

    def say(self, line: str) -> None:
        """A remark."""
        if not self.quiet:
            sys.stderr.write(f"{harmless(line)}\n")

    def error(self, error: BookletError) -> None:
        """One sentence and what to do."""
        self.findings(error.findings)
        message, hint = describe_error(error, self.language)
        sys.stderr.write(f"{harmless(self.text('ui.error', message=message))}\n")
        if hint:
            sys.stderr.write(f"  → {harmless(hint)}\n")

    def findings(self, findings: Sequence[Finding]) -> None:
        """All findings by level, then by code, each hint once; without `-v` no details, and lists are cut."""
        told = [finding for finding in findings if self.verbose or finding.code not in DETAILS]
        for level in LEVELS:
            group = [finding for finding in told if finding.level == level]
            if group and not (self.quiet and level != "error"):
                self._level(level, group)

    def _level(self, level: Level, findings: list[Finding]) -> None:
        limit = len(findings) if self.verbose else SHOWN[level]
        order = list(CODES)
        ordered = sorted(findings, key=lambda finding: order.index(finding.code))[:limit]
        lines = [self.text(f"ui.count-{level}", count=len(findings))]
        hinted = ((finding, *describe(finding, self.language)) for finding in ordered)
        for hint, same in groupby(hinted, key=lambda row: row[2]):
            lines.extend(f"  {_place(finding)}{message}" for finding, message, _ in same)
            lines.append(f"    → {hint}")
        if len(findings) > limit:
            lines.append(f"  {self.text('ui.more', count=len(findings) - limit)}")
        sys.stderr.write("".join(f"{harmless(line)}\n" for line in lines))

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
        """A table on stdout; on a terminal as wide as that, else wide enough for pipes."""
        from rich.box import SIMPLE
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(
            title=Text(harmless(title)) if title else None,
            title_justify="left",
            box=SIMPLE,
            show_edge=False,
            pad_edge=False,
        )
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*(Text(harmless(cell)) for cell in row))
        terminal = sys.stdout.isatty()
        Console(file=sys.stdout, width=None if terminal else WIDE_COLUMNS, highlight=False).print(table)

    @contextlib.contextmanager
    def progress(self) -> Iterator[Reporter]:
        """A reporter that draws one bar a stage, on a terminal; elsewhere it is silent."""
        if self.quiet or not sys.stderr.isatty():
            yield silent
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.text import Text

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[subject]}", markup=False),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
            tasks: dict[Stage, Any] = {}

            def draw(event: Event) -> None:
                if event.stage not in tasks:
                    name = self.stage(event.stage)
                    tasks[event.stage] = bars.add_task(name, total=None, subject="")
                subject = Text(harmless(event.subject))
                subject.truncate(40, overflow="ellipsis")
                got = f"{event.bytes / 1_000_000:.1f} MB  " if event.bytes else ""
                bars.update(
                    tasks[event.stage],
                    completed=event.done,
                    total=event.total or None,
                    subject=f"{got}{subject.plain}",
                )

            yield draw


def harmless(line: str) -> str:
    """One line without control characters: file names and titles may hold commands to the terminal."""
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" else char for char in line)


def _speaks_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


def _place(finding: Finding) -> str:
    if not finding.source:
        return ""
    line = f":{finding.line}" if finding.line else ""
    return f"{finding.source}{line}: "
