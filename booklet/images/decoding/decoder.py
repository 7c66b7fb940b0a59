"""The process that decodes: it reads pictures from its standard input until that ends, and answers each.

Pictures come from the web, and decoders are old C: here they may hang or die without harm. Of `workers`.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from booklet.cache.packing import packed
from booklet.fetch.failure import PictureError
from booklet.images.decoding.convert import convert
from booklet.images.decoding.forms import Form
from booklet.processes.pipe import send
from booklet.processes.serving import messages, opened

MADE, FAILED = b"+", b"-"
"""How an answer begins."""


def request(data: bytes, forms: tuple[Form, ...]) -> bytes:
    """A picture and what it is wanted as, as a message."""
    return json.dumps([asdict(form) for form in forms]).encode() + b"\n" + data


def main(memory_bytes: float) -> None:
    """Answer until the input ends.

    Args:
        memory_bytes: the most address space to take, where the system can limit it; else the limits of
            `convert` on pixels have to do.
    """
    answers = opened(memory_bytes)
    for message in messages():
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
