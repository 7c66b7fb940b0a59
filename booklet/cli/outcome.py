"""What became of each booklet, where a command takes several: documents and exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booklet import BookletError, Json, error_object
from booklet.cli.output import Printer

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import Job

OK, FAILED, USAGE, STRICT, NOTHING = 0, 1, 2, 3, 4
WORST_FIRST = (USAGE, FAILED, NOTHING, STRICT, OK)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one booklet."""

    document: Json
    exit_code: int


def failure(error: BookletError, job: Job, out: Printer, *, several: bool) -> Outcome:
    """Tell of a booklet that could not be made; among several, it is named."""
    if not out.json:
        if several:
            out.say(f"{job.name}:")
        out.error(error)
    return Outcome(error_object(error, out.language), error.exit_code)


def unforeseen(error: Exception, out: Printer) -> BookletError:
    """A fault that nobody expected, as one sentence; with `-v` its traceback comes before."""
    if out.verbose:
        sys.stderr.write("".join(traceback.format_exception(error)))
    if isinstance(error, OSError):  # stdout on a full disk, a folder that went away
        return BookletError("system-refused", reason=str(error))
    return BookletError("internal", reason=f"{type(error).__name__}: {error}")


def worst(outcomes: Sequence[Outcome]) -> int:
    """The exit code of all: 2, then 1, 4, 3, 0."""
    return min((outcome.exit_code for outcome in outcomes), key=WORST_FIRST.index)
