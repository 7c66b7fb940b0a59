"""How far the stage has come, in pictures and bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from booklet.events import Event, Reporter

STEP_BYTES = 1_000_000
"""Bytes are told anew after so many, and with each picture."""


@dataclass(slots=True)
class Progress:
    """Of one run; each picture is done once."""

    report: Reporter
    total: int
    done: int = 0
    bytes: int = 0
    _told_bytes: int = field(default=0, init=False)

    def begin(self) -> None:
        """Nothing is done yet."""
        self._tell("")

    def one(self, subject: str = "") -> None:
        """One more is done, got or not."""
        self.done += 1
        self._tell(subject)

    def received(self, count: int) -> None:
        """So many bytes came from the network."""
        self.bytes += count
        if self.bytes - self._told_bytes >= STEP_BYTES:
            self._tell("")

    def beat(self) -> None:
        """Nothing new; work still goes on."""
        self._tell("")

    def _tell(self, subject: str) -> None:
        self._told_bytes = self.bytes
        self.report(Event("images", self.done, self.total, subject, self.bytes))
