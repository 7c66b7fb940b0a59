"""Fixtures for every test: the real posts, where they are, and no network beyond loopback."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.ace import Ace, find_ace

CORPUS = Path(os.environ.get("BOOKLET_CORPUS", str(Path(__file__).parents[2] / "shared" / "corpus")))


def absent(reason: str) -> NoReturn:
    """Skip a test whose means are absent; where nothing may be skipped (`.ci/run`), fail instead."""
    if os.environ.get("BOOKLET_NO_SKIP"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def java() -> str:
    """Java's path, for EPUBCheck."""
    return shutil.which("java") or absent("Java is not installed")


@pytest.fixture(scope="session")
def ace() -> Ace:
    """The accessibility checker."""
    return find_ace() or absent("Ace by DAISY, Node or Chromium is not installed (`.ci/setup-system test`)")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Poppler's rasteriser."""
    return shutil.which("pdftoppm") or absent("poppler-utils is not installed")


@pytest.fixture(scope="session")
def qpdf() -> str:
    """Qpdf, the program."""
    return shutil.which("qpdf") or absent("qpdf is not installed")


@pytest.fixture(scope="session")
def cjpeg() -> str:
    """libjpeg-turbo's encoder, the measure of our JPEGs' size."""
    return shutil.which("cjpeg") or absent("libjpeg-turbo-progs is not installed")


@pytest.fixture(scope="session")
def corpus_posts() -> tuple[Path, ...]:
    """The real posts, sorted by name; the test is skipped where they are absent.

    Where they can never be, as they are other people's, `BOOKLET_CORPUS=none` says so: no failure anywhere.
    """
    if str(CORPUS) == "none":
        pytest.skip("BOOKLET_CORPUS=none: the real posts are not here")
    posts = tuple(sorted((CORPUS / "posts").glob("*")))
    if not posts:
        absent(f"no posts in {CORPUS} (set BOOKLET_CORPUS)")
    return posts


def is_loopback(address: Any) -> bool:
    """Whether a socket address stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a path of an AF_UNIX socket
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def no_network_beyond_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection of this process to another machine an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not is_loopback(address):
            raise OSError(f"tests do not connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
