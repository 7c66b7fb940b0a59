"""Copies of the tree in which mutants live, and pytest started in them."""

from __future__ import annotations

import compileall
import os
import py_compile
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "mutants"


class Tree:
    """A copy of the tree under `build/mutants/`, for one process at a time."""

    def __init__(self, name: str) -> None:
        self.root = WORK / name
        self.scratch = WORK / f"{name}-scratch"

    def fill(self) -> None:
        """Copy what git knows and what it would: the files of the work tree as they stand."""
        shutil.rmtree(self.root, ignore_errors=True)
        listed = subprocess.run(
            ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
        ).stdout.decode()
        for name in filter(None, listed.split("\0")):
            source, target = ROOT / name, self.root / name
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
        if (ROOT / ".setup").exists():
            (self.root / ".setup").symlink_to((ROOT / ".setup").resolve(), target_is_directory=True)
        # Compiled files are checked by the source's hash: a change of one character within one second has the
        # size and the time of the file that it replaces.
        compileall.compile_dir(
            self.root / "booklet", quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH
        )

    def pytest(self, arguments: Sequence[str], *, variables: Mapping[str, str], limit_s: float) -> int | None:
        """Run pytest here; its exit code, or None when the time limit ended it with all its children."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "BOOKLET_CORPUS": os.environ.get("BOOKLET_CORPUS", str(ROOT.parent / "shared" / "corpus")),
            **variables,
        }
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += ["--basetemp", str(self.scratch / "tmp"), *arguments]
        with (self.scratch / "log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.root, env=environment, stdout=log, stderr=log, start_new_session=True
            )
            try:
                return process.wait(limit_s)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _end(process)

    def log(self) -> str:
        """What the last pytest printed."""
        return (self.scratch / "log").read_text(encoding="utf-8", errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it has left running: it leads a group of its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
