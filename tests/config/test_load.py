"""`booklet.toml`, flags, environment: what a run is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from booklet.config.flags import Flags
from booklet.config.load import load
from booklet.config.show import as_toml
from booklet.config.values import Config, Paper
from booklet.findings import BookletError
from booklet.model import Period
from booklet.render.formats import FORMATS

from .project import NOW, failure, fixture_project, loaded

__all__ = ["fixture_project"]


def test_the_file_says_it_all(project: Path) -> None:
    config = loaded(project).config
    weekly, monthly = config.jobs
    assert config.build_dir == project / "out"
    assert config.timezone.key == "Asia/Shanghai"
    assert config.today == date(2021, 10, 28), "the reader's day, not Greenwich's"
    assert config.images.proxies == ("https://proxy.example/?{url}",)
    assert (config.images.max_mb, config.images.connections, config.images.timeout_s) == (2.5, 8, 20)
    assert config.fonts == {"text": "Noto Serif CJK SC", "kai": str(project / "fonts/kai.ttf")}
    assert weekly.sources == (project / "posts", project / "more/one.md")
    assert weekly.select.categories == (("新媒体", "ZAKER"), ("科技",))
    assert weekly.select.period.week == (2021, 42)
    assert (weekly.select.section_level, weekly.select.limit, weekly.select.order) == (2, 9, ("a.md",))
    assert (weekly.meta.creators, weekly.meta.number) == (("甲", "乙"), "17")
    assert weekly.formats == ("pdf",)
    assert weekly.paper == Paper("b5", 182, 257)
    assert weekly.options == {"accent": "#123456", "qr": False}
    assert monthly.select.period.since == date(2021, 10, 1)
    assert monthly.select.period.until == date(2021, 10, 13)
    assert (monthly.formats, monthly.paper.name, monthly.theme) == (("epub", "pdf"), "a4", "study")


def test_the_file_is_found_from_a_folder_below(project: Path) -> None:
    config = loaded(project / "deep/er").config
    assert config.project_dir == project
    assert config.jobs[0].sources[0] == project / "posts"


def test_flags_win_over_the_file(project: Path) -> None:
    config = loaded(
        project,
        sources=("weekly",),
        paper="a5",
        formats=("epub",),
        timezone="UTC",
        output_dir=Path("elsewhere"),
        categories=("历史",),
        limit="3",
        language="en",
        name="mine",
        title="Mine",
    ).config
    (job,) = config.jobs
    assert (job.paper.name, job.formats, job.name, job.title) == ("a5", ("epub",), "mine", "Mine")
    assert job.select.categories == (("历史",),)
    assert job.select.limit == 3
    assert config.timezone.key == "UTC"
    assert config.build_dir == project / "elsewhere"
    assert config.language == "en"


def test_a_period_flag_replaces_the_files_period(project: Path) -> None:
    (job,) = loaded(project, sources=("weekly",), since="2021-10-13", until="2021-10-22").config.jobs
    assert (job.select.period.since, job.select.period.until) == (date(2021, 10, 13), date(2021, 10, 22))
    assert job.select.period.week is None
    assert job.name == "weekly-2021-10-13_2021-10-22", "a template of weeks has no name for other days"
    assert loaded(project, sources=("weekly",), month="2021-10").config.jobs[0].name == "weekly-2021-10"
    assert loaded(project, sources=("weekly",), since="2021-10-13").config.jobs[0].name == "weekly"
    assert loaded(project, sources=("weekly",), week="this").config.jobs[0].name == "weekly-{year}-W{week}"


def test_sources_of_the_command_line_replace_the_files(project: Path) -> None:
    (job,) = loaded(project / "deep", sources=("monthly", "er")).config.jobs
    assert job.sources == (project / "deep/er",)
    assert job.name == "monthly"


def test_a_name_wins_over_a_folder_and_a_dot_makes_it_the_folder(project: Path) -> None:
    (project / "weekly").mkdir()
    assert [job.name for job in loaded(project, sources=("weekly",)).config.jobs] == ["weekly-{year}-W{week}"]
    both = loaded(project, sources=("./weekly",)).config.jobs
    assert len(both) == 2
    assert both[0].sources == (project / "weekly",)


def test_what_is_neither_names_the_booklets(project: Path) -> None:
    error = failure(project, sources=("wekly",))
    assert error.code == "source-unknown"
    assert "weekly" in str(error.params["known"])


def test_a_name_of_two_entries_is_ambiguous(tmp_path: Path) -> None:
    text = 'sources=["."]\n[[booklets]]\nname="week-a"\n[[booklets]]\nname="week-b"\n'
    (tmp_path / "booklet.toml").write_text(text)
    assert failure(tmp_path, sources=("week",)).code == "name-ambiguous"
    assert loaded(tmp_path, sources=("week-b",)).config.jobs[0].name == "week-b"


def test_without_a_file_the_folder_names_the_booklet(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (job,) = loaded(tmp_path, sources=("posts",), week="2021-W42").config.jobs
    assert job.name == "posts-2021-W42"
    assert job.title == "学习参考"
    assert loaded(tmp_path, sources=("posts",), language="zh-TW").config.jobs[0].title == "學習參考"
    assert loaded(tmp_path, sources=("posts",), language="fr").config.jobs[0].title == "Study Booklet"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "booklet.toml").write_bytes(b'\xef\xbb\xbfsources = ["."]\n')
    assert loaded(tmp_path).config.jobs[0].sources == (tmp_path,)


def test_a_wrong_zone_names_near_ones(tmp_path: Path) -> None:
    error = failure(tmp_path, sources=(".",), timezone="Asia/Shanghi")
    assert error.code == "zone-unknown"
    assert "Asia/Shanghai" in str(error.params["near"])
    assert "Asia/Shanghai" in str(failure(tmp_path, sources=(".",), timezone="shanghai").params["near"])
    assert failure(tmp_path, sources=(".",), timezone="../../etc/passwd").code == "zone-unknown"
    assert failure(tmp_path, sources=(".",), timezone="Asia").code == "zone-unknown"


def test_output_files_give_the_formats(tmp_path: Path) -> None:
    config = loaded(tmp_path, sources=(".",), outputs=(Path("x.pdf"),)).config
    assert config.jobs[0].formats == ("pdf",)
    assert config.jobs[0].outputs == (tmp_path / "x.pdf",)
    assert failure(tmp_path, sources=(".",), outputs=(Path("x.docx"),)).code == "value-invalid"
    assert failure(tmp_path, sources=(".",), outputs=(Path("x"),)).code == "value-invalid"
    error = failure(tmp_path, sources=(".",), outputs=(Path("x.pdf"),), formats=("epub",))
    assert error.code == "format-without-output"


def test_one_name_is_not_for_several_booklets(project: Path) -> None:
    assert failure(project, name="x").code == "flag-for-several"
    assert failure(project, outputs=(Path("x.pdf"),)).code == "flag-for-several"


def test_two_booklets_of_one_name_are_refused(tmp_path: Path) -> None:
    text = 'sources=["."]\n[[booklets]]\nname="a"\n[[booklets]]\nname="a"\n'
    (tmp_path / "booklet.toml").write_text(text)
    assert failure(tmp_path).code == "name-twice"


@pytest.mark.parametrize("names", [("W{week}", "W42"), ("Weekly", "weekly"), ("a/b", "a-b")])
def test_two_booklets_that_would_be_written_to_one_folder_are_refused(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    entries = "".join(f'[[booklets]]\nname="{name}"\nselect = {{ week = "2021-W42" }}\n' for name in names)
    (tmp_path / "booklet.toml").write_text(f'sources=["."]\n{entries}')
    assert failure(tmp_path).code == "name-twice"


def test_a_name_that_cannot_be_filled_in_keeps_no_other_booklet_from_being_built(tmp_path: Path) -> None:
    (tmp_path / "booklet.toml").write_text(
        'sources=["."]\n[[booklets]]\nname="{week}"\n[[booklets]]\nname="b"\n'
    )
    assert [job.name for job in loaded(tmp_path).config.jobs] == ["{week}", "b"]


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("A5", (148, 210)),
        ("iso-b5", (176, 250)),
        ("16k", (184, 260)),
        ("letter", (215.9, 279.4)),
        ("170x240mm", (170, 240)),
        ("99.5x150mm", (99.5, 150)),
    ],
)
def test_papers(tmp_path: Path, paper: str, size: tuple[float, float]) -> None:
    found = loaded(tmp_path, sources=(".",), paper=paper).config.jobs[0].paper
    assert (found.width_mm, found.height_mm) == size


@pytest.mark.parametrize("paper", ["170x240", "x240mm", "5x5mm", "9999x240mm", ""])
def test_what_is_no_paper(tmp_path: Path, paper: str) -> None:
    assert failure(tmp_path, sources=(".",), paper=paper).code == "paper-invalid"


def test_the_environment(tmp_path: Path) -> None:
    def config(**environ: str) -> Config:
        flags = Flags(sources=(".",))
        return load(flags, cwd=tmp_path, now=NOW, environ=environ, formats=FORMATS).config

    assert config(BOOKLET_CACHE_DIR=str(tmp_path / "c")).cache_dir == tmp_path / "c"
    assert "booklet" in config().cache_dir.parts
    assert config().modified is None
    assert config(SOURCE_DATE_EPOCH="1634000000").modified == datetime(2021, 10, 12, 0, 53, 20, tzinfo=UTC)
    for wrong in ("yesterday", "9" * 30):
        with pytest.raises(BookletError, match="epoch-invalid"):
            config(SOURCE_DATE_EPOCH=wrong)


def test_the_home_folder_of_nobody_is_a_folder_name(tmp_path: Path) -> None:
    (tmp_path / "booklet.toml").write_text('sources = ["~no-such-user/x"]\nbuild_dir = "~no-such-user"\n')
    assert loaded(tmp_path).config.build_dir == tmp_path / "~no-such-user"


def test_a_theme_named_by_a_path_is_found_from_the_working_folder(project: Path) -> None:
    def theme(name: str) -> str:
        return loaded(project / "deep", sources=("weekly",), theme=name).config.jobs[0].theme

    assert theme("./own") == (project / "deep/own").as_posix()
    assert theme("plain") == "plain"


@pytest.mark.parametrize("flags", [{}, {"sources": ("weekly",), "paper": "a5", "since": "2021-10-13"}])
def test_the_printed_configuration_configures_the_same_run(project: Path, flags: dict[str, Any]) -> None:
    first = loaded(project, **flags)
    printed = as_toml(first, origin_text=str)
    (project / "booklet.toml").write_text(printed, encoding="utf-8")
    again = loaded(project)
    assert again.config == first.config
    assert 'build_dir = "out"  # file' in printed
    assert "timeout_s = 20  # default" in printed
    if flags:
        assert 'paper = "a5"  # flag' in printed


def test_printed_paths_of_flags_stay_what_they_were(tmp_path: Path) -> None:
    (tmp_path / "a/posts").mkdir(parents=True)
    first = loaded(tmp_path / "a", sources=("posts",))
    (tmp_path / "a/booklet.toml").write_text(as_toml(first, origin_text=str), encoding="utf-8")
    assert loaded(tmp_path / "a").config == first.config


def test_other_sources_drop_the_files_days_and_say_so(project: Path) -> None:
    """`week = "last"` was meant for the file's own sources."""
    config = loaded(project, sources=("posts",)).config
    first, second = config.jobs
    assert first.select.period == Period(None, None)
    assert first.name == "weekly", "no week is left to name it by"
    assert [(found.code, dict(found.params)) for found in first.findings] == [
        ("period-dropped", {"key": "week", "value": "last"})
    ]
    assert {dict(found.params)["key"] for found in second.findings} == {"since", "until"}


def test_days_of_the_command_line_hold_for_its_sources(project: Path) -> None:
    first = loaded(project, sources=("posts",), week="2021-W42").config.jobs[0]
    assert (first.select.period.week, first.findings) == ((2021, 42), ())


def test_a_title_that_names_the_week_falls_back_where_the_week_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "booklet.toml").write_text(
        '[[booklets]]\nname = "w"\ntitle = "第 {week} 周"\nselect = { week = "last" }\n', encoding="utf-8"
    )
    assert loaded(tmp_path, sources=("posts",)).config.jobs[0].title == "学习参考"


DEFAULTS = """version = 1
timezone = "Asia/Tokyo"
# language = "zh-CN"
build_dir = "build"
proxies = []
network_proxy = ""
allow_hosts = []
max_mb = 20
timeout_s = 20
connections = 16
connections_per_host = 4
name = "posts"
title = "学习参考"
order = []
sections = []
parts = []
foreword = ""
theme = "study"
formats = ["epub", "pdf"]
paper = "a4"
epub_profile = "default"
categories = []
exclude_categories = []
tags = []
authors = []
match = ""
exclude = []
sort = "section"
drafts = false
section_level = "auto"
publisher = ""
creators = []
series = ""
number = ""
subtitle = ""
rights = ""
"""


def test_defaults(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    printed = as_toml(loaded(tmp_path, sources=("posts",), timezone="Asia/Tokyo"), origin_text=str)
    lines = [line for line in printed.splitlines() if line and not line.startswith(("[", "sources"))]
    assert [line.rpartition("  # ")[0] for line in lines] == DEFAULTS.splitlines()
