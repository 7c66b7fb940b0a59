"""A child process that reads messages from its standard input and answers each: the parent's side.

Not `multiprocessing` nor `concurrent.futures`: their children import the parent's main module, whatever that
does; one that hangs cannot be ended, and one that dies takes the others' work with it. Nor pebble, whose
workers share one pipe and its locks (its issue 163). Here each has its own pipe.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import Any

from booklet.processes.pipe import ALIVE, STALLED, receive, send

_WATCH_S = 0.5
_PACKAGE = Path(__file__).parents[2]
"""Where the child finds this very package, installed or not."""
PROGRAM = """
import sys
if sys.argv[1] not in sys.path:
    sys.path.insert(0, sys.argv[1])
from importlib import import_module
import_module(sys.argv[2]).main(*map(float, sys.argv[3:]))
"""


class WorkerLostError(Exception):
    """The process died, or took too long and was killed."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__("took too long" if slow else "died")
        self.slow = slow


def _ignore(_number: int) -> None:
    pass


class Child:
    """One process and its pipe. It may be killed from another thread than the one that asks."""

    def __init__(self, module: str, *numbers: float) -> None:
        """Start `main(*numbers)` of a module of ours.

        Raises:
            OSError: the system has no room for one more.
        """
        self._process = subprocess.Popen(  # noqa: S603 - our own code
            # -P: nothing is imported from the working folder, which may be the articles'.
            [sys.executable, "-P", "-c", PROGRAM, str(_PACKAGE), module, *map(str, numbers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_apart(),
        )
        self.pid = self._process.pid
        self._expired = False

    def ask(
        self,
        message: bytes,
        stall_s: float,
        total_s: float = inf,
        pulse: Callable[[int], None] = _ignore,
    ) -> bytes:
        """Send and wait.

        Args:
            message: what the child is asked.
            stall_s: how long it may give no sign of life, by the clock.
            total_s: how long it may take with such signs.
            pulse: is told of each sign, which is a number.

        Raises:
            WorkerLostError: the child is of no use any more.
        """
        watch = _Watch(self._expire, stall_s, total_s)
        answer = None
        try:
            assert self._process.stdin is not None  # noqa: S101 - opened above
            assert self._process.stdout is not None  # noqa: S101 - opened above
            send(self._process.stdin, message)
            while (answer := receive(self._process.stdout)) is not None and answer.startswith(ALIVE):
                watch.beat()
                pulse(int(answer[1:]))
        except (OSError, ValueError):  # it is dead; or closed by another thread
            answer = None
        finally:
            watch.end()
        if answer is None:  # it is gone already; or what it says is no message
            self.kill()
        if answer is None or self._expired:
            raise WorkerLostError(slow=self._expired or self._process.wait() == STALLED)
        return answer

    def _expire(self) -> None:
        self._expired = True
        self.kill()

    def kill(self) -> None:
        """End it, whatever it does."""
        with suppress(OSError):
            self._process.kill()

    def close(self) -> None:
        """End it and let go of its pipes."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


class _Watch:
    """Calls `expire` once if too long nothing was heard, or all takes too long."""

    def __init__(self, expire: Callable[[], None], stall_s: float, total_s: float) -> None:
        self._expire = expire
        self._stall_s = stall_s
        self._beat = time.monotonic()
        self._end = self._beat + total_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def beat(self) -> None:
        """Something was heard."""
        self._beat = time.monotonic()

    def end(self) -> None:
        """Watch no longer."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(min(_WATCH_S, self._stall_s)):
            if time.monotonic() > min(self._end, self._beat + self._stall_s):
                self._expire()
                return


def _apart() -> dict[str, Any]:
    """Options that keep Ctrl-C from the child: its parent gets it, and ends it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
