"""An executor of another engine takes our processes' place."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from booklet import build, samples
from booklet.config.flags import Flags
from booklet.config.load import load
from booklet.render.formats import FORMATS
from tests.conftest import absent

from .books import PAGE_AND_A_BIT, cut_from, set_book

BODIES = [PAGE_AND_A_BIT] * 7


def test_a_standard_pool_of_spawned_processes_sets_the_same_book(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from(monkeypatch, 5)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        assert set_book(BODIES, executor=executor).data == set_book(BODIES, jobs=1).data


class Counting(ThreadPoolExecutor):
    """Counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(1)
        self.calls = 0

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        self.calls += 1
        return super().submit(function, *arguments, **named)


def test_build_hands_its_executor_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cut_from(monkeypatch, 1)
    for name, data in samples.files().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    environ = {"BOOKLET_CACHE_DIR": str(tmp_path / "cache")}
    flags = Flags(formats=("pdf",), offline=True, no_cache=True)
    config = load(flags, cwd=tmp_path, now=datetime.now(UTC), environ=environ, formats=FORMATS).config
    with Counting() as executor:
        result = build(config, config.jobs[0], executor=executor)
    assert executor.calls >= 3
    assert result.page_map
    assert not [found for found in result.findings if found.code == "set-as-one-document"]


@pytest.mark.filterwarnings("ignore")  # of the engine's own making
def test_a_dask_cluster_sets_the_same_book(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        absent("dask.distributed is not installed")
    cut_from(monkeypatch, 5)
    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=1,
            threads_per_worker=2,
            dashboard_address=None,
            local_directory=str(tmp_path),
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
        client.get_executor() as executor,
    ):
        result = set_book(BODIES, executor=executor)
    assert result.data == set_book(BODIES, jobs=1).data
