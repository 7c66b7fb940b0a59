"""Rows of packages find their place in the line of steps by name, or are refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from booklet.clean import STEPS, Row, StepOrderError, clean, line
from booklet.clean.draft import Draft
from booklet.clean.rows import placed
from booklet.clean.tree import bottom_up

from .articles import article


def step(_draft: Draft) -> None:
    """Does nothing."""


def row(name: str, after: str = "", before: str = "") -> Row:
    return Row(name, step, dict.fromkeys(after.split(), "why"), dict.fromkeys(before.split(), "why"))


TABLE = (row("a"), row("b", after="a"), row("c"), row("d", after="b"))


def names(rows: Sequence[Row]) -> str:
    return " ".join(one.name for one in rows)


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        pytest.param([], "a b c d", id="none"),
        pytest.param([row("x", after="b")], "a b x c d", id="behind the step it names"),
        pytest.param([row("x", after="c a")], "a b c x d", id="behind the last of the steps it names"),
        pytest.param([row("x", before="c")], "a b x c d", id="before the step it names"),
        pytest.param([row("x", before="d b")], "a x b c d", id="before the first of the steps it names"),
        pytest.param([row("x", before="a")], "x a b c d", id="at the very beginning"),
        pytest.param([row("x", after="a", before="d")], "a x b c d", id="between two"),
        pytest.param([row("x")], "a b c d x", id="at the end, if it names none"),
        pytest.param([row("x", after="b"), row("y", after="b")], "a b x y c d", id="in the order given"),
        pytest.param(
            [row("x", before="c"), row("y", before="c")], "a b x y c d", id="in the order given, before"
        ),
        pytest.param([row("x", after="y"), row("y", after="b")], "a b y x c d", id="behind an added one"),
        pytest.param([row("x", before="y"), row("y", before="b")], "a x y b c d", id="before an added one"),
        pytest.param(
            [row("x", after="c", before="y"), row("y")], "a b c x y d", id="an added one is pushed back"
        ),
        pytest.param([row("x", before="c"), row("y", after="a x")], "a b x y c d", id="both kinds"),
    ],
)
def test_an_added_row_stands_where_its_names_put_it(extra: list[Row], expected: str) -> None:
    assert names(placed(TABLE, extra)) == expected


@pytest.mark.parametrize(
    ("extra", "code", "params"),
    [
        pytest.param([row("b")], "step-name-taken", {"name": "b"}, id="a name of the table"),
        pytest.param([row("x"), row("x")], "step-name-taken", {"name": "x"}, id="a name twice"),
        pytest.param(
            [row("x", after="e")], "step-unknown", {"name": "x", "unknown": "e"}, id="after nothing"
        ),
        pytest.param(
            [row("x", before="e")], "step-unknown", {"name": "x", "unknown": "e"}, id="before nothing"
        ),
        pytest.param(
            [row("x", after="c", before="b")],
            "step-order",
            {"name": "x", "after": "c", "before": "b"},
            id="against the table",
        ),
        pytest.param(
            [row("x", after="c"), row("y", after="x", before="a")],
            "step-order",
            {"name": "x", "after": "c", "before": "a"},
            id="against the table, through another",
        ),
        pytest.param(
            [row("x", after="y"), row("y", after="x")],
            "step-order",
            {"name": "x", "after": "y", "before": "y"},
            id="against each other",
        ),
        pytest.param(
            [row("x", after="x")],
            "step-order",
            {"name": "x", "after": "x", "before": "x"},
            id="against itself",
        ),
    ],
)
def test_rows_that_cannot_be_placed_are_refused_with_the_reason(
    extra: list[Row], code: str, params: dict[str, str]
) -> None:
    with pytest.raises(StepOrderError) as raised:
        placed(TABLE, extra)
    assert (raised.value.finding.code, dict(raised.value.finding.params)) == (code, params)


def test_without_added_rows_the_line_is_the_table() -> None:
    assert line() == STEPS


def test_an_added_step_does_its_work_between_the_others() -> None:
    """After `paragraphs` it finds paragraphs; what it makes a heading `levels` numbers like any other."""

    def asks(draft: Draft) -> None:
        for element in bottom_up(draft.root):
            if element.name == "p" and element.children == ["问："]:
                element.name = "h2"
                element.children = ["提问"]

    added = Row("asks", asks, {"paragraphs": "reads paragraphs"}, {"levels": "makes headings"})
    cleaned = clean(article("<div>问：</div><p>天色怎样</p>"), steps=line([added]))
    assert cleaned.body == '<h2 id="h-1">提问</h2>\n<p>天色怎样</p>'


@pytest.mark.parametrize("name", ["fails", "paragraphs"], ids=["itself", "a step after it"])
def test_an_article_that_an_added_step_breaks_is_cleaned_without_it(name: str) -> None:
    def fails(draft: Draft) -> None:
        draft.report("clean-failed", reason="of a draft that is thrown away")
        if name == "fails":
            raise ValueError("on purpose")
        draft.root = None  # type: ignore[assignment]

    added = Row("fails", fails, {"lists": ""}, {"paragraphs": ""})
    given = article("<p>甲</p><button>乙</button><p>丙</p>")
    cleaned = clean(given, steps=line([added]))
    assert cleaned.body == clean(given).body == "<p>甲</p>\n<p>丙</p>"
    assert [found.code for found in cleaned.findings] == ["step-failed"]
    assert dict(cleaned.findings[0].params)["name"] == name
