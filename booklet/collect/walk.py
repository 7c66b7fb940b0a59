"""Finds the articles' files below the sources; opens none of them.

Kept apart from reading so that an index can compare sizes and times before anything is parsed.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from booklet.collect.sources import SOURCES, SourceRow, endings_of, taking_file, taking_folder
from booklet.findings import Finding, finding, system_reason
from booklet.model import ArticleRef

_NEVER = frozenset({"node_modules", "__pycache__", "_site", "bower_components"})
_OF_A_SITE = frozenset(
    {"_includes", "_layouts", "archetypes", "build", "dist", "layouts", "public", "resources", "scaffolds"}
    | {"themes", "vendor"}
)
"""Templates and output, where they lie beside a site's configuration; elsewhere names like others."""
_SITE_FILES = frozenset(
    f"{stem}.{ending}"
    for stem in ("_config", "config", "hugo", "booklet")
    for ending in ("toml", "yaml", "yml", "json")
)
"""Configurations of Hexo, Jekyll and Hugo, and our own."""
_PAGE = re.compile(r"(?i)\.x?html?$")
_OF_PAGES = ("_files", ".files", "_文件", "-Dateien", "_fichiers", "_archivos")
"""Of Chrome, Edge and Firefox; of Internet Explorer and Word; what some of them call it elsewhere."""
_REPARSE_POINT = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
"""Windows: junctions are no symlinks to `os`, and lead elsewhere all the same."""


@dataclass(slots=True)
class Walked:
    """What the sources hold, in the order of sources and then of names."""

    refs: list[ArticleRef] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def walk(
    sources: Sequence[Path], *, skip: Iterable[Path] = (), rows: Sequence[SourceRow] = SOURCES
) -> Walked:
    """List the articles of folders (any depth) and single files, each file once.

    Hidden folders, build output and the folders of `skip` are not entered; links are not followed out of
    their source, nor into folders. Which of `rows` takes a file, or a whole folder, is in `ArticleRef.kind`.
    """
    walked = Walked()
    skipped = frozenset(map(_real, skip))
    seen: set[str] = set()
    for source in sources:
        for ref in _of_source(source, skipped, rows, walked.findings):
            key = _real(ref.path) if ref.path.is_symlink() else os.path.normcase(ref.path)
            if key not in seen:
                seen.add(key)
                walked.refs.append(ref)
    return walked


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _of_source(
    source: Path, skipped: frozenset[str], rows: Sequence[SourceRow], findings: list[Finding]
) -> Iterator[ArticleRef]:
    try:
        root = Path(os.path.realpath(source))
        status = root.stat()
    except FileNotFoundError:
        findings.append(finding("source-missing", str(source), path=str(source)))
        return
    except (OSError, ValueError) as error:
        findings.append(finding("file-unreadable", str(source), reason=system_reason(error)))
        return
    if stat.S_ISDIR(status.st_mode):
        if row := taking_folder(rows, root):
            yield _ref(root, root.parent, status, row)
        else:
            yield from _below(root, skipped, rows, findings)
    elif stat.S_ISREG(status.st_mode) and (row := taking_file(rows, source)):
        yield _ref(root, root.parent, status, row)
    else:
        endings = endings_of(rows)
        findings.append(finding("source-unsupported", str(source), path=str(source), endings=endings))


def _below(
    root: Path, skipped: frozenset[str], rows: Sequence[SourceRow], findings: list[Finding]
) -> Iterator[ArticleRef]:
    """Depth first, files and folders of one folder together by name; a stack, as depth is hostile input."""
    stack = [_entries(root, root, findings)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        path = Path(entry.path)
        try:
            if entry.is_dir(follow_symlinks=False) and not _leads_elsewhere(entry):
                if os.path.normcase(path) in skipped:
                    continue
                if row := taking_folder(rows, path):
                    yield _ref(path, root, entry.stat(follow_symlinks=False), row)
                else:
                    stack.append(_entries(path, root, findings))
                continue
            ref = _file(entry, root, rows, findings)
        except OSError as error:
            findings.append(finding("file-unreadable", relative(path, root), reason=system_reason(error)))
            continue
        if ref:
            yield ref


def _entries(folder: Path, root: Path, findings: list[Finding]) -> Iterator[os.DirEntry[str]]:
    """The folder's visible entries by name."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: (unicodedata.normalize("NFC", entry.name), entry.name))
    except OSError as error:
        source = relative(folder, root) if folder != root else str(folder)
        findings.append(finding("folder-unreadable", source, reason=system_reason(error)))
        return iter(())
    unwanted = _NEVER | _beside_pages({entry.name for entry in entries})
    if any(entry.name in _SITE_FILES for entry in entries):
        unwanted |= _OF_A_SITE
    return iter(
        [entry for entry in entries if not entry.name.startswith((".", "~$")) and entry.name not in unwanted]
    )


def _beside_pages(names: set[str]) -> frozenset[str]:
    """The folders in which browsers keep what a saved page shows: `page_files` beside `page.html`."""
    stems = {name[: found.start()] for name in names if (found := _PAGE.search(name))}
    return frozenset(f"{stem}{ending}" for stem in stems for ending in _OF_PAGES)


def _leads_elsewhere(entry: os.DirEntry[str]) -> bool:
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return entry.is_symlink() or bool(attributes & _REPARSE_POINT)


def _file(
    entry: os.DirEntry[str], root: Path, rows: Sequence[SourceRow], findings: list[Finding]
) -> ArticleRef | None:
    path = Path(entry.path)
    linked = _leads_elsewhere(entry)
    is_folder = linked and entry.is_dir()
    row = taking_file(rows, path)
    if not is_folder and row is None:
        return None
    if linked and not Path(os.path.realpath(path)).is_relative_to(root):
        findings.append(finding("link-not-followed", relative(path, root)))
        return None
    if is_folder or row is None:
        return None
    status = entry.stat()
    # Pipes and devices would block the reader.
    return _ref(path, root, status, row) if stat.S_ISREG(status.st_mode) else None


def _ref(path: Path, root: Path, status: os.stat_result, row: SourceRow) -> ArticleRef:
    return ArticleRef(path, root, relative(path, root), status.st_size, status.st_mtime_ns, row.name)


def relative(path: Path, root: Path) -> str:
    """The name to show: below the root, with "/", composed (NFC), and encodable whatever the disk holds."""
    text = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
    return text.encode("utf-8", "replace").decode("utf-8")
