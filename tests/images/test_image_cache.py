"""Pictures kept between builds."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from booklet.images.cache import Cache, CacheInfo, Fetched, Pruned, Validators, clear, info, prune
from booklet.images.convert import asset

URL = "https://p.example/a.jpg?token=secret"
PICTURE = asset(b"converted", "image/png", (30, 20))
POINTER = 175
"""Bytes of an address' entry without validators."""
NOW = datetime(2026, 10, 20, tzinfo=UTC)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def age(path: Path, days: float) -> None:
    then = NOW.timestamp() - days * 86_400
    os.utime(path, (then, then))


def given(cache: Cache, url: str) -> bytes | None:
    found = cache.fetched(url)
    return found.data if found is not None else None


def test_what_was_fetched_and_made_is_found_again(tmp_path: Path) -> None:
    Cache(tmp_path).keep_fetched(URL, b"bytes")
    Cache(tmp_path).keep_made(b"bytes", "1", PICTURE)
    assert given(Cache(tmp_path), URL) == b"bytes"
    assert Cache(tmp_path).made(b"bytes", "1") == PICTURE
    assert Cache(tmp_path).made(b"bytes", "2") is None
    assert Cache(tmp_path).fetched("https://p.example/b.jpg") is None


def test_equal_bytes_of_two_addresses_are_stored_once(tmp_path: Path) -> None:
    for url in ("https://a.example/", "https://b.example/"):
        Cache(tmp_path).keep_fetched(url, b"bytes")
    assert info(tmp_path) == CacheInfo(pictures=1, addresses=2, bytes=5 + 2 * POINTER)


def test_what_a_server_can_be_asked_with_is_kept(tmp_path: Path) -> None:
    Cache(tmp_path).keep_fetched(URL, b"bytes", Validators('W/"1"', "Tue, 20 Oct 2026 10:00:00 GMT"))
    assert Cache(tmp_path).fetched(URL) == Fetched(b"bytes", 'W/"1"', "Tue, 20 Oct 2026 10:00:00 GMT")
    Cache(tmp_path).keep_fetched(URL, b"new")
    assert Cache(tmp_path).fetched(URL) == Fetched(b"new", "", "")


def test_addresses_with_their_secrets_are_not_written_down(tmp_path: Path) -> None:
    Cache(tmp_path).keep_fetched(URL, b"bytes")
    assert not any(b"secret" in path.read_bytes() or "secret" in path.name for path in files(tmp_path))


@pytest.mark.parametrize("damage", [b"", b"byt", b"bytez", b"other content"])
def test_torn_or_tampered_entries_count_as_absent(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.keep_fetched(URL, b"bytes")
    cache.keep_made(b"bytes", "1", PICTURE)
    for path in files(tmp_path):
        path.write_bytes(damage)
    assert cache.fetched(URL) is None
    assert cache.made(b"bytes", "1") is None
    cache.keep_fetched(URL, b"bytes")
    cache.keep_made(b"bytes", "1", PICTURE)
    assert given(cache, URL) == b"bytes"
    assert cache.made(b"bytes", "1") == PICTURE


def test_tampered_bytes_are_fetched_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep_fetched(URL, b"bytes")
    next(path for path in files(tmp_path) if path.read_bytes() == b"bytes").write_bytes(b"bytez")
    assert cache.fetched(URL) is None
    assert files(tmp_path) == []


def test_two_builds_at_once_see_whole_entries_only(tmp_path: Path) -> None:
    faults: list[object] = []

    def build(letter: str) -> None:
        cache = Cache(tmp_path)
        for _ in range(60):
            cache.keep_fetched(URL, letter.encode() * 50_000)
            found = given(cache, URL)
            if found is None or len(set(found)) != 1 or len(found) != 50_000:
                faults.append(found)

    threads = [threading.Thread(target=build, args=(letter,)) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert not list(tmp_path.rglob("*.part"))


def test_prune_by_age_removes_what_no_build_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep_fetched("https://old.example/", b"old")
    cache.keep_fetched("https://used.example/", b"used")
    for path in files(tmp_path):
        age(path, days=100)
    assert given(cache, "https://used.example/") == b"used"
    assert prune(tmp_path, now=datetime.now(UTC), unused_days=90) == Pruned(files=2, bytes=3 + POINTER)
    assert cache.fetched("https://old.example/") is None
    assert given(cache, "https://used.example/") == b"used"


def test_prune_by_size_removes_the_least_recently_used_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for days, letter in ((3, b"a"), (1, b"b"), (2, b"c")):
        cache.keep_fetched(f"https://{letter.decode()}.example/", letter * 1000)
        for path in files(tmp_path):
            if path.read_bytes() == letter * 1000:
                age(path, days)
    prune(tmp_path, now=NOW, max_mb=0.0015)
    kept = [letter for letter in "abc" if cache.fetched(f"https://{letter}.example/")]
    assert kept == ["b"]


def test_clear_removes_the_cache_and_nothing_else(tmp_path: Path) -> None:
    Cache(tmp_path).keep_fetched(URL, b"bytes")
    (tmp_path / "mine.txt").write_bytes(b"mine")
    assert clear(tmp_path) == Pruned(files=2, bytes=5 + POINTER)
    assert files(tmp_path) == [tmp_path / "mine.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_absent_cache_is_an_empty_one(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    assert info(absent) == CacheInfo(0, 0, 0)
    assert prune(absent, now=NOW, max_mb=0) == Pruned(0, 0)
    assert clear(absent) == Pruned(0, 0)
    assert not absent.exists()
