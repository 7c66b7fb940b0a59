"""A proxy in a process of its own: `python -m tests.images.proxy` writes its port, then a line a request.

It forwards as an office's proxy does (`GET http://…`, `CONNECT`), and rewrites as public ones do (`/?URL`),
then naming the picture's own host as the page that shows it.
"""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MARK = "proxy-of-the-tests"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        """Leave it to the client."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._tell()
        rewriting = self.path.startswith("/?")
        url = self.path[2:] if rewriting else self.path
        headers = {"Via": MARK, "User-Agent": self.headers.get("User-Agent", "")}
        if rewriting:
            headers["Referer"] = f"http://{urlsplit(url).netloc}/"
        elif "Referer" in self.headers:
            headers["Referer"] = self.headers["Referer"]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects())
        try:
            if urlsplit(url).hostname != "127.0.0.1":
                raise OSError("there is no network beyond the loopback")  # noqa: TRY301 - as any other failure
            with opener.open(urllib.request.Request(url, headers=headers), timeout=5) as answer:
                status, body = answer.status, answer.read(2_000_000)
        except urllib.error.HTTPError as error:
            status, body = error.code, b"refused"
        except (OSError, ValueError):
            status, body = 502, b"no answer"
        with suppress(ConnectionError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def do_CONNECT(self) -> None:
        self._tell()
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=5) as other:
            self.send_response(200)
            self.end_headers()
            pair = {self.connection: other, other: self.connection}
            while True:
                ready, _, _ = select.select(list(pair), [], [], 5)
                if not ready:
                    return
                for one in ready:
                    data = one.recv(65_536)
                    if not data:
                        return
                    pair[one].sendall(data)

    def _tell(self) -> None:
        login = " login" if "Proxy-Authorization" in self.headers else ""
        sys.stdout.write(f"{self.command} {self.path}{login}\n")
        sys.stdout.flush()

    def log_message(self, *_args: Any) -> None:
        pass


@dataclass
class Proxy:
    """A running one."""

    host: str
    asked: list[str] = field(default_factory=list)
    """Its requests' lines."""

    @property
    def template(self) -> str:
        """For `[images] proxies`."""
        return f"http://{self.host}/?{{url}}"


@contextmanager
def proxying() -> Iterator[Proxy]:
    """Run one while the block runs."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.images.proxy"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        proxy = Proxy(f"127.0.0.1:{int(process.stdout.readline())}")

        def listen(lines: Any) -> None:
            proxy.asked.extend(line.strip() for line in lines)

        listener = threading.Thread(target=listen, args=(process.stdout,), daemon=True)
        listener.start()
        try:
            yield proxy
        finally:
            process.kill()
            listener.join()


def main() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
