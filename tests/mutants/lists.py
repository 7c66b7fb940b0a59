"""The two lists beside this file: mutants made by hand, and mutants that change nothing anyone could see."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .mutations import Mutant, mutant_of

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change without effect, found again by its text, not by its place."""

    line: str
    becomes: str
    why: str

    def is_that(self, mutant: Mutant) -> bool:
        """Whether it is this very change."""
        return (self.line.strip(), self.becomes.strip()) == (mutant.was, mutant.becomes)


def equivalents(path: Path = _FOLDER / "equivalent.toml") -> tuple[Equivalent, ...]:
    """The changes that are known to have no effect."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalents", [])
    return tuple(Equivalent(**row) for row in rows)


def by_hand(root: Path, path: Path = _FOLDER / "by_hand.toml") -> tuple[Mutant, ...]:
    """The mutants made by hand.

    Raises:
        ValueError: one whose old text is not in its file exactly once: the product has moved on.
    """
    rows: Sequence[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["mutants"]
    return tuple(_made(root, **row) for row in rows)


def _made(root: Path, *, name: str, file: str, old: str, new: str) -> Mutant:
    text = (root / file).read_text(encoding="utf-8") if (root / file).is_file() else ""
    mutant = mutant_of(file, text, text.replace(old, new), name=name) if text.count(old) == 1 else None
    if mutant is None:
        raise ValueError(f"by_hand.toml: “{name}”: its old text stands {text.count(old)} times in {file}")
    return mutant
