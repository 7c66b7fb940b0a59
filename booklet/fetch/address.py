"""Which network addresses a picture may come from. Pure; the decision behind every connection of `fetch`."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_REFUSED_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598); Alibaba's metadata service is 100.100.100.200
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; metadata services of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata service is 192.0.0.192
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "168.63.129.16/32",  # Azure's host service, inside a public block
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
"""Everything outside is not global unicast (IANA): loopback, fc00::/7, fe80::/10, ff00::/8, unassigned."""
_REFUSED_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation (RFC 9637)
    )
)
_FAKE = IPv4Network("198.18.0.0/15")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("::ffff:0:0:0/96"))  # RFC 6052, RFC 2765
_PART = re.compile(r"0[xX][0-9a-fA-F]{0,20}|[0-9]{1,20}")
_V4_PARTS = 4


def forbidden(address: Address) -> bool:
    """Whether pictures may not come from here: anything but a public unicast address, in any disguise."""
    if isinstance(address, IPv4Address):
        return any(address in block for block in _REFUSED_V4)
    inner = _embedded(address)
    if inner is not None:
        return forbidden(inner)
    return address not in _GLOBAL_V6 or any(address in block for block in _REFUSED_V6)


def fake(address: Address) -> bool:
    """Whether name servers of proxies on the user's machine answer so for every name, and connect by name.

    Clash, Surge and their kin take such addresses (fake-IP mode) from the block for benchmarks (RFC 2544).
    """
    return address in _FAKE


def local_name(host: str) -> bool:
    """Whether the name means this machine by definition: never asked of a name server (RFC 6761, 6.3)."""
    return f".{host.lower().rstrip('.')}".endswith(".localhost")


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a mapped, 6to4 or NAT64 address leads to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if any(address in block for block in _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def literal(host: str) -> Address | None:
    """The address that a host spells out, also as `inet_aton` reads it (`0x7f.1`, `2130706433`, `0177.1`).

    None: it is a name.
    """
    host = host.rstrip(".").partition("%")[0]
    try:
        return ip_address(host)
    except ValueError:
        pass
    parts = host.split(".")
    if len(parts) > _V4_PARTS or not all(_PART.fullmatch(part) for part in parts):
        return None
    return _from_numbers([_number(part) for part in parts])


def _number(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    octal = part.startswith("0") and not set(part) & set("89")
    return int(part, 8 if octal else 10)


def _from_numbers(numbers: list[int]) -> IPv4Address:
    """The last number fills the bytes that are left; too large a number is taken modulo."""
    *heads, tail = numbers
    value = 0
    for number in heads:
        value = (value << 8) | (number & 0xFF)
    room = 8 * (_V4_PARTS - len(heads))
    return IPv4Address(((value << room) | (tail & ((1 << room) - 1))) & 0xFFFFFFFF)


def allows(allow_hosts: tuple[str, ...], host: str, port: int) -> bool:
    """Whether `[images] allow_hosts` names this host, or this host and port."""
    host = host.lower().rstrip(".")
    shown = f"[{host}]" if ":" in host else host
    named = {entry.strip().lower() for entry in allow_hosts}
    return bool(named & {host, shown, f"{shown}:{port}"})
