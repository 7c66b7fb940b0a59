"""A picture's address as findings and progress may show it: no credentials, secrets, endless `data:`."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

SHOWN_CHARS = 300

_SECRET = re.compile(
    r"(?i)([?&;](?:[\w.-]*(?:token|secret|passw(?:or)?d|signature|credential|session|auth|apikey|api[-_]key)[\w.-]*"
    r"|sign|sig|pwd|key|ak|sk|AWSAccessKeyId|OSSAccessKeyId|Policy|Key-Pair-Id)=)[^&;#]+"
)
"""Query parameters that open doors: signed links of object stores (S3, OSS, COS), session and API keys."""
_USERINFO = re.compile(r"(//)[^/?#@\s]*@")


def redacted(address: str) -> str:
    """The address for a person: credentials and secrets masked, `data:` and over-long ones shortened."""
    address = "".join(char for char in address[: 4 * SHOWN_CHARS] if char.isprintable()).strip()
    if address[:5].lower() == "data:":
        head = address[5:].partition(",")[0].partition(";")[0]
        return f"data:{head[:40]}…"
    masked = _SECRET.sub(r"\1***", _USERINFO.sub(r"\1***@", address))
    return masked if len(masked) <= SHOWN_CHARS else masked[: SHOWN_CHARS - 1] + "…"


def host_of(address: str) -> str:
    """The host of an http(s) address, for progress; empty for anything else."""
    parts = split(address)
    return (parts.hostname or "") if parts is not None and parts.scheme in ("http", "https") else ""


def split(address: str) -> SplitResult | None:
    """`urlsplit` that answers None where the standard library raises (`http://[`)."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def without_secrets(address: str) -> str:
    """A Referer as browsers send it: no credentials, no fragment; empty unless http(s)."""
    parts = split(address)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    netloc = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
