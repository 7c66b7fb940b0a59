"""Hygiene changes marks, never wording; each rule can be left out; other languages have other rules."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.clean import OFF, SAFE, clean
from booklet.clean.draft import Hygiene
from booklet.clean.inline.hygiene_rules import tidied

from .articles import article

_TYPED = "他说,好。。。１２\ue601"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (SAFE, "他说，好……12"),
        (OFF, _TYPED),
        (replace(OFF, punctuation=True), "他说，好。。。１２\ue601"),
        (replace(OFF, repeats=True), "他说,好……１２\ue601"),
        (replace(OFF, width=True), "他说,好。。。12\ue601"),
        (replace(OFF, glyphs=True), "他说,好。。。１２"),
    ],
    ids=["safe", "off", "punctuation", "repeats", "width", "glyphs"],
)
def test_each_rule_works_on_its_own(rules: Hygiene, expected: str) -> None:
    assert tidied(_TYPED, rules) == expected


def test_an_article_can_be_left_as_typed() -> None:
    assert clean(article("<p>甲,乙</p>")).body == "<p>甲，乙</p>"
    assert clean(article("<p>甲,乙</p>"), hygiene=OFF).body == "<p>甲,乙</p>"


@pytest.mark.parametrize("lang", ["ja", "en", "zh-Hant-TW"])
def test_only_chinese_follows_chinese_rules(lang: str) -> None:
    body = clean(replace(article("<p>一部,二部\ue601</p>"), lang=lang)).body
    assert body == ("<p>一部，二部</p>" if lang.startswith("zh") else "<p>一部,二部</p>")


_LINES = st.text(alphabet='甲乙，。,.;:?!()（）·… -a1１Ａ\ue601“"/', max_size=30)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(_LINES)
def test_wording_is_never_changed_and_twice_is_once(text: str) -> None:
    once = tidied(text)
    assert tidied(once) == once
    assert words(once) == words(text)


def words(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z甲乙]", "", unicodedata.normalize("NFKC", text))
