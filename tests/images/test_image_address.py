"""Which network addresses pictures may come from, and how addresses are shown."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from booklet.fetch.address import allows, forbidden, literal
from booklet.fetch.redact import redacted


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "198.18.0.1", "168.63.129.16", "192.0.2.1", "203.0.113.9",
        "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1",
        "100::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::1", "5f00::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_forbidden(address: str) -> None:
    assert forbidden(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "223.5.5.5",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "2002:808:808::1",
    ],
)
def test_public_addresses_are_not(address: str) -> None:
    assert not forbidden(ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
        "017700000001", "0x7F.1", "127.0.0.1.", "0177.0x0.0.1",
    ],
)  # fmt: skip
def test_every_spelling_of_an_address_is_understood(host: str) -> None:
    assert literal(host) == ip_address("127.0.0.1")


@pytest.mark.parametrize("host", ["example.org", "1.2.3.4.5", "0xg.1", "", "a.1", "1..2", "9" * 5000])
def test_names_are_not_addresses(host: str) -> None:
    assert literal(host) is None


def test_zone_of_a_link_local_address_does_not_hide_it() -> None:
    found = literal("fe80::1%eth0")
    assert found is not None
    assert forbidden(found)


def test_allow_hosts_names_a_host_or_a_host_and_port() -> None:
    allowed = ("Intranet.example", "127.0.0.1:8000", "[::1]:80")
    assert allows(allowed, "intranet.example", 443)
    assert allows(allowed, "127.0.0.1", 8000)
    assert allows(allowed, "::1", 80)
    assert not allows(allowed, "127.0.0.1", 8001)
    assert not allows(allowed, "evil-intranet.example", 443)


@pytest.mark.parametrize(
    ("address", "what_is_shown"),
    [
        ("https://me:pw@p.example/a.jpg", "https://***@p.example/a.jpg"),
        (
            "https://p.example/a.jpg?w=3&access_token=abc&x=1",
            "https://p.example/a.jpg?w=3&access_token=***&x=1",
        ),
        ("https://p.example/?X-Amz-Signature=abc", "https://p.example/?X-Amz-Signature=***"),
        ("https://p.example/?sign=abc#f", "https://p.example/?sign=***#f"),
        ("https://p.example/?design=abc", "https://p.example/?design=abc"),
        ("data:image/png;base64,AAAA", "data:image/png…"),
        ("http://p.example/\x1b[31m\u202ea", "http://p.example/[31ma"),
    ],
)
def test_shown_addresses_hold_no_secrets(address: str, what_is_shown: str) -> None:
    assert redacted(address) == what_is_shown


def test_shown_addresses_are_of_bounded_length() -> None:
    assert len(redacted("http://p.example/" + "a" * 10_000)) == 300
