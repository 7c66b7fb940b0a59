"""A loopback HTTP server that misbehaves as told: for each path a function writes the answer."""

from __future__ import annotations

import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


def plain(body: bytes, status: int = 200, **headers: str) -> Answer:
    """A well-formed answer; `Content_Type="…"` becomes `Content-Type`."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def redirect(location: str) -> Answer:
    return plain(b"", 302, Location=location)


@dataclass
class Site:
    """What the server answers, and what it was asked."""

    host: str
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return f"{self.scheme}://{self.host}{path}"

    def times(self) -> Counter[str]:
        return Counter(path for path, _ in self.asked)


@contextmanager
def serving(*, encrypted: bool = False) -> Iterator[Site]:
    """Serve while the block runs.

    Args:
        encrypted: by TLS, with a certificate that nobody has signed.
    """
    site = Site("", "https" if encrypted else "http")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with site.lock:
                site.asked.append((self.path, dict(self.headers)))
                site.busy += 1
                site.busiest = max(site.busiest, site.busy)
            try:
                with suppress(ConnectionError):
                    site.answers.get(self.path, plain(b"no such page", 404))(self)
            finally:
                with site.lock:
                    site.busy -= 1

        def handle(self) -> None:
            with suppress(ConnectionError, ssl.SSLError):
                super().handle()

        def log_message(self, *_args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64
        block_on_close = False

        def handle_error(self, *_args: Any) -> None:
            """Clients that go away, or do not trust us, are what is tested."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if encrypted:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(Path(__file__).with_name("unsigned.pem"))
            server.socket = context.wrap_socket(server.socket, server_side=True)
        site.host = f"127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
