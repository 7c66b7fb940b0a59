"""Decoding in processes of its own, which can be killed: one that hangs or dies costs one picture.

`booklet.processes` says why these are processes of our own.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from booklet.cache.packing import unpacked
from booklet.fetch.failure import PictureError
from booklet.images.decoding.forms import Form
from booklet.model import ImageAsset
from booklet.processes.child import Child, WorkerLostError
from booklet.processes.pool import Pool

LIMIT_S = 60.0
"""For one picture in all forms: the largest that `convert` allows takes some five seconds, on a slow and busy
machine ten times as much."""
LEAST_S = 10.0
"""What is left of it when pictures have failed to keep to it: each halves it, so that a hundred bad ones do
not take a hundred minutes."""
MEMORY_BYTES = 1_500_000_000
"""For one worker: 89 M px of 16 bits take 1 GB on their way to 8 bits."""
MOST = 8
DECODER = "booklet.images.decoding.decoder"


class Workers:
    """Processes for one run; none is started before a picture must be decoded. Any thread may ask."""

    def __init__(
        self, *, limit_s: float | None = None, memory_bytes: int = MEMORY_BYTES, most: int | None = None
    ) -> None:
        self.count = most or min(MOST, os.cpu_count() or 1)
        self._limit_s = limit_s or LIMIT_S
        self._pool = Pool(lambda: Child(DECODER, memory_bytes))
        self._slots = threading.Semaphore(self.count)
        self._lock = threading.Lock()
        self._made: dict[tuple[bytes, tuple[Form, ...]], Future[tuple[ImageAsset, ...]]] = {}

    def convert(self, data: bytes, forms: tuple[Form, ...]) -> tuple[ImageAsset, ...]:
        """As `booklet.images.decoding.convert.convert`, elsewhere; equal bytes once, however often at once.

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
        from booklet.images.decoding.decoder import MADE, request

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
        try:
            with self._pool.child() as child:
                return child.ask(message, self._limit_s, self._limit_s)
        except WorkerLostError as error:
            if not error.slow:
                raise PictureError("decode-crashed") from error
            self._limit_s = min(self._limit_s, max(LEAST_S, self._limit_s / 2))
            raise PictureError("decode-timeout") from error
        except OSError as error:
            raise PictureError("decode-crashed") from error

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that there are."""
        return self._pool.processes

    def close(self) -> None:
        """Kill them all, at work or not; who waits for one gets `decode-crashed`."""
        self._pool.close()

    def __enter__(self) -> Self:
        """For `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
