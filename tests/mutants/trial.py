"""One mutant against the tests that cover it, fastest first, until one fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest

from .chosen import SLOWER
from .mutations import Mutant
from .tree import Tree

Verdict = Literal["killed", "survived", "timeout", "not covered"]
NOTICED: frozenset[Verdict] = frozenset(("killed", "timeout"))
"""A hang counts: the test that waits for it fails by its own time limit."""

_BATCHES_S = (5.0, 30.0, 120.0)
"""Seconds of tests that one pytest is given, by the recorded durations; the last for all further ones. Most
mutants die in the first, whose few files are quickly read."""
_START_S = 900.0
"""For reading test files, and for what hangs outside a test; tests have limits of their own (`chosen`)."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a mutant."""

    mutant: Mutant
    verdict: Verdict
    by: str = ""
    """The test that failed."""
    tests: int = 0
    """How many ran or were to run."""
    left_out: int = 0
    """Of a survivor: the slowest of its tests, for which there was no time."""


def attempt(
    mutant: Mutant, tree: Tree, tests: Sequence[str], seconds: Mapping[str, float], *, patience_s: float
) -> Trial:
    """Put the mutant into the tree, run the tests, and put the file back.

    Args:
        mutant: the change.
        tree: a copy that nobody else uses.
        tests: those that cover it, fastest first.
        seconds: how long each takes.
        patience_s: of tests by their recorded durations; the slowest beyond it are left out.
    """
    if not tests:
        return Trial(mutant, "not covered")
    path = tree.root / mutant.path
    original = path.read_bytes()
    tried = 0
    try:
        path.write_text(mutant.text, encoding="utf-8")
        for batch in _batches(tests, seconds, patience_s):
            tried += len(batch)
            verdict, by = _run(tree, batch, seconds)
            if verdict != "survived":
                return Trial(mutant, verdict, by, tried)
    finally:
        path.write_bytes(original)
    return Trial(mutant, "survived", "", tried, len(tests) - tried)


def _batches(tests: Sequence[str], seconds: Mapping[str, float], patience_s: float) -> Iterator[list[str]]:
    sizes, batch, spent, total = list(_BATCHES_S), list[str](), 0.0, 0.0
    for test in tests:
        total += seconds[test]
        if total > patience_s and (batch or total > seconds[test]):
            break
        if batch and spent + seconds[test] > sizes[0]:
            yield batch
            batch, spent = [], 0.0
            sizes = sizes[1:] or sizes
        batch.append(test)
        spent += seconds[test]
    if batch:
        yield batch


def _run(tree: Tree, tests: Sequence[str], seconds: Mapping[str, float]) -> tuple[Verdict, str]:
    tree.scratch.mkdir(parents=True, exist_ok=True)
    chosen, failed = tree.scratch / "tests", tree.scratch / "failed"
    failed.unlink(missing_ok=True)
    chosen.write_text("\n".join(f"{seconds[test]} {test}" for test in tests), encoding="utf-8")
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    variables = {"MUTANTS_TESTS": str(chosen), "MUTANTS_FAILED": str(failed)}
    limit_s = _START_S + SLOWER * sum(seconds[test] for test in tests)
    code = tree.pytest(["-x", "-p", "tests.mutants.chosen", *files], variables=variables, limit_s=limit_s)
    if code is None:
        return "timeout", ""
    if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return "survived", ""  # with no tests: their parameters come from the product, which has others now
    if failed.exists():
        by, _, hung = failed.read_text(encoding="utf-8").partition("\n")
        return ("timeout" if hung else "killed"), by
    if code != pytest.ExitCode.USAGE_ERROR or "while loading conftest" in tree.log():
        return "killed", "(the tests could not be loaded)"
    raise RuntimeError(f"pytest did not run ({code}):\n{tree.log()[-3000:]}")
