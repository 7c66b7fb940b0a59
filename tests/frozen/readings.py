"""What the frozen project's builds are compared by: digests, reports, text."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from tests.same import builds
from tests.same.builds import Side
from tests.same.compare import names, sha256

HERE = Path(__file__).parent
PROJECT, RECORD = HERE / "project", HERE / "record"
CACHE = RECORD / "cache.tar.xz"
KINDS = ("warm", "cold")
"""With the cache of 2f5a4a7, and with none."""


def built(side: Side, place: Path, *, warm: bool) -> Path:
    """The outputs of the frozen project, built off-line below `place`, which is new."""
    shutil.copytree(PROJECT, place / "work" / "frozen")
    cache = place / "cache"
    cache.mkdir()
    if warm:
        with tarfile.open(CACHE) as packed:
            packed.extractall(cache, filter="data")
    builds.make(side, builds.FROZEN, place / "work", place / "made", cache)
    return place / "made"


def digests(made: Path) -> dict[str, str]:
    """SHA-256 of every output by name; reports are compared by their keys."""
    return {name: sha256(made / name) for name in sorted(names(made)) if not name.endswith(".json")}


def text_of(path: Path) -> str:
    """All that can be read in an output, in its order.

    Raises:
        FileNotFoundError: poppler is not installed.
    """
    if path.suffix == ".pdf":
        command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()
    with zipfile.ZipFile(path) as book:
        documents = sorted(name for name in book.namelist() if name.endswith(".xhtml"))
        return (
            "\n\n".join(_text(book.read(name)) for name in documents if not name.endswith("nav.xhtml")) + "\n"
        )


def _text(document: bytes) -> str:
    body = etree.fromstring(document).find("{*}body")
    assert body is not None
    lines = "".join(map(str, body.itertext())).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def characters(text: str) -> Counter[str]:
    """How often each stands there, without spaces and figures: lines and page numbers may fall otherwise."""
    return Counter(re.sub(r"[\s\d]", "", text))


def apart(one: str, other: str) -> float:
    """Share of the characters that one text has and the other has not."""
    first, second = characters(one), characters(other)
    return ((first - second) + (second - first)).total() / max(1, first.total())
