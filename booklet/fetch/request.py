"""What is asked for, and how: the address as it is sent, and the headers. Pure; of `fetch`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yarl import URL

from booklet.fetch.failure import PictureError
from booklet.fetch.origin import UNKNOWN, Origin

_WELL_FORMED = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-])*")
"""Addresses of these characters (RFC 3986) are sent as written: signed ones break when `%2F` becomes `/`."""


@dataclass(frozen=True, slots=True)
class Question:
    """One picture, asked for in one way."""

    url: str
    referer: str = ""
    earlier: Origin = UNKNOWN
    """Of the bytes that we have: the server need not send them again (RFC 9110, 13.1)."""
    login: bool = False
    """The address's own user and password are sent: it is the user's, of the configuration."""

    @property
    def headers(self) -> dict[str, str]:
        """What is sent beside what every request has."""
        named = {
            "Referer": str(URL(self.referer)) if self.referer else "",
            "If-None-Match": self.earlier.etag,
            "If-Modified-Since": self.earlier.last_modified,
        }
        return {name: value for name, value in named.items() if value}


def parsed(address: str, base: URL | None = None, *, login: bool = False) -> URL:
    """The address as it is asked for.

    Args:
        address: absolute, or relative to `base`.
        base: where it was read.
        login: keep user and password. A page's own are not sent; browsers block them too.

    Raises:
        PictureError: `bad-address`.
    """
    try:
        url = URL(address, encoded=bool(_WELL_FORMED.fullmatch(address)))
        url = url if base is None else base.join(url)
        _ = url.port  # yarl looks at it only now
        if not login and (url.raw_user is not None or url.raw_password is not None):
            url = url.with_user(None)
    except ValueError as error:
        raise PictureError("bad-address") from error
    if any(char.isspace() or not char.isprintable() for char in url.raw_host or ""):
        raise PictureError("bad-address")
    return url.with_fragment(None)
