"""What an `img` or `source` offers: every address that its attributes name, best first."""

from __future__ import annotations

import re

from booklet.clean.media.image_urls import is_picture_path, is_placeholder, tidy
from booklet.clean.tree import Element

ORIGINALS = (
    "data-original", "data-orig-file", "data-original-src", "data-origin-src", "data-origin",
    "data-full-src", "data-full-url", "data-raw-src", "data-rawsrc", "data-hi-res-src", "data-high-res-src",
    "data-hires", "data-zoom-src", "data-zoom-image", "data-large-file", "data-large-src",
    "data-large_image", "data-src-large", "data-mfp-src", "data-fancybox-href", "data-croporisrc",
    "zoomfile", "original",
)  # fmt: skip
"""Attributes that hold the picture in full."""

LAZY = (
    "data-src", "data-actualsrc", "data-lazy-src", "data-lazyload", "data-lazy", "data-lazysrc",
    "data-real-src", "data-realsrc", "data-echo", "data-url", "data-image-src", "data-canonical-src",
    "data-defer-src", "data-ks-lazyload", "data-backsrc", "data-backup-src", "data-imgurl", "data-img",
    "data-image", "data-ll-src", "data-cfsrc", "data-ezsrc", "data-wpfc-original-src",
    "data-pagespeed-lazy-src", "data-pagespeed-high-res-src", "data-lazyload-src", "data-delay-src",
    "data-load-src", "data-flickity-lazyload", "data-s-src", "data-file", "ess-data", "nitro-lazy-src",
    "lazy-src", "lazysrc", "loadsrc", "real_src", "_src", "file", "data-gif-url",
)  # fmt: skip
"""Attributes that hold what a script puts into `src` when the picture comes into sight."""

_OF_MANY_USES = ("data-url", "data-file", "data-image", "data-img", "file")
"""Names that pages use for other things too: beside a `src` that shows something, their value counts only if
it ends as the address of a picture does."""

SRCSETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set", "lazy-srcset")
WIDE_PX = 1900
"""The narrowest picture of a `srcset` that is at least so wide is the best: print shows no more (300 dpi of
158 mm)."""

_NOT_THE_PICTURE = re.compile(r"(?i)thumb|avatar|placeholder|small|tiny|blur|lqip|loading|error|poster|icon")
_MAX_SRCSET = 20_000
_DECODED = re.compile(
    r"(?i)\s*image/(?:jpe?g|pjpeg|png|apng|gif|webp|avif|hei[cf]|x-ms-bmp|bmp|tiff|svg\+xml)\s*(?:;.*)?"
)
_IN_JSON = re.compile(
    r'"(?:src|url|original|originalUrl|large|image)"\s*:\s*"((?:https?:)?\\?/\\?/[^"\s]{4,2000})"'
)


def of_srcset(srcset: str) -> list[str]:
    """The addresses of a `srcset`, best first (https://html.spec.whatwg.org/#parse-a-srcset-attribute)."""
    found: list[tuple[float, str]] = []
    text = srcset[:_MAX_SRCSET]
    position = 0
    while item := re.compile(r"[\s,]*([^\s,]\S*)").match(text, position):
        position = item.end()
        address, size = item[1], 1.0
        if address.endswith(","):
            address = address.rstrip(",")
        else:
            told = re.compile(r"(?:[^,()]|\([^()]*\))*").match(text, position)
            words = told[0] if told else ""
            position += len(words)
            if number := re.search(r"(?:^|\s)(\d+(?:\.\d+)?)[wx](?:\s|$)", words):
                size = float(number[1])
        parts = [address] if address.startswith("data:") else re.split(r",(?=https?:)", address)
        found.extend((size, part) for part in parts)
    wide = sorted((pair for pair in found if pair[0] >= WIDE_PX), key=lambda pair: pair[0])
    others = sorted((pair for pair in found if pair[0] < WIDE_PX), key=lambda pair: -pair[0])
    return [address for _, address in (*wide, *others)]


def of_sources(sources: list[Element]) -> tuple[list[str], list[str]]:
    """What a `picture` offers before its `img`, and after it.

    After it: the same picture in a newer format (no more than the `img`'s own, and compressed once more), and
    what is cut for narrow windows. Not at all: for dark screens, or in formats that are no pictures to us.
    """
    before: list[str] = []
    after: list[str] = []
    for source in sources:
        media = source.attrs.get("media", "").lower()
        kind = source.attrs.get("type", "image/jpeg")
        if not _DECODED.fullmatch(kind) or "dark" in media:
            continue
        sets = [source.attrs[name] for name in SRCSETS if source.attrs.get(name)]
        offered = [address for one in sets for address in of_srcset(one)[:3]]
        offered.extend(source.attrs[name] for name in ("data-src", "src") if source.attrs.get(name))
        is_same = not media and not any(re.search(r"\s\d+(?:\.\d+)?[wx]", one) for one in sets)
        if ("max-width" in media and "min-width" not in media) or is_same:
            after.extend(offered)
        else:
            before.extend(offered)
    return before, after


def of_image(image: Element) -> list[str]:
    """The addresses of an `img`: in full, the widest of `srcset`, what scripts would show, `src`, others."""
    attrs = image.attrs
    offered = [attrs[name] for name in ORIGINALS if _is_address(attrs.get(name, ""))]
    for name in SRCSETS:
        offered.extend(of_srcset(attrs.get(name, ""))[:3])
    src = attrs.get("src", "")
    lazy = not tidy(src) or is_placeholder(tidy(src))
    for name in LAZY:
        value = attrs.get(name, "")
        if _is_address(value) and (lazy or name not in _OF_MANY_USES or is_picture_path(value)):
            offered.append(value)
    known = {*ORIGINALS, *LAZY, *SRCSETS}
    others = [
        value
        for name, value in attrs.items()
        if name.startswith("data-") and name not in known and not _NOT_THE_PICTURE.search(name)
        and is_picture_path(value) and _is_address(value)
    ]  # fmt: skip
    told = [found[1].replace("\\/", "/") for found in _IN_JSON.finditer(attrs.get("data-attrs", ""))]
    return [*offered, *others, *told, src] if lazy else [*offered, src, *told, *others]


def _is_address(value: str) -> bool:
    """Whether an attribute's value may be an address: some use the same names for flags and numbers."""
    value = value.strip()
    return bool(value) and not value.startswith(("{", "[", "#")) and ("/" in value or is_picture_path(value))
