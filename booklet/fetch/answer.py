"""What an answer's head says, and its body unpacked. Pure; of `fetch`."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from booklet.fetch.failure import PictureError

_SANE_DIGITS = 8


def pause_s(headers: Mapping[str, str], now: datetime | None) -> float | None:
    """The pause that `Retry-After` asks for (RFC 9110, 10.2.3), never below 0.

    Args:
        headers: of the answer. A date is counted from the answer's own `Date`: clocks differ.
        now: what it is counted from where there is none.

    Returns:
        Seconds; None: nothing is asked for, or nothing that can be read.
    """
    wanted = headers.get("Retry-After", "").strip()
    if wanted.isdecimal():
        return float(wanted) if len(wanted) < _SANE_DIGITS else float("inf")
    until, since = _date(wanted), _date(headers.get("Date", "")) or now
    return max(0.0, (until - since).total_seconds()) if until is not None and since is not None else None


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)


def inflated(body: bytes, encoding: str, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a body whose `Content-Encoding` nobody asked for.

    Raises:
        PictureError: `not-a-picture` (a compression that we have not), `damaged`.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise PictureError("not-a-picture")
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip and zlib by their heads, else raw deflate
        try:
            return zlib.decompressobj(window).decompress(body, limit + 1)
        except zlib.error:
            continue
    raise PictureError("damaged")
