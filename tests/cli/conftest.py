"""A pipeline that builds nothing, so that the command line can be tried alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from booklet.config.values import Config, Job
from booklet.events import Event, Reporter
from booklet.findings import Finding
from booklet.model import (
    Article,
    Booklet,
    BookletMeta,
    CleanArticle,
    Entry,
    ImageReport,
    Output,
    Period,
    Section,
    StudyBox,
    Video,
)
from booklet.render.text.page_map import PageMap
from booklet.results import BuildResult, Chosen

NO_PERIOD = Period(None, None)


def article(source: str = "a/one.md", title: str = "第一篇") -> Article:
    return Article(
        id="0123456789ab",
        title=title,
        authors=(),
        published=datetime(2021, 10, 20, 8, 0, tzinfo=UTC),
        published_from="front-matter",
        categories=(("新媒体", "A/B"),),
        tags=(),
        lang="zh-CN",
        url="",
        cover="",
        body="正文",
        body_format="markdown",
        body_line=5,
        source=source,
        source_path=Path(source),
        root=Path(),
        draft=False,
        extra={},
    )


def meta(name: str, title: str) -> BookletMeta:
    return BookletMeta(
        name=name,
        title=title,
        subtitle="",
        identifier="urn:uuid:x",
        language="zh-CN",
        timezone="UTC",
        period=NO_PERIOD,
        number="",
        series="",
        publisher="",
        creators=(),
        rights="",
        modified=datetime(2021, 10, 20, tzinfo=UTC),
    )


@dataclass
class FakePipeline:
    """What the next builds answer, and what they were asked."""

    findings: tuple[Finding, ...] = ()
    failed: bool = False
    raises: dict[str, BaseException] = field(default_factory=dict)
    """By job name; "" for all."""
    jobs: list[Job] = field(default_factory=list)
    configs: list[Config] = field(default_factory=list)

    def _asked(self, config: Config, job: Job, report: Reporter) -> None:
        self.configs.append(config)
        self.jobs.append(job)
        error = self.raises.get(job.name) or self.raises.get("")
        if error:
            raise error
        report(Event("collect", 1, 2, "一[b]"))
        report(Event("collect", 2, 2, "二"))

    def choose(self, config: Config, job: Job, *, report: Reporter, extensions: object) -> Chosen:
        self._asked(config, job, report)
        return Chosen(((("新媒体",), (article(),)),), meta(job.name, job.title), self.findings)

    def build(
        self, config: Config, job: Job, *, report: Reporter, executor: object, extensions: object
    ) -> BuildResult:
        self._asked(config, job, report)
        video = Video("腾讯视频", "", "https://v.qq.com/x/page/a.html")
        clean = CleanArticle(article(), "<p>正文</p>", (), None, (video,), (), 2, ())
        entry = Entry("a-0123456789ab", 1, clean, 1, StudyBox("", (), ()))
        folder = config.build_dir / job.name
        outputs = tuple(
            Output(one, folder / f"{job.name}.{one}", 5, "0" * 64, 7 if one == "pdf" else None)
            for one in job.formats
        )
        return BuildResult(
            booklet=Booklet(
                meta(job.name, job.title),
                (Section("s1", 1, "新媒体", ("新媒体",), (entry,)),),
                (),
                (),
                {},
            ),
            theme="study",
            outputs=outputs,
            page_map=PageMap(7, {"a-0123456789ab": (1, 3)}),
            images=ImageReport({}, 2, 1, 2, ()),
            findings=self.findings,
            timings={"collect": 0.12345, "total": 1.0},
            folder=folder,
            failed=self.failed,
        )


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    fake = FakePipeline()
    module = ModuleType("booklet.pipeline")
    module.build, module.choose = fake.build, fake.choose  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "booklet.pipeline", module)
    cleaner = SimpleNamespace(
        clean=lambda article, **_: SimpleNamespace(article=article, text_chars=2), STEPS=(), PROVIDERS=()
    )
    monkeypatch.setitem(sys.modules, "booklet.clean", cleaner)
    return fake


@dataclass
class Answer:
    """What a command line printed."""

    code: int
    out: str
    err: str


Type = Callable[..., Answer]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_LANG", "en")
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    from booklet.cli import run

    def type_it(*arguments: Any) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return type_it
