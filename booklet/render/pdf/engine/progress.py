"""Pages as the engine finishes them, read from its log. Does not load it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOG = "weasyprint.progress"


@contextmanager
def pages_told(tell: Callable[[int], None]) -> Iterator[None]:
    """Tell of each page by its number while the block runs; how many there will be is not known."""
    log = logging.getLogger(_LOG)
    before = log.level
    handler = _Handler(tell)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


class _Handler(logging.Handler):
    def __init__(self, tell: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Read one line of the log."""
        if "Page %d" in str(record.msg) and isinstance(record.args, tuple) and record.args:
            self._tell(int(str(record.args[0])))
