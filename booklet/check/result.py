"""What a check found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from booklet.findings import Finding


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict on one file: sound if there are no findings."""

    path: Path
    kind: str
    """`FileKind.name`, or `other`."""
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, str], ...]
    """What was seen, for people: `("EPUBCheck 5.3.0", "0 fatals / 0 errors / …")`, `("pages", "24")`."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of files that can be checked."""

    name: str
    ending: str
    begins: Callable[[bytes], bool]
    """Whether the first bytes of a file, up to 1024, are of this kind."""
    examine: Callable[[Path], CheckResult]
    """Raises nothing for what a file holds."""
