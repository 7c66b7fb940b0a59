"""Which ways lead to a picture, in which order. Pure: no file and no network is touched here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from booklet.fetch.redact import split, without_secrets
from booklet.images.ways.full_size import full_size
from booklet.images.ways.proxies import through, unwrap
from booklet.model import Article, ImageRef
from booklet.sites import Site

WebWay = Literal["larger", "direct", "referer", "proxy", "as-written"]
"""How a picture is asked for: the ways, in the order in which they are tried. `larger` is a guess."""

MAX_ATTEMPTS = 24
"""Ways tried for one picture: markup may offer any number of candidates."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)  # two letters or more: `C:\x.png` is a path
_URL_NOISE = re.compile(r"[\t\r\n]")  # browsers drop these from addresses (WHATWG URL, basic parser)


@dataclass(frozen=True, slots=True)
class InData:
    """The picture stands in its address."""

    uri: str


@dataclass(frozen=True, slots=True)
class InFile:
    """The picture may be a file beside an article."""

    written: str
    post: Path
    root: Path
    """The source folder that the post was found under."""
    site: Site | None = None
    """The site around it, which says what it serves."""


@dataclass(frozen=True, slots=True)
class OnWeb:
    """The picture may be had by http(s)."""

    url: str
    referer: str
    """Empty: none is sent."""
    original: str
    """The address that this way stands for: the picture's name in the cache, whichever way it came."""
    way: WebWay = field(default="direct", compare=False)  # equal requests are one, whatever they are called
    via: str = field(default="", compare=False)
    """The proxy's template."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """An address that no browser would load from a web page either (`file:`, `javascript:`, …)."""

    address: str


Attempt = InData | InFile | OnWeb | Unusable


def plan(wants: Sequence[tuple[ImageRef, Article]], proxies: Sequence[str]) -> tuple[Attempt, ...]:
    """The ways to one picture, best first: own files and data, then the web.

    For a web address: the larger picture that it leads to, if one is known; the original without Referer,
    with each article's Referer, by each configured proxy; and last the proxied address as written.

    Args:
        wants: every use of the picture (equal `ImageRef.key`) with the article that shows it.
        proxies: templates of `[images] proxies`.
    """
    attempts: dict[Attempt, None] = {}
    for ref, article in wants:
        for candidate in ref.candidates or (ref.url,):
            attempts.update(dict.fromkeys(_here(candidate, article)))
    referers = tuple(dict.fromkeys(filter(None, (without_secrets(article.url) for _, article in wants))))
    for ref, article in wants:
        for candidate in ref.candidates or (ref.url,):
            attempts.update(dict.fromkeys(_away(candidate, article, referers, proxies)))
    return tuple(attempts)[:MAX_ATTEMPTS]


def _here(candidate: str, article: Article) -> Iterable[Attempt]:
    address = _URL_NOISE.sub("", candidate).strip()
    if address[:5].lower() == "data:":
        yield InData(address)
    elif address and not _is_web(address):
        yield (
            Unusable(address)
            if _SCHEME.match(address)
            else InFile(address, article.source_path, article.root, article.site)
        )


def _away(
    candidate: str, article: Article, referers: Sequence[str], proxies: Sequence[str]
) -> Iterable[Attempt]:
    for written in _web_addresses(candidate, article):
        original = unwrap(written, proxies)
        if large := full_size(original):
            yield OnWeb(large, "", large, "larger")
            for referer in referers:
                yield OnWeb(large, referer, large, "larger")
        yield OnWeb(original, "", original)
        for referer in referers:
            yield OnWeb(original, referer, original, "referer")
        for template in proxies:
            yield OnWeb(through(template, original), "", original, "proxy", template)
        if written != original:
            yield OnWeb(written, "", original, "as-written")


def _web_addresses(candidate: str, article: Article) -> tuple[str, ...]:
    """The http(s) addresses that a candidate stands for; a path is looked up where the article came from."""
    address = _URL_NOISE.sub("", candidate).strip()
    if address.startswith("//"):
        return (f"https:{address}", f"http:{address}")
    if _is_web(address):
        return (address,)
    if not address or _SCHEME.match(address):
        return ()
    joined = ""
    if split(address) is not None and split(article.url) is not None:
        joined = urljoin(article.url, address.replace("\\", "/"))
    return (joined,) if _is_web(joined) else ()


def _is_web(address: str) -> bool:
    return address.startswith("//") or address[:8].lower().startswith(("http://", "https://"))
