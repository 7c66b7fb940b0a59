"""The only room with a network: one URL in, the bytes of its answer out, within limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from booklet.config.values import ImagesConfig
from booklet.fetch.answer import inflated, pause_s
from booklet.fetch.failure import PictureError
from booklet.fetch.origin import UNKNOWN
from booklet.fetch.request import Question, parsed
from booklet.fetch.resolver import Gate
from booklet.version import __version__

MAX_REDIRECTS = 5
BACKOFF_S = (0.5, 1.5)
"""Pauses before the second and the third try."""
REST_LIMIT_S = 10.0
"""So long a host may have us wait, all its `Retry-After` together; then it is not asked again in this run."""
BUDGET_FACTOR = 6
"""All tries for one picture together may take so many times `timeout_s`, queueing not counted."""
CONNECT_LIMIT_S = 10.0

_CHUNK_BYTES = 64 * 1024
_OK, _NOT_MODIFIED = 200, 304
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


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes, or that those which we have still hold."""

    data: bytes | None
    etag: str = ""
    last_modified: str = ""


class _TransientError(PictureError):
    """Worth another try after a pause."""


@dataclass(slots=True)
class _Host:
    """One host and port, as this run knows it."""

    slots: asyncio.Semaphore
    answered: bool = False
    misses: int = 0
    closed: PictureError | None = None
    """Why it is not asked any more."""
    rests_until: float = 0.0
    """By the loop's clock."""
    rest_left_s: float = field(default_factory=lambda: REST_LIMIT_S)

    def miss(self, failure: PictureError) -> None:
        """No connection, or no word: pictures of a host that is down or mute cost few tries, not one each."""
        self.misses += 1
        if not self.answered and (not isinstance(failure, _TransientError) or self.misses > len(BACKOFF_S)):
            self.closed = PictureError(failure.reason, **failure.params)

    def rest(self, wanted_s: float, now_s: float, failure: PictureError) -> None:
        """Ask nothing for a while, or nothing more."""
        longer_s = max(0.0, now_s + wanted_s - max(self.rests_until, now_s))
        if longer_s > self.rest_left_s:
            self.closed = PictureError(failure.reason, **failure.params)
        else:
            self.rest_left_s -= longer_s
            self.rests_until = max(self.rests_until, now_s + wanted_s)


class Fetcher:
    """One session for all pictures of a run: `async with Fetcher(config) as fetcher`."""

    def __init__(
        self,
        config: ImagesConfig,
        *,
        now: datetime | None = None,
        received: Callable[[int], None] = lambda _count: None,
    ) -> None:
        self._config = config
        self._now = now
        self._received = received
        self._gate = Gate(config.allow_hosts)
        self._slots = asyncio.Semaphore(max(1, config.connections))
        self._hosts: dict[str, _Host] = {}

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

    def short_budget(self) -> Budget:
        """The time for a picture that we have already."""
        return Budget(self._config.timeout_s)

    async def get(self, question: Question, budget: Budget) -> Answer:
        """The body of the answer with status 200, redirects followed, decompressed; or that nothing changed.

        Raises:
            PictureError: every other outcome.
        """
        for pause in (*BACKOFF_S, None):
            try:
                return await self._follow(question, budget)
            except _TransientError as error:
                if pause is None or pause > budget.left_s:
                    raise PictureError(error.reason, **error.params) from error
                budget.left_s -= pause
                await asyncio.sleep(pause)
        raise AssertionError("unreachable: the last try returns or raises")

    async def _follow(self, question: Question, budget: Budget) -> Answer:
        target = parsed(question.url, login=question.login)
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._hop(target, question, budget)
            if isinstance(answer, Answer):
                return answer
            target = parsed(answer, base=target)
        raise PictureError("too-many-redirects")

    async def _hop(self, url: URL, question: Question, budget: Budget) -> Answer | str:
        """One request: the answer, or where a redirect points to."""
        host = self._host(url)
        async with self._slot(host), _timed(budget, 3 * self._config.timeout_s):
            try:
                await self._clear(url)
                return await self._ask(url, question, host)
            except (TimeoutError, aiohttp.ClientConnectorError) as error:
                failure = _translated(error)
                host.miss(failure)
                raise failure from error
            except PictureError:
                raise
            except Exception as error:  # servers and parsers have no end of ways to fail
                raise _translated(error) from error

    async def _clear(self, url: URL) -> None:
        if not self._config.network_proxy:
            await self._gate.clear(url)
            return
        await self._gate.clear(parsed(self._config.network_proxy, login=True), trusted=True)
        self._gate.judge_written(url)

    async def _ask(self, url: URL, question: Question, host: _Host) -> Answer | str:
        proxy = self._config.network_proxy or None
        headers = question.headers
        async with self._session.get(url, headers=headers, allow_redirects=False, proxy=proxy) as response:
            host.answered = True
            location = response.headers.get("Location", "")
            if response.status in _REDIRECTS and location:
                return location
            if response.status == _NOT_MODIFIED and question.earlier != UNKNOWN:
                return Answer(None)
            if response.status in _TRANSIENT:
                failure = _TransientError("http-status", status=response.status)
                wanted_s = pause_s(response.headers, self._now)
                if wanted_s is not None:
                    host.rest(wanted_s, asyncio.get_running_loop().time(), failure)
                raise failure
            if response.status != _OK:
                raise PictureError("http-status", status=response.status)
            data = await self._read(response)
            named = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
            return Answer(data, *named)

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        limit = int(self._config.max_mb * 1_000_000)
        too_large = PictureError.too_large(limit)
        if (response.content_length or 0) > limit:
            raise too_large
        body = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
            body += chunk
            self._received(len(chunk))
            if len(body) > limit:
                raise too_large
        plain = inflated(bytes(body), response.headers.get("Content-Encoding", ""), limit)
        if len(plain) > limit:
            raise too_large
        return plain

    def _host(self, url: URL) -> _Host:
        where = f"{url.raw_host}:{url.port}"
        if where not in self._hosts:
            self._hosts[where] = _Host(asyncio.Semaphore(max(1, self._config.connections_per_host)))
        return self._hosts[where]

    @asynccontextmanager
    async def _slot(self, host: _Host) -> AsyncIterator[None]:
        """A connection to this host; who waits for a busy or resting host holds up no other."""
        clock = asyncio.get_running_loop().time
        async with host.slots:
            while host.closed is None and host.rests_until > clock():
                await asyncio.sleep(host.rests_until - clock())
            if host.closed is not None:
                raise PictureError(host.closed.reason, **host.closed.params)
            async with self._slots:
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


def _translated(error: Exception) -> PictureError:
    """An exception of the client as a reason."""
    table: tuple[tuple[type[Exception] | tuple[type[Exception], ...], PictureError], ...] = (
        (TimeoutError, PictureError("timeout")),
        (aiohttp.ClientSSLError, PictureError("tls")),
        ((aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError), PictureError("bad-address")),
    )
    for kinds, failure in table:
        if isinstance(error, kinds):
            return failure
    return _TransientError("unreachable")
