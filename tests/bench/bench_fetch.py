"""How near to the ideal pictures are fetched: `python -m tests.bench.bench_fetch`.

The ideal is pictures × latency ÷ connections. Servers are a process of their own on the loopback, each answer
takes 200 ms, each picture is different; all is measured that `gather` does, decoding and encoding included.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet.config.values import ImagesConfig
from booklet.images import gather
from booklet.model import ImageReport
from tests.images.samples import article, clean, encoded, photo, ref

PICTURES = 200
LATENCY_S = 0.2
MOST = 1.5
"""Times the ideal, that issue 4 allows."""
HOSTS = 4


async def _serve() -> None:
    """Some ports, told on standard output; each answer takes `LATENCY_S`."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await reader.readuntil(b"\r\n\r\n"):
            number = int(request.split(b" ", 2)[1].strip(b"/").partition(b".")[0])
            begun = time.perf_counter()
            body = bodies[number]
            await asyncio.sleep(LATENCY_S - (time.perf_counter() - begun))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()

    async def talk_until_the_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    bodies = [encoded(photo(320, 240, seed), "JPEG", quality=85) for seed in range(PICTURES)]
    servers = [await asyncio.start_server(talk_until_the_end, "127.0.0.1", 0) for _ in range(HOSTS)]
    sys.stdout.write(" ".join(str(server.sockets[0].getsockname()[1]) for server in servers) + "\n")
    sys.stdout.flush()
    await asyncio.gather(*(server.serve_forever() for server in servers))


@contextmanager
def serving() -> Iterator[list[str]]:
    """Hosts and ports, while the block runs."""
    command = [sys.executable, "-m", "tests.bench.bench_fetch", "serve"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield [f"127.0.0.1:{port}" for port in process.stdout.readline().split()]
        finally:
            process.kill()


def fetch(hosts: list[str], cache: Path) -> tuple[ImageReport, float]:
    """All pictures, in turn from each host."""
    urls = [f"http://{hosts[number % len(hosts)]}/{number}.jpg" for number in range(PICTURES)]
    config = ImagesConfig(allow_hosts=tuple(hosts))
    begun = time.perf_counter()
    owner = clean(article(), *map(ref, urls))
    report = gather([owner], config=config, cache_dir=cache, offline=False)
    return report, time.perf_counter() - begun


def main() -> int:
    """Print the table; 1 if one host's pictures take more than `MOST` times the ideal."""
    line = "{:>6} {:>12} {:>9} {:>8} {:>7}\n"
    sys.stdout.write(f"{PICTURES} pictures, {LATENCY_S * 1000:.0f} ms latency\n")
    sys.stdout.write(line.format("hosts", "connections", "ideal s", "took s", "times"))
    worst = 0.0
    with serving() as all_hosts, TemporaryDirectory() as folder:
        for count in (1, 2, HOSTS):
            report, seconds = fetch(all_hosts[:count], Path(folder) / str(count))
            if report.missing:
                sys.stdout.write(f"{report.missing} pictures are missing: {report.findings[:3]}\n")
                return 1
            config = ImagesConfig()
            connections = min(config.connections, count * config.connections_per_host)
            ideal = PICTURES * LATENCY_S / connections
            worst = worst or seconds / ideal
            row = (count, connections, f"{ideal:.2f}", f"{seconds:.2f}", f"{seconds / ideal:.2f}")
            sys.stdout.write(line.format(*row))
    return 1 if worst > MOST else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(_serve())
    else:
        sys.exit(main())
