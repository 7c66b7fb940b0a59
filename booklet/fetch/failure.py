"""Why a picture is not in the booklet: a small set of reasons, each with a sentence `reason.<code>`."""

from __future__ import annotations

from typing import Literal, Self, get_args

from booklet.findings import Param

MissingReason = Literal[
    "file-missing",  # no such local file
    "file-unreadable",
    "offline",  # not in the cache, and the network is not wanted
    "host-unknown",  # its name does not resolve
    "unreachable",  # no connection, or it broke off
    "timeout",
    "tls",
    "http-status",  # the server answered, not with a picture; parameter `status`
    "too-many-redirects",
    "not-a-picture",  # the bytes are of no picture format that we read, e.g. HTML with status 200
    "damaged",  # a picture's head, but it does not decode to the end
    "tiny",  # a tracking pixel or a spacer
    "stand-in",  # one picture for all addresses of a host: its notice, not what was asked for
]
RefusedReason = Literal[
    "bad-address",  # not a URL, or a scheme other than http(s) and data
    "private-address",
    "fake-address",  # 198.18.0.0/15, as proxies on the user's machine answer for names; parameter `address`
    "outside-source",  # a local path that leaves the source folder
    "too-many-bytes",  # parameter `limit_mb`
    "too-many-pixels",
    "decode-timeout",  # the decoder took too long and was ended
    "decode-memory",
    "decode-crashed",  # the decoder died
    "svg-unsafe",  # entities, or nothing left to draw
    "svg-unsupported",  # parts whose loss would falsify the drawing
]
Reason = Literal[MissingReason, RefusedReason]

REFUSED: frozenset[str] = frozenset(get_args(RefusedReason))


class PictureError(Exception):
    """One way to a picture has failed; the next way may succeed."""

    def __init__(self, reason: Reason, **params: Param) -> None:
        super().__init__(reason, params)
        self.reason: Reason = reason
        self.params = params

    @classmethod
    def too_large(cls, limit_bytes: int) -> Self:
        """`too-many-bytes`, with the limit in MB (10⁶ bytes) as a person writes it."""
        return cls("too-many-bytes", limit_mb=f"{limit_bytes / 1_000_000:g}")

    @property
    def refused(self) -> bool:
        """Whether it was our decision, not the picture's absence."""
        return self.reason in REFUSED
