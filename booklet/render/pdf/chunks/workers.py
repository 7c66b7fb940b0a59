"""Worker processes as an `Executor`: each can be killed without harm to the others (`booklet.processes`)."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from booklet.processes.child import Child
from booklet.processes.pool import Pool
from booklet.render.pdf.chunks.worker_process import DONE, request

STALL_S = 60.0
"""Processor time without a page finished, after which a worker hangs. All of a table of 3,000 rows takes 12
s, a paragraph of 200,000 characters 16 s (measured); a chunk's first page comes within 2 s."""
BY_THE_CLOCK = 10
"""Times that: a machine may be busy, and a worker may wait for memory."""
TOTAL_S = 3600.0
"""For one call, by the clock: pages without end."""
MEMORY_BYTES = 4_000_000_000
"""The address space of one worker: a chunk takes 0.3 GB besides the faces' files."""
WORKER = "booklet.render.pdf.chunks.worker_process"


class WorkerError(Exception):
    """What was asked could not be done."""


class WorkerPool(Executor):
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
        self._limits = stall_s * BY_THE_CLOCK, total_s
        self._pulse = pulse
        self._pool = Pool(lambda: Child(WORKER, memory_bytes, stall_s))

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Call a function of a module elsewhere.

        The future raises `WorkerError`: the function failed; `WorkerLostError`: its process did;
        `MemoryError`: its process had no more, and was ended.
        """
        if named:
            raise TypeError("positional arguments only")
        return self._threads.submit(self._done, function, arguments)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as inherited
        """End the processes; with `cancel_futures` also those at work."""
        if cancel_futures:
            self.kill()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self.kill()

    def kill(self) -> None:
        """End all processes, at work or not: whoever waits for one gets `WorkerLostError`."""
        self._pool.close()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that there are."""
        return self._pool.processes

    def _done(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        # Written only now: calls that wait share their pictures, and each message holds a copy.
        message = request(function, arguments)
        with self._pool.child() as child:
            answer = child.ask(message, *self._limits, self._pulse)
            if answer.startswith(DONE):
                return pickle.loads(answer[1:])  # noqa: S301 - from our own child
            name, text = pickle.loads(answer[1:])  # noqa: S301
            if name == MemoryError.__name__:
                raise MemoryError(text)  # within the block: its memory goes with it
        raise WorkerError(f"{name}: {text}" if text else name)
