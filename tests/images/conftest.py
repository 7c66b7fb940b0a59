"""A misbehaving server, and quick back-off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from booklet.fetch import client

from .server import Site, serving


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(client, "BACKOFF_S", (0.01, 0.02))
    with serving() as running:
        yield running
