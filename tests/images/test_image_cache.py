"""Pictures kept between builds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from booklet.cache.pictures import Fetched, PictureCache
from booklet.cache.upkeep import CacheInfo, Pruned, clear, info, keep_within, prune
from booklet.config.values import ImagesConfig
from booklet.fetch.origin import UNKNOWN, Origin
from booklet.images import gather
from booklet.images.decoding.convert import asset
from booklet.model import ImageReport

from .samples import article, clean, converted, encoded, jpeg, ref

URL = "https://p.example/a.jpg?token=secret"
PICTURE = asset(b"converted", "image/png", (30, 20))
POINTER = 204
"""Bytes of an address' entry without validators."""
NOW = datetime(2026, 10, 20, tzinfo=UTC)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def age(path: Path, days: float) -> None:
    then = NOW.timestamp() - days * 86_400
    os.utime(path, (then, then))


def given(cache: PictureCache, url: str) -> bytes | None:
    found = cache.fetched(url)
    return found.data if found is not None else None


def test_what_was_fetched_and_made_is_found_again(tmp_path: Path) -> None:
    PictureCache(tmp_path).keep_fetched(URL, b"bytes")
    PictureCache(tmp_path).keep_made(b"bytes", "1", PICTURE)
    assert given(PictureCache(tmp_path), URL) == b"bytes"
    assert PictureCache(tmp_path).made(b"bytes", "1") == PICTURE
    assert PictureCache(tmp_path).made(b"bytes", "2") is None
    assert PictureCache(tmp_path).fetched("https://p.example/b.jpg") is None


def test_equal_bytes_of_two_addresses_are_stored_once(tmp_path: Path) -> None:
    for url in ("https://a.example/", "https://b.example/"):
        PictureCache(tmp_path).keep_fetched(url, b"bytes")
    assert info(tmp_path) == CacheInfo(pictures=1, addresses=2, bytes=5 + 2 * POINTER, layouts=0)


def test_what_a_server_can_be_asked_with_is_kept(tmp_path: Path) -> None:
    PictureCache(tmp_path).keep_fetched(URL, b"bytes", Origin('W/"1"', "Tue, 20 Oct 2026 10:00:00 GMT"))
    assert PictureCache(tmp_path).fetched(URL) == Fetched(
        b"bytes", Origin('W/"1"', "Tue, 20 Oct 2026 10:00:00 GMT")
    )
    PictureCache(tmp_path).keep_fetched(URL, b"new")
    assert PictureCache(tmp_path).fetched(URL) == Fetched(b"new", UNKNOWN)


def test_addresses_with_their_secrets_are_not_written_down(tmp_path: Path) -> None:
    PictureCache(tmp_path).keep_fetched(URL, b"bytes")
    assert not any(b"secret" in path.read_bytes() or "secret" in path.name for path in files(tmp_path))


@pytest.mark.parametrize("damage", [b"", b"byt", b"bytez", b"other content"])
def test_torn_or_tampered_entries_count_as_absent(tmp_path: Path, damage: bytes) -> None:
    cache = PictureCache(tmp_path)
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
    cache = PictureCache(tmp_path)
    cache.keep_fetched(URL, b"bytes")
    next(path for path in files(tmp_path) if path.read_bytes() == b"bytes").write_bytes(b"bytez")
    assert cache.fetched(URL) is None
    assert files(tmp_path) == []


def test_two_builds_at_once_see_whole_entries_only(tmp_path: Path) -> None:
    faults: list[object] = []

    def build(letter: str) -> None:
        cache = PictureCache(tmp_path)
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
    cache = PictureCache(tmp_path)
    cache.keep_fetched("https://old.example/", b"old")
    cache.keep_fetched("https://used.example/", b"used")
    for path in files(tmp_path):
        age(path, days=100)
    assert given(cache, "https://used.example/") == b"used"
    assert prune(tmp_path, now=datetime.now(UTC), unused_days=90) == Pruned(files=2, bytes=3 + POINTER)
    assert cache.fetched("https://old.example/") is None
    assert given(cache, "https://used.example/") == b"used"


def test_prune_by_size_removes_the_least_recently_used_first(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    for days, letter in ((3, b"a"), (1, b"b"), (2, b"c")):
        cache.keep_fetched(f"https://{letter.decode()}.example/", letter * 1000)
        for path in files(tmp_path):
            if path.read_bytes() == letter * 1000:
                age(path, days)
    prune(tmp_path, now=NOW, max_mb=0.0015)
    kept = [letter for letter in "abc" if cache.fetched(f"https://{letter}.example/")]
    assert kept == ["b"]


def test_clear_removes_the_cache_and_nothing_else(tmp_path: Path) -> None:
    PictureCache(tmp_path).keep_fetched(URL, b"bytes")
    (tmp_path / "mine.txt").write_bytes(b"mine")
    assert clear(tmp_path) == Pruned(files=2, bytes=5 + POINTER)
    assert files(tmp_path) == [tmp_path / "mine.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_absent_cache_is_an_empty_one(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    assert info(absent) == CacheInfo(0, 0, 0, 0)
    assert prune(absent, now=NOW, max_mb=0) == Pruned(0, 0)
    assert clear(absent) == Pruned(0, 0)
    assert not absent.exists()


def test_builds_keep_to_the_limit_and_the_last_used_stay(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    for days, letter in ((3, b"a"), (1, b"b"), (2, b"c")):
        cache.keep_fetched(f"https://{letter.decode()}.example/", letter * 1000)
        for path in files(tmp_path):
            if path.read_bytes() == letter * 1000:
                age(path, days)
    assert keep_within(tmp_path, 0.003) == Pruned(0, 0)
    assert keep_within(tmp_path, 0.002) == Pruned(files=2, bytes=1000 + POINTER)
    assert [letter for letter in "abc" if cache.fetched(f"https://{letter}.example/")] == ["b", "c"]


def test_what_a_build_left_half_written_is_no_picture_and_goes_after_a_day(tmp_path: Path) -> None:
    PictureCache(tmp_path).keep_fetched(URL, b"bytes")
    (place,) = (path for path in files(tmp_path) if path.read_bytes() == b"bytes")
    half = place.with_name("0123-abcd.part")
    half.write_bytes(b"byt")
    age(half, days=0.5)
    assert info(tmp_path).pictures == 1
    prune(tmp_path, now=NOW)
    assert half.exists()
    age(half, days=2)
    assert prune(tmp_path, now=NOW) == Pruned(1, 3)
    assert not half.exists()
    half.write_bytes(b"byt")
    clear(tmp_path)
    assert files(tmp_path) == []


BUILDER = """
import sys
from pathlib import Path
from booklet.config.values import ImagesConfig
from booklet.cache.upkeep import keep_within
from booklet.images import gather
from tests.images.samples import article, clean, ref
folder, sources = map(Path, sys.argv[1:])
keep_within.__defaults__ = (0.05,)  # so little that what one keeps the other throws out
names = sorted(path.name for path in sources.iterdir())
for turn in range(6):
    owner = clean(article(sources), *map(ref, names))
    report = gather([owner], config=ImagesConfig(), cache_dir=folder, offline=True)
    print(report.missing, *report.findings, *(asset.sha256 for asset in report.assets.values()))
"""


def test_two_builds_at_once_with_a_cache_that_is_too_small_give_the_same(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for seed in range(8):
        (sources / f"{seed}.jpg").write_bytes(jpeg(seed))
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(tmp_path / "cache"), str(sources)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    lines = [line for build in builds for line in build.communicate(timeout=100)[0].splitlines()]
    assert [build.returncode for build in builds] == [0, 0]
    assert len(lines) == 12
    assert len(set(lines)) == 1
    assert len(lines[0].split()) == 1 + 8
    assert lines[0].startswith("0 ")
    assert not list(tmp_path.rglob("*.part"))


def test_pictures_in_pieces_and_moving_ones_are_kept_as_they_are(tmp_path: Path) -> None:
    data = encoded(Image.effect_noise((300, 3000), 40), "PNG")
    picture = converted(data)
    assert picture.rest
    moved = replace(picture, animated=True)
    PictureCache(tmp_path).keep_made(data, "1", moved)
    assert PictureCache(tmp_path).made(data, "1") == moved


def test_a_tampered_conversion_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg())
    owner = clean(article(tmp_path), ref("a.jpg"))

    def build() -> ImageReport:
        return gather((owner,), config=ImagesConfig(), cache_dir=tmp_path / "cache", offline=True)

    first = build()
    (kept,) = (path for path in (tmp_path / "cache" / "v1" / "made").rglob("*") if path.is_file())
    whole = kept.read_bytes()
    for damage in (whole[:-1], whole.replace(b"240", b"241"), b"", whole[:70] + b"?" + whole[71:]):
        kept.write_bytes(damage)
        assert build() == first
        assert kept.read_bytes() == whole
