"""The order of the steps: each demand of a row is shown by a case that fails without it, and so is each step.

`tests/cases/order/<step>.md` (`markdown-<step>.md` for bodies in Markdown) holds, for each step that the row
names in `after`, a case `after <that step>: …`. It fails when the two steps change places.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from booklet.clean import STEPS, Row, clean
from booklet.model import Article, CleanArticle
from tests.quality.posts import as_article as post

from .articles import article
from .case_files import Case, as_article, read_cases

_CASES = read_cases()
ORDER = [case for case in _CASES if case.step == "order"]
NAMES = [row.name for row in STEPS]
CLAIMS = [(row.name, earlier) for row in STEPS for earlier in row.after]
FREE = [(one.name, next_one.name) for one, next_one in pairwise(STEPS) if one.name not in next_one.after]
"""Neighbours that demand nothing of each other."""

Lines = Sequence[Row]


def line_of(names: Iterable[str]) -> Lines:
    rows = {row.name: row for row in STEPS}
    return [rows[name] for name in names]


def moved(name: str, beside: str, *, behind: bool) -> Lines:
    """The line with one step moved directly before or behind another."""
    rest = [other for other in NAMES if other != name]
    place = rest.index(beside) + behind
    return line_of([*rest[:place], name, *rest[place:]])


def result(given: Article, line: Lines = STEPS) -> CleanArticle:
    return clean(given, steps=line)


def step_of(case: Case) -> str:
    return case.file.removesuffix(".md").removeprefix("markdown-")


def demand_of(case: Case) -> tuple[str, str]:
    """The step that a case is about, and the one that must come before it; "" if it shows just its use."""
    kind = case.title.partition(":")[0]
    return step_of(case), "" if kind == "needed" else kind.removeprefix("after ")


def shows(given: Article, step: str, earlier: str) -> bool:
    """Whether the order of two steps is what matters to an article.

    One of the two is moved beside the other, which must change nothing yet; when they then change places, the
    result must change.
    """
    straight = result(given)
    below = (moved(step, earlier, behind=True), moved(step, earlier, behind=False))
    above = (moved(earlier, step, behind=False), moved(earlier, step, behind=True))
    return any(
        result(given, kept) == straight and result(given, swapped) != straight
        for kept, swapped in (below, above)
    )


def test_rows_demand_only_what_the_table_keeps() -> None:
    assert len(set(NAMES)) == len(NAMES)
    for row in STEPS:
        assert set(row.after) <= set(NAMES[: NAMES.index(row.name)]), row.name
        assert all(row.after.values()), row.name
        assert not row.before, "rows of the table name the steps before them alone"


def test_every_row_but_the_first_says_why_it_stands_there() -> None:
    assert [row.name for row in STEPS if not row.after] == [NAMES[0]]


def test_each_case_of_order_is_about_a_demand_that_a_row_makes() -> None:
    claims = [*CLAIMS, *((name, "") for name in NAMES)]
    assert [case.name for case in ORDER if demand_of(case) not in claims] == []


@pytest.mark.parametrize(("step", "earlier"), CLAIMS, ids=lambda name: name)
def test_a_step_fails_before_the_step_that_it_must_follow(step: str, earlier: str) -> None:
    cases = [case for case in ORDER if demand_of(case) == (step, earlier)]
    assert cases, f"write a case `after {earlier}: …` in tests/cases/order/{step}.md"
    for case in cases:
        assert shows(as_article(case), step, earlier), case.name


@pytest.mark.parametrize("step", NAMES)
def test_without_a_step_a_case_fails(step: str) -> None:
    """Any case about the step, through the whole line."""
    line = line_of(name for name in NAMES if name != step)
    cases = [case for case in _CASES if step in (case.step, *(demand_of(case) if case in ORDER else ()))]
    assert any(result(as_article(case), line) != result(as_article(case)) for case in cases)


@pytest.mark.parametrize(("one", "next_one"), FREE, ids=lambda name: name)
def test_neighbours_that_demand_nothing_may_change_places(one: str, next_one: str) -> None:
    line = moved(next_one, one, behind=False)
    cases = [case for case in _CASES if {step_of(case), case.step} & {one, next_one, "whole"}]
    assert [case.name for case in cases if result(as_article(case), line) != result(as_article(case))] == []


def everything(posts: Iterable[Path]) -> Iterator[tuple[str, Article]]:
    """Every case as HTML and as Markdown, and the real posts."""
    for case in _CASES:
        yield case.name, as_article(case)
        yield case.name, article(case.given, "markdown")
    for path in posts:
        yield path.name, post(path)


@pytest.mark.soak
@pytest.mark.corpus
@pytest.mark.timeout(1_800)
def test_any_order_that_keeps_the_demands_gives_the_same(corpus_posts: tuple[Path, ...]) -> None:
    """Neighbours that demand nothing change places, and whole lines are drawn."""
    draw = random.Random(14)
    lines = [moved(next_one, one, behind=False) for one, next_one in FREE]
    lines.extend(drawn(draw) for _ in range(20))
    for name, given in everything(corpus_posts):
        straight = result(given)
        for line in lines:
            assert result(given, line) == straight, (name, [row.name for row in line])


def drawn(draw: random.Random) -> Lines:
    """A line in an order drawn from all that keep the demands."""
    waiting = [*STEPS]
    line: list[Row] = []
    while waiting:
        done = {row.name for row in line}
        line.append(draw.choice([row for row in waiting if row.after.keys() <= done]))
        waiting.remove(line[-1])
    return line
