"""What long work says of its progress, and how it is told to stop. Only the CLI draws it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from booklet.findings import BookletError

Stage = str
"""`collect`, `clean`, `images`, `check`, or the name of an output."""


@dataclass(frozen=True, slots=True)
class Event:
    """`done` of `total` things of a stage are finished (`total` 0: not known yet)."""

    stage: Stage
    done: int
    total: int
    subject: str = ""
    """What is being worked on, for a person: a title, a host, a file name."""
    bytes: int = 0
    """What the stage has got from the network so far."""


Reporter = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Drop the event: the reporter of tests and of `--quiet`."""


class StoppedError(BookletError):
    """Work was told to stop: `interrupted`, exit code 130."""

    def __init__(self) -> None:
        super().__init__("interrupted", exit_code=130)


class Heartbeat:
    """A reporter for work that waits: `beat` says again what was said last, and may end the work."""

    def __init__(self, report: Reporter, first: Event) -> None:
        self._report = report
        self._last = first

    def __call__(self, event: Event) -> None:
        """Report."""
        self._last = event
        self._report(event)

    def beat(self) -> None:
        """Nothing new; work still goes on."""
        self._report(self._last)


BEAT_S = 0.3
"""Between two beats of work that waits. Windows hears Ctrl-C only between two waits, too."""


class Cancel:
    """Tells a build, from any thread, that it shall stop. One token may be given to several builds."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask for the end; returns at once, and may be called from a signal handler and more than once."""
        self._stopped.set()

    def check(self) -> None:
        """Go on unless told to stop.

        Raises:
            StoppedError: told to.
        """
        if self._stopped.is_set():
            raise StoppedError
