"""What differs between two folders of outputs: bytes, members of EPUBs, pages of PDFs, keys of reports."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DPI = 60  # of the pages compared: a moved hairline still changes a pixel, and 100 pages of A4 take seconds
NO_KEYS = {"timings_s"}  # of a report: they differ in every run
NO_OUTPUT_KEYS = {"bytes", "sha256"}  # of a report's outputs: the files themselves are compared


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not the same: SHA-256 on both sides (None: not there), and which parts of it differ.

    A part is a member of an EPUB, `page N` of a PDF (counted from 1), a key of a report. `note` says in words
    what no part names.
    """

    name: str
    before: str | None
    after: str | None
    parts: tuple[str, ...] = ()
    note: str = ""


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names(folder: Path) -> set[str]:
    """The files below a folder, with `/`."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def differences(before: Path, after: Path, *, prefix: str = "") -> tuple[Difference, ...]:
    """What differs, by name.

    Args:
        before: folder of the earlier outputs.
        after: folder of the later ones.
        prefix: put before the names.
    """
    found = []
    olds, news = names(before), names(after)
    for name in sorted(olds | news):
        old = sha256(before / name) if name in olds else None
        new = sha256(after / name) if name in news else None
        if old is None or new is None:
            found.append(Difference(prefix + name, old, new))
        elif old != new:
            parts, note = _inside(before / name, after / name)
            if parts or note:
                found.append(Difference(prefix + name, old, new, parts, note))
    return tuple(found)


def _inside(before: Path, after: Path) -> tuple[tuple[str, ...], str]:
    """Parts that differ, and a note; neither: nothing that counts differs (a report's timings)."""
    try:
        if before.name == "report.json":
            keys = changed_keys(json.loads(before.read_bytes()), json.loads(after.read_bytes()))
            return tuple(dict.fromkeys(keys)), ""
        if before.suffix == ".epub":
            return _members(before, after)
        if before.suffix == ".pdf":
            return _pages(before, after)
    except (ValueError, zipfile.BadZipFile, subprocess.CalledProcessError) as error:
        return (), f"cannot be read: {error}"
    return (), "the bytes differ"


def _members(before: Path, after: Path) -> tuple[tuple[str, ...], str]:
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        olds, news = old.namelist(), new.namelist()
        changed = [
            name
            for name in sorted({*olds, *news})
            if name not in olds or name not in news or old.read(name) != new.read(name)
        ]
        lost, added = len(set(olds) - set(news)), len(set(news) - set(olds))
    note = f"members lost: {lost}, new: {added}" if lost or added else ""
    return tuple(changed), note if changed else "same members, packed otherwise (order, dates or compression)"


def _pages(before: Path, after: Path) -> tuple[tuple[str, ...], str]:
    with tempfile.TemporaryDirectory() as scratch:
        olds = raster(before, Path(scratch, "before"))
        news = raster(after, Path(scratch, "after"))
    count = max(len(olds), len(news))
    changed = [f"page {n + 1}" for n in range(count) if olds[n : n + 1] != news[n : n + 1]]
    if len(olds) != len(news):
        return tuple(changed), f"{len(olds)} pages, now {len(news)}"
    return tuple(changed), f"of {count} pages" if changed else f"all {count} pages look the same"


def raster(pdf: Path, folder: Path) -> list[str]:
    """SHA-256 of each page's pixels, in order.

    Raises:
        RuntimeError: poppler is not installed.
        subprocess.CalledProcessError: the file is no PDF.
    """
    program = shutil.which("pdftoppm")
    if program is None:
        raise RuntimeError("pages are compared by pdftoppm: install poppler-utils")
    folder.mkdir(parents=True)
    subprocess.run([program, "-r", str(DPI), str(pdf), str(folder / "p")], check=True, capture_output=True)
    return [sha256(path) for path in sorted(folder.iterdir())]  # numbers are padded to one width


def changed_keys(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Keys of a report that are gone or have another value, as `articles.0.pages`; new keys are no change."""
    if isinstance(before, dict) and isinstance(after, dict):
        left_out = NO_KEYS | (NO_OUTPUT_KEYS if re.fullmatch(r"outputs\.\d+", path) else set())
        for key in before:
            if key in left_out:
                continue
            inner = f"{path}.{key}" if path else key
            if key in after:
                yield from changed_keys(before[key], after[key], inner)
            else:
                yield inner
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from changed_keys(old, new, f"{path}.{number}")
    elif before != after:
        yield path
