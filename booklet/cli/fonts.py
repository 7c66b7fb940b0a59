"""`booklet check --fonts`: which face each role has, and which characters of the articles none has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import REPORT_VERSION, Finding, Flags, Json, check_fonts, finding_objects
from booklet.cli.context import config_with_sources, extensions, loaded, printer
from booklet.cli.options import Switches

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import Faces


def run(flags: Flags, switches: Switches, paths: Sequence[Path]) -> tuple[Finding, ...]:
    """Print the faces of the first booklet's theme and look for characters that they lack.

    Args:
        flags: `--config`.
        switches: how to print.
        paths: booklets of booklet.toml, folders or files; none, and no sources configured: the faces alone.

    Returns:
        What is wrong; the caller makes the exit code of it.
    """
    out = printer(switches)
    asked = replace(flags, sources=tuple(str(path) for path in paths))
    added = extensions(switches)
    config = loaded(asked, added).config
    has_sources = bool(config.jobs[0].sources)
    result = check_fonts(config_with_sources(asked, added) if has_sources else config, extensions=added)
    faces, findings = result.faces, result.findings
    if out.json:
        out.document(
            {
                "version": REPORT_VERSION,
                "faces": _face_objects(faces),
                "findings": finding_objects(findings, out.language),
            }
        )
        return findings
    headings = [out.text(f"ui.column-{name}") for name in ("role", "face", "file")]
    rows = [(face["role"], face["family"], face["path"] or "–") for face in _face_objects(faces)]
    out.table(headings, rows)
    out.findings(findings)
    if has_sources:
        counts = (dict(found.params).get("count", 1) for found in findings if found.code.startswith("glyph"))
        out.say(out.text("ui.fonts-checked", articles=result.articles, missing=sum(map(int, counts))))
    return findings


def _face_objects(faces: Faces) -> list[Json]:
    return [
        {
            "role": role,
            "family": (found.regular.families[0] if found.regular else found.families[0]),
            "path": str(found.regular.path) if found.regular else "",
            "bold_path": str(found.bold.path) if found.bold else "",
        }
        for role, found in faces.roles.items()
    ]
