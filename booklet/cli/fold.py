"""`booklet impose`: a PDF's pages on sheets that are printed on both sides, folded and stapled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import REPORT_VERSION, BookletError, Flags, finding_objects, impose_file, shown_path
from booklet.cli.context import printer
from booklet.cli.options import Switches
from booklet.cli.output import Printer

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import Imposed


def run(flags: Flags, switches: Switches, paths: Sequence[Path]) -> int:
    """Impose one PDF.

    Raises:
        BookletError: not two files, the first missing, the second there already; exit code 1: not a PDF.
    """
    if len(paths) != 2:  # noqa: PLR2004 - in and out
        raise BookletError("nothing-to-impose", exit_code=2)
    source, target = paths
    out = printer(switches)
    imposed = impose_file(source, target, sheet=flags.sheet, binding=flags.binding, force=flags.force)
    _tell(imposed, target, out)
    return 0


def _tell(imposed: Imposed, target: Path, out: Printer) -> None:
    if out.json:
        out.document(
            {
                "version": REPORT_VERSION,
                "path": str(target),
                "pages": imposed.pages,
                "sheets": imposed.sheets,
                "sheet": imposed.paper.name,
                "scale": round(imposed.scale, 4),
                "findings": finding_objects(imposed.findings, out.language),
            }
        )
        return
    out.findings(imposed.findings)
    say_sheets(imposed, out)
    out.result(shown_path(target, Path.cwd()))


def say_sheets(imposed: Imposed, out: Printer) -> None:
    """How much paper to put into the printer, and how to print."""
    name = imposed.paper.name
    paper = name if name[0].isdigit() else name.upper()  # 310x220mm, A4
    pages, sheets = (
        out.text(f"ui.{name}-one" if count == 1 else f"ui.{name}", count=count)
        for name, count in (("pages", imposed.pages), ("sheets", imposed.sheets))
    )
    out.say(out.text("ui.imposed", pages=pages, sheets=sheets, paper=paper))
    if imposed.scale < 1:
        out.say(out.text("ui.imposed-reduced", percent=round(100 * imposed.scale)))
