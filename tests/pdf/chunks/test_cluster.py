"""An executor of another engine takes our processes' place."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import absent

from .books import PAGE_AND_A_BIT, cut_from, set_book

BODIES = [PAGE_AND_A_BIT] * 7


def test_a_standard_pool_of_spawned_processes_sets_the_same_book(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from(monkeypatch, 5)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        assert set_book(BODIES, executor=executor).data == set_book(BODIES, jobs=1).data


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
