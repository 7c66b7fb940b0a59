"""`booklet check`: reads outputs back with real tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from booklet.cli.context import printer
from booklet.cli.options import Switches
from booklet.config.flags import Flags
from booklet.findings import BookletError
from booklet.report import VERSION, finding_objects

FAULTY = 3


def run(_flags: Flags, switches: Switches, paths: Sequence[Path]) -> int:
    """Check every file.

    Returns:
        3 if one has a finding of level error, or with `--strict` of level warning; else 0.
    """
    if not paths:
        raise BookletError("nothing-to-check", exit_code=2)
    for path in paths:
        if not path.is_file():
            raise BookletError("file-missing", exit_code=2, source=str(path), path=str(path))
    from booklet.check import check

    out = printer(switches)
    failing = ("error", "warning") if switches.strict else ("error",)
    documents, code = [], 0
    for path in paths:
        findings = check(path)
        documents.append({"path": str(path), "findings": finding_objects(findings, out.language)})
        if any(finding.level in failing for finding in findings):
            code = FAULTY
        if not out.json:
            out.findings(findings)
            levels = [finding.level for finding in findings]
            counts = {"errors": levels.count("error"), "warnings": levels.count("warning")}
            out.result(out.text("ui.checked", path=str(path), **counts))
    if out.json:
        out.document({"version": VERSION, "files": documents})
    return code
