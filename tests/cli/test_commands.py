"""What the commands print, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from booklet.findings import BookletError, finding

from .conftest import FakePipeline, Type

NOTHING = BookletError(
    "nothing-selected", exit_code=4, found=7, categories="新媒体", days="2021-10-01 – 2021-10-09"
)
TWO = 'sources = ["."]\n[[booklets]]\nname = "one"\ntitle = "甲"\n[[booklets]]\nname = "two"\ntitle = "乙"\n'


def test_build_prints_paths_alone_on_stdout(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.findings = (finding("title-missing", "a/one.md", 3, title="无题"),)
    answer = typed("build", ".", "--name", "mine", "-t", "我的")
    assert answer.code == 0
    assert answer.out.splitlines() == [str(Path("build/mine/mine.epub")), str(Path("build/mine/mine.pdf"))]
    assert "a/one.md:3: no title; “无题” is used" in answer.err
    assert "add a title" in answer.err
    assert "“我的”: articles 1, pages 7" in answer.err


def test_build_passes_flags_on(typed: Type, pipeline: FakePipeline) -> None:
    arguments = ("-f", "epub", "--offline", "--force", "--no-cache", "--keep-stages", "stages", "--drafts")
    assert typed("build", ".", *arguments, "--tag", "a", "--tag", "b", "--timezone", "Asia/Tokyo").code == 0
    config, job = pipeline.configs[0], pipeline.jobs[0]
    assert (config.offline, config.force, config.use_cache) == (True, True, False)
    assert config.keep_stages == Path.cwd() / "stages"
    assert config.timezone.key == "Asia/Tokyo"
    assert (job.formats, job.select.drafts, job.select.tags) == (("epub",), True, ("a", "b"))


@pytest.mark.parametrize(("typed_jobs", "processes"), [((), None), (("--jobs", "3"), 3)])
def test_build_takes_a_number_of_processes(
    typed: Type, pipeline: FakePipeline, typed_jobs: tuple[str, ...], processes: int | None
) -> None:
    assert typed("build", ".", *typed_jobs).code == 0
    assert pipeline.configs[0].processes == processes


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_a_number_of_processes_that_is_none_is_wrong_usage(typed: Type, number: str) -> None:
    answer = typed("build", ".", f"--jobs={number}")
    assert answer.code == 2
    assert "--jobs" in answer.err


def test_the_report_is_designs(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.findings = (finding("date-invalid", "a/one.md", value="Invalid Date"),)
    answer = typed("build", ".", "--name", "mine", "--json")
    document = json.loads(answer.out)
    assert answer.err == ""
    assert json.loads(Path("build/mine/report.json").read_text(encoding="utf-8")) == document
    assert list(document) == [
        "version",
        "booklet",
        "articles",
        "outputs",
        "images",
        "videos",
        "findings",
        "timings_s",
    ]
    assert list(document["booklet"]) == ["name", "title", "identifier", "theme", "timezone"]
    assert document["articles"] == [
        {
            "id": "0123456789ab",
            "title": "第一篇",
            "source": "a/one.md",
            "published": "2021-10-20T08:00:00+00:00",
            "categories": ["新媒体/A\\/B"],
            "chars": 2,
            "pages": [1, 3],
        }
    ]
    assert document["outputs"][0] == {
        "format": "epub",
        "path": str(Path("build/mine/mine.epub")),
        "bytes": 5,
        "sha256": "0" * 64,
        "pages": None,
    }
    assert document["images"] == {"wanted": 2, "embedded": 0, "cached": 1, "missing": 2}
    assert document["videos"] == [
        {"article": "0123456789ab", "provider": "腾讯视频", "url": "https://v.qq.com/x/page/a.html"}
    ]
    (found,) = document["findings"]
    assert found["message"] == "the date “Invalid Date” cannot be understood"
    assert (found["code"], found["level"], found["line"]) == ("date-invalid", "warning", None)
    assert found["hint"]
    assert document["timings_s"] == {"collect": 0.123, "total": 1.0}


def test_the_report_counts_leftovers_of_markup_by_folder(typed: Type, pipeline: FakePipeline) -> None:
    left = [("a/b/one.md", "**", 2), ("a/b/two.md", "**", 1), ("a/b/two.md", "{{", 1), ("three.md", "$$", 4)]
    pipeline.findings = tuple(
        finding("markup-left", source, 3, kind=kind, count=count, text=kind) for source, kind, count in left
    )
    document = json.loads(typed("build", ".", "--name", "mine", "--json").out)
    assert document["leftovers"] == {".": {"$$": 4}, "a/b": {"**": 3, "{{": 1}}
    assert document["findings"][0]["line"] == 3


def test_the_kept_report_lists_what_earlier_runs_wrote(typed: Type, pipeline: FakePipeline) -> None:
    """Else the PDF of the first run would be foreign to the third, and not be overwritten."""
    kept = Path("build/mine/report.json")
    for form in ("pdf", "epub"):
        assert typed("build", ".", "--name", "mine", "-f", form).code == 0
        Path(f"build/mine/mine.{form}").touch()
    assert [one["format"] for one in json.loads(kept.read_bytes())["outputs"]] == ["epub", "pdf"]
    Path("build/mine/mine.pdf").unlink()
    typed("build", ".", "--name", "mine", "-f", "epub")
    assert [one["format"] for one in json.loads(kept.read_bytes())["outputs"]] == ["epub"]
    kept.write_text('{"outputs": [3, {"path": 4}]}')
    assert typed("build", ".", "--name", "mine", "-f", "epub").code == 0


def test_several_booklets_are_an_array(typed: Type, pipeline: FakePipeline) -> None:
    Path("booklet.toml").write_text(TWO, encoding="utf-8")
    documents = json.loads(typed("build", "--json").out)
    assert [one["booklet"]["title"] for one in documents] == ["甲", "乙"]
    assert json.loads(typed("build", "two", "--json").out)["booklet"]["title"] == "乙"


def test_a_booklet_that_cannot_be_built_does_not_keep_the_others(typed: Type, pipeline: FakePipeline) -> None:
    Path("booklet.toml").write_text(TWO, encoding="utf-8")
    pipeline.raises["one"] = NOTHING
    answer = typed("build", "--json")
    first, second = json.loads(answer.out)
    assert (answer.code, first["error"]["exit_code"], second["booklet"]["name"]) == (4, 4, "two")
    answer = typed("build")
    assert answer.code == 4
    assert "two.pdf" in answer.out
    assert "one" in answer.err


@pytest.mark.parametrize("command", ["build", "list"])
def test_nothing_selected_is_exit_4_with_what_there_is(
    typed: Type, pipeline: FakePipeline, command: str
) -> None:
    pipeline.raises[""] = NOTHING
    answer = typed(command, ".")
    assert (answer.code, answer.out) == (4, "")
    assert "新媒体" in answer.err
    assert "2021-10-01 – 2021-10-09" in answer.err
    document = json.loads(typed(command, ".", "--json").out)
    assert (document["error"]["code"], document["error"]["exit_code"]) == ("nothing-selected", 4)


def test_an_output_that_could_not_be_made_is_exit_1(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.failed = True
    pipeline.findings = (finding("face-missing", command="apt-get install fonts-noto-cjk"),)
    answer = typed("build", ".", "--strict")
    assert answer.code == 1
    assert "apt-get install fonts-noto-cjk" in answer.err
    answer = typed("build", ".", "--json")
    assert answer.code == 1
    assert json.loads(answer.out)["findings"][0]["code"] == "face-missing"


def test_strict_is_exit_3_for_warnings_and_not_for_notes(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.findings = (finding("title-missing", title="x"),)
    assert typed("build", ".", "--strict").code == 0
    pipeline.findings = (finding("date-invalid", value="x"),)
    assert typed("build", ".").code == 0
    assert typed("build", ".", "--strict").code == 3
    assert json.loads(typed("build", ".", "--strict", "--json").out)["outputs"]


def test_an_interruption_is_exit_130(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.raises[""] = KeyboardInterrupt()
    assert typed("build", ".").code == 130
    answer = typed("build", ".", "--json")
    assert answer.code == 130
    assert json.loads(answer.out)["error"]["code"] == "interrupted"


def test_quiet_keeps_errors_and_results(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.findings = (finding("date-invalid", value="x"), finding("pdf-failed", "b.md", reason="z"))
    answer = typed("build", ".", "-q")
    assert "b.md" in answer.err
    assert "Invalid" not in answer.err
    assert "pages" not in answer.err
    assert len(answer.out.splitlines()) == 2


def test_many_notes_are_cut_and_shown_with_v(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.findings = tuple(finding("title-missing", f"{number}.md", title="x") for number in range(50))
    short = typed("build", ".").err
    assert "notes: 50" in short
    assert "… and 30 more" in short
    assert short.count("no title") == 20
    assert typed("build", ".", "-v").err.count("no title") == 50


@pytest.mark.parametrize("command", ["build", "list"])
def test_sources_that_are_not_there_are_named(typed: Type, pipeline: FakePipeline, command: str) -> None:
    Path("booklet.toml").write_text('sources = ["gone", "."]')
    assert typed(command).code == 0, "one of several is a finding"
    Path("booklet.toml").write_text('sources = ["gone", "away"]')
    answer = typed(command)
    assert answer.code == 2
    assert "gone" in answer.err
    assert "away" in answer.err
    assert typed("config").code == 0


def test_list_is_a_table_and_json(typed: Type, pipeline: FakePipeline) -> None:
    pipeline.findings = (finding("date-invalid", "a/one.md", value="x"),)
    answer = typed("list", ".")
    assert answer.code == 0
    assert all(word in answer.out for word in ("2021-10-20", "新媒体", "第一篇", "a/one.md"))
    assert "date" in answer.err
    document = json.loads(typed("list", ".", "--json").out)
    assert list(document) == ["articles", "findings"]
    assert "pages" not in document["articles"][0]
    assert document["articles"][0]["chars"] == 2
    assert document["findings"][0]["code"] == "date-invalid"


def test_list_of_several_booklets(typed: Type, pipeline: FakePipeline) -> None:
    Path("booklet.toml").write_text(TWO, encoding="utf-8")
    assert len(json.loads(typed("list", "--json").out)) == 2
    answer = typed("list")
    assert "甲" in answer.out
    assert "乙" in answer.out


def test_a_booklet_without_articles_does_not_keep_list_from_the_others(
    typed: Type, pipeline: FakePipeline
) -> None:
    Path("booklet.toml").write_text(TWO, encoding="utf-8")
    pipeline.raises["one"] = BookletError("nothing-found", exit_code=4, paths="x", endings=".md")
    answer = typed("list")
    assert answer.code == 4
    assert "乙" in answer.out
    assert "one:" in answer.err
    first, second = json.loads(typed("list", "--json").out)
    assert first["error"]["exit_code"] == 4
    assert second["articles"]


@pytest.mark.parametrize("fault", [ZeroDivisionError("x"), PermissionError(13, "no")])
def test_a_fault_that_nobody_expected_in_one_booklet_keeps_no_other_from_being_built(
    typed: Type, pipeline: FakePipeline, fault: Exception
) -> None:
    Path("booklet.toml").write_text(TWO, encoding="utf-8")
    pipeline.raises["one"] = fault
    answer = typed("build", "--json")
    assert answer.code == 1
    assert "Traceback" not in answer.err
    first, second = json.loads(answer.out)
    assert first["error"]["exit_code"] == 1
    assert second["articles"]
