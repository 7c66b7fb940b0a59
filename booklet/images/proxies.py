"""Rewriting proxies: taking the original address out of them, and sending an original through one. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote

from booklet.images.redact import split

MAX_UNWRAPPINGS = 3
"""A proxy behind a proxy is seen; deeper nesting is somebody's joke."""

_WRAPPED = re.compile(r"(?:https?:)?//|https?%3A%2F%2F", re.IGNORECASE)
_WORDPRESS = re.compile(r"i[0-3]\.wp\.com")
_CORS_HOST = re.compile(r"(?:^|[.-])(?:cors|proxy|imgproxy|image-?proxy)(?:[.-]|\d|$)|\.workers\.dev$")
_PLACEHOLDER = re.compile(r"\{(url|url_encoded|host_path)\}")
_WESERV = {"images.weserv.nl", "wsrv.nl"}


def unwrap(url: str) -> str:
    """The address that a known rewriting proxy would fetch, or `url` itself.

    Known are `cors….workers.dev/?URL` and kin (also `/URL`, `?url=URL`), `images.weserv.nl/?url=`,
    `wsrv.nl/?url=` and `i0.wp.com/HOST/PATH` to `i3`.
    """
    for _ in range(MAX_UNWRAPPINGS):
        inner = _unwrap_once(url)
        if inner is None or inner == url:
            break
        url = inner
    return url


def through(template: str, url: str) -> str:
    """`url` by way of a proxy: `{url}` as written, `{url_encoded}` encoded, `{host_path}` without scheme."""
    forms = {"url": url, "url_encoded": quote(url, safe=""), "host_path": url.partition("://")[2]}
    return _PLACEHOLDER.sub(lambda found: forms[found[1]], template)


def _unwrap_once(url: str) -> str | None:
    parts = split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname
    if _WORDPRESS.fullmatch(host):
        return _unwrap_wordpress(parts.path, parts.query)
    if host in _WESERV:
        given = dict(parse_qsl(parts.query)).get("url", "")
        return _with_scheme(given.removeprefix("ssl:")) if given else None
    if not _CORS_HOST.search(host):
        return None
    for wrapped in (parts.query, dict(parse_qsl(parts.query)).get("url", ""), parts.path.lstrip("/")):
        if _WRAPPED.match(wrapped):
            rest = wrapped + (f"?{parts.query}" if wrapped == parts.path.lstrip("/") and parts.query else "")
            return _with_scheme(unquote(rest) if "%3A%2F%2F" in rest[:16].upper() else rest)
    return None


def _unwrap_wordpress(path: str, query: str) -> str | None:
    """Jetpack's Photon: `/HOST/PATH?ssl=1&w=…`; the parameters resize, `ssl=1` means https."""
    original = path.lstrip("/")
    if "." not in original.partition("/")[0]:
        return None
    scheme = "https" if dict(parse_qsl(query)).get("ssl") == "1" else "http"
    return f"{scheme}://{original}"


def _with_scheme(address: str) -> str:
    if address.startswith("//"):
        return f"https:{address}"
    return address if "://" in address else f"http://{address}"
