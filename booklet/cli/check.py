"""`booklet check`: reads outputs back with real tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import REPORT_VERSION, BookletError, Finding, Flags, Json, check_file, finding_objects
from booklet.cli import fonts
from booklet.cli.context import extensions, printer
from booklet.cli.options import Switches
from booklet.cli.output import Printer

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import CheckResult

FAULTY = 3


def run(flags: Flags, switches: Switches, paths: Sequence[Path]) -> int:
    """Check every file; with `--fonts` the faces, and the articles that would be set in them.

    Returns:
        3 if one has a finding of level error, or with `--strict` of level warning; else 0.

    Raises:
        BookletError: `nothing-to-check`, `file-missing` (exit code 2).
    """
    if switches.fonts:
        return _exit_code(fonts.run(flags, switches, paths), switches)
    if not paths:
        raise BookletError("nothing-to-check", exit_code=2)
    out = printer(switches)
    added = extensions(switches)
    results = []
    for path in paths:
        result = check_file(path, extensions=added)
        results.append(result)
        if not out.json:
            _print(result, out)
    if out.json:
        out.document({"version": REPORT_VERSION, "files": [_document(result, out) for result in results]})
    return _exit_code([finding for result in results for finding in result.findings], switches)


def _exit_code(findings: Sequence[Finding], switches: Switches) -> int:
    failing = ("error", "warning") if switches.strict else ("error",)
    return FAULTY if any(finding.level in failing for finding in findings) else 0


def _document(result: CheckResult, out: Printer) -> Json:
    return {
        "path": str(result.path),
        "kind": result.kind,
        "facts": dict(result.facts),
        "findings": finding_objects(result.findings, out.language),
    }


def _print(result: CheckResult, out: Printer) -> None:
    levels = [finding.level for finding in result.findings]
    counts = {"errors": levels.count("error"), "warnings": levels.count("warning")}
    out.result(out.text("ui.checked", path=str(result.path), **counts))
    for name, value in result.facts:
        out.result(f"  {name}: {value}")
    out.findings(result.findings)
