"""The process of one worker of `WorkerPool`: it answers calls from its standard input until that ends."""

from __future__ import annotations

import os
import pickle
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from booklet.processes.pipe import ALIVE, STALLED, send
from booklet.processes.serving import messages, opened
from booklet.render.pdf.engine.progress import pages_told

DONE, FAILED = b"+", b"-"
"""How an answer begins: the result; why there is none."""
_LOOK_S = 1.0


def request(function: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    """A call, as a message."""
    return pickle.dumps((function, arguments), protocol=pickle.HIGHEST_PROTOCOL)


def main(memory_bytes: float, stall_s: float) -> None:
    """Answer until the input ends.

    Args:
        memory_bytes: the most address space to take, where the system can limit it.
        stall_s: of this process's own processor time, without a page finished: then it ends.
    """
    answers = opened(memory_bytes)
    watch = _Watch(stall_s)
    threading.Thread(target=watch.run, args=(os.getppid(),), daemon=True).start()

    def finished(page: int) -> None:
        watch.begin()
        with suppress(OSError):
            send(answers, ALIVE + str(page).encode())

    with pages_told(finished):
        for message in messages():
            watch.begin()
            answer = _answer(message)
            watch.end()
            send(answers, answer)


def _answer(message: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(message)  # noqa: S301 - from our own parent
        return DONE + pickle.dumps(function(*arguments), protocol=pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent wants to know and to go on
        return FAILED + pickle.dumps((type(error).__name__, str(error)[:500]))


class _Watch:
    """Ends this process when it makes no progress, or when its parent was killed and cannot tell.

    By processor time: on a busy machine everything takes longer by the clock. It cannot see that a library
    keeps the interpreter to itself: that the parent sees, by the clock.
    """

    def __init__(self, stall_s: float) -> None:
        self._stall_s = stall_s
        self._begun: float | None = None

    def begin(self) -> None:
        """Work begins, or got on by a page."""
        self._begun = time.process_time()

    def end(self) -> None:
        """There is no work."""
        self._begun = None

    def run(self, parent: int) -> None:
        """Watch, in a thread."""
        while os.getppid() == parent:  # never changes on Windows
            time.sleep(_LOOK_S)
            begun = self._begun
            if begun is not None and time.process_time() - begun > self._stall_s:
                os._exit(STALLED)
        os._exit(1)
