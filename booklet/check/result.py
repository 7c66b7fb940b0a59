"""What a check found out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from booklet.findings import Finding


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict on one file: sound if there are no findings."""

    path: Path
    kind: Literal["epub", "pdf", "other"]
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, str], ...]
    """What was seen, for people: `("EPUBCheck 5.3.0", "0 fatals / 0 errors / …")`, `("pages", "24")`."""
