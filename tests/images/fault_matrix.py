"""The fault matrix on real servers and a real proxy: `python -m tests.images.fault_matrix` prints it."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from booklet.config.values import ImagesConfig
from booklet.images import gather
from booklet.model import ImageReport

from .faults import ARTICLE, FAULTS, MAX_MB, NAMES, PATIENCE_S, TIMEOUT_S, Fault
from .proxy import Proxy, proxying
from .samples import article, clean, jpeg, ref
from .server import Answer, Site, plain, redirect, serving


@dataclass
class World:
    """The servers, and what stands for the name server."""

    site: Site
    busy: Site
    tls: Site
    secret: Site
    proxy: Proxy
    closed: int
    running: ExitStack

    def stop(self) -> None:
        """End them all, as when the network goes."""
        self.running.close()

    @property
    def allowed(self) -> tuple[str, ...]:
        """For `[images] allow_hosts`."""
        nobody = f"127.0.0.1:{self.closed}"
        return (self.site.host, self.busy.host, self.tls.host, self.proxy.host, nobody)

    def arrange(self, fault: Fault) -> str:
        """Have the servers behave so; the picture's address."""
        places = {
            "site": self.site.host,
            "tls": self.tls.host,
            "secret": self.secret.host,
            "secret_port": self.secret.host.partition(":")[2],
            "closed": self.closed,
        }
        if fault.url:
            return fault.url.format(**places)
        path = f"/{FAULTS.index(fault)}/a.jpg"
        site = self.busy if fault.apart else self.site
        answers = (redirect(fault.leads_to.format(**places)),) if fault.leads_to else fault.answers
        site.answers[path] = in_turn(*answers)
        return site.url(path)


def in_turn(*answers: Answer) -> Answer:
    left = list(answers)

    def answer(request: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


@contextmanager
def world() -> Iterator[World]:
    """All servers, while the block runs."""
    with (
        patch.object(socket, "getaddrinfo", _name_server(socket.getaddrinfo)),
        socket.socket() as closed,
        ExitStack() as running,
    ):
        closed.bind(("127.0.0.1", 0))
        made = World(
            running.enter_context(serving()),
            running.enter_context(serving()),
            running.enter_context(serving(encrypted=True)),
            running.enter_context(serving()),
            running.enter_context(proxying()),
            closed.getsockname()[1],
            running,
        )
        made.tls.answers["/a.jpg"] = plain(jpeg())
        made.secret.answers["/a.jpg"] = plain(jpeg())
        yield made


def _name_server(real: Any) -> Any:
    def look_up(host: str, port: object, *rest: Any, **named: Any) -> Any:
        if host in NAMES:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in NAMES[host]]
        if host == "127.0.0.1":
            return real(host, port, *rest, **named)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    return look_up


@dataclass(frozen=True)
class Seen:
    """What came of a row."""

    what: str
    told: str
    seconds: float
    again: bool
    """Whether a second run without a network gave the same."""


def observe(fault: Fault, world: World, cache: Path) -> Seen:
    """Gather the row's picture, then once more off-line."""
    owner = clean(article(url=ARTICLE), ref(world.arrange(fault)))
    config = ImagesConfig(
        proxies=(world.proxy.template,),
        allow_hosts=world.allowed,
        timeout_s=TIMEOUT_S if fault.slow else PATIENCE_S,
        max_mb=MAX_MB,
    )
    begun = time.perf_counter()
    report = gather([owner], config=config, cache_dir=cache, offline=False)
    seconds = time.perf_counter() - begun
    again = gather([owner], config=config, cache_dir=cache, offline=True)
    return Seen(*_seen(report), seconds, again.assets == report.assets)


def _seen(report: ImageReport) -> tuple[str, str]:
    (found,) = (*report.findings, *report.ways)
    params = dict(found.params)
    if report.assets:
        return "picture", str(params["way"])
    status = f" {params['status']}" if "status" in params else ""
    return "box", f"{found.code} {params['reason']}{status}"


def main() -> int:
    """Print the table; 1 if a row is not as promised."""
    wrong = 0
    line = "{:32} {:8} {:32} {:>7} {:>7}  {}\n"
    sys.stdout.write(line.format("fault", "reader", "way, or finding", "s", "at most", "off-line again"))
    with world() as servers, TemporaryDirectory() as folder:
        for number, fault in enumerate(FAULTS):
            seen = observe(fault, servers, Path(folder) / str(number))
            right = (seen.what, seen.told) == (fault.seen, fault.told) and seen.again
            right &= seen.seconds < fault.within_s
            wrong += not right
            same = "the same" if seen.again else "NOT the same"
            row = (fault.name, seen.what, seen.told, f"{seen.seconds:.2f}", f"{fault.within_s:g}", same)
            sys.stdout.write(line.format(*row).rstrip("\n") + ("\n" if right else "   WRONG\n"))
        leaked = len(servers.secret.asked)
    sys.stdout.write(f"{len(FAULTS)} faults, {wrong} wrong; requests to the server not allowed: {leaked}\n")
    return 1 if wrong or leaked else 0


if __name__ == "__main__":
    sys.exit(main())
