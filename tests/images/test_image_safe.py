"""Where pictures may come from, and what never leaves this machine."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from yarl import URL

from booklet.fetch.failure import PictureError
from booklet.fetch.resolver import Gate
from booklet.words.messages import describe

from .asking import get, told
from .faults import NAMES
from .proxy import Proxy, proxying
from .samples import jpeg
from .server import Site, plain, redirect, serving

Names = Callable[..., None]
LOGIN = "me:secret@"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Have the name server answer so: for each name the answers of one question after the other."""
    real = socket.getaddrinfo
    answers: dict[str, list[list[str]]] = {}

    def look_up(host: str, *rest: object, **named: object) -> object:
        if host not in answers:
            if not host.replace(".", "").isdigit():
                raise socket.gaierror(socket.EAI_NONAME, "no such name")
            return real(host, *rest, **named)  # type: ignore[arg-type]
        found = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        families = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [(families[ip_address(ip).version], socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in found]

    def arrange(host: str, *found: list[str]) -> None:
        answers[host] = list(found)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return arrange


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001",
        "127.0.0.1.",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]",
        "[fd00:ec2::254]", "[ff02::1]", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0",
        "100.100.100.200", "168.63.129.16", "224.0.0.1", "255.255.255.255", "localhost", "a.localhost",
        "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("by_redirect", [False, True], ids=["asked", "redirected"])
def test_addresses_of_this_machine_and_its_network_are_refused_in_every_spelling(
    site: Site, host: str, *, by_redirect: bool
) -> None:
    with serving() as secret:
        port = secret.host.partition(":")[2]
        target = f"http://{host}:{port}/a.jpg"
        secret.answers["/a.jpg"] = plain(jpeg())
        site.answers["/a.jpg"] = redirect(URL(target).human_repr() if host.isascii() else str(URL(target)))
        report = get(site, site.url("/a.jpg") if by_redirect else target)
        assert told(report) == {"reason": "private-address"}
        assert secret.asked == []


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "::1", "169.254.169.254", "fd00::1"])
def test_name_that_leads_to_a_private_address_is_refused(site: Site, names: Names, address: str) -> None:
    names("pics.example", [address])
    port = site.host.partition(":")[2]
    assert told(get(site, f"http://pics.example:{port}/a.jpg")) == {"reason": "private-address"}
    assert site.asked == []


def test_of_several_addresses_only_public_ones_are_connected_to(names: Names) -> None:
    names("pics.example", ["10.0.0.7", "93.184.216.34", "::1"])

    async def scene() -> list[str]:
        gate = Gate(())
        await gate.clear(URL("http://pics.example/"))
        found = [one["host"] for one in await gate.resolve("pics.example", 80)]
        await gate.close()
        return found

    assert asyncio.run(scene()) == ["93.184.216.34"]


def test_name_is_looked_up_once_however_the_answer_would_change(names: Names) -> None:
    names("rebind.example", ["93.184.216.34"], ["127.0.0.1"])

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

    asyncio.run(scene())


def test_rebinding_between_the_question_and_the_connection_finds_the_first_answer(
    site: Site, names: Names
) -> None:
    """The name leads to the allowed server first; were it asked again, it would lead nowhere."""
    port = site.host.partition(":")[2]
    names("pics.example", ["127.0.0.1"], ["192.0.2.1"])
    site.answers["/a.jpg"] = site.answers["/b.jpg"] = plain(jpeg())
    urls = [f"http://pics.example:{port}/{name}.jpg" for name in "ab"]
    assert get(site, *urls, allow_hosts=("pics.example",)).missing == 0


def test_false_addresses_of_a_local_proxy_are_explained(site: Site, names: Names) -> None:
    names("fake.example", list(NAMES["fake.example"]))
    report = get(site, "http://fake.example/a.jpg")
    assert told(report) == {"reason": "fake-address", "address": "198.18.0.7"}
    for language in ("en", "zh"):
        _, hint = describe(report.findings[0], language)
        assert "network_proxy" in hint
        assert "allow_hosts" in hint


def test_name_server_that_fails_for_a_moment_is_asked_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [socket.gaierror(socket.EAI_AGAIN, "try again")]

    def look_up(*_question: object) -> object:
        if failures:
            raise failures.pop()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("booklet.fetch.resolver.AGAIN_S", 0.01)
    site.answers["/a.jpg"] = plain(jpeg())
    url = f"http://pics.example:{site.host.partition(':')[2]}/a.jpg"
    assert get(site, url, allow_hosts=("pics.example",)).missing == 0


def test_allowed_host_is_not_allowed_on_other_ports(site: Site) -> None:
    with serving() as other:
        assert told(get(site, other.url("/a.jpg"))) == {"reason": "private-address"}
        assert other.asked == []


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data", "javascript"])
def test_redirects_lead_to_no_other_scheme(site: Site, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg())
    site.answers["/a.jpg"] = redirect(f"{scheme}://{(tmp_path / 'a.jpg').as_posix()}")
    assert told(get(site, site.url("/a.jpg"))) == {"reason": "bad-address"}


def test_requests_are_honest_and_carry_nothing_of_the_user(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    site.answers["/a.jpg"] = plain(jpeg(1), Set_Cookie="id=1; Path=/")
    site.answers["/b.jpg"] = plain(jpeg(2))
    urls = (site.url("/a.jpg"), site.url("/b.jpg"), f"http://{LOGIN}{site.host}/b.jpg?c")
    site.answers["/b.jpg?c"] = redirect(f"http://{LOGIN}{site.host}/b.jpg")
    report = get(site, *urls, connections=1)
    assert report.missing == 0
    assert len(site.asked) == 4
    for _, headers in site.asked:
        assert "booklet" in headers["User-Agent"]
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)
        assert headers["Accept-Encoding"] == "identity"
    assert "secret" not in repr((report.findings, report.ways))


def test_credentials_are_in_no_finding(site: Site) -> None:
    url = f"http://{LOGIN}{site.host}/none.jpg?token=secret&w=1"
    report = get(
        site,
        url,
        article_url=f"https://{LOGIN}blog.example/",
        proxies=(f"http://{LOGIN}{site.host}/?{{url}}",),
    )
    assert report.missing == 1
    for language in ("en", "zh"):
        assert "secret" not in " ".join(describe(report.findings[0], language))


def test_login_of_a_configured_proxy_is_sent_to_it(site: Site) -> None:
    site.answers["/?http://gone.invalid/a.jpg"] = plain(jpeg())
    report = get(site, "http://gone.invalid/a.jpg", proxies=(f"http://{LOGIN}{site.host}/?{{url}}",))
    assert report.missing == 0
    assert site.asked[0][1]["Authorization"].startswith("Basic ")
    assert "secret" not in repr(report.ways)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with proxying() as running:
        yield running


def test_network_proxy_carries_all_requests_and_is_told(site: Site, proxy: Proxy) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    report = get(site, site.url("/a.jpg"), network_proxy=f"http://{LOGIN}{proxy.host}")
    assert report.missing == 0
    assert [found.code for found in report.findings] == ["network-proxy"]
    assert proxy.asked == [f"GET {site.url('/a.jpg')} login"]
    assert [headers["Via"] for _, headers in site.asked] == ["proxy-of-the-tests"]
    assert "secret" not in repr(report)


def test_network_proxy_carries_https_as_a_tunnel_whose_end_is_checked(proxy: Proxy) -> None:
    with serving(encrypted=True) as site:
        site.answers["/a.jpg"] = plain(jpeg())
        report = get(site, site.url("/a.jpg"), network_proxy=f"http://{proxy.host}")
        assert [dict(found.params).get("reason", "") for found in report.findings] == ["tls", ""]
        assert proxy.asked[:1] == [f"CONNECT {site.host}"]
        assert site.asked == []


def test_network_proxy_that_is_down_is_not_gone_round(site: Site, names: Names) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    report = get(site, site.url("/a.jpg"), network_proxy="http://127.0.0.1:9")
    assert report.missing == 1
    assert site.asked == []


@pytest.mark.parametrize("host", ["10.0.0.1", "0x7f.1", "[::1]", "localhost", "a.localhost"])
def test_network_proxy_does_not_carry_what_is_private_by_its_spelling(site: Site, host: str) -> None:
    report = get(site, f"http://{host}/a.jpg", network_proxy=f"http://{site.host}", allow_hosts=())
    assert [found.code for found in report.findings] == ["image-refused", "network-proxy"]
    assert site.asked == []


def test_names_are_the_network_proxys_to_resolve(site: Site, names: Names) -> None:
    names("pics.example", ["10.0.0.7"])
    site.answers["http://pics.example/a.jpg"] = plain(jpeg())
    report = get(site, "http://pics.example/a.jpg", network_proxy=f"http://{site.host}", allow_hosts=())
    assert report.missing == 0
