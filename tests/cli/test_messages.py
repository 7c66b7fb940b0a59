"""The tables of sentences: complete, alike in both languages, and fitting the code that uses them."""

from __future__ import annotations

import ast
import errno
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple, get_args

import pytest

from booklet.cli.options import OPTIONS
from booklet.config.schema import Kind
from booklet.fetch.failure import Reason
from booklet.findings import CODES, OS_REASONS, BookletError, finding, system_reason
from booklet.report import describe_error
from booklet.words.messages import Language, describe, table

PACKAGE = Path(__file__).parents[2] / "booklet"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Call(NamedTuple):
    """A call with a literal code: `BookletError("…", …)`, `finding("…", …)`, `reading.note("…", …)`."""

    place: str
    code: str
    given: frozenset[str]
    open_ended: bool
    """It passes `**something`."""


def calls(name: str) -> Iterator[Call]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or name != getattr(
                node.func, "attr" if name == "note" else "id", None
            ):
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
    commands = {"hint.face-missing.none", "hint.cover-without-face.none", "error.nothing-to-check.hint"}
    assert set(bare) <= {"ui.stage-epub", "ui.stage-pdf", "help.comma", *commands}


REASONS = {*get_args(Reason), *(f"os-{name}" for name in OS_REASONS)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_a_message_and_a_hint(language: Language) -> None:
    wanted = {f"{kind}.{code}" for code in CODES for kind in ("finding", "hint")}
    keys = {key for key in table(language) if key.startswith(("finding.", "hint."))}
    held = {key for key in keys if not key.endswith(".none")}
    assert {key.removesuffix(".none") for key in keys - held} <= held
    own_hints = {key for key in held if key.count(".") == 2}  # hint.<code>.<reason>
    assert wanted == held - own_hints
    assert own_hints <= {f"hint.{code}.{reason}" for code in CODES for reason in REASONS}


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
    assert {
        key.removeprefix("error.").removesuffix(".none").removesuffix(".hint") for key in held
    } <= literals


def test_what_the_system_says_is_said_in_the_users_language() -> None:
    full = finding(
        "file-unreadable", "a.md", reason=system_reason(OSError(errno.EACCES, "Permission denied"))
    )
    assert describe(full, "zh") == (
        "无法读取，未收入：没有权限",
        "其余照常制作；请给自己加上读取它的权限",
    )
    assert "Permission" not in describe(full, "en")[0]
    assert system_reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    for language in LANGUAGES:
        assert {f"reason.os-{name}" for name in OS_REASONS} <= set(table(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_that_would_name_nothing_is_another(language: Language) -> None:
    """`available names: –` helps nobody."""
    error = BookletError("source-unknown", exit_code=2, name="x", known="")
    assert describe_error(error, language)[1] == table(language)["error.source-unknown.hint.none"]
    error = BookletError("source-unknown", exit_code=2, name="x", known="weekly")
    assert describe_error(error, language)[1].endswith("weekly")


@pytest.mark.parametrize(
    ("name", "own", "keys"),
    [
        ("BookletError", {"exit_code", "source"}, ("error.{}", "error.{}.hint")),
        ("finding", {"source", "line"}, ("finding.{}", "hint.{}")),
        ("note", {"source", "line"}, ("finding.{}", "hint.{}")),
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
