"""What is wrong in `booklet.toml` is named, with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import failure, fixture_project

__all__ = ["fixture_project"]


@pytest.mark.parametrize(
    ("text", "key", "near", "table"),
    [
        ('sorces = ["x"]', "sorces", "sources", "booklet.toml"),
        ('[[booklets]]\nthme = "x"', "thme", "theme", "[[booklets]]"),
        ('theme = "study"', "theme", "theme", "[[booklets]]"),
        ("[images]\nmax_md = 1", "max_md", "max_mb", "[images]"),
        ('[[booklets]]\nselect = { category = ["x"] }', "category", "categories", "[booklets.select]"),
        ('[[booklets]]\nmeta = { publischer = "x" }', "publischer", "publisher", "[booklets.meta]"),
        ('[fonts]\nmonospace = "x"', "monospace", "mono", "[fonts]"),
        ('[[booklets]]\npdf_profile = "print"', "pdf_profile", None, None),
    ],
)
def test_an_unknown_key_names_the_nearest_and_its_table(
    tmp_path: Path, text: str, key: str, near: str | None, table: str | None
) -> None:
    (tmp_path / "booklet.toml").write_text(text, encoding="utf-8")
    error = failure(tmp_path, sources=(".",))
    assert (error.code, error.params["key"]) == ("config-unknown-key", key)
    if near:
        assert (error.params["near"], error.params["near_table"]) == (near, table)


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ('sources = "posts"', "sources", "strings"),
        ("timezone = 8", "timezone", "string"),
        ('[images]\nmax_mb = "20"', "images.max_mb", "number"),
        ("[images]\nconnections = 1.5", "images.connections", "integer"),
        ("[images]\nconnections = true", "images.connections", "integer"),
        ("images = 3", "images", "table"),
        ("booklets = 3", "booklets", "tables"),
        ("[booklets]\nname = 'x'", "booklets", "tables"),
        ("[[booklets]]\nselect = { drafts = 'yes' }", "booklets.select.drafts", "boolean"),
        ("[[booklets]]\nselect = { since = 2021-10-13T00:00:00 }", "booklets.select.since", "date"),
        ("[[booklets]]\nmeta = { number = 17 }", "booklets.meta.number", "string"),
        ("[[booklets]]\noptions = { accent = ['x'] }", "booklets.options.accent", "plain"),
        ("[[booklets]]\norder = [1]", "booklets.order", "strings"),
    ],
)
def test_a_wrong_type_names_the_key_and_what_is_expected(
    tmp_path: Path, text: str, key: str, expected: str
) -> None:
    (tmp_path / "booklet.toml").write_text(text, encoding="utf-8")
    error = failure(tmp_path, sources=(".",))
    assert (error.code, error.params["key"], error.params["expected"]) == ("config-type", key, expected)
    assert error.params["file"] == str(tmp_path / "booklet.toml")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[[booklets]]\nformats = ['mobi']", "booklets.formats"),
        ("[[booklets]]\nselect = { sort = 'size' }", "booklets.select.sort"),
        ("[[booklets]]\nselect = { section_level = 4 }", "booklets.select.section_level"),
        ("language = 'Chinese (simplified)'", "language"),
    ],
)
def test_a_value_that_is_not_valid_lists_the_valid_ones(tmp_path: Path, text: str, where: str) -> None:
    (tmp_path / "booklet.toml").write_text(text, encoding="utf-8")
    error = failure(tmp_path, sources=(".",))
    assert error.code == "value-invalid"
    assert str(error.params["where"]).startswith(where)
    assert error.params["known"]


def test_an_unknown_format_is_refused_with_the_valid_ones(tmp_path: Path) -> None:
    error = failure(tmp_path, sources=(".",), formats=("mobi",))
    assert (error.params["where"], error.params["known"]) == ("--format", "epub, pdf, booklet")


@pytest.mark.parametrize("limit", ["0", "-3", "2.5", "many", "nan", "inf", "1e400"])
def test_a_limit_is_a_whole_number(tmp_path: Path, limit: str) -> None:
    assert failure(tmp_path, sources=(".",), limit=limit).code == "number-invalid"


def test_a_syntax_error_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "booklet.toml").write_text('version = 1\n\nsources = ["posts\n')
    error = failure(tmp_path)
    assert (error.code, error.params["line"]) == ("config-syntax", 3)
    assert error.params["file"] == str(tmp_path / "booklet.toml")
    (tmp_path / "booklet.toml").write_text("x = " + "[" * 5000)
    assert failure(tmp_path).code == "config-syntax"


def test_other_faults_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "booklet.toml").write_text("version = 2\n")
    assert failure(tmp_path).code == "config-version"
    (tmp_path / "booklet.toml").write_bytes('title = "每周学习参考"'.encode("gbk"))
    assert failure(tmp_path).code == "config-encoding"
    assert failure(tmp_path, config=Path("other.toml")).code == "config-missing"
    (tmp_path / "booklet.toml").write_text("[images]\nproxies = ['https://proxy.example/']\n")
    assert failure(tmp_path, sources=(".",)).code == "proxy-invalid"
    (tmp_path / "booklet.toml").write_text("[images]\nconnections = 0\n")
    assert failure(tmp_path, sources=(".",)).code == "number-invalid"
