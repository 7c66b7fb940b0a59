"""Every command line of the pages names commands, options and targets that there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main

from booklet.cli.app import make_app
from tests.docs import pages

USAGE = (pages.README, *pages.CONFIGURATION)
"""Pages that list all commands, those with two languages twice."""
THEMES = tuple(page for page in pages.PAGES if page.parent.parent.name == "themes")
OF_OTHERS = (*THEMES, pages.ROOT / "tests/README.md")
"""There, two hyphens may begin a variable of CSS, or an option of another program."""
_OPTION = re.compile(r"(?:--[a-z][a-z-]*|-[a-zA-Z])(?![\w-])")


@cache
def options() -> dict[str, frozenset[str]]:
    """Each command's options as typed."""
    group = typer.main.get_command(make_app("en"))
    return {
        name: frozenset(spelling for parameter in command.params for spelling in parameter.opts)
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }


def command_lines(page: Path) -> Iterator[list[str]]:
    """The command lines of its shell listings, as words."""
    for listing in pages.listings(page, "sh", "console"):
        for line in listing.text.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            while "&&" in words:
                yield words[: words.index("&&")]
                words = words[words.index("&&") + 1 :]
            if words:
                yield words


def check(words: list[str]) -> None:
    """Whether a command line of `booklet` can be typed."""
    name = words[1]
    if name.startswith("-"):
        assert name in {"--version", "--help", "-h", "-v"}, words
        return
    assert name in options(), words
    typed = {word.partition("=")[0] for word in words[2:] if word.startswith("-")}
    assert not typed - options()[name], words


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_listings_name_commands_options_and_targets_that_there_are(page: Path) -> None:
    makefile = pages.read(pages.ROOT / "Makefile")
    for words in command_lines(page):
        program = words[0].rpartition("/")[2]
        if program == "booklet":
            check(words)
        elif program == "make":
            for target in (word for word in words[1:] if word.isidentifier()):
                assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_sentences_name_commands_options_and_targets_that_there_are(page: Path) -> None:
    makefile = pages.read(pages.ROOT / "Makefile")
    known = frozenset.union(*options().values()) | {"--version"}
    for code in pages.codes(pages.prose(page)):
        if re.match("booklet [a-z-]", code):
            check(shlex.split(code))
        elif page not in OF_OTHERS and (option := _OPTION.match(code)):
            assert option[0] in known, code
        elif code.startswith("make "):
            assert re.search(rf"^{code.split()[1]}:", makefile, re.MULTILINE), code


@pytest.mark.parametrize("page", USAGE, ids=pages.name)
def test_the_list_of_commands_is_the_whole_of_it(page: Path) -> None:
    for listing in pages.listings(page, ""):
        named = {line.split()[1] for line in listing.text.splitlines() if line.startswith("booklet ")}
        assert named == set(options())
    assert len(pages.listings(page, "")) == (2 if page == pages.README else 1)


def test_debians_packages_are_those_that_the_set_up_installs() -> None:
    installed = pages.read(pages.ROOT / ".ci/setup-system")
    lists = [words for words in command_lines(pages.README) if words[:3] == ["sudo", "apt-get", "install"]]
    assert len(lists) == 2, "one for each language"
    assert lists[0] == lists[1]
    for package in lists[0][3:]:
        assert re.search(rf"missing\+=\({re.escape(package)}\)", installed), package


def test_a_command_or_option_that_is_not_there_would_be_seen() -> None:
    with pytest.raises(AssertionError):
        check(["booklet", "biuld"])
    with pytest.raises(AssertionError):
        check(["booklet", "build", "--peper", "a5"])
