"""Decoding in processes of its own, which can be killed: one that hangs or dies costs one picture.

Not `concurrent.futures`, which cannot kill, and not pebble, whose workers share one pipe and its locks: one
that dies with such a lock stops them all (its issue 163). Here each worker has its own pipe and one thread.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from booklet.images.failure import PictureError
from booklet.images.forms import Form
from booklet.images.packing import unpacked
from booklet.images.pipe import receive, send
from booklet.model import ImageAsset

LIMIT_S = 60.0
"""For one picture in all forms: the largest that `convert` allows takes some five seconds, on a slow and busy
machine ten times as much."""
LEAST_S = 10.0
"""What is left of it when pictures have failed to keep to it: each halves it, so that a hundred bad ones do
not take a hundred minutes."""
MEMORY_BYTES = 1_500_000_000
"""For one worker: 89 M px of 16 bits take 1 GB on their way to 8 bits."""
MOST = 8

PROGRAM = """
import sys
if sys.argv[2] not in sys.path:
    sys.path.insert(0, sys.argv[2])
from booklet.images.decoder import main
main(int(sys.argv[1]))
"""

_PACKAGE = Path(__file__).parents[2]
"""Where the worker finds this very package, installed or not."""


class Workers:
    """Processes for one run; none is started before a picture must be decoded. Any thread may ask."""

    def __init__(
        self, *, limit_s: float | None = None, memory_bytes: int = MEMORY_BYTES, most: int | None = None
    ) -> None:
        self.count = most or min(MOST, os.cpu_count() or 1)
        self._limit_s = limit_s or LIMIT_S
        self._memory_bytes = memory_bytes
        self._slots = threading.Semaphore(self.count)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._made: dict[tuple[bytes, tuple[Form, ...]], Future[tuple[ImageAsset, ...]]] = {}
        self._closed = False

    def convert(self, data: bytes, forms: tuple[Form, ...]) -> tuple[ImageAsset, ...]:
        """As `booklet.images.convert.convert`, elsewhere; equal bytes once, however often and at once.

        Raises:
            PictureError: as there; `decode-timeout`, `decode-memory`, `decode-crashed`.
        """
        wanted = (hashlib.sha256(data).digest(), forms)
        with self._lock:
            asked = wanted in self._made
            made = self._made.setdefault(wanted, Future())
        if not asked:
            try:
                made.set_result(self._convert(data, forms))
            except BaseException as error:
                made.set_exception(error)
                raise
        return made.result()

    def _convert(self, data: bytes, forms: tuple[Form, ...]) -> tuple[ImageAsset, ...]:
        from booklet.images.decoder import MADE, request

        with self._slots:
            answer = self._asked(request(data, forms))
        try:
            if answer.startswith(MADE):
                return unpacked(answer[1:])
            reason, params = json.loads(answer[1:])
        except ValueError as error:
            raise PictureError("decode-crashed") from error
        raise PictureError(reason, **params)

    def _asked(self, message: bytes) -> bytes:
        worker = self._ready()
        try:
            answer = worker.ask(message, self._limit_s)
        except BaseException as error:
            if isinstance(error, PictureError) and error.reason == "decode-timeout":
                self._limit_s = min(self._limit_s, max(LEAST_S, self._limit_s / 2))
            self._drop(worker)
            raise
        with self._lock:
            if not self._closed:
                self._idle.append(worker)
                return answer
        self._drop(worker)
        return answer

    def _ready(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise PictureError("decode-crashed")
            if self._idle:
                return self._idle.pop()
            try:
                worker = _Worker(self._memory_bytes)
            except OSError as error:
                raise PictureError("decode-crashed") from error
            self._all.add(worker)
            return worker

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.close()

    @property
    def running(self) -> int:
        """How many processes there are."""
        with self._lock:
            return len(self._all)

    def close(self) -> None:
        """Kill them all, at work or not; who waits for one gets `decode-crashed`."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
        for worker in workers:
            worker.kill()
        for worker in self._idle:
            worker.close()

    def __enter__(self) -> Self:
        """For `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


class _Worker:
    """One process and its pipe."""

    def __init__(self, memory_bytes: int) -> None:
        # Not by multiprocessing: its children import the parent's main module, whatever that does.
        self._process = subprocess.Popen(  # noqa: S603 - our own code
            # -P: nothing is imported from the working folder, which may be the articles'.
            [sys.executable, "-P", "-c", PROGRAM, str(memory_bytes), str(_PACKAGE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_apart(),
        )
        self._expired = False

    def ask(self, message: bytes, limit_s: float) -> bytes:
        """Send and wait.

        Raises:
            PictureError: `decode-timeout`, `decode-crashed`; the worker is of no use any more.
        """
        timer = threading.Timer(limit_s, self._expire)
        timer.daemon = True
        timer.start()
        answer = None
        try:
            assert self._process.stdin is not None  # noqa: S101 - opened above
            assert self._process.stdout is not None  # noqa: S101 - opened above
            send(self._process.stdin, message)
            answer = receive(self._process.stdout)
        except (OSError, ValueError):  # it is dead; or closed by another thread
            answer = None
        finally:
            timer.cancel()
            timer.join()
        if self._expired:
            raise PictureError("decode-timeout")
        if answer is None:
            raise PictureError("decode-crashed")
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


def _apart() -> dict[str, Any]:
    """Options that keep Ctrl-C from the worker: its parent gets it, and ends it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
