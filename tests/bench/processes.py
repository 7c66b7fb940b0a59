"""What a program costs: processor time, time by the clock, and memory of it and all that it starts."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_PROC = Path("/proc")
_EVERY_S = 0.1
TIME_LIMIT_S = 3600


@dataclass(frozen=True)
class Cost:
    """Of one run."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    """Of the whole tree at one moment, memory that processes share counted once (PSS); without /proc, 0."""


class ProgramFailedError(Exception):
    """It gave another exit code than 0, or took too long."""


def measure(command: Sequence[str | Path], *, environment: Mapping[str, str], cwd: Path) -> Cost:
    """Run a program.

    Raises:
        ProgramFailedError: with the last line of what it said.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, **environment},
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    tree, done = _Tree(process.pid), Event()
    watch = Thread(target=tree.watch, args=(done,))
    before = os.times()
    watch.start()
    try:
        _, said = process.communicate(timeout=TIME_LIMIT_S)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise ProgramFailedError("took too long") from error
    finally:
        done.set()
        watch.join()
    wall, after = time.perf_counter() - began, os.times()
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise ProgramFailedError(lines[-1][:100] if lines else f"exit code {process.returncode}")
    waited = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(max(waited, tree.cpu_s), wall, tree.peak_mb)


class _Tree:
    """A process and its descendants, looked at ten times a second."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._spent: dict[int, float] = {}
        self.peak_mb = 0.0

    @property
    def cpu_s(self) -> float:
        """Of all that were seen: browsers do not wait for all their processes."""
        return sum(self._spent.values())

    def watch(self, done: Event) -> None:
        while not done.wait(_EVERY_S):
            members = self._members()
            self._spent.update(members)
            self.peak_mb = max(self.peak_mb, sum(map(_pss_mb, members)))

    def _members(self) -> dict[int, float]:
        """Processor seconds by process."""
        parents: dict[int, int] = {}
        spent: dict[int, float] = {}
        for folder in _PROC.glob("[0-9]*") if _PROC.is_dir() else ():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
            spent[int(folder.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        members = {self._root}
        while more := {pid for pid, parent in parents.items() if parent in members} - members:
            members |= more
        return {pid: spent[pid] for pid in members if pid in spent}


def _pss_mb(pid: int) -> float:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024
