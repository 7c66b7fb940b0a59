"""Which ways lead to a picture, and in which order."""

from __future__ import annotations

import pytest

from booklet.images.ways.plan import MAX_ATTEMPTS, InData, InFile, OnWeb, Unusable, plan
from booklet.images.ways.proxies import through, unwrap

from .samples import article, ref

ORIGINAL = "http://pics.example/a.jpg"


def test_web_picture_is_tried_plainly_then_with_referer_then_by_proxies_then_as_written() -> None:
    written = f"https://cors.someone.workers.dev/?{ORIGINAL}"
    owner = article(url="https://blog.example/post#top")
    assert plan([(ref(written), owner)], ["https://relay.example/?u={url_encoded}"]) == (
        OnWeb(ORIGINAL, "", ORIGINAL),
        OnWeb(ORIGINAL, "https://blog.example/post", ORIGINAL),
        OnWeb("https://relay.example/?u=http%3A%2F%2Fpics.example%2Fa.jpg", "", ORIGINAL),
        OnWeb(written, "", ORIGINAL),
    )


def test_own_files_and_data_come_before_every_web_address() -> None:
    owner = article()
    ways = plan([(ref(ORIGINAL, "img/a.png", "data:image/png;base64,AA=="), owner)], [])
    assert ways == (
        InFile("img/a.png", owner.source_path, owner.root),
        InData("data:image/png;base64,AA=="),
        OnWeb(ORIGINAL, "", ORIGINAL),
    )


def test_path_is_also_looked_for_where_the_article_was_published() -> None:
    owner = article(url="https://blog.example/2021/post/")
    url = "https://blog.example/img/a.png"
    assert OnWeb(url, "", url) in plan([(ref("/img/a.png"), owner)], [])


def test_article_without_web_address_sends_no_referer() -> None:
    assert plan([(ref(ORIGINAL), article(url="javascript:x"))], []) == (OnWeb(ORIGINAL, "", ORIGINAL),)


def test_referer_carries_no_credentials() -> None:
    ways = plan([(ref(ORIGINAL), article(url="https://me:secret@blog.example/p"))], [])
    assert ways[1] == OnWeb(ORIGINAL, "https://blog.example/p", ORIGINAL)


def test_picture_of_two_articles_tries_both_referers() -> None:
    wants = [(ref(ORIGINAL), article(url=f"https://{name}.example/")) for name in ("a", "b")]
    referers = [way.referer for way in plan(wants, []) if isinstance(way, OnWeb)]
    assert referers == ["", "https://a.example/", "https://b.example/"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.example/a.png"])
def test_other_schemes_are_no_way(address: str) -> None:
    assert plan([(ref(address), article(url="https://blog.example/"))], []) == (Unusable(address),)


@pytest.mark.parametrize(
    "address", ["", "http://[", "//", "http://", "\\\\host\\x.png", "C:\\x\\y.png", "?", "%"]
)
def test_odd_addresses_do_not_break_the_plan(address: str) -> None:
    plan([(ref(address), article(url="http://["))], ["{url}"])


def test_ways_are_bounded() -> None:
    many = ref(*(f"http://pics.example/{index}.jpg" for index in range(1000)))
    assert len(plan([(many, article())], [])) == MAX_ATTEMPTS


@pytest.mark.parametrize(
    ("proxied", "original"),
    [
        ("https://cors.zfour.workers.dev/?http://p.example/a.jpg?x=1&y=2", "http://p.example/a.jpg?x=1&y=2"),
        ("https://cors.someone.workers.dev/https://p.example/a.jpg?x=1", "https://p.example/a.jpg?x=1"),
        ("https://cors-proxy.example/?url=http%3A%2F%2Fp.example%2Fa.jpg", "http://p.example/a.jpg"),
        ("https://cors.example/?http%3A%2F%2Fp.example%2Fa%20b.jpg", "http://p.example/a b.jpg"),
        ("https://images.weserv.nl/?url=p.example/a.jpg&w=300", "http://p.example/a.jpg"),
        ("https://images.weserv.nl/?w=300&url=https%3A%2F%2Fp.example%2Fa.jpg", "https://p.example/a.jpg"),
        ("https://wsrv.nl/?url=//p.example/a.jpg", "https://p.example/a.jpg"),
        ("https://i2.wp.com/p.example/dir/a.jpg?resize=300%2C200&ssl=1", "https://p.example/dir/a.jpg"),
        ("http://i0.wp.com/p.example/a.jpg", "http://p.example/a.jpg"),
        ("https://cors.a.workers.dev/?https://i0.wp.com/p.example/a.jpg?ssl=1", "https://p.example/a.jpg"),
        ("https://wsrv.nl/?url=ssl:p.example/a.jpg", "https://p.example/a.jpg"),
        ("https://cdn.statically.io/img/p.example/f=auto,w=600/dir/a.jpg", "https://p.example/dir/a.jpg"),
        ("https://th.example/unsafe/300x200/smart/p.example/a.jpg", "https://p.example/a.jpg"),
        (
            "https://th.example/unsafe/fit-in/300x0/filters:watermark(https://w.example/m.png,1):fill(fff)/p.example/a.jpg",
            "https://p.example/a.jpg",
        ),
        (
            "https://th.example/Ab-_Ab-_Ab-_Ab-_Ab-_Ab-_xyz=/0x0:10x10/http%3A//p.example/a.jpg",
            "http://p.example/a.jpg",
        ),
        (
            "https://camo.githubusercontent.com/0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a/68747470733a2f2f702e6578616d706c652f612e706e67",
            "https://p.example/a.png",
        ),
        (
            "https://ci3.googleusercontent.com/proxy/ABC=s0-d-e1-ft#https://p.example/a.png",
            "https://p.example/a.png",
        ),
        (
            "https://images1-focus-opensocial.googleusercontent.com/gadgets/proxy?url=https://p.example/a.png&container=focus",
            "https://p.example/a.png",
        ),
        (
            "https://external-content.duckduckgo.com/iu/?u=https%3A%2F%2Fp.example%2Fa.png&f=1",
            "https://p.example/a.png",
        ),
        (
            "https://res.cloudinary.com/me/image/fetch/w_300,f_auto/https://p.example/a.png",
            "https://p.example/a.png",
        ),
        (
            "https://z.example/cdn-cgi/image/width=80,quality=75/https://p.example/a.png",
            "https://p.example/a.png",
        ),
        ("https://z.example/cdn-cgi/image/width=80/img/a.png", "https://z.example/img/a.png"),
        ("https://z.example/_next/image?url=%2Fimg%2Fa.png&w=640&q=75", "https://z.example/img/a.png"),
        (
            "https://z.example/_next/image?url=https%3A%2F%2Fp.example%2Fid%2F7&w=640&q=75",
            "https://p.example/id/7",
        ),
        ("https://pic1.z.example/get?src=http://p.example/a.png", "http://p.example/a.png"),
        ("https://img.z.example/?http://p.example/a.png", "http://p.example/a.png"),
        (
            "https://gimg2.baidu.com/image_search/src=http%3A%2F%2Fp.example%2Fa.jpg&refer=http%3A%2F%2Fp.example&app=1",
            "http://p.example/a.jpg",
        ),
        ("https://p-example.cdn.ampproject.org/ii/w680/s/p.example/a.jpg", "https://p.example/a.jpg"),
        (
            "https://img.z.example/sig/rs:fit:300/plain/https://p.example/a.png@webp",
            "https://p.example/a.png",
        ),
        (
            "https://img.z.example/sig/rs:fit:300/aHR0cHM6Ly9wLmV4YW1wbGUvZGlyL2EuanBn.webp",
            "https://p.example/dir/a.jpg",
        ),
        ("https://cors.z.workers.dev/p.example/a.jpg", "https://p.example/a.jpg"),
        ("https://hotlink.z.example/?url=https://p.example/a.jpg?x=1&y=2", "https://p.example/a.jpg?x=1&y=2"),
        ("https://cors.z.example/https:/p.example/a.jpg", "https://p.example/a.jpg"),
        ("https://cors.z.example/?url=https%253A%252F%252Fp.example%252Fa.jpg", "https://p.example/a.jpg"),
    ],
)
def test_rewriting_proxies_are_unwrapped(proxied: str, original: str) -> None:
    assert unwrap(proxied) == original


@pytest.mark.parametrize(
    "address",
    [
        "https://p.example/a.jpg?from=http://other.example/b.jpg",
        "https://i0.wp.com/",
        "https://images.weserv.nl/",
        "https://web.archive.org/web/2020/http://p.example/a.jpg",
        "https://corsica.example/?http://x.example",
        "https://p.example/share?url=https%3A%2F%2Fother.example%2Fpost",
        "https://p.example/unsafe/dir/a.jpg",
        "https://camo.githubusercontent.com/0a0a/zz",
        "https://cdn.statically.io/gh/me/repo/main/a.png",
        "http://[",
    ],
)
def test_other_addresses_stay_as_they_are(address: str) -> None:
    assert unwrap(address) == address


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("https://relay.example/x/{host_path}", "https://relay.example/x/p.example/a?id=1"),
        ("https://relay.example/{url}", "https://relay.example/https://p.example/a?id=1"),
        (
            "https://relay.example/?u={url_encoded}&k=1",
            "https://relay.example/?u=https%3A%2F%2Fp.example%2Fa%3Fid%3D1&k=1",
        ),
    ],
)
def test_addresses_written_through_a_configured_proxy_are_unwrapped(template: str, written: str) -> None:
    assert unwrap(written, [template]) == "https://p.example/a?id=1"


def test_template_places_the_address_in_each_form() -> None:
    url = "https://p.example/a b.jpg?q={url}"
    assert through("https://x/?{url}", url) == f"https://x/?{url}"
    assert through("https://x/{host_path}", url) == "https://x/p.example/a b.jpg?q={url}"
    assert through("https://x/?u={url_encoded}", url).startswith(
        "https://x/?u=https%3A%2F%2Fp.example%2Fa%20b"
    )
