"""The gate before every connection: names are resolved once, judged, pinned; sockets go nowhere else."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from booklet.images.address import Address, allows, forbidden, literal
from booklet.images.failure import PictureError


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
            PictureError: `bad-address`, `host-unknown`, `private-address`.
        """
        host, port = url.raw_host, url.port
        if url.scheme not in ("http", "https") or not host or not port:
            raise PictureError("bad-address")
        if (host, port) in self._pinned:
            return
        written = literal(host)
        found = (written,) if written is not None else await self._look_up(host)
        if not trusted and not allows(self._allow_hosts, host, port):
            found = tuple(address for address in found if not forbidden(address))
        if not found:
            raise PictureError("private-address")
        self._pinned[host, port] = found
        self._cleared.update((address, port) for address in found)

    def judge_written(self, url: URL) -> None:
        """Refuse a private address written as numbers: all that is known where a proxy resolves names.

        Raises:
            PictureError: `bad-address`, `private-address`.
        """
        if url.scheme not in ("http", "https") or not url.raw_host or not url.port:
            raise PictureError("bad-address")
        written = literal(url.raw_host)
        allowed = allows(self._allow_hosts, url.raw_host, url.port)
        if written is not None and forbidden(written) and not allowed:
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
    if f".{host.lower().rstrip('.')}".endswith(".localhost"):
        return ip_address("127.0.0.1"), ip_address("::1")  # RFC 6761 §6.3: never asked of a name server
    try:
        infos = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise PictureError("host-unknown") from error
    return tuple(dict.fromkeys(ip_address(str(info[4][0]).partition("%")[0]) for info in infos))
