"""Help, and what is said to wrong usage."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from booklet import __version__
from booklet.cli.help import columns
from booklet.cli.options import OPTIONS, Option, facts
from booklet.config.flags import SPELLING
from booklet.words.messages import Language, table, text

from .conftest import FakePipeline, Type

COMMANDS = ("init", "list", "build", "check", "impose", "themes", "cache", "config")
LATER = ("--pdf-profile", "--creep")


def test_nothing_at_all_prints_the_help(typed: Type) -> None:
    alone, asked = typed(), typed("--help")
    assert (alone.code, asked.code) == (0, 0)
    assert alone.out == asked.out
    assert all(command in alone.out for command in COMMANDS)


@pytest.mark.parametrize(("language", "word"), [("en", "Which articles"), ("zh", "选哪些文章")])
def test_help_speaks_the_users_language(
    typed: Type, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("BOOKLET_LANG", language)
    answer = typed("build", "--help")
    assert answer.code == 0
    assert word in answer.out


@pytest.mark.parametrize("command", COMMANDS)
def test_no_help_names_what_is_not_built_yet(typed: Type, command: str) -> None:
    answer = typed(command, "-h")
    assert answer.code == 0
    assert not [name for name in LATER if name in answer.out]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("width", [40, 80, 120])
def test_help_is_whole_at_any_width(
    typed: Type, monkeypatch: pytest.MonkeyPatch, command: str, language: Language, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("BOOKLET_LANG", language)
    answer = typed(command, "--help")
    assert "…" not in answer.out
    assert max(columns(line) for line in answer.out.splitlines()) <= width
    messages = table(language)
    unbroken = "".join(answer.out.split())
    names = [name for name, option in OPTIONS.items() if f" {spelling(name, option)} " in f"{answer.out} "]
    assert all("".join(text(f"help.option.{name}", **facts(language)).split()) in unbroken for name in names)
    assert "".join(messages[f"help.{command}"].split()) in unbroken


def spelling(name: str, option: Option) -> str:
    return option.spelling or SPELLING[name]


def test_a_stream_that_takes_nothing_ends_in_a_sentence(
    typed: Type, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert typed("list", ".").code == 0
    sys.stdout.close()

    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    answer = typed("list", ".")
    assert answer.code == 1
    assert "the system refuses: [Errno 28] No space left" in answer.err


def test_an_interruption_during_the_start_is_exit_130_without_traceback(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nclass Stop:\n    def find_spec(self, name, *_):\n"
        "        if name == 'typer': raise KeyboardInterrupt\nsys.meta_path.insert(0, Stop())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "booklet", "--help"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_version(typed: Type) -> None:
    assert typed("--version").out.strip() == f"booklet {__version__}"


def test_help_comes_at_once() -> None:
    """By the processor's time, for other work on the machine may not decide: a quarter of a second, idle."""
    heavy = {
        "weasyprint",
        "lxml",
        "PIL",
        "aiohttp",
        "jinja2",
        "ebooklib",
        "pikepdf",
        "rich",
        "fontTools",
        "nh3",
    }
    probe = (
        "import sys, time; from booklet.cli import run; run(['--help'])\n"
        f"print(time.process_time(), *sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    tries = [
        subprocess.run(
            [sys.executable, "-c", probe], check=True, capture_output=True, text=True
        ).stderr.split()
        for _ in range(2)
    ]
    assert [names for _, *names in tries] == [[], []]
    assert min(float(seconds) for seconds, *_ in tries) < 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("build", "--weeks", "2021-W42"), "--week"),
        (("list", "--categorie", "x"), "--category"),
        (("biuld",), "build"),
        (("build", "--formt", "epub"), "--format"),
        (("--verson",), "--version"),
        (("cache", "claer"), "clear"),
        (("build", ".", "--paper", "a9"), "a4"),
        (("build", ".", "--sort", "dat"), "date"),
        (("build", ".", "-f", "mobi"), "epub, pdf"),
        (("build", ".", "--week", "42"), "2021-W42"),
        (("themes", "studi"), "study"),
        (("build", "--week"), "--week needs a value"),
        (("build", "--force=yes"), "--force takes no value"),
        (("list", "--limit"), "list --help"),
        (("build", ".", "--paper", "10x10mm"), "50 – 1000 mm"),
        (("build", "--pdf-profile", "press"), "--help"),
        (("themes", "a", "b"), "themes --help"),
        (("check",), "booklet check"),
        (("check", "missing.pdf"), "missing.pdf"),
        (("build",), "booklet init"),
        (("build", "nothing-of-that-name"), "nothing-of-that-name"),
    ],
)
def test_wrong_usage_is_exit_2_and_one_sentence_with_a_way_out(
    typed: Type, arguments: tuple[str, ...], named: str
) -> None:
    answer = typed(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert named in answer.err
    assert answer.err.startswith("error: ")
    assert len(answer.err.splitlines()) == 2
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "arguments", [("build", "--weeks", "x"), ("biuld",), ("build",), ("check", "no.pdf")]
)
def test_with_json_wrong_usage_is_one_document(typed: Type, arguments: tuple[str, ...]) -> None:
    answer = typed(*arguments, "--json")
    document = json.loads(answer.out)
    assert answer.code == 2
    assert document["version"] == 1
    assert set(document["error"]) == {"code", "message", "hint", "exit_code"}
    assert document["error"]["exit_code"] == 2


def test_a_wrong_type_is_explained_in_words(typed: Type) -> None:
    Path("booklet.toml").write_text('sources = "posts"')
    answer = typed("build")
    assert answer.code == 2
    assert "booklet.toml: sources must be a list of texts" in answer.err


def test_a_fault_of_ours_is_a_sentence_and_a_traceback_only_with_v(
    typed: Type, pipeline: FakePipeline, tmp_path: Path
) -> None:
    pipeline.raises[""] = ZeroDivisionError("unlucky")
    short = typed("build", ".")
    assert (short.code, short.out) == (1, "")
    assert "unlucky" in short.err
    assert "Traceback" not in short.err
    assert "Traceback" in typed("build", ".", "-v").err
    document = json.loads(typed("build", ".", "--json").out)
    assert (document["error"]["code"], document["error"]["exit_code"]) == ("internal", 1)


def test_a_fault_whose_text_has_braces_is_told_too(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.raises[""] = KeyError("{0} {name}")
    assert "{name}" in typed("build", ".").err


def test_messages_are_chinese_for_chinese_users(typed: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKLET_LANG", "zh_CN.UTF-8")
    assert "没有选项 --weeks" in typed("build", "--weeks").err
    assert "没有选项" in json.loads(typed("build", "--weeks", "--json").out)["error"]["message"]


@pytest.mark.parametrize("encoding", ["ascii", "cp936", "cp1252"])
def test_a_console_of_a_small_code_page_ends_no_run(tmp_path: Path, encoding: str) -> None:
    """`PYTHONIOENCODING` with errors=strict is what an old Windows console does."""
    (tmp_path / "booklet.toml").write_text(
        'sources = ["."]\n[[booklets]]\nname = "😀 é 学习"\npaper = "x😀"\n', encoding="utf-8"
    )
    environment = {
        "PYTHONIOENCODING": f"{encoding}:strict",
        "BOOKLET_LANG": "zh",
        "PATH": "",
        "SYSTEMROOT": "",
    }
    for arguments in (["--help"], ["build"], ["build", "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "booklet", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == (0 if arguments == ["--help"] else 2), done.stderr
        assert b"Traceback" not in done.stderr
        if "--json" in arguments:
            assert "😀" in json.loads(done.stdout.decode(encoding))["error"]["message"]
