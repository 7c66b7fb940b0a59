"""Measures a child process that answers messages: its parent kills it, so that it saves before each answer.

Loaded in the child before it does anything. The test that asks is read from a file: a child serves many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import coverage

from booklet import processes
from booklet.processes import serving
from booklet.processes.pipe import ALIVE
from booklet.processes.pipe import send as _send

_messages = serving.messages


def _current() -> coverage.Coverage | None:
    return coverage.Coverage.current()


def messages() -> Iterator[bytes]:
    for message in _messages():
        if (measured := _current()) is not None:
            measured.switch_context(Path(os.environ["MUTANTS_NOW"]).read_text(encoding="utf-8"))
        yield message


def send(pipe: IO[bytes], message: bytes) -> None:
    if not message.startswith(ALIVE) and (measured := _current()) is not None:
        measured.save()
    _send(pipe, message)


serving.messages = messages
processes.pipe.send = send
