"""The process of a worker of `crew`: it reads calls from its standard input until that ends, and answers."""

from __future__ import annotations

import logging
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from booklet.images.pipe import receive, send

ALIVE, DONE, FAILED = b".", b"+", b"-"
"""How a message to the parent begins: a page is finished (its number); the result; why there is none."""


_LOOK_S = 2.0


def request(function: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    """A call, as a message."""
    return pickle.dumps((function, arguments), protocol=pickle.HIGHEST_PROTOCOL)


def main(memory_bytes: int) -> None:
    """Answer until the input ends.

    Args:
        memory_bytes: the most address space to take, where the system can limit it.
    """
    _limit_memory(memory_bytes)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path of the file system
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    pages = logging.getLogger("weasyprint.progress")
    pages.addHandler(_Pulse(answers))
    pages.setLevel(logging.INFO)
    while (message := receive(sys.stdin.buffer)) is not None:
        send(answers, _answer(message))


def _answer(message: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(message)  # noqa: S301 - from our own parent
        return DONE + pickle.dumps(function(*arguments), protocol=pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent wants to know and to go on
        return FAILED + pickle.dumps((type(error).__name__, str(error)[:500]))


def _end_with(parent: int) -> None:
    """End when the parent was killed and cannot tell: whoever is at work does not read its input."""
    while os.getppid() == parent:  # never changes on Windows
        time.sleep(_LOOK_S)
    os._exit(1)


class _Pulse(logging.Handler):
    """Tells the parent of each page that is finished."""

    def __init__(self, answers: IO[bytes]) -> None:
        super().__init__(logging.INFO)
        self._answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of one."""
        if "Page %d" in str(record.msg) and isinstance(record.args, tuple) and record.args:
            with suppress(OSError):
                send(self._answers, ALIVE + str(record.args[0]).encode())


def _limit_memory(memory_bytes: int) -> None:
    resource: Any
    try:
        import resource
    except ImportError:  # Windows: there only the time is limited
        return
    with suppress(OSError, ValueError):  # macOS refuses limits below what is mapped already
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
