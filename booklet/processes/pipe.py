"""How a child process and its parent talk: messages with their length before them, over a pipe."""

from __future__ import annotations

import struct
from typing import IO

_LENGTH = struct.Struct(">Q")
MAX_BYTES = 2**30
"""The most bytes of one message: a decoder that a picture has broken may claim anything."""
ALIVE = b"."
"""How a message begins that is no answer yet: work got on, by a number that follows."""
STALLED = 124
"""The exit code of a child that ended itself, for it made no progress."""


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write a message.

    Raises:
        OSError: nobody reads.
    """
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; None: the other side is gone, or what it says is no message."""
    head = pipe.read(_LENGTH.size)
    if len(head) != _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    if size > MAX_BYTES:
        return None
    message = pipe.read(size)
    return message if len(message) == size else None
