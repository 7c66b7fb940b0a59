"""`line_breaks` of a source."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from booklet.config.show import as_toml
from booklet.findings import BookletError

from .project import loaded


def write(folder: Path, sources: str) -> None:
    (folder / "booklet.toml").write_text(f"{sources}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "sources",
    [
        'sources = ["posts", { path = "notes", line_breaks = "keep" }]',
        '[[sources]]\npath = "posts"\n[[sources]]\npath = "notes"\nline_breaks = "keep"',
    ],
    ids=["list", "tables"],
)
def test_a_source_says_what_its_line_ends_are(tmp_path: Path, sources: str) -> None:
    write(tmp_path, sources)
    (job,) = loaded(tmp_path).config.jobs
    assert [source.name for source in job.sources] == ["posts", "notes"]
    assert {path.name: ends for path, ends in job.line_breaks.items()} == {"notes": "keep"}


def test_the_configuration_shown_says_it_too(tmp_path: Path) -> None:
    write(tmp_path, 'sources = ["notes/a", { path = "notes", line_breaks = "join" }]')
    shown = tomllib.loads(as_toml(loaded(tmp_path), origin_text=str))
    assert shown["sources"] == ["notes/a", {"path": "notes", "line_breaks": "join"}]


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ('sources = [{ path = "a", line_breaks = "perhaps" }]', "value-invalid"),
        ('sources = [{ line_breaks = "keep" }]', "config-type"),
        ('sources = [{ path = "a", line_break = "keep" }]', "config-unknown-key"),
        ('sources = [{ path = "a", line_breaks = 3 }]', "config-type"),
    ],
)
def test_a_faulty_table_is_refused(tmp_path: Path, sources: str, code: str) -> None:
    write(tmp_path, sources)
    with pytest.raises(BookletError) as caught:
        loaded(tmp_path)
    assert caught.value.code == code
