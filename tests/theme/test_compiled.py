"""Compiled templates are taken from the cache only where they are what would be compiled."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from booklet import theme
from booklet.cache import templates as compiled
from booklet.model import Chapter
from booklet.render.chapters import render_chapters
from booklet.theme import Theme

from .sample import sample_booklet


@pytest.fixture
def study() -> Theme:
    return theme.load("study", project_dir=Path())


def chapters(look: Theme, cache: Path | None) -> tuple[Chapter, ...]:
    options, _ = look.resolve_options({})
    return render_chapters(sample_booklet(), theme=look, options=options, target="epub", cache_dir=cache)


def kept(cache: Path) -> list[Path]:
    return sorted((cache / "templates").iterdir())


def forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(jinja2.Environment, "compile", refuse)


def test_the_second_run_compiles_nothing(
    study: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = chapters(study, tmp_path)
    assert len(kept(tmp_path)) >= 8
    forbid_compiling(monkeypatch)
    assert chapters(study, tmp_path) == first


def test_without_a_folder_nothing_is_kept(study: Theme, tmp_path: Path) -> None:
    assert chapters(study, None) == chapters(study, tmp_path)


def test_a_changed_template_is_compiled_anew(study: Theme, tmp_path: Path) -> None:
    chapters(study, tmp_path)
    before = len(kept(tmp_path))
    toc = '<p id="{{ id }}">另一个目录</p>'
    changed = replace(study, templates={**study.templates, "toc.html.j2": toc})
    assert any("另一个目录" in one.xhtml for one in chapters(changed, tmp_path))
    assert len(kept(tmp_path)) == before


def test_templates_of_the_same_name_in_two_themes_are_two(study: Theme, tmp_path: Path) -> None:
    chapters(study, tmp_path)
    before = len(kept(tmp_path))
    chapters(replace(study, folder=tmp_path / "other"), tmp_path)
    assert len(kept(tmp_path)) == 2 * before


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "no code"])
def test_a_damaged_file_counts_as_absent(study: Theme, tmp_path: Path, damage: str) -> None:
    first = chapters(study, tmp_path)
    for path in kept(tmp_path):
        data = path.read_bytes()
        path.write_bytes(
            {"cut": data[:90], "empty": b"", "other": b"x" * 900, "no code": data[:64] + b"N"}[damage]
        )
    assert chapters(study, tmp_path) == first


def test_code_of_another_python_is_compiled_anew(
    study: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapters(study, tmp_path)
    before = [path.read_bytes() for path in kept(tmp_path)]
    monkeypatch.setattr(compiled, "_MADE_BY", "another\n")
    chapters(study, tmp_path)
    assert all(old != path.read_bytes() for old, path in zip(before, kept(tmp_path), strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_from_a_folder_that_others_may_write_to_nothing_is_taken(
    study: Theme, tmp_path: Path, mode: int
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates").chmod(mode)
    chapters(study, tmp_path)
    assert kept(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_nor_from_a_link_to_one(study: Theme, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "templates").symlink_to(tmp_path / "elsewhere")
    chapters(study, tmp_path)
    assert os.listdir(tmp_path / "elsewhere") == []  # noqa: PTH208 - names are all that is asked


def test_a_cache_that_cannot_be_made_is_none(study: Theme, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert chapters(study, tmp_path / "file") == chapters(study, None)


def test_clearing_tells_what_went(study: Theme, tmp_path: Path) -> None:
    chapters(study, tmp_path)
    size = sum(path.stat().st_size for path in kept(tmp_path))
    count = len(kept(tmp_path))
    assert compiled.clear(tmp_path) == (count, size)
    assert not (tmp_path / "templates").exists()
    assert compiled.clear(tmp_path) == (0, 0)
