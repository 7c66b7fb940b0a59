"""Children that wait for work, and those at work: any of them can be lost, all can be ended at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from booklet.processes.child import Child, WorkerLostError


class Pool:
    """For any threads; how many children there are is how many threads take one at once."""

    def __init__(self, start: Callable[[], Child]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._closed = False

    @contextmanager
    def child(self) -> Iterator[Child]:
        """One for the block, kept afterwards unless the block fails.

        Raises:
            OSError: none could be started.
            WorkerLostError: all were ended.
        """
        child = self._taken()
        try:
            yield child
        except BaseException:
            self._drop(child)
            raise
        with self._lock:
            kept = not self._closed
            if kept:
                self._idle.append(child)
        if not kept:
            self._drop(child)

    def _taken(self) -> Child:
        with self._lock:
            if self._closed:
                raise WorkerLostError(slow=False)
            if self._idle:
                return self._idle.pop()
            child = self._start()
            self._all.add(child)
            return child

    def _drop(self, child: Child) -> None:
        with self._lock:
            self._all.discard(child)
        child.close()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that there are."""
        with self._lock:
            return tuple(sorted(child.pid for child in self._all))

    def close(self) -> None:
        """End all, at work or not: whoever waits for one gets `WorkerLostError`."""
        with self._lock:
            self._closed = True
            busy = self._all - {*self._idle}
            idle, self._idle = self._idle, []
        for child in busy:
            child.kill()  # who waits for it closes it
        for child in idle:
            self._drop(child)
