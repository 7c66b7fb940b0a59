"""Attempts at many pictures: what is learnt of a host, and what is not taken for a picture."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NoReturn

import pytest

from booklet.config.values import ImagesConfig
from booklet.fetch import client
from booklet.fetch.failure import PictureError
from booklet.fetch.request import Question
from booklet.findings import finding
from booklet.images import gather
from booklet.images.attempts import Attempts
from booklet.images.ways.hosts import OF_THE_HOST, SCOUTS, SECOND_WAVE, Memory, waves
from booklet.images.ways.plan import OnWeb, plan
from booklet.words.messages import describe

from .asking import get, told, ways
from .samples import article, clean, encoded, jpeg, photo, ref
from .server import Answer, Site, plain, redirect

PAGE = "https://blog.example/p"
NOTICE = jpeg(99)


def names(count: int) -> list[str]:
    return [f"/{index}.jpg" for index in range(count)]


def serve(site: Site, count: int, answer_for: dict[bool, Answer] | None = None) -> list[str]:
    """So many different pictures; `answer_for[with a Referer]` replaces them."""
    for seed, name in enumerate(names(count)):
        own = plain(jpeg(seed))

        def answer(request: BaseHTTPRequestHandler, own: Answer = own) -> None:
            has_referer = "Referer" in request.headers
            (answer_for or {}).get(has_referer, own)(request)

        site.answers[name] = answer
    return [site.url(name) for name in names(count)]


def asked(site: Site) -> Counter[bool]:
    """Requests without and with a Referer."""
    return Counter("Referer" in headers for _, headers in site.asked)


def test_redirects_are_followed_within_bounds(site: Site) -> None:
    for step in range(client.MAX_REDIRECTS):
        site.answers[f"/{step}"] = redirect(f"{step + 1}")
    site.answers[f"/{client.MAX_REDIRECTS}"] = plain(jpeg())
    assert get(site, site.url("/0")).missing == 0


def test_dead_rewriting_proxy_is_gone_round(site: Site) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    report = get(site, f"https://cors.nobody.invalid/?{site.url('/a.jpg')}")
    assert ways(report) == ["direct"]


def test_configured_proxy_helps_where_the_host_is_gone(site: Site) -> None:
    site.answers["/relay?u=http%3A%2F%2Fgone.invalid%2Fa.jpg"] = plain(jpeg())
    report = get(site, "http://gone.invalid/a.jpg", proxies=(site.url("/relay?u={url_encoded}"),))
    assert report.missing == 0
    assert report.ways == (
        finding(
            "image-way",
            "post.md",
            url="http://gone.invalid/a.jpg",
            way="proxy",
            via="127.0.0.1",
            bytes=len(jpeg()),
        ),
    )
    assert describe(report.ways[0], "en")[0].endswith(f"through the proxy 127.0.0.1, {len(jpeg())} bytes")
    assert "经代理 127.0.0.1" in describe(report.ways[0], "zh")[0]


def test_first_failure_is_the_one_told(site: Site) -> None:
    owner = clean(article(), ref("http://gone.invalid/a.jpg", site.url("/404.jpg")))
    config = ImagesConfig(allow_hosts=(site.host,))
    report = gather([owner], config=config, cache_dir=None, offline=False)
    assert told(report) == {"reason": "host-unknown"}


def test_way_that_works_for_a_host_is_tried_first_for_its_other_pictures(site: Site) -> None:
    addresses = serve(site, 20, {False: plain(b"Forbidden", 403)})
    report = get(site, *addresses, article_url=PAGE)
    assert ways(report) == ["referer"] * 20
    assert asked(site) == {False: SCOUTS, True: 20}


def test_each_picture_of_a_host_with_few_failures_is_still_asked_for_in_every_way(site: Site) -> None:
    addresses = serve(site, 12)
    for name in names(3):
        site.answers[name] = plain(b"", 403)
    report = get(site, *addresses)
    assert report.missing == 3
    assert ways(report) == ["direct"] * 9


def test_way_that_a_host_bars_for_all_is_given_up(site: Site) -> None:
    addresses = serve(site, 40, {False: plain(b"", 403), True: plain(b"", 403)})
    report = get(site, *addresses, article_url=PAGE)
    assert report.missing == 40
    assert {dict(found.params)["status"] for found in report.findings} == {403}
    assert asked(site) == {False: SCOUTS + SECOND_WAVE, True: SCOUTS + SECOND_WAVE}


def test_missing_pictures_do_not_bar_the_way_for_others(site: Site) -> None:
    addresses = serve(site, 30)
    for name in names(20):
        site.answers[name] = plain(b"", 404)
    assert get(site, *addresses).missing == 20


def test_what_is_learnt_does_not_depend_on_how_fast_answers_come(site: Site) -> None:
    """The host gives other bytes with a Referer, and refuses some pictures without one."""
    dice = random.Random(7)

    def answer_of(index: int) -> Answer:
        def answer(request: BaseHTTPRequestHandler) -> None:
            time.sleep(dice.random() / 50)
            if "Referer" in request.headers:
                plain(jpeg(index))(request)
            else:
                (plain(b"", 403) if index % 3 else plain(jpeg(index + 1000)))(request)

        return answer

    site.answers = {name: answer_of(index) for index, name in enumerate(names(16))}
    addresses = [site.url(name) for name in names(16)]
    seen = set()
    for connections in (1, 3, 8, 8):
        report = get(site, *addresses, article_url=PAGE, connections_per_host=connections)
        seen.add((tuple(ways(report)), tuple(picture.sha256 for picture in report.assets.values())))
    assert len(seen) == 1


def test_notice_in_place_of_all_pictures_is_not_taken_when_another_way_tells_them_apart(
    site: Site, tmp_path: Path
) -> None:
    addresses = serve(site, 5, {False: plain(NOTICE)})
    report = get(site, *addresses, article_url=PAGE, cache=tmp_path)
    assert ways(report) == ["referer"] * 5
    assert len({picture.sha256 for picture in report.assets.values()}) == 5
    assert report.findings == ()
    again = get(site, *addresses, cache=tmp_path, offline=True)
    assert again.assets == report.assets


def test_pictures_that_only_the_notice_stands_for_are_missing(site: Site, tmp_path: Path) -> None:
    addresses = serve(site, 5, {False: plain(NOTICE)})
    site.answers["/4.jpg"] = lambda request: (
        plain(b"", 404) if "Referer" in request.headers else plain(NOTICE)
    )(request)
    report = get(site, *addresses, article_url=PAGE, cache=tmp_path)
    assert told(report) == {"reason": "stand-in"}
    assert get(site, *addresses, cache=tmp_path, offline=True).assets == report.assets


def test_equal_pictures_stay_when_no_way_tells_them_apart_and_that_is_said(site: Site) -> None:
    addresses = serve(site, 5, {False: plain(NOTICE), True: plain(NOTICE)})
    report = get(site, *addresses, article_url=PAGE)
    assert report.missing == 0
    assert [found.code for found in report.findings] == ["image-alike"]
    assert told(report) == {"host": site.host, "count": 5}


def test_logo_under_several_addresses_is_no_notice(site: Site, tmp_path: Path) -> None:
    addresses = serve(site, 12)
    for name in names(3):
        site.answers[name] = plain(NOTICE)
    report = get(site, *addresses, article_url=PAGE, cache=tmp_path)
    assert (report.missing, report.findings) == (0, ())
    requests = len(site.asked)
    again = get(site, *addresses, article_url=PAGE, cache=tmp_path)
    assert again.assets == report.assets
    assert len(site.asked) == requests


def test_proxy_that_encodes_anew_proves_no_notice(site: Site, tmp_path: Path) -> None:
    addresses = serve(site, 4, {False: plain(NOTICE), True: plain(NOTICE)})
    for address in addresses:
        site.answers[f"/?{address}"] = plain(encoded(photo(), "PNG"))
    report = get(site, *addresses, proxies=(site.url("/?{url}"),), cache=tmp_path)
    assert ways(report) == ["direct"] * 4
    assert get(site, *addresses, cache=tmp_path, offline=True).assets == report.assets


def test_sizes_of_one_picture_are_no_notice(site: Site) -> None:
    addresses = [site.url(f"/a.jpg?w={width}&wx_fmt=jpeg") for width in range(9)]
    for address in addresses:
        site.answers[address.partition(site.host)[2]] = plain(jpeg())
    report = get(site, *addresses, article_url=PAGE)
    assert (report.missing, report.findings) == (0, ())
    assert asked(site) == {False: 9}


def test_notice_left_by_an_interrupted_build_is_noticed_by_the_next(site: Site, tmp_path: Path) -> None:
    addresses = serve(site, 4, {False: plain(NOTICE), True: plain(NOTICE)})
    for address in addresses:
        get(site, address, cache=tmp_path)
    serve(site, 4, {False: plain(NOTICE)})
    report = get(site, *addresses, article_url=PAGE, cache=tmp_path)
    assert ways(report) == ["referer"] * 4


def test_one_address_is_fetched_once_whatever_its_fragment(site: Site) -> None:
    serve(site, 1)
    report = get(site, site.url("/0.jpg"), site.url("/0.jpg#a"), site.url("/0.jpg#b"))
    assert report.missing == 0
    assert len(site.asked) == 1


def test_waves_begin_small() -> None:
    assert [len(wave) for wave in waves(names(200))] == [SCOUTS, SECOND_WAVE, 200 - SCOUTS - SECOND_WAVE]
    assert list(waves(names(2))) == [names(2)]


@pytest.mark.parametrize("reason", ["unreachable", "timeout", "tls", "host-unknown", "private-address"])
def test_silent_way_is_left_after_the_scouts_and_its_failure_still_told(reason: str) -> None:
    attempts = plan([(ref("http://p.example/a.jpg"), article(url=PAGE))], ["http://proxy.example/?{url}"])
    attempts_on_web = [attempt for attempt in attempts if isinstance(attempt, OnWeb)]
    memory = Memory()
    failure = PictureError(reason)  # type: ignore[arg-type]
    memory.learn([(("direct", ""), failure)] * SCOUTS)
    assert [attempt.way for attempt in memory.ordered(attempts_on_web)] == ["proxy"]
    assert memory.why(attempts_on_web) is failure


def test_each_booklet_says_where_its_pictures_are_from(site: Site, tmp_path: Path) -> None:
    (tmp_path / "here.jpg").write_bytes(jpeg(5))
    site.answers["/a.jpg"] = plain(jpeg())
    owner = clean(article(tmp_path), ref("here.jpg"), ref(site.url("/a.jpg")), ref(site.url("/none.jpg")))
    config = ImagesConfig(allow_hosts=(site.host,))
    seen = [
        ways(gather([owner], config=config, cache_dir=tmp_path / "cache", offline=False)) for _ in range(2)
    ]
    assert seen == [["file", "direct"], ["file", "cache"]]


class Refusing:
    """Stands for the network: fails each request with a reason, and counts them."""

    def __init__(self, reason: PictureError) -> None:
        self.reason = reason
        self.asked: list[tuple[str, str]] = []

    def budget(self) -> client.Budget:
        return client.Budget(60.0)

    async def get(self, question: Question, _budget: client.Budget) -> NoReturn:
        self.asked.append((question.url, question.referer))
        raise self.reason


@pytest.mark.parametrize(
    ("reason", "ways_of_the_host"),
    [
        *((PictureError(reason), 1) for reason in sorted(OF_THE_HOST)),  # type: ignore[arg-type]
        (PictureError("http-status", status=503), 2),  # each address once: a Referer does not mend a server
        (PictureError("http-status", status=403), 3),
    ],
    ids=lambda value: value.reason if isinstance(value, PictureError) else "",
)
def test_a_dead_host_is_asked_once_for_a_picture_and_its_proxy_still(
    reason: PictureError, ways_of_the_host: int
) -> None:
    picture, smaller, proxy = (
        f"http://{name}" for name in ("p.example/a.jpg", "p.example/b.jpg", "q.example/a")
    )
    refusing = Refusing(reason)
    attempts = Attempts(refusing, None)  # type: ignore[arg-type] # no picture comes that could be kept
    outcome, notes = asyncio.run(
        attempts.climb(
            [
                OnWeb(picture, "", picture),
                OnWeb(picture, PAGE, picture, "referer"),
                OnWeb(smaller, "", smaller),
                OnWeb(proxy, "", picture, "proxy"),
            ]
        )
    )
    hosts = Counter(address.split("/")[2] for address, _ in refusing.asked)
    assert hosts == {"p.example": ways_of_the_host, "q.example": 1}
    assert len(notes) == ways_of_the_host + 1
    assert outcome is reason
