"""`python -m tests.frozen.record`: makes `record/` anew, with the code of commit 2f5a4a7.

Only for other versions of what draws (`tests/same/drawn.py`); never to let a change pass. What is meant to
differ is listed in `tests/same/changed.toml`.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.frozen import readings
from tests.frozen.readings import CACHE, HERE, KINDS, PROJECT, RECORD
from tests.same import builds, drawn
from tests.same.compare import names

COMMIT = "2f5a4a7"
PORT = 18714  # as the project's articles and booklet.toml name it
LEFT_OUT = "v1/pages/"  # layouts: see the package


class _Pictures(BaseHTTPRequestHandler):
    """Gives `/night.png`, and 404 for all else."""

    def do_GET(self) -> None:
        found = self.path == "/night.png"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "image/png")
        self.send_header("ETag", '"night"')
        self.end_headers()
        if found:
            self.wfile.write((HERE / "night.png").read_bytes())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Silent."""


@contextmanager
def _web() -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", PORT), _Pictures) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def main() -> int:
    """Fill the cache on-line, then build with it and without."""
    with tempfile.TemporaryDirectory(prefix="frozen-") as scratch:
        place = Path(scratch).resolve()
        side = builds.unpack(builds.resolve(COMMIT), place / "code")
        shutil.rmtree(RECORD, ignore_errors=True)
        RECORD.mkdir()
        work = place / "on-line"
        shutil.copytree(PROJECT, work / "frozen")
        with _web():
            arguments = ("build", *builds.FROZEN.arguments, "-q", "--jobs", "1")
            done = builds.run(side, arguments, work, place / "cache")
        if done.returncode:
            sys.stderr.write(done.stderr.decode(errors="replace"))
            return 1
        CACHE.write_bytes(_packed(place / "cache"))
        for kind in KINDS:
            _keep(readings.built(side, place / kind, warm=kind == "warm"), RECORD / kind)
    found = drawn.versions()
    _write(RECORD / "drawn.json", {name: found[name] for name in drawn.DRAWS})
    return 0


def _keep(made: Path, record: Path) -> None:
    record.mkdir()
    _write(record / "sha256.json", readings.digests(made))
    for name in sorted(names(made)):
        target = record / name
        target.parent.mkdir(exist_ok=True)
        if name.endswith(".json"):
            shutil.copy(made / name, target)
        elif name.endswith((".epub", ".pdf")):
            target.with_name(f"{target.name}.txt").write_text(readings.text_of(made / name), encoding="utf-8")


def _packed(cache: Path) -> bytes:
    """The files in the order of their names, without times and owners."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as archive:
        for name in sorted(names(cache)):
            data = (cache / name).read_bytes()
            if LEFT_OUT not in name:
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
