"""Measures every real post, and keeps the floors that no post may sink below.

`python -m tests.quality.floors` prints the measures; `--update-floors` raises the floors to them; one that
would sink is refused, unless `--allow-lower` says that it is meant.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import CORPUS

from . import posts
from .structure import MEDIA, SHAPES, counts, score
from .text import kept, output, reference

FLOORS = posts.HERE / "floors.toml"
Measure = Mapping[str, float]

_HEAD = """\
# Measured over the real posts by `python -m tests.quality.floors --update-floors`, which never lowers a
# number unless `--allow-lower` is given too. `text`: share of the reference text that survives in order;
# `structure`: against expected.toml.
"""


def measure(path: Path) -> dict[str, float]:
    """Text kept and structure kept of one post, rounded down to five places."""
    body = posts.cleaned(path).body
    text = kept(reference(posts.post(path)[1]), output(body), posts.removals(path.name))
    shape = score(counts(body), posts.table("expected.toml").get(path.name, {}), SHAPES + MEDIA)
    return {"text": _floor(text.share), "structure": _floor(shape)}


def _floor(share: float) -> float:
    return int(share * 100_000 + 1e-6) / 100_000


def raised(
    old: Mapping[str, Measure], new: Mapping[str, Measure], *, allow_lower: bool = False
) -> dict[str, dict[str, float]]:
    """The floors after a measurement: each the higher of old and new, or just the new ones."""
    return {
        name: {
            kind: value if allow_lower else max(value, old.get(name, {}).get(kind, 0.0))
            for kind, value in found.items()
        }
        for name, found in new.items()
    }


def sunk(old: Mapping[str, Measure], new: Mapping[str, Measure]) -> list[str]:
    """What is below its floor now."""
    return [
        f"{name}: {kind} {new.get(name, {}).get(kind, 0.0)} < {floor}"
        for name, floors in old.items()
        for kind, floor in floors.items()
        if new.get(name, {}).get(kind, 0.0) < floor
    ]


def written(floors: Mapping[str, Measure]) -> str:
    lines = (
        f'"{name}" = {{ text = {found["text"]}, structure = {found["structure"]} }}'
        for name, found in sorted(floors.items())
    )
    return _HEAD + "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update-floors", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    given = parser.parse_args()
    old = posts.table("floors.toml") if FLOORS.exists() else {}
    new = {path.name: measure(path) for path in sorted((CORPUS / "posts").glob("*"))}
    sys.stdout.write(written(new))
    below = sunk(old, new)
    sys.stdout.write("".join(f"below its floor: {line}\n" for line in below))
    if given.update_floors:
        FLOORS.write_text(written(raised(old, new, allow_lower=given.allow_lower)), encoding="utf-8")
    return 1 if below and not given.allow_lower else 0


if __name__ == "__main__":
    sys.exit(main())
