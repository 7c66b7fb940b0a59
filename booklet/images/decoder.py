"""The process that decodes: it reads pictures from its standard input until that ends, and answers each.

Pictures come from the web, and decoders are old C: here they may hang or die without harm. Of `workers`.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict

from booklet.images.convert import convert
from booklet.images.failure import PictureError
from booklet.images.forms import Form
from booklet.images.packing import packed
from booklet.images.pipe import receive, send

MADE, FAILED = b"+", b"-"
"""How an answer begins."""


def request(data: bytes, forms: tuple[Form, ...]) -> bytes:
    """A picture and what it is wanted as, as a message."""
    return json.dumps([asdict(form) for form in forms]).encode() + b"\n" + data


def main(memory_bytes: int) -> None:
    """Answer until the input ends.

    Args:
        memory_bytes: the most address space to take, where the system can limit it.
    """
    _limit_memory(memory_bytes)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path of the file system
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    while (message := receive(sys.stdin.buffer)) is not None:
        send(answers, _answer(message))


def _answer(message: bytes) -> bytes:
    line, _, data = message.partition(b"\n")
    forms = tuple(Form(**form) for form in json.loads(line))
    try:
        return MADE + packed(convert(data, forms))
    except PictureError as error:
        return FAILED + json.dumps([error.reason, error.params]).encode()
    except MemoryError:
        return FAILED + json.dumps(["decode-memory", {}]).encode()


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: there the limits of `convert` on pixels have to do
        return
    if sys.platform != "win32":
        try:
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        except (OSError, ValueError):  # macOS refuses limits below what is mapped already
            return
