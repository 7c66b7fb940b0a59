"""Cleaning measured: speed against one parse, share of each step, growth, and beside other extractors.

`python -m tests.bench.bench_clean` reads the real posts ($BOOKLET_CORPUS) and prints. Times are the best of
several rounds in one run, so that they can be compared with each other, not between machines.
`--against COMMIT` measures that commit's cleaning and this one's by turns, and nothing else.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bs4 import BeautifulSoup

from booklet.clean import STEPS, clean
from booklet.clean.draft import Draft
from booklet.model import Article
from tests.clean.articles import article
from tests.conftest import CORPUS
from tests.quality import posts
from tests.same import builds

from .rivals import side_by_side

_ROUNDS = 7
_MOST = 8.0
"""Times one parse and serialise that cleaning may cost."""
_TURNS = 5


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def best(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Seconds of processor time of the fastest of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def speed(articles: Sequence[Article]) -> float:
    """Print posts a second and the ratio; give the ratio."""
    ours = best(lambda: [clean(one) for one in articles])
    parse = best(lambda: [str(BeautifulSoup(one.body, "lxml")) for one in articles])
    ratio = ours / parse
    say(f"cleaning   {len(articles) / ours:8.1f} posts/s   ({ours * 1000:.0f} ms for {len(articles)} posts)")
    say(f"parsing    {len(articles) / parse:8.1f} posts/s   (BeautifulSoup + lxml, parse and serialise)")
    say(f"ratio      {ratio:8.2f}   (at most {_MOST})")
    return ratio


def shares(articles: Sequence[Article]) -> None:
    """Print what part of the time each step takes."""
    spent = dict.fromkeys((row.name for row in STEPS), 0.0)
    for one in articles:
        rounds = [_steps_of(one) for _ in range(_ROUNDS)]
        for name in spent:
            spent[name] += min(seconds[name] for seconds in rounds)
    total = sum(spent.values())
    for name, seconds in sorted(spent.items(), key=lambda pair: -pair[1]):
        say(f"  {name:16} {100 * seconds / total:5.1f} %")


def _steps_of(one: Article) -> dict[str, float]:
    """Seconds of each step on one article."""
    draft = Draft(one, one.body)
    spent: dict[str, float] = {}
    for row in STEPS:
        start = time.process_time()
        row.step(draft)
        spent[row.name] = time.process_time() - start
    return spent


def growth() -> None:
    """Print how the time grows when a body does: the cost of a block must stay the same."""
    kinds = {
        "HTML paragraphs": ("<p>一段文字，<b>说了</b>一些事。</p>", "html"),
        "Markdown blocks": ("# 题\n\n段落 **粗** `c`。\n\n- 甲\n- 乙\n\n> 引\n\n", "markdown"),
    }
    for title, (piece, body_format) in kinds.items():
        times = []
        for count in (500, 1_000, 2_000, 4_000):
            one = article(piece * count, "markdown" if body_format == "markdown" else "html")
            times.append(best(lambda one=one: clean(one), 2) / count * 1e6)  # type: ignore[misc]
        say(
            f"  {title:16} µs a piece at 500, 1000, 2000, 4000: " + ", ".join(f"{each:.0f}" for each in times)
        )


def against(commit: str) -> None:
    """Print what cleaning costs in both, in parses of the same posts: the best of several processes."""
    ratios = {}
    with TemporaryDirectory() as folder:
        before = builds.unpack(builds.resolve(commit), Path(folder)).code
        trees = {commit: before, "this tree": builds.ROOT}
        told: dict[str, list[tuple[float, float]]] = {name: [] for name in trees}
        for _ in range(_TURNS):
            for name, tree in trees.items():
                told[name].append(_once(tree))
    for name, pairs in told.items():
        cleaning, parsing = (min(each) for each in zip(*pairs, strict=True))
        ratios[name] = cleaning / parsing
        times = f"cleaning {cleaning * 1000:4.0f} ms, parsing {parsing * 1000:3.0f} ms"
        say(f"{name:12} {times}, ratio {ratios[name]:.2f}")
    say(f"this tree is {ratios['this tree'] / ratios[commit]:.2f} times as dear")


def _once(tree: Path) -> tuple[float, float]:
    environment = {**os.environ, "PYTHONPATH": f"{tree}{os.pathsep}{builds.ROOT}"}
    command = [sys.executable, "-P", "-m", "tests.bench.clean_once", str(CORPUS / "posts")]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    cleaning, parsing = map(float, told.stdout.split())
    return cleaning, parsing


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_clean")
    parser.add_argument("--against", metavar="COMMIT", help="measure that commit's cleaning and this one's")
    commit = parser.parse_args().against
    if commit:
        against(commit)
        return 0
    paths = sorted((CORPUS / "posts").glob("*"))
    if not paths:
        say(f"no posts in {CORPUS} (set BOOKLET_CORPUS)")
        return 1
    articles = [posts.as_article(path) for path in paths]
    ratio = speed(articles)
    say("\nshare of each step")
    shares(articles)
    say("\ngrowth")
    growth()
    say("\nbeside others (share of the reference text in order; scores against tests/quality/expected.toml)")
    side_by_side(tuple(map(Path, paths)), say)
    return 0 if ratio <= _MOST else 1


if __name__ == "__main__":
    sys.exit(main())
