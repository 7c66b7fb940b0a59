"""The changes that are meant: rows of `changed.toml`, each with its reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.same.compare import Difference

LIST = Path(__file__).with_name("changed.toml")


@dataclass(frozen=True, slots=True)
class Row:
    """A change that is meant: which files, which of their parts (`()`: any), and why."""

    files: str
    reason: str
    parts: tuple[str, ...] = ()

    def allows(self, found: Difference) -> bool:
        """Whether all that differs in this file is named here."""
        if not fnmatchcase(found.name, self.files):
            return False
        if not self.parts:
            return True
        return bool(found.parts) and all(
            any(fnmatchcase(part, pattern) for pattern in self.parts) for part in found.parts
        )


def rows(path: Path = LIST) -> tuple[Row, ...]:
    """Read the list.

    Raises:
        TypeError: a row without `files` or `reason`, or with another key.
        ValueError: an empty reason, or no TOML.
    """
    found = tuple(
        Row(**{**row, "parts": tuple(row.get("parts", ()))})
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("changed", ())
    )
    for row in found:
        if not row.reason.strip():
            raise ValueError(f"{path.name}: {row.files} has no reason")
    return found


def reason(found: Difference, listed: tuple[Row, ...]) -> Row | None:
    """The row that allows this difference."""
    return next((row for row in listed if row.allows(found)), None)
