"""Worker processes as an `Executor`: each can be killed without harm to the others.

Not `concurrent.futures.ProcessPoolExecutor`: one of its workers that dies takes all waiting work with it, one
that hangs cannot be ended, and its children import the parent's main module. As in `images.workers`, each
worker has its own pipe and one thread.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from booklet.images.pipe import receive, send
from booklet.render.pdf.chunked.process import ALIVE, DONE, STALLED, request

STALL_S = 60.0
"""Of processor time, without a page finished. All of a table of 3,000 rows takes 12 s, a paragraph of 200,000
characters 16 s (measured); a chunk's first page comes within 2 s."""
BY_THE_CLOCK = 10
"""Times that: a machine may be busy, and a worker may wait for memory."""
TOTAL_S = 3600.0
"""For one call, by the clock: pages without end."""
MEMORY_BYTES = 4_000_000_000
"""Of address space, for one worker: a chunk takes 0.3 GB besides the faces' files."""
_WATCH_S = 0.5

_PROGRAM = """
import sys
if sys.argv[2] not in sys.path:
    sys.path.insert(0, sys.argv[2])
from booklet.render.pdf.chunked.process import main
main(int(sys.argv[1]), float(sys.argv[3]))
"""
_PACKAGE = Path(__file__).parents[4]
"""Where the worker finds this very package, installed or not."""


class WorkerError(Exception):
    """What was asked could not be done."""


class WorkerLostError(Exception):
    """The worker died, or took too long and was killed."""


class Crew(Executor):
    """So many processes; none is started before there is work."""

    def __init__(
        self,
        jobs: int,
        *,
        stall_s: float = STALL_S,
        total_s: float = TOTAL_S,
        memory_bytes: int = MEMORY_BYTES,
        pulse: Callable[[int], None] = lambda _page: None,
    ) -> None:
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="layout")
        self._stall_s = stall_s
        self._limits = stall_s * BY_THE_CLOCK, total_s
        self._memory_bytes = memory_bytes
        self._pulse = pulse
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Call a function of a module elsewhere.

        The future raises `WorkerError`: the function failed; `WorkerLostError`: its process did.
        """
        if named:
            raise TypeError("positional arguments only")
        return self._threads.submit(self._done, request(function, arguments))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as inherited
        """End the processes; with `cancel_futures` also those at work."""
        if cancel_futures:
            self.kill()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self.kill()

    def kill(self) -> None:
        """End all processes, at work or not: whoever waits for one gets `WorkerLostError`."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
            idle, self._idle = self._idle, []
        for worker in workers:
            worker.kill()
        for worker in idle:
            worker.close()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that there are."""
        with self._lock:
            return tuple(sorted(worker.pid for worker in self._all))

    def _done(self, message: bytes) -> Any:
        worker = self._ready()
        try:
            answer = worker.ask(message, *self._limits, self._pulse)
        except BaseException:
            self._drop(worker)
            raise
        with self._lock:
            kept = not self._closed
            if kept:
                self._idle.append(worker)
        if not kept:
            self._drop(worker)
        if answer.startswith(DONE):
            return pickle.loads(answer[1:])  # noqa: S301 - from our own child
        name, text = pickle.loads(answer[1:])  # noqa: S301
        raise WorkerError(f"{name}: {text}" if text else name)

    def _ready(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise WorkerLostError("closed")
            if self._idle:
                return self._idle.pop()
            worker = _Worker(self._memory_bytes, self._stall_s)
            self._all.add(worker)
            return worker

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.close()


class _Worker:
    """One process and its pipe."""

    def __init__(self, memory_bytes: int, stall_s: float) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own code
            # -P: nothing is imported from the working folder, which may be the articles'.
            [sys.executable, "-P", "-c", _PROGRAM, str(memory_bytes), str(_PACKAGE), str(stall_s)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_apart(),
        )
        self.pid = self._process.pid
        self._expired = False

    def ask(self, message: bytes, stall_s: float, total_s: float, pulse: Callable[[int], None]) -> bytes:
        """Send and wait.

        Raises:
            WorkerLostError: the worker is of no use any more.
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
        if self._expired:
            raise WorkerLostError("took too long")
        if answer is None:
            self.kill()  # what it says is no message; or it is gone already
            stalled = self._process.wait() == STALLED
            raise WorkerLostError("took too long" if stalled else "died")
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
    """Calls `expire` once if too long no page was finished, or all takes too long."""

    def __init__(self, expire: Callable[[], None], stall_s: float, total_s: float) -> None:
        self._expire = expire
        self._stall_s = stall_s
        self._end = time.monotonic() + total_s
        self._beat = time.monotonic()
        self._over = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def beat(self) -> None:
        """A page was finished."""
        self._beat = time.monotonic()

    def end(self) -> None:
        """Watch no longer."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.wait(min(_WATCH_S, self._stall_s)):
            if time.monotonic() > min(self._end, self._beat + self._stall_s):
                self._expire()
                return


def _apart() -> dict[str, Any]:
    """Options that keep Ctrl-C from the worker: its parent gets it, and ends it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
