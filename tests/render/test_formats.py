"""The table of outputs: what is made, in which order, and that a further row is an output like any other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from booklet import check
from booklet.check import CheckResult, FileKind
from booklet.config.flags import Flags
from booklet.config.load import load
from booklet.events import Event
from booklet.extensions import Extensions
from booklet.images.decoding.forms import EPUB
from booklet.pipeline import build
from booklet.render.formats import FORMATS, FormatRow, Making, forms, in_order, kinds
from booklet.results import Made


def _titles(making: Making) -> Made:
    making.report(Event("titles", 1, 1))
    chapters = making.chapters("epub")
    return Made("titles", "\n".join(chapter.title for chapter in chapters).encode(), ())


TITLES = FormatRow(
    name="titles",
    ending=".titles.txt",
    make=_titles,
    form=lambda _theme, _options, _job: EPUB,
    check=FileKind(
        "titles",
        ".txt",
        lambda head: head.startswith(b"titles"),
        lambda path: CheckResult(path, "titles", (), (("lines", str(len(path.read_text().split("\n")))),)),
    ),
)


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        (("epub", "pdf"), ["pdf", "epub"]),
        (("pdf", "epub"), ["pdf", "epub"]),
        (("epub",), ["epub"]),
        (("booklet",), ["pdf", "booklet"]),
        (("booklet", "epub"), ["pdf", "epub", "booklet"]),
    ],
)
def test_what_an_output_needs_or_uses_is_made_before_it(wanted: tuple[str, ...], made: list[str]) -> None:
    assert [row.name for row in in_order(FORMATS, wanted)] == made


def test_rows_that_wait_for_each_other_are_made_all_the_same() -> None:
    rows = tuple(
        FormatRow(name=name, ending=f".{name}", make=_titles, after=(other,))
        for name, other in (("a", "b"), ("b", "a"))
    )
    assert [row.name for row in in_order(rows, ("b", "a"))] == ["a", "b"]


def test_a_further_row_is_asked_for_built_named_and_checked_like_any_other(tmp_path: Path) -> None:
    rows = (*FORMATS, TITLES)
    (tmp_path / "a.md").write_text("---\ntitle: 甲\ndate: 2021-10-20\n---\n正文。\n", encoding="utf-8")
    flags = Flags(sources=("a.md",), formats=("TITLES",), offline=True, no_cache=True)
    config = load(flags, cwd=tmp_path, now=datetime.now(UTC), environ={}, formats=rows).config
    result = build(config, config.jobs[0], extensions=Extensions(formats=(TITLES,)))
    (output,) = result.outputs
    assert (output.format, output.path.name) == ("titles", "a.titles.txt")
    assert output.path.read_text(encoding="utf-8").split("\n")[-2:] == ["甲", "本册说明"]
    assert result.timings["titles"] > 0
    verdict = check.examine(output.path, kinds(rows))
    assert (verdict.kind, dict(verdict.facts)["lines"]) == ("titles", "3")
    assert check.examine(output.path).findings[0].code == "check-unsupported"


def test_a_file_named_on_the_command_line_asks_for_a_further_row(tmp_path: Path) -> None:
    flags = Flags(sources=(".",), outputs=(Path("x.titles.txt"),))
    config = load(flags, cwd=tmp_path, now=datetime.now(UTC), environ={}, formats=(*FORMATS, TITLES)).config
    assert config.jobs[0].formats == ("titles",)


def test_only_outputs_with_pictures_of_their_own_have_a_form(tmp_path: Path) -> None:
    from booklet import theme

    flags = Flags(sources=(".",), formats=("booklet",))
    config = load(flags, cwd=tmp_path, now=datetime.now(UTC), environ={}, formats=FORMATS).config
    plain = theme.load("plain", project_dir=tmp_path)
    options, _ = plain.resolve_options({})
    job = config.jobs[0]
    assert list(forms(in_order(FORMATS, job.formats), plain, options, job)) == ["pdf"]


def test_every_row_but_those_made_from_others_can_be_checked() -> None:
    assert [row.name for row in FORMATS if not row.check and not row.needs] == []


def test_help_names_every_output() -> None:
    from booklet.cli.options import facts

    assert facts("en")["formats"] == "epub, pdf, booklet (to print and fold: A5 on A4)"
    assert facts("zh")["endings"] == ".epub 或 .pdf"
