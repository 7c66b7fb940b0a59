"""Bounded, patient, asked once: how hosts are treated."""

from __future__ import annotations

import os
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from booklet.config.values import ImagesConfig
from booklet.events import Event
from booklet.fetch import answer, client
from booklet.images import gather
from booklet.images.gathering import ASK_AGAIN_AFTER
from booklet.images.ways.hosts import SCOUTS

from .asking import get, told, ways
from .faults import slow_body
from .samples import article, clean, jpeg, ref
from .server import Answer, Site, plain, serving

TIMEOUT_S = 0.4
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


def after(pause_s: float, then: Answer) -> Answer:
    def slowly(request: BaseHTTPRequestHandler) -> None:
        time.sleep(pause_s)
        then(request)

    return slowly


def pictures(site: Site, count: int, pause_s: float = 0.0) -> list[str]:
    for seed in range(count):
        site.answers[f"/{seed}.jpg"] = after(pause_s, plain(jpeg(seed)))
    return [site.url(f"/{seed}.jpg") for seed in range(count)]


def test_host_that_refuses_connections_is_given_up(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{closed.getsockname()[1]}"
        report = get(site, *(f"http://{host}/{n}.jpg" for n in range(8)), allow_hosts=(host,))
    assert {dict(found.params)["reason"] for found in report.findings} == {"unreachable"}
    assert report.missing == 8


def test_host_that_never_answers_is_waited_for_once(site: Site) -> None:
    urls = pictures(site, 6, pause_s=3 * TIMEOUT_S)
    report = get(
        site, *urls, timeout_s=TIMEOUT_S, connections_per_host=2, article_url="https://blog.example/"
    )
    assert report.missing == 6
    assert len(site.asked) == 2


def test_connections_are_bounded_for_each_host(site: Site) -> None:
    assert get(site, *pictures(site, 12, 0.05), connections_per_host=3).missing == 0
    assert site.busiest == 3


def test_connections_are_bounded_in_all(site: Site) -> None:
    with serving() as other:
        urls = [*pictures(site, 8, 0.05), *pictures(other, 8, 0.05)]
        report = get(site, *urls, allow_hosts=(site.host, other.host), connections=3, connections_per_host=8)
        assert report.missing == 0
        assert site.busiest <= 3
        assert other.busiest <= 3


def test_waiting_in_the_queue_is_not_the_hosts_slowness(site: Site) -> None:
    urls = pictures(site, 10, TIMEOUT_S / 2)
    assert get(site, *urls, connections_per_host=1, timeout_s=1.5 * TIMEOUT_S).missing == 0


def test_busy_host_holds_up_no_other(site: Site) -> None:
    """Pictures of a slow host wait for it outside the places that are for all."""
    with serving() as other:
        urls = [*pictures(site, 6, TIMEOUT_S), *pictures(other, 3)]
        seen: list[str] = []
        owner = clean(article(), *map(ref, urls))
        config = ImagesConfig(allow_hosts=("127.0.0.1",), connections=2, connections_per_host=1)
        begun = time.perf_counter()
        done: dict[str, float] = {}

        def note(event: Event) -> None:
            done[f"{event.done}"] = time.perf_counter() - begun
            seen.append(event.subject)

        gather([owner], config=config, cache_dir=None, offline=False, report=note)
    assert done["4"] < 5 * TIMEOUT_S  # the slow host takes six times that long


def test_retry_after_is_a_rest_for_the_whole_host(site: Site) -> None:
    urls = pictures(site, 4)
    times: list[float] = []
    first = [plain(b"", 429, Retry_After="1")]

    def answer_of(seed: int) -> Answer:
        def one(request: BaseHTTPRequestHandler) -> None:
            times.append(time.perf_counter())
            (first.pop() if first else plain(jpeg(seed)))(request)

        return one

    for seed in range(4):
        site.answers[f"/{seed}.jpg"] = answer_of(seed)
    assert get(site, *urls, connections_per_host=1).missing == 0
    assert times[1] - times[0] >= 0.9
    assert times[-1] - times[1] < 0.9


def test_host_that_asks_for_a_long_rest_is_not_asked_again(site: Site) -> None:
    urls = pictures(site, 20)
    site.answers["/1.jpg"] = plain(b"", 429, Retry_After="3600")
    report = get(site, *urls, connections_per_host=1, article_url="https://blog.example/")
    assert len(site.asked) == 2
    assert {dict(found.params).get("status") for found in report.findings} == {429}
    assert report.missing == 19


def test_rests_are_bounded_together(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "REST_LIMIT_S", 2.0)
    for url in pictures(site, 30):
        site.answers[url.partition(site.host)[2]] = plain(b"", 503, Retry_After="1")
    begun = time.perf_counter()
    assert get(site, *pictures_left(site)).missing == 30
    assert time.perf_counter() - begun < 5


def pictures_left(site: Site) -> list[str]:
    return [site.url(path) for path in site.answers]


@pytest.mark.parametrize(
    ("retry_after", "date", "pause_s"),
    [
        ("7", "", 7.0),
        ("0", "", 0.0),
        ("99999999999", "", float("inf")),
        (format_datetime(NOW + timedelta(seconds=30), usegmt=True), "", 30.0),
        (format_datetime(NOW - timedelta(seconds=30), usegmt=True), "", 0.0),
        (
            format_datetime(NOW + timedelta(hours=5), usegmt=True),
            format_datetime(NOW + timedelta(hours=5, seconds=-3), usegmt=True),
            3.0,
        ),
        ("soon", "", None),
        ("-5", "", None),
        ("", "", None),
        ("Tue, 99 Oct 2026 99:00:00 GMT", "", None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date_by_the_servers_clock(
    retry_after: str, date: str, pause_s: float | None
) -> None:
    headers = {"Retry-After": retry_after, **({"Date": date} if date else {})}
    assert answer.pause_s(headers, NOW) == pause_s


def test_date_without_any_clock_is_no_pause() -> None:
    assert answer.pause_s({"Retry-After": format_datetime(NOW, usegmt=True)}, None) is None


def test_server_at_fault_is_tried_three_times_and_no_referer_is_tried(site: Site) -> None:
    site.answers["/a.jpg"] = plain(b"oops", 500)
    report = get(site, site.url("/a.jpg"), article_url="https://blog.example/")
    assert told(report) == {"reason": "http-status", "status": 500}
    assert len(site.asked) == 1 + len(client.BACKOFF_S)


def test_progress_tells_pictures_and_bytes(site: Site) -> None:
    urls = pictures(site, 3)
    seen: list[Event] = []
    config = ImagesConfig(allow_hosts=(site.host,))
    gather(
        [clean(article(), *map(ref, urls))], config=config, cache_dir=None, offline=False, report=seen.append
    )
    assert list(dict.fromkeys(event.done for event in seen)) == [0, 1, 2, 3]  # beats repeat the last
    assert [event.done for event in seen] == sorted(event.done for event in seen)
    assert seen[-1].bytes == sum(len(jpeg(seed)) for seed in range(3))


# A week later


def with_etag(site: Site, path: str, data: bytes) -> None:
    """A server that knows conditional requests."""
    name = f'"{hash(data)}"'

    def one(request: BaseHTTPRequestHandler) -> None:
        known = request.headers.get("If-None-Match", "") == name
        (plain(b"", 304) if known else plain(data, ETag=name))(request)

    site.answers[path] = one


def later(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_pictures_are_asked_for_again_after_a_week_and_no_sooner(site: Site, tmp_path: Path) -> None:
    with_etag(site, "/a.jpg", jpeg())
    url = site.url("/a.jpg")
    first = get(site, url, cache=tmp_path, now=later(0))
    assert get(site, url, cache=tmp_path, now=later(6)).assets == first.assets
    assert len(site.asked) == 1
    report = get(site, url, cache=tmp_path, now=later(8))
    assert report.assets == first.assets
    assert ways(report) == ["cache"]
    assert report.findings == ()
    assert [headers.get("If-None-Match", "") for _, headers in site.asked] == ["", f'"{hash(jpeg())}"']


def test_server_that_confirms_is_not_asked_again_for_a_week(site: Site, tmp_path: Path) -> None:
    with_etag(site, "/a.jpg", jpeg())
    url = site.url("/a.jpg")
    get(site, url, cache=tmp_path)
    long_ago = (datetime.now(UTC) - 2 * ASK_AGAIN_AFTER).timestamp()
    for pointer in tmp_path.rglob("urls/*/*"):
        os.utime(pointer, (long_ago, long_ago))
    for _ in range(2):
        assert get(site, url, cache=tmp_path, now=later(0)).missing == 0
    assert len(site.asked) == 2


def test_picture_that_has_changed_is_taken_anew(site: Site, tmp_path: Path) -> None:
    url = site.url("/a.jpg")
    with_etag(site, "/a.jpg", jpeg())
    first = get(site, url, cache=tmp_path)
    with_etag(site, "/a.jpg", jpeg(7))
    report = get(site, url, cache=tmp_path, now=later(8))
    assert ways(report) == ["direct"]
    assert report.assets == get(site, url, cache=tmp_path, offline=True).assets
    assert report.assets != first.assets


@pytest.mark.parametrize(
    "fault",
    [plain(b"", 404), plain(b"<html>"), plain(b"", 500), plain(jpeg()[:900])],
    ids=["gone", "HTML", "server at fault", "cut off"],
)
def test_earlier_picture_stays_when_nothing_else_comes_and_that_is_said(
    site: Site, tmp_path: Path, fault: Answer
) -> None:
    url = site.url("/a.jpg")
    site.answers["/a.jpg"] = plain(jpeg())
    first = get(site, url, cache=tmp_path)
    site.answers["/a.jpg"] = fault
    report = get(site, url, cache=tmp_path, now=later(8))
    assert report.assets == first.assets
    assert [(found.code, found.level) for found in report.findings] == [("image-stale", "info")]


def test_host_that_has_become_slow_is_not_waited_for_again_and_again(site: Site, tmp_path: Path) -> None:
    urls = pictures(site, 10)
    first = get(site, *urls, cache=tmp_path)
    site.answers = dict.fromkeys(site.answers, slow_body)
    site.asked.clear()
    report = get(site, *urls, cache=tmp_path, now=later(8), timeout_s=TIMEOUT_S)
    assert report.assets == first.assets
    assert [found.code for found in report.findings] == ["image-stale"] * 10
    assert len(site.asked) == SCOUTS


def test_notice_does_not_drive_out_earlier_pictures(site: Site, tmp_path: Path) -> None:
    urls = pictures(site, 4)
    first = get(site, *urls, cache=tmp_path)
    for seed in range(4):
        site.answers[f"/{seed}.jpg"] = only_to(f"page-{seed}", plain(jpeg(99)), plain(jpeg(seed)))
    report = get(site, *urls, cache=tmp_path, now=later(8), article_url="https://blog.example/page-0")
    assert report.assets == first.assets
    assert get(site, *urls, cache=tmp_path, offline=True).assets == first.assets


def only_to(page: str, others: Answer, own: Answer) -> Answer:
    def one(request: BaseHTTPRequestHandler) -> None:
        (own if page in request.headers.get("Referer", "") else others)(request)

    return one
