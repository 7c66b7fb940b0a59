"""What becomes of one picture: how it came, or why it did not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

from booklet.fetch.failure import PictureError
from booklet.fetch.origin import UNKNOWN, Origin
from booklet.images.store import Pictures
from booklet.images.ways.plan import WebWay

Way = Literal["file", "data", "cache"] | WebWay


@dataclass(frozen=True, slots=True)
class Got:
    """A picture that is there."""

    pictures: Pictures
    way: Way
    size: int
    """Bytes, as they came."""
    digest: str
    """SHA-256 of them."""
    address: str = ""
    """Its own on the web, whichever way it came; empty: it is a file or in the article."""
    via: str = ""
    """The proxy, as a person may see it."""
    origin: Origin = UNKNOWN
    asked_s: float = 0.0
    """When its server was last asked, in seconds since 1970; 0: in this run."""
    stale: PictureError | None = None
    """Why an earlier build's picture could not be asked for again."""

    def settled(self) -> Self:
        """The same, its likeness to others of its host explained."""
        return replace(self, origin=replace(self.origin, settled=True))


Outcome = Got | PictureError
