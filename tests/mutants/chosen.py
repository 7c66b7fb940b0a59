"""A pytest plugin that runs just the tests named in the file `MUTANTS_TESTS`, in that order.

The first test that fails is written to `MUTANTS_FAILED`. Loaded by `-p tests.mutants.chosen`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    names = Path(os.environ["MUTANTS_TESTS"]).read_text(encoding="utf-8").splitlines()
    places = {name: place for place, name in enumerate(names)}
    kept = sorted((item for item in items if item.nodeid in places), key=lambda item: places[item.nodeid])
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in places])
    items[:] = kept


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    path = Path(os.environ["MUTANTS_FAILED"])
    if report.failed and not path.exists():
        path.write_text(report.nodeid, encoding="utf-8")
