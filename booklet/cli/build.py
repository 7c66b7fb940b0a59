"""`booklet build`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import booklet
from booklet import BookletError, Flags, StoppedError, report_document, shown_path
from booklet.cli.context import config_with_sources, extensions, printer, stopping
from booklet.cli.fold import say_sheets
from booklet.cli.options import Switches
from booklet.cli.outcome import FAILED, OK, STRICT, Outcome, failure, unforeseen, worst
from booklet.cli.output import Printer

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import BuildResult, Config, Extensions, Job


def run(flags: Flags, switches: Switches, sources: Sequence[str]) -> int:
    """Build all booklets asked for. One that cannot be built does not keep the others from it.

    Returns:
        The worst exit code: 2, then 1, 4, 3, 0.
    """
    out = printer(switches)
    added = extensions(switches)
    config = config_with_sources(replace(flags, sources=tuple(sources)), added)
    outcomes = [_build(config, job, added, out, strict=switches.strict) for job in config.jobs]
    if out.json:
        documents = [outcome.document for outcome in outcomes]
        out.document(documents if len(documents) > 1 else documents[0])
    return worst(outcomes)


def _build(config: Config, job: Job, added: Extensions, out: Printer, *, strict: bool) -> Outcome:
    try:
        with out.progress() as reporter, stopping() as cancel:
            result = booklet.build(
                config,
                job,
                progress=reporter,
                cancel=cancel,
                language=out.language,
                extensions=added,
            )
        document = report_document(result, base=Path.cwd(), language=out.language)
    except StoppedError:  # Ctrl-C is for all booklets
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other booklets are built
        told = error if isinstance(error, BookletError) else unforeseen(error, out)
        return failure(told, job, out, several=len(config.jobs) > 1)
    if not out.json:
        _print(result, out)
    return Outcome(document, _exit_code(result, strict=strict))


def _exit_code(result: BuildResult, *, strict: bool) -> int:
    if result.failed:
        return FAILED
    warned = any(finding.level != "info" for finding in result.findings)
    return STRICT if strict and warned else OK


def _print(result: BuildResult, out: Printer) -> None:
    out.findings(result.findings)
    entries = [entry for section in result.booklet.sections for entry in section.entries]
    pages = result.page_map.pages if result.page_map else 0
    key = "ui.built-pages" if pages else "ui.built"
    title, seconds = result.booklet.meta.title, round(result.timings["total"], 1)
    out.say(out.text(key, title=title, articles=len(entries), pages=pages, seconds=seconds))
    if result.folded:
        say_sheets(result.folded, out)
    for output in result.outputs:
        out.result(shown_path(output.path, Path.cwd()))
