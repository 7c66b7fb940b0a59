"""`python -m tests.mutants [--count 200] [--seed S]`: what share of small changes the tests notice.

`tests/mutants/README.md` says how it works.
"""

from __future__ import annotations

import argparse
import json
import queue
import secrets
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from pathlib import Path

from .coverage_map import CoverageMap, build, changed_since, tree_hash
from .lists import Equivalent, by_hand, equivalents
from .mutations import LEFT_OUT, Mutant, drawn
from .tree import ROOT, WORK, Tree
from .trial import NOTICED, Trial, attempt

_GOAL = 0.9
_MAP = WORK / "map"


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutants", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--count", type=int, default=200, help="how many mutants (default %(default)s)")
    parser.add_argument(
        "--seed", type=int, help="draws the same mutants again from the same tree (default: any)"
    )
    parser.add_argument(
        "--minutes", type=float, default=90, help="draw no more after that (default %(default)s)"
    )
    parser.add_argument(
        "--only", action="append", default=[], metavar="PATH", help="only files below it (repeatable)"
    )
    parser.add_argument("--by-hand", action="store_true", help="the list by_hand.toml in place of a sample")
    parser.add_argument(
        "--map",
        type=Path,
        help="reuse this map of another state of the tree; only test files "
        "that have changed since are run for it again",
    )
    parser.add_argument(
        "--workers", type=int, default=2, help="mutants at the same time (default %(default)s)"
    )
    parser.add_argument(
        "--patience",
        type=float,
        default=300,
        metavar="S",
        help="seconds of tests for one mutant, by their recorded durations (default %(default)s)",
    )
    return parser.parse_args()


def _coverage_map(given: Path | None) -> CoverageMap:
    """The map of this tree: the one that is kept, one given, or a new one."""
    now = tree_hash(ROOT)
    folder = (given or _MAP).resolve()
    key = folder / "tree"
    known = key.read_text() if key.exists() else ""
    tree = Tree("tree-map")
    if given:
        changed = changed_since(folder) if known != now else ()
        if changed:
            say(f"map: {folder}, with {len(changed)} test files that have changed run again")
            tree.fill()
            build(folder, tree, changed)
            key.write_text(now)
    elif known != now:
        say("map: stale, the tree has changed" if known else "map: there is none yet")
        say("map: the suite runs once to see what runs which lines, two or three times as long as else")
        shutil.rmtree(folder, ignore_errors=True)
        tree.fill()
        if build(folder, tree):
            say("map: some tests failed; they are left out:\n" + tree.log()[-3000:])
        key.write_text(now)
    return CoverageMap(folder)


def _known(mutant: Mutant, rows: Iterable[Equivalent]) -> Equivalent | None:
    return next((row for row in rows if row.is_that(mutant)), None)


def _tried(
    mutants: Iterator[Mutant], tests_by: CoverageMap, arguments: argparse.Namespace, *, until: float
) -> Iterator[Trial]:
    """Try each, so many at a time, each in a copy of the tree of its own; no more once the time is over."""
    trees: queue.SimpleQueue[Tree] = queue.SimpleQueue()
    for number in range(arguments.workers):
        tree = Tree(f"tree-{number}")
        tree.fill()
        trees.put(tree)

    def one(mutant: Mutant, tests: tuple[str, ...]) -> Trial:
        tree = trees.get()
        try:
            return attempt(mutant, tree, tests, tests_by.seconds, patience_s=arguments.patience)
        finally:
            trees.put(tree)

    with ThreadPoolExecutor(arguments.workers) as pool:
        running: set[Future[Trial]] = set()
        for mutant in mutants:
            tests = tests_by.tests(mutant.path, range(mutant.line, mutant.last_line + 1))
            running.add(pool.submit(one, mutant, tests))
            if len(running) > arguments.workers:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
            if time.monotonic() > until:
                break
        yield from (future.result() for future in running)


def _sample(arguments: argparse.Namespace, found: list[tuple[Mutant, Equivalent]]) -> Iterator[Mutant]:
    """So many of what the seed draws; those known to change nothing go to `found` and do not count."""
    rows, left = equivalents(), arguments.count
    for mutant in drawn(ROOT, arguments.seed, arguments.only):
        row = _known(mutant, rows)
        if row:
            found.append((mutant, row))
            continue
        yield mutant
        left -= 1
        if not left:
            return


def _described(trial: Trial) -> str:
    mutant = trial.mutant
    shown = [f"    - {line}" for line in mutant.was.splitlines()] + [
        f"    + {line}" for line in mutant.becomes.splitlines()
    ]
    more = f", {trial.left_out} slower ones left out" if trial.left_out else ""
    name = f" “{mutant.name}”" if mutant.name else ""
    head = f"  {mutant.path}:{mutant.line}{name} ({trial.verdict}; {trial.tests} tests{more})"
    return "\n".join([head, *shown[:12]])


def _report(
    trials: list[Trial], equivalent: list[tuple[Mutant, Equivalent]], *, wanted: int, minutes: float
) -> None:
    counts = Counter(trial.verdict for trial in trials)
    unnoticed = [trial for trial in trials if trial.verdict not in NOTICED]
    noticed = len(trials) - len(unnoticed)
    if unnoticed:
        say("\nsurvivors:")
        say("\n".join(_described(trial) for trial in unnoticed))
    if equivalent:
        say("\nequivalent, not counted:")
    for mutant, row in equivalent:
        say(f"  {mutant.path}:{mutant.line}\n    - {mutant.was}\n    + {mutant.becomes}\n    {row.why}")
    if len(trials) < wanted:
        say(f"\nthe time was over after {len(trials)} of {wanted} mutants")
    share = noticed / len(trials) if trials else 0.0
    say(
        f"\n{noticed} of {len(trials)} mutants noticed ({share:.1%}, to be {_GOAL:.0%}): "
        f"{counts['killed']} killed, {counts['timeout']} timed out, {counts['survived']} survived, "
        f"{counts['not covered']} covered by no test; "
        f"{len(equivalent)} known equivalents; {minutes:.0f} minutes"
    )


def main() -> int:
    """Exit code 1: one of the mutants made by hand was not noticed."""
    arguments = _arguments()
    if arguments.seed is None:
        arguments.seed = secrets.randbelow(10**6)
    say(f"mutants made by hand, in {ROOT}" if arguments.by_hand else f"seed {arguments.seed}, in {ROOT}")
    for path, why in LEFT_OUT.items():
        say(f"left out: {path}: {why}")
    tests_by = _coverage_map(arguments.map)
    say(f"map: {len(tests_by.seconds)} tests")
    started = time.monotonic()
    equivalent: list[tuple[Mutant, Equivalent]] = []
    mutants = iter(by_hand(ROOT)) if arguments.by_hand else _sample(arguments, equivalent)
    trials: list[Trial] = []
    for trial in _tried(mutants, tests_by, arguments, until=started + 60 * arguments.minutes):
        trials.append(trial)
        where = f"{trial.mutant.path}:{trial.mutant.line} {trial.mutant.name}"
        say(f"{len(trials):4} {trial.verdict:11} {where} {trial.by}".rstrip())
    wanted = len(trials) if arguments.by_hand else arguments.count
    _report(trials, equivalent, wanted=wanted, minutes=(time.monotonic() - started) / 60)
    record = WORK / ("by-hand.json" if arguments.by_hand else f"seed-{arguments.seed}.json")
    rows = [
        {key: value for key, value in asdict(trial).items() if key != "mutant"}
        | {key: value for key, value in asdict(trial.mutant).items() if key != "text"}
        for trial in trials
    ]
    record.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    unnoticed = any(trial.verdict not in NOTICED for trial in trials)
    return 1 if arguments.by_hand and unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
