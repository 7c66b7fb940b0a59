"""The tables of sentences: complete, alike in both languages, and fitting the code that uses them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple, get_args

import pytest

from booklet.cli.options import OPTIONS
from booklet.config.schema import Kind
from booklet.fetch.failure import Reason
from booklet.findings import CODES
from booklet.words.messages import Language, table

PACKAGE = Path(__file__).parents[2] / "booklet"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Call(NamedTuple):
    """A call with a literal code: `BookletError("…", …)` or `finding("…", …)`."""

    place: str
    code: str
    given: frozenset[str]
    open_ended: bool
    """It passes `**something`."""


def calls(name: str) -> Iterator[Call]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                given = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                star = any(keyword.arg is None for keyword in node.keywords)
                yield Call(f"{path.relative_to(PACKAGE)}:{node.lineno}", first.value, given, star)


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_the_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(table("zh")) == list(table("en"))


def test_the_languages_have_the_same_placeholders() -> None:
    english, chinese = table("en"), table("zh")
    different = [key for key in english if placeholders(english[key]) != placeholders(chinese[key])]
    assert not different


def test_chinese_is_chinese() -> None:
    """A sentence without a Han character is a sentence that nobody translated."""
    bare = [
        key
        for key, sentence in table("zh").items()
        if not any("\u4e00" <= char <= "\u9fff" for char in sentence)
        and Formatter().vformat(sentence, (), dict.fromkeys(placeholders(sentence), "")).strip(" `.:()（）：")
    ]
    assert set(bare) <= {"ui.stage-epub", "ui.stage-pdf", "error.nothing-to-check.hint"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_a_message_and_a_hint(language: Language) -> None:
    wanted = {f"{kind}.{code}" for code in CODES for kind in ("finding", "hint")}
    held = {key for key in table(language) if key.startswith(("finding.", "hint."))}
    own_hints = {key for key in held if key.count(".") == 2}  # hint.<code>.<reason>
    assert wanted == held - own_hints
    assert own_hints <= {f"hint.{code}.{reason}" for code in CODES for reason in get_args(Reason)}


def test_every_error_has_a_message_and_a_hint_and_no_message_is_without_an_error() -> None:
    codes = {call.code for call in calls("BookletError")}
    wanted = {f"error.{code}{ending}" for code in codes for ending in ("", ".hint")}
    held = {key for key in table("en") if key.startswith("error.")}
    assert wanted <= held
    literals = {
        node.value
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "messages"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {key.removeprefix("error.").removesuffix(".hint") for key in held} <= literals


@pytest.mark.parametrize(
    ("name", "own", "keys"),
    [
        ("BookletError", {"exit_code", "source"}, ("error.{}", "error.{}.hint")),
        ("finding", {"source", "line"}, ("finding.{}", "hint.{}")),
    ],
)
def test_every_sentence_gets_the_values_that_it_needs(
    name: str, own: set[str], keys: tuple[str, str]
) -> None:
    wrong = [
        (call.place, call.code, missing)
        for call in calls(name)
        if not call.open_ended
        for key in keys
        if (missing := placeholders(table("en")[key.format(call.code)]) - (call.given - own))
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_the_configuration_has_words(language: Language) -> None:
    kinds = {*get_args(Kind), "plain", "table", "tables"}
    assert {key.removeprefix("type.") for key in table(language) if key.startswith("type.")} == kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_has_help_without_markup(language: Language) -> None:
    messages = table(language)
    assert {key.removeprefix("help.option.") for key in messages if key.startswith("help.option.")} == set(
        OPTIONS
    )
    bracketed = [key for key, sentence in messages.items() if key.startswith("help.") and "[" in sentence]
    assert not bracketed, "square brackets are markup in --help"
