"""MHTML (RFC 2557), as Chrome, Edge and Word save pages: its page, with the pictures in it. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from html import escape, unescape
from urllib.parse import unquote, urljoin

from booklet.collect.decode import codec_of, decode
from booklet.collect.front_matter.fields import web_address

MAX_PARTS = 2000
_ADDRESS = re.compile(
    r"(\b(?:src|data-src|poster|href)\s*=\s*)(\"[^\"]{1,4096}\"|'[^']{1,4096}')", re.IGNORECASE
)
_PAGES = ("text/html", "application/xhtml+xml")
_PICTURES = "image/"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A page out of its envelope."""

    markup: str
    url: str
    """Where it was saved from, http(s), or empty."""


def unpack(data: bytes) -> Unpacked | None:
    """The first page of the envelope, its pictures as `data:`; None: there is none.

    The envelope's own date is that of saving and is not given.
    """
    message = message_from_bytes(data, policy=compat32)
    parts = [part for part in message.walk() if not part.is_multipart()][:MAX_PARTS]
    page = next((part for part in parts if part.get_content_type() in _PAGES), None)
    if page is None:
        return None
    address = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    return Unpacked(_with_pictures(_text(page), _pictures(parts, address), address), web_address(address))


def _text(page: Message) -> str:
    raw = page.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    codec = codec_of(page.get_content_charset() or "")
    if codec:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            pass
    decoded = decode(data, html=True)
    return decoded.text if decoded else data.decode("utf-8", "replace")


def _header(part: Message, name: str) -> str:
    return "".join(str(part.get(name, "")).split())


def _pictures(parts: list[Message], base: str) -> Mapping[str, str]:
    """`data:` addresses by what the page calls its pictures."""
    found: dict[str, str] = {}
    for part in parts:
        kind = part.get_content_type()
        if not kind.startswith(_PICTURES):
            continue
        raw = part.get_payload(decode=True)
        if not isinstance(raw, bytes) or not raw:
            continue
        data = f"data:{kind};base64,{base64.b64encode(raw).decode('ascii')}"
        location, identifier = _header(part, "Content-Location"), _header(part, "Content-ID").strip("<>")
        if location:
            found[location] = found[urljoin(base, location)] = data
        if identifier:
            found[f"cid:{identifier}"] = data
    return found


def _with_pictures(markup: str, pictures: Mapping[str, str], base: str) -> str:
    def carried(found: re.Match[str]) -> str:
        name = unescape(found[2][1:-1]).strip()
        data = pictures.get(name) or pictures.get(_absolute(base, name)) or pictures.get(unquote(name))
        return f'{found[1]}"{escape(data)}"' if data else found[0]

    return _ADDRESS.sub(carried, markup) if pictures else markup


def _absolute(base: str, name: str) -> str:
    try:
        return urljoin(base, name)
    except ValueError:
        return name
