"""What the pages say of the configuration is what the program takes: keys, options, values, exit codes."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from booklet import theme
from booklet.cli import check
from booklet.cli.options import OPTIONS
from booklet.cli.outcome import FAILED, NOTHING, OK, STRICT, USAGE, WORST_FIRST
from booklet.config import convert, naming, papers
from booklet.config.flags import SPELLING, Flags
from booklet.config.load import load
from booklet.config.schema import IMAGES, SELECT, TABLES
from booklet.findings import Level
from booklet.render.formats import FORMATS
from tests.docs import pages
from tests.docs.test_commands import THEMES, options

INTERRUPTED = 130
TOML = [
    pytest.param(listing, id=f"{pages.name(page)}-{number}")
    for page in pages.PAGES
    for number, listing in enumerate(pages.listings(page, "toml"))
]
both = pytest.mark.parametrize("page", pages.CONFIGURATION, ids=pages.name)


def settings(page: Path) -> dict[str, Any]:
    """The page's whole `booklet.toml`."""
    return tomllib.loads(pages.listings(page, "toml")[0].text)


def first_codes(page: Path) -> list[list[str]]:
    """What stands between backquotes in the first cell of each row."""
    return [pages.codes(row[0]) for row in pages.rows(page)]


@pytest.mark.parametrize("listing", TOML)
def test_a_listing_in_toml_is_taken_by_the_program(listing: pages.Listing, tmp_path: Path) -> None:
    parsed = tomllib.loads(listing.text)
    if "project" in parsed:  # of a package's pyproject.toml
        return
    if listing.page in THEMES:
        folder = tmp_path / "themes/own"
        folder.mkdir(parents=True)
        (folder / "theme.toml").write_text(listing.text, encoding="utf-8")
        theme.load("own", project_dir=tmp_path)
        return
    (tmp_path / "booklet.toml").write_text(listing.text, encoding="utf-8")
    load(Flags(), cwd=tmp_path, now=datetime(2026, 11, 30, tzinfo=UTC), environ={}, formats=FORMATS)


@both
def test_every_key_of_the_configuration_is_described(page: Path) -> None:
    given = settings(page)
    entry = given["booklets"][0]
    tables = {
        "": given,
        "[[sources]]": {key for source in given["sources"] if isinstance(source, dict) for key in source},
        "[images]": given["images"],
        "[fonts]": given["fonts"],
        "[[booklets]]": entry,
        "[booklets.select]": {code for found in first_codes(page) for code in found},
        "[booklets.meta]": entry["meta"],
    }
    for heading, keys in TABLES.items():
        assert not set(keys) - set(tables[heading]), heading


@both
def test_defaults_of_pictures_are_the_defaults(page: Path) -> None:
    assert settings(page)["images"] == {name: key.default for name, key in IMAGES.items()}


@both
def test_keys_of_the_selection_stand_beside_their_options(page: Path) -> None:
    pairs = {
        row[0]: row[1]
        for row in pages.rows(page)
        if re.fullmatch("`[a-z_]+`", row[0]) and row[1].startswith("`--")
    }
    assert pairs == {f"`{key}`": f"`{SPELLING[key]}`" for key in SELECT}


@both
def test_every_option_is_described(page: Path) -> None:
    told = {code.split()[0] for row in pages.rows(page) for cell in row[:2] for code in pages.codes(cell)}
    for name, option in OPTIONS.items():
        assert (option.spelling or SPELLING[name]) in told
        assert not option.short or option.short in told
    assert {"--help", "-h", "--version"} <= told


@both
def test_options_are_said_to_belong_to_the_commands_that_take_them(page: Path) -> None:
    seen = 0
    for row in pages.rows(page):
        named, spelling = set(pages.codes(row[1])), (pages.codes(row[0]) or [""])[0]
        if spelling.startswith("--") and named and named <= set(options()):
            takers = {command for command, taken in options().items() if spelling in taken} - {"config"}
            assert takers == named, spelling  # `config` takes all that `build` takes
            seen += 1
    assert seen > 5


@both
def test_every_value_that_has_a_name_is_named(page: Path) -> None:
    text = pages.read(page)
    names = (
        *(row.name for row in FORMATS),
        *convert.EPUB_PROFILES,
        *convert.SORT_ORDERS,
        *convert.SECTION_LEVELS,
        *papers.PAPERS,
        *(f"{{{name}}}" for name in naming.PLACEHOLDERS),
    )
    assert not [one for one in names if not re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text)]


@both
def test_exit_codes_and_levels_are_those_of_the_program(page: Path) -> None:
    numbers = {int(row[0]) for row in pages.rows(page) if row[0].isdigit()}
    assert numbers == {OK, FAILED, USAGE, STRICT, NOTHING, check.FAULTY, INTERRUPTED}
    levels = [
        row[0].split("（")[0].strip("`")
        for row in pages.rows(page)
        if row[0].startswith(("`info", "`warn", "`err"))
    ]
    assert levels == list(get_args(Level))
    assert re.search("[,、] ?".join(map(str, WORST_FIRST)), pages.read(page)), (
        "which of several booklets counts"
    )


@both
def test_variables_of_the_environment_are_those_that_are_read(page: Path) -> None:
    told = {code for found in first_codes(page) for code in found if code.isupper()}
    code = "".join(path.read_text(encoding="utf-8") for path in (pages.ROOT / "booklet").rglob("*.py"))
    assert all(f'"{name}"' in code for name in told)
    assert set(re.findall(r'"(BOOKLET_[A-Z_]+)"', code)) <= told


@pytest.mark.parametrize("page", THEMES, ids=pages.name)
def test_a_themes_page_lists_its_options_with_their_defaults(page: Path) -> None:
    loaded = theme.load(page.parent.name, project_dir=pages.ROOT)
    told = {
        row[0].strip("`"): (row[1].replace("`", ""), row[2].strip('`"'))
        for row in pages.rows(page)
        if len(row) == 4 and row[0].strip("`") in loaded.options  # option, type, default, meaning
    }
    assert told == {
        one.name: (" ".join(one.choices) or one.type, _written(one.default))
        for one in loaded.options.values()
    }


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
