"""A child process that answers messages: the child's side."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from booklet.processes.pipe import receive


def opened(memory_bytes: float) -> IO[bytes]:
    """Make this process ready; gives the pipe for its answers.

    Args:
        memory_bytes: the most address space to take, where the system can limit it (Windows cannot).
    """
    _limit_memory(int(memory_bytes))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path of the file system
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    return answers


def messages() -> Iterator[bytes]:
    """What the parent asks, until it is done."""
    while (message := receive(sys.stdin.buffer)) is not None:
        yield message


def _limit_memory(memory_bytes: int) -> None:
    resource: Any
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):  # macOS refuses limits below what is mapped already
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
