"""The only room with a network: one URL in, the bytes of its answer out, within limits."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from booklet import __version__
from booklet.config.values import ImagesConfig
from booklet.images.failure import PictureError
from booklet.images.resolver import Gate

MAX_REDIRECTS = 5
BACKOFF_S = (0.5, 1.5)
"""Pauses before the second and the third try."""
RETRY_AFTER_LIMIT_S = 10.0
"""A server that asks for a longer pause is not asked again in this run."""
BUDGET_FACTOR = 6
"""All tries for one picture together may take so many times `timeout_s`, queueing not counted."""
CONNECT_LIMIT_S = 10.0

_WELL_FORMED = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-])*")
"""Addresses of these characters (RFC 3986) are sent as written: signed ones break when `%2F` becomes `/`."""
_CHUNK_BYTES = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_TRANSIENT = {408, 425, 429, 500, 502, 503, 504}
_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; booklet/{__version__})",
    # What goes into a book unchanged first; the rest we can decode. Compressed answers are not asked for.
    "Accept": "image/png,image/jpeg,image/gif,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "identity",
}


@dataclass(slots=True)
class Budget:
    """The time that one picture may still take, in seconds."""

    left_s: float


class _TransientError(PictureError):
    """Worth another try, after a pause that the server may have named."""

    pause_s: float | None = None


class Fetcher:
    """One session for all pictures of a run: `async with Fetcher(config) as fetcher`."""

    def __init__(self, config: ImagesConfig) -> None:
        self._config = config
        self._gate = Gate(config.allow_hosts)
        self._slots = asyncio.Semaphore(max(1, config.connections))
        self._host_slots: dict[str, asyncio.Semaphore] = {}
        self._answered: set[str] = set()
        self._dead: dict[str, PictureError] = {}

    async def __aenter__(self) -> Self:
        """Open the session; nothing is connected yet."""
        silence = self._config.timeout_s
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # bounded by our own slots, so that time in the queue does not count as the server's
                resolver=self._gate,
                use_dns_cache=False,  # the gate pins
                socket_factory=self._gate.open_socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            headers=_HEADERS,
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=min(silence, CONNECT_LIMIT_S), sock_read=silence
            ),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        await self._session.close()
        await self._gate.close()

    def budget(self) -> Budget:
        """A new picture's time."""
        return Budget(self._config.timeout_s * BUDGET_FACTOR)

    async def get(self, url: str, referer: str, budget: Budget) -> bytes:
        """The body of the answer with status 200, redirects followed, decompressed.

        Raises:
            PictureError: every other outcome.
        """
        for pause_s in (*BACKOFF_S, None):
            try:
                return await self._follow(url, referer, budget)
            except _TransientError as error:
                wanted_s = error.pause_s if error.pause_s is not None else pause_s
                if pause_s is None or wanted_s is None or wanted_s > min(RETRY_AFTER_LIMIT_S, budget.left_s):
                    raise PictureError(error.reason, **error.params) from error
                budget.left_s -= wanted_s
                await asyncio.sleep(wanted_s)
        raise AssertionError("unreachable: the last try returns or raises")

    async def _follow(self, url: str, referer: str, budget: Budget) -> bytes:
        target = _parsed(url)
        for _ in range(MAX_REDIRECTS + 1):
            body, location = await self._hop(target, referer, budget)
            if location is None:
                return body
            target = _parsed(location, base=target)
        raise PictureError("too-many-redirects")

    async def _hop(self, url: URL, referer: str, budget: Budget) -> tuple[bytes, str | None]:
        """One request: the body, or where a redirect points to."""
        where = f"{url.raw_host}:{url.port}"
        async with self._slot(where), _timed(budget, 3 * self._config.timeout_s):
            if where in self._dead:
                raise PictureError(self._dead[where].reason)
            try:
                await self._clear(url)
                return await self._ask(url, referer)
            except (TimeoutError, aiohttp.ClientConnectorError) as error:
                # Fifty pictures of a host that is down or mute cost one wait, not fifty.
                failure = _translated(error)
                if where not in self._answered:
                    self._dead[where] = failure
                raise failure from error
            except PictureError:
                raise
            except Exception as error:  # servers and parsers have no end of ways to fail
                raise _translated(error) from error

    async def _clear(self, url: URL) -> None:
        if not self._config.network_proxy:
            await self._gate.clear(url)
            return
        await self._gate.clear(_parsed(self._config.network_proxy), trusted=True)
        self._gate.judge_written(url)

    async def _ask(self, url: URL, referer: str) -> tuple[bytes, str | None]:
        headers = {"Referer": str(URL(referer))} if referer else {}
        proxy = self._config.network_proxy or None
        async with self._session.get(url, headers=headers, allow_redirects=False, proxy=proxy) as response:
            self._answered.add(f"{url.raw_host}:{url.port}")
            location = response.headers.get("Location", "")
            if response.status in _REDIRECTS and location:
                return b"", location
            if response.status in _TRANSIENT:
                failure = _TransientError("http-status", status=response.status)
                failure.pause_s = _seconds(response.headers.get("Retry-After", ""))
                raise failure
            if response.status != 200:  # noqa: PLR2004 - HTTP OK
                raise PictureError("http-status", status=response.status)
            return await self._read(response), None

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        limit = int(self._config.max_mb * 1_000_000)
        too_large = PictureError.too_large(limit)
        if (response.content_length or 0) > limit:
            raise too_large
        body = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
            body += chunk
            if len(body) > limit:
                raise too_large
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding in ("", "identity"):
            return bytes(body)
        plain = _inflated(bytes(body), encoding, limit)
        if len(plain) > limit:
            raise too_large
        return plain

    @asynccontextmanager
    async def _slot(self, where: str) -> AsyncIterator[None]:
        per_host = max(1, self._config.connections_per_host)
        host_slots = self._host_slots.setdefault(where, asyncio.Semaphore(per_host))
        async with host_slots, self._slots:  # the host's first: who waits for a busy host holds up no other
            yield


@asynccontextmanager
async def _timed(budget: Budget, limit_s: float) -> AsyncIterator[None]:
    """Stop after `limit_s` or when the budget is spent, and charge the budget."""
    clock = asyncio.get_running_loop().time
    begun = clock()
    try:
        async with asyncio.timeout(max(0.0, min(limit_s, budget.left_s))):
            yield
    except TimeoutError as error:
        raise PictureError("timeout") from error
    finally:
        budget.left_s -= clock() - begun


def _parsed(address: str, base: URL | None = None) -> URL:
    try:
        url = URL(address, encoded=bool(_WELL_FORMED.fullmatch(address)))
        url = url if base is None else base.join(url)
        _ = url.port  # yarl looks at it only now
    except ValueError as error:
        raise PictureError("bad-address") from error
    if any(char.isspace() or not char.isprintable() for char in url.raw_host or ""):
        raise PictureError("bad-address")
    return url.with_fragment(None)


def _translated(error: Exception) -> PictureError:
    """An exception of the client as a reason."""
    table: tuple[tuple[type[Exception] | tuple[type[Exception], ...], PictureError], ...] = (
        (TimeoutError, PictureError("timeout")),
        (aiohttp.ClientSSLError, PictureError("tls")),
        ((aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError), PictureError("bad-address")),
        (aiohttp.ClientConnectorError, PictureError("unreachable")),
    )
    for kinds, failure in table:
        if isinstance(error, kinds):
            return failure
    return _TransientError("unreachable")


def _seconds(retry_after: str) -> float | None:
    """`Retry-After` in seconds; its date form is not understood, which would need a clock."""
    return float(retry_after) if retry_after.strip().isdecimal() and len(retry_after) < 8 else None  # noqa: PLR2004 - digits of a sane pause


def _inflated(body: bytes, encoding: str, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a gzip or deflate answer that nobody asked for."""
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise PictureError("not-a-picture")
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip and zlib by their heads, else raw deflate
        try:
            return zlib.decompressobj(window).decompress(body, limit + 1)
        except zlib.error:
            continue
    raise PictureError("damaged")
