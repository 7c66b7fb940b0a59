"""The gate before every connection: names are resolved once, judged, pinned; sockets go nowhere else."""

from __future__ import annotations

import asyncio
import socket
import threading
from concurrent.futures import Future
from ipaddress import ip_address
from typing import Any

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from booklet.fetch.address import Address, allows, fake, forbidden, literal, local_name
from booklet.fetch.failure import PictureError

AGAIN_S = 0.5
"""Before a name server that failed for the moment is asked once more."""


class Gate(AbstractResolver):
    """A resolver for aiohttp that knows only what `clear` has let through, and the sockets' factory.

    aiohttp does not ask a resolver about addresses written as numbers; therefore the factory judges again, by
    the address that is really connected to.
    """

    def __init__(self, allow_hosts: tuple[str, ...]) -> None:
        self._allow_hosts = allow_hosts
        self._lookups: dict[str, asyncio.Task[tuple[Address, ...]]] = {}
        self._pinned: dict[tuple[str, int], tuple[Address, ...]] = {}
        self._cleared: set[tuple[Address, int]] = set()

    async def clear(self, url: URL, *, trusted: bool = False) -> None:
        """Let connections to this URL's host and port through, if its addresses are public or allowed.

        Args:
            url: http or https.
            trusted: the user's own network proxy: its address may be private.

        Raises:
            PictureError: `bad-address`, `host-unknown`, `private-address`, `fake-address`.
        """
        host, port = url.raw_host, url.port
        if url.scheme not in ("http", "https") or not host or not port:
            raise PictureError("bad-address")
        if (host, port) in self._pinned:
            return
        written = literal(host)
        found = (written,) if written is not None else await self._look_up(host)
        if not trusted and not allows(self._allow_hosts, host, port):
            judged, found = found, tuple(address for address in found if not forbidden(address))
            if judged and not found and written is None and all(map(fake, judged)):
                raise PictureError("fake-address", address=str(judged[0]))
        if not found:
            raise PictureError("private-address")
        self._pinned[host, port] = found
        self._cleared.update((address, port) for address in found)

    def judge_written(self, url: URL) -> None:
        """Refuse this machine's names and private addresses written as numbers: a proxy resolves other names.

        Raises:
            PictureError: `bad-address`, `private-address`.
        """
        if url.scheme not in ("http", "https") or not url.raw_host or not url.port:
            raise PictureError("bad-address")
        written = literal(url.raw_host)
        allowed = allows(self._allow_hosts, url.raw_host, url.port)
        private = forbidden(written) if written is not None else local_name(url.raw_host)
        if private and not allowed:
            raise PictureError("private-address")

    async def _look_up(self, host: str) -> tuple[Address, ...]:
        """All addresses of a name, asked for once in a run, however the answer changes (DNS rebinding)."""
        if host not in self._lookups:
            self._lookups[host] = asyncio.create_task(_addresses(host))
        return await asyncio.shield(self._lookups[host])

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """What was pinned for the host; nothing is looked up here.

        Raises:
            OSError: `clear` was not asked, or has refused.
        """
        results: list[ResolveResult] = []
        for address in self._pinned.get((host, port), ()):
            its_family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004 - IP version
            if family in (socket.AF_UNSPEC, its_family):
                results.append(
                    ResolveResult(
                        hostname=host,
                        host=str(address),
                        port=port,
                        family=its_family,
                        proto=0,
                        flags=socket.AI_NUMERICHOST,
                    )
                )
        if not results:
            raise OSError(f"{host} was not cleared")
        return results

    async def close(self) -> None:
        """End look-ups that nobody waits for any more."""
        for lookup in self._lookups.values():
            lookup.cancel()
        await asyncio.gather(*self._lookups.values(), return_exceptions=True)

    def open_socket(self, info: AddrInfoType) -> socket.socket:
        """The socket factory for aiohttp: refuses whatever `clear` did not let through.

        Raises:
            OSError: not let through.
        """
        family, kind, protocol, _, target = info
        if (ip_address(str(target[0]).partition("%")[0]), target[1]) not in self._cleared:
            raise OSError(f"{target[0]} was not cleared")
        return socket.socket(family, kind, protocol)


async def _addresses(host: str) -> tuple[Address, ...]:
    if local_name(host):
        return ip_address("127.0.0.1"), ip_address("::1")
    for pause_s in (AGAIN_S, None):
        try:
            infos = await _asked(host)
            break
        except (OSError, UnicodeError) as error:
            if pause_s is None or getattr(error, "errno", None) != socket.EAI_AGAIN:
                raise PictureError("host-unknown") from error
            await asyncio.sleep(pause_s)
    return tuple(dict.fromkeys(ip_address(str(info[4][0]).partition("%")[0]) for info in infos))


async def _asked(host: str) -> list[Any]:
    """`getaddrinfo` in a thread of its own.

    The loop's pool has few threads, which dead names block for long, and its end waits for them all: Ctrl-C
    would seem to do nothing.
    """
    answer: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, None, 0, socket.SOCK_STREAM))
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            answer.set_exception(error)

    answer.set_running_or_notify_cancel()
    threading.Thread(target=ask, daemon=True, name="name-server").start()
    return await asyncio.wrap_future(answer)
