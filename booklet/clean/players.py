"""Reads the table of providers for every way of embedding: addresses, ids, names of tags and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from booklet.clean.providers import PROVIDERS, Provider

_NOT_IN_HOST = re.compile(r"[\s<>\"'{}|\\^`*]")


def absolute(address: str) -> str:
    """A player's address with its scheme; empty if it is not on the web, or no address at all."""
    address = re.sub(r"\s+", "", address)
    if address.startswith("//"):
        address = "https:" + address
    if not re.match(r"(?i)https?://[^/?#]", address):
        return ""
    try:
        parts = urlsplit(address)
        return address if parts.hostname and _is_host(parts.netloc) else ""
    except ValueError:  # a host that is none, such as `[::` or one that NFKC would change
        return ""


def _is_host(text: str) -> bool:
    """Whether letters spell it: of other scripts no other sign names hosts (RFC 5892)."""
    return not _NOT_IN_HOST.search(text) and all(letter.isascii() or letter.isalnum() for letter in text)


def recognise(address: str, providers: Sequence[Provider] = PROVIDERS) -> tuple[Provider, str] | None:
    """A player's absolute address → its provider and watch address; None: not in the table."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        query = {
            name: values[0].strip() for name, values in parse_qs(parts.query, max_num_fields=200).items()
        }
    except ValueError:
        return None
    fragment = parts.fragment.removeprefix("/")
    for provider in providers:
        if any(host == known or host.endswith("." + known) for known in provider.hosts):
            watch = provider.watch(parts.path, query) or (
                provider.watch("/" + fragment.partition("?")[0], query) if fragment else ""
            )
            if watch:
                return provider, watch
    return None


def address_of(provider: Provider, word: str) -> str:
    """The address that an id stands for; empty if it is no id of this provider's."""
    for pattern, address in provider.ids:
        if found := re.fullmatch(pattern, word):
            return address.format(found[1] if found.re.groups else found[0])
    return ""


def named(shortcode: str, providers: Sequence[Provider] = PROVIDERS) -> Provider | None:
    """The provider that a tag, or the word of a player's settings, means."""
    return next((provider for provider in providers if shortcode.lower() in provider.shortcodes), None)


_NAMING = (("data-plyr-provider", "data-plyr-embed-id"), ("data-provider", "data-video-id"))
"""Attributes of players for many providers: the provider's name, and the id (https://github.com/sampotts/plyr)."""


def by_attributes(attrs: Mapping[str, str], providers: Sequence[Provider] = PROVIDERS) -> Iterator[str]:
    """The addresses of players that a script would make of this element: the id alone is in the markup."""
    for provider in providers:
        for name in provider.attributes:
            if address := address_of(provider, attrs.get(name, "").strip()):
                yield address
    for naming, holding in _NAMING:
        word, provider_named = attrs.get(holding, "").strip(), named(attrs.get(naming, ""), providers)
        if provider_named and word:
            yield word if "//" in word else address_of(provider_named, word)


@lru_cache(8)
def id_attributes(providers: tuple[Provider, ...]) -> frozenset[str]:
    """The attributes that `by_attributes` reads ids from."""
    own = (name for provider in providers for name in provider.attributes)
    return frozenset((*own, *(holding for _, holding in _NAMING)))


_SETTING = re.compile(r"([\w-]+)[\"']?\s*[:=]\s*[\"']?([\w-]+=*)")


def by_settings(raw: str, providers: Sequence[Provider] = PROVIDERS) -> Iterator[str]:
    """The same in a script's settings, JSON or nearly; keys are the attributes' names without `data-`."""
    keys = {name.removeprefix("data-"): provider for provider in providers for name in provider.attributes}
    for key, word in _SETTING.findall(raw):
        if key in keys and (address := address_of(keys[key], word)):
            yield address
