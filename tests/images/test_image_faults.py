"""The fault matrix: what the reader gets and is told when a server, or the way to it, misbehaves."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from booklet.config.values import ImagesConfig
from booklet.images import fetch, gather
from booklet.model import ImageReport

from .samples import article, clean, encoded, jpeg, photo, png_header_only, ref
from .server import Answer, Site, plain, redirect

TIMEOUT_S = 0.4
"""For hosts that are meant to be too slow."""
PATIENCE_S = 5
"""For all others, so that a busy machine fails no test."""


def get(site: Site, *candidates: str, article_url: str = "", **options: object) -> ImageReport:
    given: dict[str, Any] = {"allow_hosts": (site.host,), "timeout_s": PATIENCE_S, "max_mb": 0.3, **options}
    owner = clean(article(url=article_url), ref(*candidates))
    return gather([owner], config=ImagesConfig(**given), cache_dir=None, offline=False)


def told(report: ImageReport) -> dict[str, object]:
    """The only finding's parameters, without the address."""
    (found,) = report.findings
    return {name: value for name, value in found.params if name != "url"}


def only_with_referer(wanted: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        allowed = request.headers.get("Referer", "") == wanted
        (plain(jpeg()) if allowed else plain(b"Forbidden", 403))(request)

    return answer


def never_with_referer(request: BaseHTTPRequestHandler) -> None:
    (plain(b"Forbidden", 403) if "Referer" in request.headers else plain(jpeg()))(request)


def in_turn(*answers: Answer) -> Answer:
    left = list(answers)

    def answer(request: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


def more_than_declared(request: BaseHTTPRequestHandler) -> None:
    """What follows comes when the declared part has been read: together they may be a broken answer."""
    data = jpeg()
    request.send_response(200)
    request.send_header("Content-Length", "900")
    request.end_headers()
    request.wfile.write(data[:900])
    request.wfile.flush()
    time.sleep(0.2)
    request.wfile.write(data[900:])


def slow_headers(request: BaseHTTPRequestHandler) -> None:
    time.sleep(3 * TIMEOUT_S)
    plain(jpeg())(request)


def slow_body(request: BaseHTTPRequestHandler) -> None:
    """Never silent for long, and never done: only the time in all can stop it."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(1000):
        request.wfile.write(b"\xff")
        request.wfile.flush()
        time.sleep(TIMEOUT_S / 8)


def endless_body(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Connection", "close")
    request.end_headers()
    while True:
        request.wfile.write(b"\xff" * 65_536)


def cut_off(request: BaseHTTPRequestHandler) -> None:
    """Content-Length promises more than comes."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.send_header("Connection", "close")
    request.end_headers()
    request.wfile.write(jpeg()[:500])


def not_http(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x16\x03\x01 what is this\r\n\r\n")
    request.close_connection = True


def bomb(packed: bytes, encoding: str) -> Answer:
    return plain(packed, Content_Encoding=encoding)


GZIP_BOMB = gzip.compress(b"\0" * 50_000_000)

FAULTS: dict[str, tuple[Answer, str, dict[str, object]]] = {
    "404": (plain(b"gone", 404), "image-missing", {"reason": "http-status", "status": 404}),
    "picture with 404": (plain(jpeg(), 404), "image-missing", {"reason": "http-status", "status": 404}),
    "403 always": (plain(b"no", 403), "image-missing", {"reason": "http-status", "status": 403}),
    "500 always": (plain(b"oops", 500), "image-missing", {"reason": "http-status", "status": 500}),
    "429, come back tomorrow": (
        plain(b"", 429, Retry_After="86400"),
        "image-missing",
        {"reason": "http-status", "status": 429},
    ),
    "204": (plain(b"", 204), "image-missing", {"reason": "http-status", "status": 204}),
    "HTML as 200": (
        plain(b"<html>hot-linking is forbidden</html>", Content_Type="image/jpeg"),
        "image-missing",
        {"reason": "not-a-picture"},
    ),
    "empty body": (plain(b""), "image-missing", {"reason": "not-a-picture"}),
    "tracking pixel": (
        plain(encoded(photo(1, 1), "GIF")),
        "image-missing",
        {"reason": "tiny"},
    ),
    "truncated JPEG": (plain(jpeg()[:3000]), "image-missing", {"reason": "damaged"}),
    "40,000 x 40,000 PNG": (
        plain(png_header_only(40_000, 40_000)),
        "image-refused",
        {"reason": "too-many-pixels"},
    ),
    "declared too large": (
        plain(b"", Content_Length="999999999"),
        "image-refused",
        {"reason": "too-many-bytes", "limit_mb": "0.3"},
    ),
    "endless body": (endless_body, "image-refused", {"reason": "too-many-bytes", "limit_mb": "0.3"}),
    "gzip bomb": (bomb(GZIP_BOMB, "gzip"), "image-refused", {"reason": "too-many-bytes", "limit_mb": "0.3"}),
    "unknown compression": (bomb(jpeg(), "br"), "image-missing", {"reason": "not-a-picture"}),
    "false compression": (bomb(jpeg(), "gzip"), "image-missing", {"reason": "damaged"}),
    "Content-Length that lies upwards": (cut_off, "image-missing", {"reason": "unreachable"}),
    "Content-Length that lies downwards": (
        more_than_declared,
        "image-missing",
        {"reason": "damaged"},
    ),
    "slow headers": (slow_headers, "image-missing", {"reason": "timeout"}),
    "slow body": (slow_body, "image-missing", {"reason": "timeout"}),
    "not HTTP": (not_http, "image-missing", {"reason": "unreachable"}),
    "redirect loop": (redirect("/a.jpg"), "image-missing", {"reason": "too-many-redirects"}),
    "redirect without a place": (plain(b"", 302), "image-missing", {"reason": "http-status", "status": 302}),
    "redirect to loopback": (redirect("http://127.0.0.1:9/"), "image-refused", {"reason": "private-address"}),
    "redirect to loopback in octal": (
        redirect("http://0177.1:9/"),
        "image-refused",
        {"reason": "private-address"},
    ),
    "redirect to metadata": (
        redirect("//169.254.169.254/latest/"),
        "image-refused",
        {"reason": "private-address"},
    ),
    "redirect to a file": (redirect("file:///etc/passwd"), "image-refused", {"reason": "bad-address"}),
    "redirect to nonsense": (redirect("http://[::bad"), "image-refused", {"reason": "bad-address"}),
    "SVG of script": (
        plain(b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
        "image-refused",
        {"reason": "svg-unsafe"},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_becomes_a_finding_in_time(site: Site, fault: str) -> None:
    answer, code, params = FAULTS[fault]
    site.answers["/a.jpg"] = answer
    begun = time.perf_counter()
    report = get(site, site.url("/a.jpg"), timeout_s=TIMEOUT_S if fault.startswith("slow") else PATIENCE_S)
    assert time.perf_counter() - begun < PATIENCE_S
    assert report.assets == {}
    assert [found.code for found in report.findings] == [code]
    assert told(report) == params


MENDED: dict[str, Answer] = {
    "403 without the article's Referer": only_with_referer("https://blog.example/p"),
    "403 with any Referer": never_with_referer,
    "500 then 200": in_turn(plain(b"", 500), plain(b"", 503), plain(jpeg())),
    "429 with Retry-After": in_turn(plain(b"", 429, Retry_After="0"), plain(jpeg())),
    "connection cut, then whole": in_turn(cut_off, plain(jpeg())),
    "wrong Content-Type": plain(jpeg(), Content_Type="text/html"),
    "gzip unasked": bomb(gzip.compress(jpeg()), "gzip"),
    "deflate unasked": bomb(zlib.compress(jpeg()), "deflate"),
    "WebP": plain(encoded(photo(), "WEBP"), Content_Type="image/jpeg"),
    "AVIF": plain(encoded(photo(), "AVIF")),
    "CMYK JPEG": plain(encoded(photo().convert("CMYK"), "JPEG")),
}


@pytest.mark.parametrize("case", MENDED)
def test_what_can_be_mended_gives_the_picture(site: Site, case: str) -> None:
    site.answers["/a.jpg"] = MENDED[case]
    report = get(site, site.url("/a.jpg"), article_url="https://blog.example/p#part")
    assert report.findings == ()
    assert report.missing == 0


def test_redirects_are_followed_within_bounds(site: Site) -> None:
    for step in range(fetch.MAX_REDIRECTS):
        site.answers[f"/{step}"] = redirect(f"{step + 1}")
    site.answers[f"/{fetch.MAX_REDIRECTS}"] = plain(jpeg())
    assert get(site, site.url("/0")).missing == 0


def test_dead_rewriting_proxy_is_gone_round(site: Site) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    report = get(site, f"https://cors.nobody.invalid/?{site.url('/a.jpg')}")
    assert report.missing == 0


def test_configured_proxy_helps_where_the_host_is_gone(site: Site) -> None:
    site.answers["/relay?u=http%3A%2F%2Fgone.invalid%2Fa.jpg"] = plain(jpeg())
    report = get(site, "http://gone.invalid/a.jpg", proxies=(site.url("/relay?u={url_encoded}"),))
    assert report.missing == 0


def test_first_failure_is_the_one_told(site: Site) -> None:
    report = get(site, "http://gone.invalid/a.jpg", site.url("/404.jpg"))
    assert told(report) == {"reason": "host-unknown"}


def test_host_that_refuses_connections_is_asked_once(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{closed.getsockname()[1]}"
        owner = clean(
            article(url="https://blog.example/"), *(ref(f"http://{host}/{n}.jpg") for n in range(8))
        )
        config = ImagesConfig(allow_hosts=(host,), timeout_s=TIMEOUT_S)
        report = gather([owner], config=config, cache_dir=None, offline=False)
    assert {dict(found.params)["reason"] for found in report.findings} == {"unreachable"}
    assert report.missing == 8


def test_host_that_never_answers_is_waited_for_once(site: Site) -> None:
    names = [f"/{index}.jpg" for index in range(6)]
    site.answers.update(dict.fromkeys(names, slow_headers))
    owner = clean(article(), *(ref(site.url(name)) for name in names))
    config = ImagesConfig(allow_hosts=(site.host,), timeout_s=TIMEOUT_S, connections_per_host=2)
    assert gather([owner], config=config, cache_dir=None, offline=False).missing == 6
    assert len(site.asked) == 2


def test_server_without_tls_is_no_https_host(site: Site) -> None:
    report = get(site, f"https://{site.host}/a.jpg")
    assert told(report)["reason"] in ("tls", "unreachable")


def test_name_that_resolves_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.host.partition(":")[2])
    answers = iter((["93.184.216.34", "10.0.0.7"], ["127.0.0.1"]))

    def look_up(*_question: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    next(answers)
    site.answers["/a.jpg"] = plain(jpeg())
    assert told(get(site, f"http://pics.example:{port}/a.jpg")) == {"reason": "private-address"}
    assert site.asked == []


def test_name_is_looked_up_once_however_the_answer_would_change(monkeypatch: pytest.MonkeyPatch) -> None:
    from yarl import URL

    from booklet.images.failure import PictureError
    from booklet.images.resolver import Gate

    answers = iter(("93.184.216.34", "127.0.0.1"))

    def look_up(*_question: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 0))]

    async def scene() -> None:
        gate = Gate(())
        await gate.clear(URL("http://rebind.example/"))
        await gate.clear(URL("http://rebind.example:8080/"))
        assert [found["host"] for found in await gate.resolve("rebind.example", 8080)] == ["93.184.216.34"]
        with pytest.raises(OSError, match="not cleared"):
            await gate.resolve("other.example", 80)
        for target in (("127.0.0.1", 80), ("93.184.216.34", 22)):
            with pytest.raises(OSError, match="not cleared"):
                gate.open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", target))
        with pytest.raises(PictureError):
            await gate.clear(URL("http://127.0.0.1/"))
        await gate.close()

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    asyncio.run(scene())


def test_connections_are_bounded_for_each_host(site: Site) -> None:
    def slowly(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.05)
        plain(jpeg())(request)

    paths = [f"/{index}.jpg" for index in range(12)]
    site.answers.update(dict.fromkeys(paths, slowly))
    owner = clean(article(), *(ref(site.url(path)) for path in paths))
    config = ImagesConfig(allow_hosts=(site.host,), connections_per_host=3)
    assert gather([owner], config=config, cache_dir=None, offline=False).missing == 0
    assert site.busiest == 3


def test_waiting_in_the_queue_is_not_the_hosts_slowness(site: Site) -> None:
    def slowly(request: BaseHTTPRequestHandler) -> None:
        time.sleep(TIMEOUT_S / 2)
        plain(jpeg())(request)

    paths = [f"/{index}.jpg" for index in range(10)]
    site.answers.update(dict.fromkeys(paths, slowly))
    owner = clean(article(), *(ref(site.url(path)) for path in paths))
    config = ImagesConfig(allow_hosts=(site.host,), connections_per_host=1, timeout_s=1.5 * TIMEOUT_S)
    assert gather([owner], config=config, cache_dir=None, offline=False).missing == 0


def test_requests_are_honest_and_carry_nothing_of_the_user(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    site.answers["/a.jpg"] = plain(jpeg(), Set_Cookie="id=1; Path=/")
    site.answers["/b.jpg"] = plain(jpeg())
    assert get(site, site.url("/a.jpg")).missing == 0
    owner = clean(article(), ref(site.url("/a.jpg")), ref(site.url("/b.jpg")))
    config = ImagesConfig(allow_hosts=(site.host,), connections=1)
    assert gather([owner], config=config, cache_dir=None, offline=False).missing == 0
    for _, headers in site.asked:
        assert "booklet" in headers["User-Agent"]
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)
        assert headers["Accept-Encoding"] == "identity"


def test_network_proxy_is_used_and_said(site: Site) -> None:
    site.answers["http://pics.invalid/a.jpg"] = plain(jpeg())
    report = get(site, "http://pics.invalid/a.jpg", network_proxy=f"http://{site.host}", allow_hosts=())
    assert report.missing == 0
    assert [found.code for found in report.findings] == ["network-proxy"]


def test_network_proxy_does_not_carry_private_addresses(site: Site) -> None:
    report = get(site, "http://10.0.0.1/a.jpg", network_proxy=f"http://{site.host}", allow_hosts=())
    assert [found.code for found in report.findings] == ["image-refused", "network-proxy"]
    assert site.asked == []
