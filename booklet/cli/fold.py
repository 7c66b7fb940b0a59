"""`booklet impose`: a PDF's pages on sheets that are printed on both sides, folded and stapled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import files
from booklet.cli.context import printer
from booklet.cli.options import Switches
from booklet.cli.output import Printer
from booklet.config import convert
from booklet.config.flags import SPELLING, Flags
from booklet.config.papers import SHEETS
from booklet.findings import BookletError
from booklet.impose.order import BINDINGS
from booklet.report import VERSION, finding_objects, shown_path

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet.impose.place import Imposed


def run(flags: Flags, switches: Switches, paths: Sequence[Path]) -> int:
    """Impose one PDF.

    Raises:
        BookletError: not two files, the first missing, the second there already; exit code 1: not a PDF.
    """
    from booklet.impose.place import impose

    if len(paths) != 2:  # noqa: PLR2004 - in and out
        raise BookletError("nothing-to-impose", exit_code=2)
    source, target = paths
    out = printer(switches)
    sheet = convert.sheet(flags.sheet)
    binding = convert.choice(flags.binding or "left", SPELLING["binding"], BINDINGS)
    data = _read(source)
    if not flags.force:
        files.refuse_foreign(target, (target.parent / "report.json",))
    imposed = impose(data, name=str(source), sheet=sheet, binding=binding)
    files.write_atomic(target, imposed.data)
    _tell(imposed, target, out)
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BookletError("file-missing", exit_code=2, source=str(path), path=str(path)) from error
    except OSError as error:  # a folder, no right to read
        raise BookletError("pdf-unreadable", name=str(path), reason=error.strerror or str(error)) from error


def _tell(imposed: Imposed, target: Path, out: Printer) -> None:
    if out.json:
        out.document(
            {
                "version": VERSION,
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
    paper = imposed.paper.name.upper() if imposed.paper in SHEETS else imposed.paper.name
    pages, sheets = (
        out.text(f"ui.{name}-one" if count == 1 else f"ui.{name}", count=count)
        for name, count in (("pages", imposed.pages), ("sheets", imposed.sheets))
    )
    out.say(out.text("ui.imposed", pages=pages, sheets=sheets, paper=paper))
    if imposed.scale < 1:
        out.say(out.text("ui.imposed-reduced", percent=round(100 * imposed.scale)))
