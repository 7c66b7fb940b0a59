"""Single line ends: lines where the writer meant them, else a space."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from booklet.clean import clean
from booklet.sites import LineEnds
from booklet.words.line_ends import verdict

from .articles import article

PASSAGES = Path(__file__).with_name("line_ends.txt")
"""Labelled by hand: `=== keep verse` or `=== join English wrapped`, then the passage's lines."""
LEAST_PASSAGES = 300
LEAST_RIGHT = 0.96
"""Of all passages, where nothing is known of the site. Never lowered."""


def passages() -> list[tuple[str, str, list[str]]]:
    found = []
    for record in PASSAGES.read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = record.split("\n")
        _, label, kind = head.split(" ", 2)
        found.append((label, kind, lines))
    return found


def test_labelled_passages_are_told_apart() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong = []
    for label, kind, lines in passages():
        said = verdict(lines)
        total[kind] += 1
        if ("keep" if said == "keep" else "join") == label:
            right[kind] += 1
        else:
            wrong.append(f"{said} for {label}: {' / '.join(lines)[:90]}")
    share = right.total() / total.total()
    assert total.total() >= LEAST_PASSAGES
    assert share >= LEAST_RIGHT, "\n".join((f"{share:.1%}", *wrong))


@pytest.mark.parametrize("label", ["keep", "join"])
def test_what_is_said_for_sure_is_nearly_always_right(label: str) -> None:
    said = [verdict(lines) for own, _, lines in passages() if own == label]
    sure = [one for one in said if one != "unsure"]
    assert sure.count(label) / len(sure) >= 0.97  # type: ignore[arg-type] # the labels are verdicts


def body(text: str, line_breaks: LineEnds = "rather-join") -> str:
    return clean(replace(article(text, body_format="markdown"), line_breaks=line_breaks)).body


def test_labels_with_values_stay_lines() -> None:
    assert body("地址：河东路一号\n电话：01055550000\n邮编：100000") == (
        '<p class="lines">地址：河东路一号<br/>电话：01055550000<br/>邮编：100000</p>'
    )


def test_a_text_that_was_wrapped_is_one() -> None:
    text = (
        "The mill stands where two brooks meet, and in a wet spring the water\n"
        "comes up to the second step of the door, which is why the miller keeps\n"
        "his boots on a shelf."
    )
    assert "<br" not in body(text, "rather-keep")


def test_typed_indents_begin_paragraphs_whatever_was_asked() -> None:
    text = "　　头一段，有话要说。\n　　又一段，接着说。\n　　末一段。"
    for asked in ("keep", "join", "rather-keep", "rather-join"):
        assert body(text, asked) == "<p>头一段，有话要说。</p>\n<p>又一段，接着说。</p>\n<p>末一段。</p>"


def test_a_paragraph_that_does_not_tell_follows_the_site() -> None:
    text = (
        "先看看这里有一句不长也不短的话，一直写到这里才换行，\n"
        "又写了一句差不多长的话，可是短了那么一点，再换行，\n"
        "末尾。"
    )
    assert "<br/>" in body(text, "rather-keep")
    assert "<br/>" not in body(text, "rather-join")


def test_keep_and_join_are_obeyed() -> None:
    wrapped = "We measured the river at noon, and then again when the tide had turned in\nthe evening."
    assert "<br/>" in body(wrapped, "keep")
    assert "<br/>" not in body("姓名：阿原\n年龄：三十", "join")


def test_a_line_end_after_a_break_is_no_second_one() -> None:
    assert body("姓名：阿原<br>\n年龄：三十", "keep").count("<br/>") == 1


def test_lines_of_a_list_and_of_a_quotation_are_judged_too() -> None:
    assert "山高<br/>水长" in body("- 山高\n  水长\n- 云淡")
    assert "山高<br/>水长" in body("> 山高\n> 水长")


def test_code_is_not_touched() -> None:
    assert "甲\n乙" in body("```\n甲\n乙\n```", "keep")
