"""`booklet list`: what would go in, in order; builds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import booklet
from booklet import BookletError, Flags, chosen_document, format_path
from booklet.cli.context import config_with_sources, extensions, printer
from booklet.cli.options import Switches
from booklet.cli.outcome import Outcome, failure, worst
from booklet.cli.output import Printer

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import Chosen, Config, Extensions, Job


def run(flags: Flags, switches: Switches, sources: Sequence[str]) -> int:
    """List every booklet asked for. One for which nothing is selected does not keep the others from it.

    Returns:
        The worst exit code, as `booklet build` has it.
    """
    out = printer(switches)
    added = extensions(switches)
    config = config_with_sources(replace(flags, sources=tuple(sources)), added)
    outcomes = [_list(config, job, added, out) for job in config.jobs]
    if out.json:
        documents = [outcome.document for outcome in outcomes]
        out.document(documents if len(documents) > 1 else documents[0])
    return worst(outcomes)


def _list(config: Config, job: Job, added: Extensions, out: Printer) -> Outcome:
    try:
        with out.progress() as reporter:
            chosen = booklet.choose(config, job, progress=reporter, extensions=added)
    except BookletError as error:
        return failure(error, job, out, several=len(config.jobs) > 1)
    if out.json:
        return Outcome(chosen_document(chosen, language=out.language, extensions=added), 0)
    _print(chosen, out, titled=len(config.jobs) > 1)
    return Outcome({}, 0)


def _print(chosen: Chosen, out: Printer, *, titled: bool) -> None:
    headings = [out.text(f"ui.column-{name}") for name in ("number", "date", "section", "title", "source")]
    rows = [
        (article.day.isoformat() if article.day else "", format_path(path), article.title, article.source)
        for path, articles in chosen.sections
        for article in articles
    ]
    numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
    out.table(headings, numbered, title=chosen.meta.title if titled else "")
    out.findings(chosen.findings)
    out.say(out.text("ui.listed", articles=len(rows), name=chosen.meta.name))
