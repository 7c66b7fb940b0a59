"""A booklet of all faults of the matrix: nothing is lost without a word; the same without a network."""

from __future__ import annotations

import json
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from booklet.cli import run
from booklet.fetch import client
from tests.images.fault_matrix import World, world
from tests.images.faults import ARTICLE, FAULTS, MAX_MB

TIMEOUT_S = 2.0
WITHIN_S = 60.0
"""Both books, on a busy machine; the slow hosts take a dozen seconds of it."""


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(client, "BACKOFF_S", (0.05, 0.1))
    with world() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: World) -> Path:
    """One article for each fault."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "posts").mkdir()
    for number, fault in enumerate(FAULTS):
        head = f"---\ntitle: {fault.name}\ndate: 2026-10-20\nlink: {ARTICLE}\n---\n\n"
        body = f"Words.\n\n![what {number} shows]({servers.arrange(fault)})\n\nMore words.\n"
        (tmp_path / "posts" / f"{number:02}.md").write_text(head + body, encoding="utf-8")
    settings = {
        "proxies": [servers.proxy.template],
        "allow_hosts": list(servers.allowed),
        "timeout_s": TIMEOUT_S,
        "max_mb": MAX_MB,
    }
    images = "\n".join(f"{name} = {json.dumps(value)}" for name, value in settings.items())
    (tmp_path / "booklet.toml").write_text(
        f'version = 1\nsources = ["posts"]\ntimezone = "Asia/Shanghai"\n[images]\n{images}\n',
        encoding="utf-8",
    )
    return tmp_path


def build(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["build", "--json", "--force", *arguments]) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def books(report: dict[str, Any]) -> dict[str, str]:
    return {output["format"]: output["sha256"] for output in report["outputs"]}


def test_booklet_of_faults_is_whole_in_time_and_the_same_without_a_network(
    folder: Path, servers: World, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.perf_counter()
    first = build(capsys)
    assert time.perf_counter() - begun < WITHIN_S
    told = {
        found["source"]: found["code"]
        for found in first["findings"]
        if found["code"] in ("image-missing", "image-refused", "image-way")
    }
    wanted = {
        f"{number:02}.md": "image-way" if fault.seen == "picture" else fault.told.partition(" ")[0]
        for number, fault in enumerate(FAULTS)
    }
    assert told == wanted
    shown = sum(fault.seen == "picture" for fault in FAULTS)
    assert first["images"] == {
        "wanted": len(FAULTS),
        "embedded": shown,
        "cached": 0,
        "missing": len(FAULTS) - shown,
    }
    assert servers.secret.asked == []
    with zipfile.ZipFile(next(one["path"] for one in first["outputs"] if one["format"] == "epub")) as book:
        pages = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        held = [name for name in book.namelist() if re.search(r"/images/[0-9a-f]{16}\.", name)]
    assert all(f"what {number} shows" in pages for number in range(len(FAULTS)))
    assert len(re.findall(r"<img[^>]+what \d+ shows", pages)) == shown == len(held)

    again = build(capsys, "--offline")
    assert books(again) == books(first)
    assert again["images"] == {**first["images"], "cached": shown}

    alone = build(capsys, "--offline", "-f", "epub")  # without a PDF it has no list of pages
    servers.stop()
    unplugged = build(capsys, "-f", "epub")
    assert books(unplugged) == books(alone)
    assert unplugged["images"] == again["images"]
