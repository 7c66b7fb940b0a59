"""Where the outputs go, and their writing: all made in memory first, then each file at once or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from booklet import files
from booklet.config.formats import ending, format_named
from booklet.config.values import Job
from booklet.model import Format, Output
from booklet.results import Made

Targets = tuple[tuple[Format, Path], ...]


def targets(job: Job, *, folder: Path, name: str) -> Targets:
    """Where each format is written: the files named by `-o`, else `<folder>/<name><the format's ending>`."""
    if job.outputs:
        return tuple((format_named(path), path) for path in job.outputs)
    return tuple((form, folder / f"{name}{ending(form, job.epub_profile)}") for form in job.formats)


def refuse_foreign(places: Targets, *, folder: Path, force: bool) -> None:
    """See to it, before any work, that no file is overwritten that booklet did not write.

    Raises:
        BookletError: `not-ours` (exit code 2).
    """
    if force:
        return
    report = folder / "report.json"
    for path in (report, *(path for _, path in places)):
        files.refuse_foreign(path, (path.parent / "report.json", report))


def write(made: Sequence[Made], places: Targets) -> tuple[Output, ...]:
    """Write what could be made, in the order of `places`.

    Raises:
        BookletError: `write-failed`; no file is half-written.
    """
    by_format = {one.format: one for one in made}
    written = []
    for form, path in places:
        one = by_format[form]
        if one.data is None:
            continue
        files.write_atomic(path, one.data)
        written.append(
            Output(
                format=form,
                path=path,
                bytes=len(one.data),
                sha256=hashlib.sha256(one.data).hexdigest(),
                pages=one.page_map.pages if one.page_map else None,
            )
        )
    return tuple(written)
