"""A pytest plugin that writes down which test runs which lines of the product, and how long each test takes.

Coverage's contexts name the test. Work that tests share is a context of its own: a fixture of a module or
session, or a cached function of the tests; `uses` says which tests stand on it. Child processes are measured
too: the command takes the context from the environment, a worker from a file.

Loaded by `-p tests.mutants.covering`, in pytest-xdist's workers too; `MUTANTS_MAP` is the folder to write to.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import coverage
import pytest

FIXTURE, CACHED, CHILD = "fixture|", "cached|", " <child>"
"""Contexts of shared work: `fixture|name#parameter|where it is defined`, `cached|module.function`. A
child's is `test <child>`, where it was started, with `|test` after it, where it was asked by another."""
_RC = """\
[run]
source = {source}
data_file = {folder}/coverage
parallel = true
context = ${{MUTANTS_CONTEXT-}}
disable_warnings = no-data-collected, module-not-measured, module-not-imported
"""


class Recorder:
    """Switches contexts as tests, fixtures and cached helpers start and end."""

    def __init__(self, folder: Path) -> None:
        settings = folder / f"coverage-{os.getpid()}.ini"
        settings.write_text(_RC.format(source=Path.cwd() / "booklet", folder=folder), encoding="utf-8")
        self._folder = folder
        self._coverage = coverage.Coverage(config_file=str(settings))
        self._coverage.start()
        os.environ["COVERAGE_PROCESS_START"] = str(
            settings
        )  # for children: coverage's own .pth file reads it
        self._now = folder / f"now-{os.getpid()}"
        os.environ["MUTANTS_NOW"] = str(self._now)
        self._contexts = [""]
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()
        self._uses: dict[str, set[str]] = {}

    @contextmanager
    def within(self, context: str) -> Iterator[None]:
        """Lines that run inside belong to that context."""
        self._contexts.append(context)
        self._switch()
        try:
            yield
        finally:
            self._contexts.pop()
            self._switch()

    def _switch(self) -> None:
        self._coverage.switch_context(self._contexts[-1])
        os.environ["MUTANTS_CONTEXT"] = self._contexts[-1] + CHILD
        self._now.write_text(self._contexts[-1], encoding="utf-8")

    def share(self, cached: Callable[..., Any]) -> Callable[..., Any]:
        """A cached function of the tests, whose callers are written down."""

        @functools.wraps(cached)
        def call(*arguments: Any, **named: Any) -> Any:
            key = f"{CACHED}{cached.__module__}.{cached.__qualname__}"
            if self._contexts[-1]:
                self._uses.setdefault(self._contexts[-1], set()).add(key)
            with self.within(key):
                return cached(*arguments, **named)

        for method in ("cache_clear", "cache_info"):
            setattr(call, method, getattr(cached, method))
        return call

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
        started = time.monotonic()
        callspec = getattr(item, "callspec", None)
        numbers = callspec.indices if callspec else {}
        names = getattr(item, "fixturenames", ())
        used = self._uses.setdefault(item.nodeid, set())
        used.update(f"{FIXTURE}{name}#{numbers.get(name, 0)}" for name in names)
        with self.within(item.nodeid):
            done = yield
        self._seconds[item.nodeid] = round(time.monotonic() - started, 3)
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        with self.within(
            f"{FIXTURE}{fixturedef.argname}#{getattr(request, 'param_index', 0)}|{fixturedef.baseid}"
        ):
            return (yield)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        from booklet.processes import child

        child.PROGRAM = "import tests.mutants.child_saving\n" + child.PROGRAM
        shared: dict[int, Callable[..., Any]] = {}
        for name, module in list(sys.modules.items()):
            if name == "tests" or name.startswith("tests."):
                for key, value in list(vars(module).items()):
                    if isinstance(value, functools._lru_cache_wrapper) and value.__module__.startswith(
                        "tests."
                    ):
                        setattr(module, key, shared.setdefault(id(value), self.share(value)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:  # before xdist ends this process
        self._coverage.stop()
        self._coverage.save()
        record = {
            "seconds": self._seconds,
            "failed": sorted(self._failed),
            "uses": {context: sorted(used) for context, used in self._uses.items()},
        }
        path = self._folder / f"tests-{os.getpid()}.json"
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


_RECORDER = Recorder(Path(os.environ["MUTANTS_MAP"])) if _is_worker() else None
"""Made when this module is imported, that is before the product is."""


def pytest_configure(config: pytest.Config) -> None:
    if _RECORDER is not None:
        config.pluginmanager.register(_RECORDER, "mutants-recorder")
