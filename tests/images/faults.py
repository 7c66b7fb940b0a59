"""The faults of servers and of the ways to them, and what a reader sees of each: the matrix's rows.

Each is one picture of one article, on a server of the loopback that is allowed; a proxy is configured.
"""

from __future__ import annotations

import gzip
import time
import zlib
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Literal

from PIL import Image

from .proxy import MARK
from .samples import encoded, photo, png_header_only
from .server import Answer, plain

TIMEOUT_S = 0.5
"""For hosts that are meant to be too slow."""
SLOW_S = 3.0
PATIENCE_S = 5
"""For all others, so that a busy machine fails no test."""
MAX_MB = 0.5
ARTICLE = "https://blog.example/p"


@dataclass(frozen=True)
class Fault:
    """One row."""

    name: str
    seen: Literal["picture", "box"]
    told: str
    """The finding: its code and reason; empty: none. With a picture: the way that it came."""
    answers: tuple[Answer, ...] = ()
    """Of the server, one after the other, the last for ever."""
    leads_to: str = ""
    """Instead of them: where it redirects to. `{secret}` is a server that is not allowed."""
    url: str = ""
    """Instead of a server's: `{tls}` and `{site}` are hosts with ports, on `{closed}` nobody listens."""
    within_s: float = PATIENCE_S
    slow: bool = False
    """Needs the short timeout."""
    apart: bool = False
    """It ends the talk with its host: it has one of its own."""


def photograph(seed: int) -> bytes:
    """Different for each seed, so that no row passes by another's picture."""
    return encoded(photo(240 + seed, 160), "JPEG", quality=90)


_seeds = iter(range(1000))


def good(**headers: str) -> Answer:
    return plain(photograph(next(_seeds)), 200, **headers)


def only_with_referer(request: BaseHTTPRequestHandler) -> None:
    allowed = request.headers.get("Referer", "") == ARTICLE
    (OWN if allowed else plain(b"Forbidden", 403))(request)


OWN, PLAIN, HOME, NEXT, CUT, LIED, SLOW = (good() for _ in range(7))


def never_with_foreign_referer(request: BaseHTTPRequestHandler) -> None:
    (plain(b"Forbidden", 403) if "Referer" in request.headers else PLAIN)(request)


def only_for_its_own_pages(request: BaseHTTPRequestHandler) -> None:
    """As the strictest hosts do: neither without a Referer nor with another's."""
    own = request.headers.get("Referer", "").startswith(f"http://{request.headers['Host']}/")
    (HOME if own else plain(b"Forbidden", 403))(request)


def notice_unless_its_own_pages(request: BaseHTTPRequestHandler) -> None:
    """Status 200, HTML, and the type of a picture."""
    own = request.headers.get("Via", "") == MARK
    (NEXT if own else plain(b"<html>hot-linking</html>", Content_Type="image/jpeg"))(request)


def slow_headers(request: BaseHTTPRequestHandler) -> None:
    time.sleep(SLOW_S)
    SLOW(request)


def slow_body(request: BaseHTTPRequestHandler) -> None:
    """Never silent for long, and never done: only the time in all can stop it."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(1000):
        request.wfile.write(b"\xff")
        request.wfile.flush()
        time.sleep(TIMEOUT_S / 8)


def endless_body(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Connection", "close")
    request.end_headers()
    while True:
        request.wfile.write(b"\xff" * 65_536)


def less_than_declared(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.send_header("Connection", "close")
    request.end_headers()
    request.wfile.write(photograph(0)[:500])


def more_than_declared(request: BaseHTTPRequestHandler) -> None:
    """What follows comes when the declared part has been read: together they may be a broken answer."""
    data = photograph(0)
    request.send_response(200)
    request.send_header("Content-Length", "900")
    request.end_headers()
    request.wfile.write(data[:900])
    request.wfile.flush()
    time.sleep(0.2)
    request.wfile.write(data[900:])


def not_http(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x16\x03\x01 what is this\r\n\r\n")
    request.close_connection = True


def animated() -> bytes:
    frames = [photo(120, 80, seed).quantize(64) for seed in range(3)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=90)


def deep() -> bytes:
    return encoded(Image.new("I;16", (120, 90), 30_000), "PNG")


def drawing(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">{inner}</svg>'.encode()


def packed(data: bytes, encoding: str) -> Answer:
    return plain(data, Content_Encoding=encoding)


MISSING, REFUSED = "image-missing", "image-refused"
CIRCLE = '<circle cx="45" cy="30" r="20"/>'
SCRIPT = "<script>alert(1)</script>"

FAULTS: tuple[Fault, ...] = (
    Fault("403 without Referer", "picture", "referer", (only_with_referer,)),
    Fault("403 with a foreign Referer", "picture", "direct", (never_with_foreign_referer,)),
    Fault("403 unless its own pages ask", "picture", "proxy", (only_for_its_own_pages,)),
    Fault("403 always", "box", f"{MISSING} http-status 403", (plain(b"no", 403),)),
    Fault("404", "box", f"{MISSING} http-status 404", (plain(b"gone", 404),)),
    Fault("a picture with status 404", "box", f"{MISSING} http-status 404", (plain(photograph(0), 404),)),
    Fault(
        "429, Retry-After 1 second",
        "picture",
        "direct",
        (plain(b"", 429, Retry_After="1"), good()),
        within_s=6,
    ),
    Fault(
        "429, Retry-After tomorrow",
        "box",
        f"{MISSING} http-status 429",
        (plain(b"", 429, Retry_After="86400"),),
        apart=True,
    ),
    Fault("500, then 503, then 200", "picture", "direct", (plain(b"", 500), plain(b"", 503), good())),
    Fault("500 always", "box", f"{MISSING} http-status 500", (plain(b"oops", 500),), within_s=8),
    Fault("slow headers", "box", f"{MISSING} timeout", (slow_headers,), slow=True),
    Fault("slow body", "box", f"{MISSING} timeout", (slow_body,), slow=True),
    Fault("endless body", "box", f"{REFUSED} too-many-bytes", (endless_body,)),
    Fault(
        "Content-Length too large", "box", f"{REFUSED} too-many-bytes", (plain(b"", Content_Length="9" * 9),)
    ),
    Fault("Content-Length lies upwards", "box", f"{MISSING} unreachable", (less_than_declared,)),
    Fault("Content-Length lies downwards", "box", f"{MISSING} damaged", (more_than_declared,)),
    Fault("connection cut, then whole", "picture", "direct", (less_than_declared, CUT)),
    Fault("wrong Content-Type", "picture", "direct", (good(Content_Type="text/html"),)),
    Fault("HTML with status 200", "box", f"{MISSING} not-a-picture", (plain(b"<html>forbidden</html>"),)),
    Fault("HTML with 200 unless by proxy", "picture", "proxy", (notice_unless_its_own_pages,)),
    Fault("empty body", "box", f"{MISSING} not-a-picture", (plain(b""),)),
    Fault("1 x 1 pixel", "box", f"{MISSING} tiny", (plain(encoded(photo(1, 1), "GIF")),)),
    Fault("truncated JPEG", "box", f"{MISSING} damaged", (plain(photograph(0)[:3000]),)),
    Fault(
        "gzip bomb, 50 MB",
        "box",
        f"{REFUSED} too-many-bytes",
        (packed(gzip.compress(b"\0" * 50_000_000), "gzip"),),
    ),
    Fault("gzip unasked", "picture", "direct", (packed(gzip.compress(photograph(next(_seeds))), "gzip"),)),
    Fault(
        "deflate unasked", "picture", "direct", (packed(zlib.compress(photograph(next(_seeds))), "deflate"),)
    ),
    Fault("unknown compression", "picture", "proxy", (packed(photograph(next(_seeds)), "br"),)),
    Fault("false compression", "picture", "proxy", (packed(photograph(next(_seeds)), "gzip"),)),
    Fault(
        "40,000 x 40,000 PNG",
        "box",
        f"{REFUSED} too-many-pixels",
        (plain(png_header_only(40_000, 40_000)),),
    ),
    Fault("animated GIF", "picture", "direct", (plain(animated()),)),
    Fault("CMYK JPEG", "picture", "direct", (plain(encoded(photo(200, 99).convert("CMYK"), "JPEG")),)),
    Fault("16-bit PNG", "picture", "direct", (plain(deep()),)),
    Fault(
        "WebP as image/jpeg",
        "picture",
        "direct",
        (plain(encoded(photo(), "WEBP"), Content_Type="image/jpeg"),),
    ),
    Fault("AVIF", "picture", "direct", (plain(encoded(photo(), "AVIF")),)),
    Fault("SVG with script", "picture", "direct", (plain(drawing(SCRIPT + CIRCLE)),)),
    Fault("SVG of nothing but script", "box", f"{REFUSED} svg-unsafe", (plain(drawing(SCRIPT)),)),
    Fault(
        "SVG bomb of entities",
        "box",
        f"{REFUSED} svg-unsafe",
        (plain(b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + drawing("<text>&a;</text>")),),
    ),
    Fault("redirect loop", "box", f"{MISSING} too-many-redirects", leads_to="a.jpg"),
    Fault("redirect to 127.0.0.1", "box", f"{REFUSED} private-address", leads_to="http://{secret}/a.jpg"),
    Fault("redirect to 0177.1", "box", f"{REFUSED} private-address", leads_to="http://0177.1:{secret_port}/"),
    Fault("redirect to metadata", "box", f"{REFUSED} private-address", leads_to="//169.254.169.254/latest/"),
    Fault("redirect to a file", "box", f"{REFUSED} bad-address", leads_to="file:///etc/passwd"),
    Fault("redirect to nonsense", "box", f"{REFUSED} bad-address", leads_to="http://[::bad"),
    Fault(
        "name of a private address", "box", f"{REFUSED} private-address", url="http://private.example/a.jpg"
    ),
    Fault("name of a false address", "box", f"{REFUSED} fake-address", url="http://fake.example/a.jpg"),
    Fault("name that nobody knows", "box", f"{MISSING} host-unknown", url="http://gone.example/a.jpg"),
    Fault("TLS: nobody has signed", "box", f"{MISSING} tls", url="https://{tls}/a.jpg"),
    Fault("https where there is no TLS", "box", f"{MISSING} tls", url="https://{site}/a.jpg"),
    Fault("not HTTP", "box", f"{MISSING} unreachable", (not_http,)),
    Fault("nobody listens", "box", f"{MISSING} unreachable", url="http://127.0.0.1:{closed}/a.jpg"),
)

NAMES = {
    "private.example": ("10.0.0.7",),
    "fake.example": ("198.18.0.7",),
    "blog.example": ("93.184.216.34",),
}
"""What names lead to; no other has an address."""
