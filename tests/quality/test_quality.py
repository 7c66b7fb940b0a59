"""Text and structure of the real posts never sink below their floors; the measure itself can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import posts
from .floors import measure, raised, sunk
from .structure import SHAPES, counts, score
from .text import folded, kept, longest_common, output, reference

_ENOUGH = 0.999


@pytest.mark.corpus
def test_text_of_the_real_posts_is_kept_in_order(corpus_posts: tuple[Path, ...]) -> None:
    wanted = found = 0
    losses: dict[str, tuple[str, ...]] = {}
    for path in corpus_posts:
        result = kept(
            reference(posts.post(path)[1]), output(posts.cleaned(path).body), posts.removals(path.name)
        )
        wanted, found = wanted + result.wanted, found + result.kept
        if result.losses:
            losses[path.name] = result.losses
    assert wanted > 10_000
    assert found >= _ENOUGH * wanted, losses


@pytest.mark.corpus
def test_no_post_sinks_below_its_floor(corpus_posts: tuple[Path, ...]) -> None:
    floors = posts.table("floors.toml")
    assert set(floors) == {path.name for path in corpus_posts}
    assert sunk(floors, {path.name: measure(path) for path in corpus_posts}) == []


@pytest.mark.corpus
def test_each_reviewed_removal_still_removes_something(corpus_posts: tuple[Path, ...]) -> None:
    by_name = {path.name: path for path in corpus_posts}
    for name in posts.table("removals.toml"):
        text = reference(posts.post(by_name[name])[1])
        assert all(pattern.search(text) for pattern in posts.removals(name)), name


def test_updating_floors_raises_but_does_not_lower_them() -> None:
    old = {"a": {"text": 0.9, "structure": 0.5}}
    new = {"a": {"text": 0.8, "structure": 0.6}}
    assert raised(old, new) == {"a": {"text": 0.9, "structure": 0.6}}
    assert raised(old, new, allow_lower=True) == new
    assert sunk(old, new) == ["a: text 0.8 < 0.9"]
    assert sunk(old, {}) == ["a: text 0.0 < 0.9", "a: structure 0.0 < 0.5"]


def test_a_lost_and_a_moved_sentence_are_seen() -> None:
    body = "<p>第一句话。</p><p>第二句话。</p>"
    assert kept(reference(body), output("<p>第一句话。</p>")).losses == ("第二句话.",)
    moved = kept(reference(body), output("<p>第二句话。</p><p>第一句话。</p>"))
    assert moved.kept < moved.wanted


def test_reference_keeps_what_html_would_swallow() -> None:
    body = "<p>放到<源路径>下，List<String> 与 x < 3</p><pre><code>a<b>c</b> <h1>d</h1></code></pre>"
    assert folded(reference(body)) == "放到<源路径>下,list<string>与x<3ac<h1>d</h1>"


@pytest.mark.parametrize(
    ("typed", "real"),
    [
        ("<p>1、甲</p><p>2、乙</p>", "<ol><li>甲</li><li>乙</li></ol>"),
        ("<p>● 甲</p>", "<ul><li>甲</li></ul>"),
        ("<p>3. 甲</p>", '<ol start="3"><li>甲</li></ol>'),
    ],
)
def test_list_marks_are_compared_by_value(typed: str, real: str) -> None:
    assert folded(reference(typed)) == folded(output(real))


def test_a_wrong_number_is_a_loss() -> None:
    assert kept(reference("<p>3、甲</p>"), output("<ol><li>甲</li></ol>")).losses


def test_the_longest_common_subsequence_is_exact() -> None:
    assert longest_common("abcbdab", "bdcaba") == 4
    assert longest_common("", "a") == longest_common("a", "") == 0


def test_structure_is_scored_by_kind() -> None:
    got = counts("<h2>甲</h2><ul><li>乙</li></ul>")
    assert score(got, {"headings": 1, "items": 3}, SHAPES) == pytest.approx((1 + 2 / 4) / 2)
    assert score(got, {"headings": 1, "items": 1}, SHAPES) == 1.0
