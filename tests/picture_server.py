"""A loopback server that answers every address with a picture made for it: pictures without a network.

For tests, and by hand to see how posts look: `python tests/picture_server.py 8765`, then `booklet build …`
with `[images] proxies = ["http://127.0.0.1:8765/?{url}"]` and `allow_hosts = ["127.0.0.1:8765"]`.
"""

from __future__ import annotations

import hashlib
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image, ImageDraw

SIZES = ((1200, 800), (800, 1200), (1024, 576), (640, 640), (1600, 500))


def picture(address: str) -> bytes:
    """A JPEG whose size, tones and shapes follow from the address alone."""
    digest = hashlib.sha256(address.encode()).digest()
    width, height = SIZES[digest[0] % len(SIZES)]
    image = Image.new("L", (width, height), 215 + digest[1] % 30)
    draw = ImageDraw.Draw(image)
    for index in range(5):
        base = height * (index + 3) // 8
        peaks = [
            (width * step // 6, base - digest[6 * index % 26 + step] * height // 1100) for step in range(7)
        ]
        draw.polygon([(0, height), *peaks, (width, height)], fill=190 - 34 * index)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


class PictureHandler(BaseHTTPRequestHandler):
    """Answers every GET with the picture of its path."""

    def do_GET(self) -> None:
        data = picture(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: Any) -> None:
        """Keep the tests' output quiet."""


@contextmanager
def picture_server(port: int = 0) -> Iterator[str]:
    """Serve while the block runs; gives `host:port`."""
    with ThreadingHTTPServer(("127.0.0.1", port), PictureHandler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    with picture_server(int(sys.argv[1])) as where:
        sys.stderr.write(f"pictures at http://{where}/ - Ctrl-C ends\n")
        threading.Event().wait()
