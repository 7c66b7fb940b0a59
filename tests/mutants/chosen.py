"""A pytest plugin that runs just the tests named in the file `MUTANTS_TESTS`, in that order.

Each has eight times the recorded seconds, which the file says too, and at least a minute: then it hangs.
The first test that fails is written to `MUTANTS_FAILED`. Loaded by `-p tests.mutants.chosen`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

LEAST_S, SLOWER = 60.0, 8.0
"""The machine may be busy."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    lines = Path(os.environ["MUTANTS_TESTS"]).read_text(encoding="utf-8").splitlines()
    seconds = {name: float(told) for told, _, name in (line.partition(" ") for line in lines)}
    places = {name: place for place, name in enumerate(seconds)}
    kept = sorted((item for item in items if item.nodeid in places), key=lambda item: places[item.nodeid])
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in places])
    for item in kept:
        # Not for what it shares with others: that is recorded with the first, which may not be chosen.
        limit = pytest.mark.timeout(max(LEAST_S, SLOWER * seconds[item.nodeid]), func_only=True)
        item.add_marker(limit, append=False)
    items[:] = kept


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    path = Path(os.environ["MUTANTS_FAILED"])
    if report.failed and not path.exists():
        hung = "\nhung" if "Timeout (>" in report.longreprtext else ""
        path.write_text(report.nodeid + hung, encoding="utf-8")
