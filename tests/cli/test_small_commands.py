"""init, config, themes, cache and check, and how everything is shown."""

from __future__ import annotations

import io
import json
import sys
import tomllib
from pathlib import Path

import pytest

from booklet.cli.output import Printer
from booklet.findings import BookletError, finding
from booklet.samples import files

from .conftest import FakePipeline, Type

NOTHING = BookletError(
    "nothing-selected", exit_code=4, found=7, categories="新媒体", days="2021-10-01 – 2021-10-09"
)
TWO = 'sources = ["."]\n[[booklets]]\nname = "one"\ntitle = "甲"\n[[booklets]]\nname = "two"\ntitle = "乙"\n'


def test_without_sources_config_prints_the_defaults(typed: Type) -> None:
    answer = typed("config")
    assert answer.code == 0
    assert "paper = " in answer.out


def test_init_writes_a_starter_once(typed: Type, tmp_path: Path) -> None:
    answer = typed("init", "x")
    assert answer.code == 0
    assert "cd x && booklet build" in answer.err
    written = {
        path.relative_to(tmp_path / "x").as_posix(): path.read_bytes()
        for path in (tmp_path / "x").rglob("*")
        if path.is_file()
    }
    assert written == dict(files())
    (tmp_path / "x/booklet.toml").write_text("mine")
    again = typed("init", "x")
    assert again.code == 2
    assert "booklet.toml" in again.err
    assert (tmp_path / "x/booklet.toml").read_text() == "mine"


def test_the_starter_is_configured_rightly(typed: Type, pipeline: FakePipeline, tmp_path: Path) -> None:
    typed("init")
    assert typed("build").code == 0
    assert pipeline.jobs[0].sources == (tmp_path / "source/_posts",)
    assert typed("build", "weekly").code == 0


def test_config_prints_toml_with_origins(typed: Type) -> None:
    Path("booklet.toml").write_text(TWO, encoding="utf-8")
    answer = typed("config", "two", "--paper", "b5")
    assert answer.code == 0
    document = tomllib.loads(answer.out)
    assert [entry["name"] for entry in document["booklets"]] == ["two"]
    assert 'paper = "b5"  # flag' in answer.out
    assert 'title = "乙"  # file' in answer.out
    assert 'theme = "study"  # default' in answer.out


def test_config_prints_toml_that_configures_the_same_again(typed: Type) -> None:
    answer = typed("config", "--limit", "5", "--since", "2021-10-01")
    Path("booklet.toml").write_text(answer.out, encoding="utf-8")
    again = typed("config")
    assert again.code == 0
    assert tomllib.loads(again.out)["booklets"][0]["select"]["limit"] == 5


def test_themes(typed: Type) -> None:
    answer = typed("themes")
    assert answer.code == 0
    assert "study" in answer.out
    assert "plain" in answer.out
    options = typed("themes", "study")
    assert "#a8201a" in options.out
    assert "[booklets.options]" in options.err
    document = json.loads(typed("themes", "study", "--json").out)
    accent = next(option for option in document["options"] if option["name"] == "accent")
    assert (accent["type"], accent["default"]) == ("colour", "#a8201a")
    assert {theme["name"] for theme in json.loads(typed("themes", "--json").out)["themes"]} >= {
        "plain",
        "study",
    }


def test_options_of_a_theme_are_explained_in_the_users_language(
    typed: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = typed("themes", "study").out
    monkeypatch.setenv("BOOKLET_LANG", "zh")
    assert "颜色" in typed("themes", "study").out
    assert "colour of" in english


def test_cache(typed: Type, tmp_path: Path) -> None:
    answer = typed("cache")
    assert answer.code == 0
    assert str(tmp_path / "cache") in answer.out
    assert json.loads(typed("cache", "info", "--json").out)["pictures"] == 0
    assert json.loads(typed("cache", "prune", "--json").out)["removed"] == {"files": 0, "bytes": 0}
    assert typed("cache", "clear").code == 0


def test_check_of_a_faulty_file_is_exit_3(typed: Type) -> None:
    Path("x.epub").write_text("no book")
    Path("y.txt").write_text("no book")
    answer = typed("check", "y.txt")
    assert answer.code == 3
    assert "y.txt: errors 1, warnings 0" in answer.out
    answer = typed("check", "y.txt", "--json")
    (one,) = json.loads(answer.out)["files"]
    assert (answer.code, one["kind"], one["findings"][0]["code"]) == (3, "other", "check-unsupported")


def test_names_of_files_do_not_command_the_terminal(
    typed: Type, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.findings = (finding("title-missing", "\x1b]0;owned\x07.md", title="\x1b[2J"),)
    assert "\x1b" not in typed("build", ".").err
    Printer("en").table(["Title"], [["\x1b[31mred"]], title="[/a] \x1b[2J")
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "[/a]" in printed, "nor are brackets markup"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_on_a_terminal_alone(
    typed: Type, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Reading" not in typed("build", ".").err
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert typed("build", ".").code == 0
    assert "Reading" in terminal.getvalue()
    assert "一[b]" in terminal.getvalue() or "二" in terminal.getvalue()


def test_tables_in_pipes_keep_long_titles_whole(capsys: pytest.CaptureFixture[str]) -> None:
    title = "很长的标题" * 12
    Printer("zh").table(["标题"], [[title]])
    assert title in capsys.readouterr().out


def test_a_faulty_theme_of_the_project_does_not_hide_the_others(typed: Type, tmp_path: Path) -> None:
    faulty = tmp_path / "themes" / "ours"
    faulty.mkdir(parents=True)
    (faulty / "theme.toml").write_text("name = ", encoding="utf-8")

    answer = typed("themes")

    assert answer.code == 2
    assert "study" in answer.out
    assert "ours" in answer.err


def test_a_table_begins_with_its_headings(typed: Type) -> None:
    assert typed("themes").out.splitlines()[0].split()


def test_details_are_told_with_verbose_only_and_are_in_every_report(
    typed: Type, pipeline: FakePipeline
) -> None:
    way = finding("image-way", "a/one.md", url="https://p.example/a.jpg", way="cache", bytes=1234)
    pipeline.findings = (way,)
    assert "p.example" not in typed("build", ".").err
    assert "from the cache, 1234 bytes" in typed("build", ".", "-v", "--force").err
    assert "image-way" in typed("build", ".", "--json", "--force").out
