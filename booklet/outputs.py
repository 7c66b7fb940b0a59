"""Where the outputs go, and their writing: all made in memory first, then each file at once or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from booklet import files
from booklet.config.formats import FormatNames, ending, format_asked
from booklet.config.values import Config, Job
from booklet.findings import Finding, finding
from booklet.model import Booklet, CleanArticle, Format, Output
from booklet.report import Json, articles_of, as_json, outputs_of
from booklet.results import Made

REPORT = "report.json"
JOURNAL = ".booklet-outputs.json"
"""Lists, as a report does, what a run was about to write: one that ends early locks nobody out."""

Targets = tuple[tuple[Format, Path], ...]


def targets(job: Job, *, folder: Path, name: str, formats: FormatNames) -> Targets:
    """Where each output is written: the files named by `-o`, else `<folder>/<name><the row's ending>`."""
    if job.outputs:
        return tuple((format_asked(path, formats), path) for path in job.outputs)
    rows = {row.name: row for row in formats}
    return tuple((form, folder / f"{name}{ending(rows[form], job.epub_profile)}") for form in job.formats)


def refuse_foreign(places: Targets, *, folder: Path, force: bool) -> None:
    """See to it, before any work, that no file is overwritten that booklet did not write.

    Raises:
        BookletError: `not-ours` (exit code 2).
    """
    if force:
        return
    report = folder / REPORT
    for path in (report, *(path for _, path in places)):
        files.refuse_foreign(path, (path.parent / REPORT, report, path.parent / JOURNAL))


def write(made: Sequence[Made], places: Targets) -> tuple[Output, ...]:
    """Write what could be made, in the order of `places`.

    Raises:
        BookletError: `write-failed`; no file is half-written, and those that were written count as ours.
    """
    by_format = {one.format: one for one in made}
    ready = [(path, one, one.data) for form, path in places if (one := by_format[form]).data is not None]
    written = tuple(
        Output(
            format=one.format,
            path=path,
            bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            pages=one.page_map.pages if one.page_map else None,
        )
        for path, one, data in ready
        if data is not None
    )
    _announce(written)
    for path, _, data in ready:
        if data is not None:
            files.write_atomic(path, data)
    return written


def _announce(written: Sequence[Output]) -> None:
    """Say which bytes are about to be written, beside where they go."""
    for folder in dict.fromkeys(output.path.parent for output in written):
        earlier = outputs_of(folder / JOURNAL)  # of a run that ended before its report
        listed = earlier + [
            {"path": output.path.name, "sha256": output.sha256}
            for output in written
            if output.path.parent == folder
        ]
        files.write_atomic(folder / JOURNAL, json.dumps({"outputs": listed}, ensure_ascii=False).encode())


def keep_report(document: Json, folder: Path) -> None:
    """Write report.json. It also lists what earlier runs wrote and still stands, lest it become foreign.

    Raises:
        BookletError: `write-failed`.
    """
    names = {Path(output["path"]).name for output in document["outputs"]}
    chars = {article["id"]: article["chars"] for article in document["articles"]}
    same, others = _standing(folder, names, chars)
    content = {**document, "outputs": [*document["outputs"], *same], **({"stale": others} if others else {})}
    files.write_atomic(folder / REPORT, f"{as_json(content)}\n".encode(errors="backslashreplace"))


def stale(booklet: Booklet, written: Sequence[Output], folder: Path) -> tuple[Finding, ...]:
    """What earlier runs wrote of other articles and still stands beside what was written now.

    A PDF of last week beside the EPUB of this week is easily handed out with it.
    """
    chars = {
        entry.article.article.id: entry.article.text_chars
        for section in booklet.sections
        for entry in section.entries
    }
    _, others = _standing(folder, {output.path.name for output in written}, chars)
    return tuple(finding("output-stale", path=Path(one["path"]).name) for one in others)


def _standing(
    folder: Path, names: Collection[str], chars: Mapping[str, int]
) -> tuple[list[Json], list[Json]]:
    """What the report of an earlier run lists and still stands: of the same articles, and of others.

    Articles are the same by their ids and lengths: a report says no more of them.

    Args:
        folder: of the report.
        names: of the files that were written now.
        chars: by article, of what was written now.
    """
    report = folder / REPORT
    there = [
        one
        for one in outputs_of(report)
        if (path := Path(one["path"])).name not in names
        and (path.is_file() or (folder / path.name).is_file())
    ]
    current = outputs_of(report, ("outputs",)) if articles_of(report) == chars else []
    return [one for one in there if one in current], [one for one in there if one not in current]


def settle(written: Sequence[Output]) -> None:
    """The report of these outputs is written: what was announced is said there."""
    for folder in dict.fromkeys(output.path.parent for output in written):
        with suppress(OSError):  # it does no harm
            (folder / JOURNAL).unlink(missing_ok=True)


def keep_stages(config: Config, cleaned: Iterable[CleanArticle]) -> None:
    """Write each article as it came and as it was cleaned, if that is asked for (`--keep-stages`)."""
    if config.keep_stages is None:
        return
    for result in cleaned:
        article, folder = result.article, config.keep_stages / result.article.id
        files.write_atomic(folder / f"before.{article.body_format}", article.body.encode())
        files.write_atomic(folder / "after.xhtml", result.body.encode())
