"""Decoding where it can be ended: what a picture may do to its decoder, and what that costs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from booklet.cache.packing import packed, unpacked
from booklet.config.values import ImagesConfig
from booklet.fetch.failure import PictureError
from booklet.images import gather
from booklet.images.decoding import workers
from booklet.images.decoding.convert import convert
from booklet.images.decoding.forms import EINK_GREY, EPUB, form_for_print
from booklet.images.decoding.workers import Workers
from booklet.processes import child

from .samples import article, clean, drawing, encoded, jpeg, photo, ref

FORMS = (EPUB, EINK_GREY, form_for_print(110, 170))


DAWDLING = """
import sys, time
from booklet.images.decoding import decoder
convert = decoder.convert
decoder.convert = lambda data, forms: time.sleep(60) if data == b"slow" else convert(data, forms)
decoder.main(float(sys.argv[3]))
"""
"""A decoder that one picture keeps busy."""


@cache
def endless() -> bytes:
    """A harmless picture of the largest size that is allowed: seconds of work."""
    noise = Image.effect_noise((1200, 1200), 90).resize((9300, 9300), Image.Resampling.NEAREST)
    return encoded(Image.merge("RGB", (noise, noise, noise)), "PNG", compress_level=1)


def reason(pool: Workers, data: bytes) -> str:
    with pytest.raises(PictureError) as caught:
        pool.convert(data, FORMS)
    return caught.value.reason


def test_a_picture_is_the_same_as_made_in_this_process() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="4" height="4"/></svg>'
    with Workers(most=1) as pool:
        for data in (jpeg(), encoded(drawing(), "PNG"), svg):
            assert pool.convert(data, FORMS) == convert(data, FORMS)
        assert len(pool.processes) == 1


def test_reasons_and_their_parameters_come_back() -> None:
    with Workers(most=1) as pool:
        assert reason(pool, b"<html>403") == "not-a-picture"
        assert reason(pool, b"<svg" + b" " * 11_000_000) == "too-many-bytes"
        assert reason(pool, jpeg()[:500]) == "damaged"
        assert len(pool.processes) == 1


def test_what_takes_too_long_is_ended_and_the_next_picture_comes_through() -> None:
    with Workers(most=1) as pool:
        slow = endless()
        pool.convert(jpeg(), FORMS)  # the process is up: its start takes seconds on a busy machine
        pool._limit_s = 0.7
        begun = time.monotonic()
        assert reason(pool, slow) == "decode-timeout"
        assert time.monotonic() - begun < 5
        assert pool.processes == ()
    with Workers(most=1) as pool:
        assert pool.convert(jpeg(), FORMS) == convert(jpeg(), FORMS)


def test_each_picture_that_takes_too_long_leaves_less_time_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "LEAST_S", 0.1)
    monkeypatch.setattr(child, "PROGRAM", "import time; time.sleep(60)")
    left = []
    with Workers(most=1, limit_s=0.8) as pool:
        for seed in range(5):
            assert reason(pool, jpeg(seed)) == "decode-timeout"
            left.append(pool._limit_s)
    assert left == [0.4, 0.2, 0.1, 0.1, 0.1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit; that on pixels holds there")
def test_what_takes_too_much_memory_is_refused() -> None:
    with Workers(most=1, memory_bytes=400_000_000) as pool:
        assert reason(pool, endless()) in ("decode-memory", "decode-crashed")
        assert pool.convert(jpeg(), FORMS) == convert(jpeg(), FORMS)


def test_a_dead_decoder_costs_one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    with Workers(most=1) as pool:
        with monkeypatch.context() as patched:
            patched.setattr(child, "PROGRAM", "import os; os._exit(3)")
            assert reason(pool, jpeg(1)) == "decode-crashed"
        assert pool.convert(jpeg(), FORMS) == convert(jpeg(), FORMS)


@pytest.mark.parametrize(
    "words",
    ["b'\\0' * 8", "b'\\xff' * 8", "b'\\0' * 7 + b'\\x03' + b'+{}'", "b'\\0' * 7 + b'\\x04' + b'+[1]'"],
)
def test_a_decoder_that_a_picture_has_taken_over_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    program = f"import sys; sys.stdin.buffer.read(8); sys.stdout.buffer.write({words})"
    monkeypatch.setattr(child, "PROGRAM", program)
    with Workers(most=1) as pool:
        assert reason(pool, jpeg()) == "decode-crashed"


def test_equal_bytes_are_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    ask = child.Child.ask

    def counted(worker: child.Child, message: bytes, stall_s: float, total_s: float) -> bytes:
        asked.append(message)
        return ask(worker, message, stall_s, total_s)

    monkeypatch.setattr(child.Child, "ask", counted)
    with Workers(most=2) as pool, ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda data: pool.convert(data, FORMS), [jpeg(1), jpeg(2)] * 8))
        with pytest.raises(PictureError):
            pool.convert(b"no picture", FORMS)
        with pytest.raises(PictureError):
            pool.convert(b"no picture", FORMS)
    assert len(asked) == 3
    assert len({id(pictures) for pictures in found}) == 2


def test_no_process_is_left() -> None:
    pool = Workers(most=2)
    threads = [threading.Thread(target=pool.convert, args=(jpeg(seed), FORMS)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(pool.processes) <= 2
    processes = [worker._process for worker in pool._pool._all]
    pool.close()
    assert all(process.wait(5) is not None for process in processes)
    assert pool.processes == ()


def test_closing_ends_those_at_work() -> None:
    pool = Workers(most=1)
    pool.convert(jpeg(), FORMS)
    slow = endless()
    ends: list[str] = []
    thread = threading.Thread(target=lambda: ends.append(reason(pool, slow)))
    thread.start()
    time.sleep(0.3)
    begun = time.monotonic()
    pool.close()
    thread.join()
    assert time.monotonic() - begun < 2
    assert ends == ["decode-crashed"]


def test_a_warm_cache_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg())
    owner = clean(article(tmp_path), ref("a.jpg"))

    def build() -> object:
        return gather((owner,), config=ImagesConfig(), cache_dir=tmp_path / "cache", offline=True).assets

    cold = build()
    monkeypatch.setattr(subprocess, "Popen", None)
    assert build() == cold


def test_a_slow_picture_is_a_finding_and_the_others_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LIMIT_S", 4.0)
    monkeypatch.setattr(child, "PROGRAM", DAWDLING)
    (tmp_path / "slow.png").write_bytes(b"slow")
    (tmp_path / "a.jpg").write_bytes(jpeg())
    owner = clean(article(tmp_path), ref("slow.png"), ref("a.jpg"))
    report = gather((owner,), config=ImagesConfig(), cache_dir=None, offline=True)
    assert list(report.assets) == ["a.jpg"]
    assert [(found.code, dict(found.params)["reason"]) for found in report.findings] == [
        ("image-refused", "decode-timeout")
    ]


def test_the_worker_takes_this_package_and_nothing_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not this')")
    (tmp_path / "PIL").mkdir()
    monkeypatch.chdir(tmp_path)
    with Workers(most=1) as pool:
        assert pool.convert(jpeg(), FORMS) == convert(jpeg(), FORMS)


def test_starting_is_quick() -> None:
    """Processor time, because a busy machine is not the program's fault."""
    before = os.times()
    with Workers(most=1) as pool:
        pool.convert(jpeg(), FORMS)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 1.0


def test_packed_pictures_come_back_whole() -> None:
    pictures = (*convert(jpeg(), FORMS), *convert(encoded(drawing(), "PNG"), FORMS))
    raw = packed(pictures)
    assert unpacked(raw) == pictures
    for broken in (b"", b"[]x", raw[:-1], b"{}\n", b'[{"bytes": 0}]\n', b"[1]\n"):
        with pytest.raises(ValueError):  # noqa: PT011 - whichever part noticed
            assert unpacked(broken) is None


@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "WEBP"])
def test_broken_pictures_of_the_large_decoders_harm_nobody(kind: str) -> None:
    """Not tried in this process: these decoders have had holes."""
    data = encoded(photo(64, 48), kind)
    shown = 0
    with Workers(most=1) as pool:
        for place in range(0, len(data), max(1, len(data) // 60)):
            broken = bytearray(data)
            broken[place] ^= 0xFF
            for attempt in (bytes(broken), data[:place]):
                try:
                    pool.convert(attempt, (EPUB,))
                    shown += 1
                except PictureError as error:
                    assert error.reason != "decode-timeout"  # noqa: PT017 - either outcome is right
        assert pool.convert(data, (EPUB,))[0].width_px == 64
    assert shown
