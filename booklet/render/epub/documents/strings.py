"""Strings that may stand in an EPUB: no control characters, ASCII ids, valid language tags and addresses."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from booklet.words.language_codes import is_known

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What is no `Char` of XML 1.0 (lone surrogates among them), and what it discourages (C1 controls,
non-characters). Not written as all that is allowed, which takes ten times as long to compile."""

_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_ASCII_ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,99}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"(?:[^\s\x00-\x20<>\"{}|\\^`\[\]%@:/?#]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(/[A-Za-z0-9/_.~=&?+-]*)?")
"""Most addresses, which need no second look."""
_SAFE_IN_URL = "/:;,@!$&'()*+=~?-._%"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def printable(text: str) -> str:
    """The text without what XML cannot hold."""
    return text if text.isprintable() else _NOT_XML.sub("", text)


def holds_discouraged(data: bytes) -> bool:
    """Whether UTF-8 may hold what `printable` drops and an XML parser lets pass; twenty times as fast."""
    return b"\x7f" in data or b"\xef\xb7" in data or _C1.search(data) is not None


def one_line(text: str) -> str:
    """The text on one line, for titles and metadata."""
    return " ".join(printable(text).split())


def ascii_id(text: str) -> str:
    """The same id if it is an ASCII XML name (no colon), else one made from its hash: always the same."""
    if _ASCII_ID.fullmatch(text):
        return text
    return f"x{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"


@lru_cache(maxsize=256)
def language_tag(text: str) -> str:
    """A BCP 47 tag of a language that there is (`zh_CN` → `zh-CN`), or empty as for `und` and `us`."""
    tag = text.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) and is_known(tag) else ""


def outside_address(address: str) -> str | None:
    """A web, mail or telephone address as EPUBCheck takes it (RSC-020), or None if it is none.

    Characters that a URL may not hold are percent-encoded; what is encoded already stays.
    """
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    address = one_line(address)
    scheme = address.partition(":")[0].lower()
    if scheme in {"mailto", "tel"}:
        return _encoded(address)
    if scheme not in {"http", "https"}:
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises beyond 65535
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    if not _HOST.fullmatch(host):
        return None
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    return f"{scheme}://{_ascii_host(host)}{_encoded(parts.path)}{query}{fragment}"


def _encoded(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe=_SAFE_IN_URL)


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host, safe=":")
