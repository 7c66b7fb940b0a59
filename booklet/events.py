"""What long work says of its progress. Stages get a `Reporter`; only the CLI draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
