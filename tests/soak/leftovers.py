"""`python -m tests.soak.leftovers FOLDER…`: how much markup is printed as text, by kind, in 1,000 articles.

The articles are collected and cleaned by this tree and, with `--against COMMIT`, by an earlier one; both
results are searched by this tree's last look, so that one measure counts for both.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from booklet.clean.last_look import LEFTOVER_KINDS, leftovers, line_of
from booklet.clean.tree import parse
from tests.same import builds
from tests.same.builds import ROOT, Side

_MAX_S = 3_600
_CLEAN = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from booklet.clean import clean
from booklet.collect import collect
now = datetime(2026, 12, 1, tzinfo=UTC)
found = collect([Path(one) for one in sys.argv[1:]], timezone=ZoneInfo("UTC"), now=now)
for article in found.articles:
    print(json.dumps([article.source, article.body, article.body_line, clean(article).body]))
"""
"""Runs with the code of either side: names that both have."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. 2: wrong usage."""
    told = argparse.ArgumentParser(prog="python -m tests.soak.leftovers", description=__doc__)
    told.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    told.add_argument("--against", metavar="COMMIT", help="the earlier code")
    told.add_argument("--each", action="store_true", help="name each article and line as well")
    given = told.parse_args(arguments)
    folders = tuple(str(folder.resolve()) for folder in given.folders)
    with tempfile.TemporaryDirectory(prefix="leftovers-") as scratch:
        place = Path(scratch).resolve()
        sides = [Side("this tree", ROOT)]
        if given.against:
            try:
                sides.insert(0, builds.unpack(builds.resolve(given.against), place / "old"))
            except RuntimeError as error:
                sys.stderr.write(f"leftovers: {error}\n")
                return 2
        for side in sides:
            builds.check_side(side, place)
        columns = [(side.name, *counted(_cleaned(side, folders, place), each=given.each)) for side in sides]
    sys.stdout.write(table(columns) + "\n")
    return 0


def _cleaned(side: Side, folders: tuple[str, ...], place: Path) -> list[list[str]]:
    """Each article's source, body, first line and cleaned body."""
    made = subprocess.run(
        [sys.executable, "-c", _CLEAN, *folders],
        cwd=place,
        env=side.environment(place / "cache"),
        check=True,
        stdout=subprocess.PIPE,
        timeout=_MAX_S,
    )
    return [json.loads(line) for line in made.stdout.splitlines()]


def counted(
    articles: Sequence[Sequence[str]], *, each: bool = False
) -> tuple[int, Counter[str], Counter[str]]:
    """How many articles there are; of each kind, how many articles have it and how often it stands there."""
    having: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for source, body, first, cleaned in articles:
        text = body.replace("\r\n", "\n")
        for left in leftovers(parse(cleaned), text):
            having[left.kind] += 1
            times[left.kind] += left.count
            if each:
                line = "?" if left.offset is None else line_of(text, left.offset, int(first))
                sys.stdout.write(f"{source}:{line}: {left.count} × {left.kind}: {left.text}\n")
    return len(articles), having, times


def table(columns: Sequence[tuple[str, int, Counter[str], Counter[str]]]) -> str:
    """For each side, of each kind: how many of 1,000 articles have it, and how often it stands in 1,000."""
    head = "leftover".ljust(14) + "".join(f"{f'{name} ({articles})':>24}" for name, articles, _, _ in columns)
    lines = [head, " " * 14 + f"{'articles':>12}{'times':>12}" * len(columns)]
    for kind in (*LEFTOVER_KINDS, "all"):
        cells = ""
        for _, articles, having, times in columns:
            for counts in (having, times):
                count = counts.total() if kind == "all" else counts[kind]
                cells += f"{1_000 * count / max(articles, 1):>12.1f}"
        lines.append(kind.ljust(14) + cells)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
