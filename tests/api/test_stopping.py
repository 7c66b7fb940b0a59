"""A build that is told to stop, in whatever stage, ends soon and leaves nothing; others beside it go on."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import booklet
from booklet.events import StoppedError
from tests.images.server import serving

POST = "---\ntitle: 第{0}篇\ndate: 2026-11-20\n---\n" + "正文一段，说明一件事。\n\n" * 6


def void(_value: object) -> None:
    """Nothing."""


@pytest.fixture
def config(tmp_path: Path) -> booklet.Config:
    return project(tmp_path, 3)


def project(folder: Path, articles: int, *formats: str, extra: str = "", hosts: str = "") -> booklet.Config:
    (folder / "posts").mkdir()
    for number in range(articles):
        text = POST.format(number) + extra
        (folder / "posts" / f"{number:03}.md").write_text(text, encoding="utf-8")
    settings = f'version = 1\nsources = ["posts"]\n[images]\nallow_hosts = ["{hosts}"]\n'
    (folder / "booklet.toml").write_text(settings, encoding="utf-8")
    return booklet.load_config(
        booklet.Flags(formats=formats or ("epub", "pdf"), no_cache=True, name="b"), folder=folder, environ={}
    )


def children() -> set[str]:
    """The processes that this one has started and that still run."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(os.getpid()) and fields[0] != "Z":
            found.add(stat.parent.name)
    return found


def stopped_at(
    config: booklet.Config, when: Callable[[booklet.Event], bool], *, later_s: float = 0.0
) -> float:
    """Build, say stop when an event shows up (from another thread, if later), and tell how long it took."""
    cancel, told = booklet.Cancel(), []
    before = children()

    def stop() -> None:
        time.sleep(later_s)
        told.append(time.monotonic())
        cancel.stop()

    def follow(event: booklet.Event) -> None:
        if not begun and when(event):
            begun.append(threading.Thread(target=stop))
            begun[0].start()
            if not later_s:
                begun[0].join()

    begun: list[threading.Thread] = []
    with pytest.raises(booklet.BookletError, match="interrupted") as raised:
        booklet.build(config, config.jobs[0], progress=follow, cancel=cancel)
    took = time.monotonic() - told[0]
    assert raised.value.exit_code == 130
    assert isinstance(raised.value, StoppedError)
    assert not config.build_dir.exists()
    assert not list(config.project_dir.rglob("*.part"))
    assert children() <= before
    return took


@pytest.mark.parametrize("stage", ["collect", "clean", "images", "pdf", "epub"])
def test_in_every_stage_it_ends_soon_and_leaves_nothing(config: booklet.Config, stage: str) -> None:
    assert stopped_at(config, lambda event: event.stage == stage) < 2


def test_while_a_server_is_silent(tmp_path: Path) -> None:
    over = threading.Event()
    with serving() as site:
        site.answers["/slow.png"] = lambda _request: void(over.wait(20))
        config = project(tmp_path, 1, "epub", extra=f"![图]({site.url('/slow.png')})\n", hosts=site.host)
        took = stopped_at(config, lambda event: event.stage == "images", later_s=0.5)
        over.set()
    assert took < 2


def test_while_a_worker_lays_out_pages(tmp_path: Path) -> None:
    config = project(tmp_path, 40, "pdf")
    assert stopped_at(config, lambda event: event.stage == "pdf", later_s=1.0) < 2


def test_while_a_long_booklet_is_set_in_chunks(tmp_path: Path) -> None:
    config = project(tmp_path, 60, "pdf")
    assert stopped_at(config, lambda event: event.stage == "pdf", later_s=2.0) < 2


def test_told_before_it_begins_it_does_not_begin(config: booklet.Config) -> None:
    cancel = booklet.Cancel()
    cancel.stop()
    with pytest.raises(StoppedError):
        booklet.build(config, config.jobs[0], cancel=cancel)
    with pytest.raises(StoppedError):
        booklet.choose(config, config.jobs[0], cancel=cancel)


def test_what_a_build_made_before_stays_as_it_was(config: booklet.Config) -> None:
    result = booklet.build(config, config.jobs[0])
    before = {path: path.read_bytes() for path in config.build_dir.rglob("*") if path.is_file()}
    cancel = booklet.Cancel()
    with pytest.raises(StoppedError):
        booklet.build(
            config,
            config.jobs[0],
            cancel=cancel,
            progress=lambda event: cancel.stop() if event.stage == "epub" else None,
        )
    assert {path: path.read_bytes() for path in config.build_dir.rglob("*") if path.is_file()} == before
    assert len(result.outputs) == 2


def digests(result: booklet.BuildResult) -> list[str]:
    return [hashlib.sha256(output.path.read_bytes()).hexdigest() for output in result.outputs]


def test_builds_at_once_give_the_bytes_of_builds_one_after_the_other(tmp_path: Path) -> None:
    configs = []
    for name, articles in (("a", 2), ("b", 4), ("c", 3)):
        (tmp_path / name).mkdir()
        one = project(tmp_path / name, articles)
        configs.append(replace(one, use_cache=True, cache_dir=tmp_path / "cache"))
    singly = [digests(booklet.build(one, one.jobs[0])) for one in configs]
    with ThreadPoolExecutor(len(configs)) as threads:
        built = list(threads.map(lambda one: booklet.build(one, one.jobs[0]), configs))
    assert [digests(one) for one in built] == singly
    assert len({digest for one in singly for digest in one}) == 6


def test_one_is_stopped_and_the_other_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    doomed, other = project(tmp_path / "a", 3), project(tmp_path / "b", 3)
    cancel = booklet.Cancel()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(
            lambda: booklet.build(
                doomed,
                doomed.jobs[0],
                cancel=cancel,
                progress=lambda event: cancel.stop() if event.stage == "pdf" else None,
            )
        )
        second = threads.submit(lambda: booklet.build(other, other.jobs[0]))
        assert len(second.result().outputs) == 2
        assert isinstance(first.exception(), StoppedError)
