"""What the cache knows of an address beside its bytes: how it gave them, and what to ask it with again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """How bytes came."""

    etag: str = ""
    """What the server names its answer by (RFC 9110, 8.8); empty: it does not."""
    last_modified: str = ""
    way: str = ""
    """A `plan.WebWay`."""
    settled: bool = False
    """Other addresses of the host gave the same bytes, and that was found to be right."""


UNKNOWN = Origin()


def line_of(name: str, origin: Origin) -> bytes:
    """A line of JSON for the bytes called `name`."""
    return json.dumps({"bytes": name, **asdict(origin)}, sort_keys=True).encode()


def read_line(line: bytes | None) -> tuple[str, Origin] | None:
    """What `line_of` was given; None: it is no such line."""
    try:
        known = json.loads(line or b"")
        return str(known.pop("bytes")), Origin(**known)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
