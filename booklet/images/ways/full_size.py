"""The larger picture that a small one's address leads to, where hosts write sizes into addresses. Pure.

Each rule is one that the host keeps for all its pictures. It is offered before the address as written, which
follows, and only for sizes too small for a page: print shows 150 mm at 300 dpi from about 1800 px.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, urlunsplit

from booklet.fetch.redact import split

ENOUGH_PX = 1200
"""Pictures that are this wide are taken as they are written."""

_SIGNED = re.compile(
    r"(?i)(?:^|[&?;~])(?:[\w-]*(?:sign(?:ature)?|token|expires?|auth[_-]?key)|x-amz-[\w-]+|policy)="
)
_TYPES = r"(?:jpe?g|png|gif|webp|bmp|avif)"
_QUERY_WORDS = (
    "imagemogr2", "imageview2", "imageview", "x-oss-process", "x-image-process", "x-bce-process",
    "x-cos-process", "iopcmd",
)  # fmt: skip
_WIDTH = re.compile(
    r"(?i)(?:\b|_)(?:w|width|fw|thumbnail|resize|s|l|h)[_/=,]?!?(\d{2,4})|(\d{2,4})(?:x\d*|w)(?![a-z])"
)


def full_size(url: str) -> str:
    """The larger original of the picture at `url`; empty if no rule is known, or the address is signed."""
    parts = split(url)
    if parts is None or not parts.hostname or _SIGNED.search(f"?{parts.query}"):
        return ""
    for host, rule in _BY_HOST:
        if host.search(parts.hostname):
            return _told(url, rule(parts))
    for rule in (_wordpress, _processed, _style):
        if made := _told(url, rule(parts)):
            return made
    return ""


def _told(url: str, made: SplitResult | None) -> str:
    address = urlunsplit(made) if made is not None else ""
    return address if address != url else ""


def _small(*sizes: str | int) -> bool:
    """Whether a size is named, and is too small for a page."""
    known = [int(size) for size in sizes if str(size).isdecimal()]
    return bool(known) and max(known) < ENOUGH_PX


def _path(parts: SplitResult, pattern: str, new: str, *, query: str | None = None) -> SplitResult | None:
    """With its path rewritten, if the pattern is found and the sizes in its groups are small."""
    found = re.search(pattern, parts.path, re.IGNORECASE)
    if found is None or any(size and size.isdecimal() and not _small(size) for size in found.groups()):
        return None
    path = parts.path[: found.start()] + found.expand(new) + parts.path[found.end() :]
    return parts._replace(path=path, query=parts.query if query is None else query)


def _wordpress(parts: SplitResult) -> SplitResult | None:
    """`photo-300x200.jpg` beside `photo.jpg` in the uploads; `?w=300`, `?resize=300,200` of its servers."""
    if "/wp-content/uploads/" not in parts.path and not (parts.hostname or "").endswith(
        "files.wordpress.com"
    ):
        return None
    width = re.search(r"(?:^|&)(?:w|resize|fit)=(\d+)", parts.query)
    query = "" if width and _small(width[1]) else parts.query
    path = re.sub(rf"(?i)-(\d{{2,4}})x(\d{{2,4}})(?=\.{_TYPES}$)", _gone_if_small, parts.path)
    return parts._replace(path=path, query=query)


def _gone_if_small(found: re.Match[str]) -> str:
    return "" if _small(found[1], found[2]) else found[0]


def _processed(parts: SplitResult) -> SplitResult | None:
    """Object stores that scale by the query: Qiniu, Aliyun, Tencent, Huawei, Baidu, UCloud, NetEase."""
    query = parts.query
    if not any(query.lower().startswith(word) or f"&{word}" in query.lower() for word in _QUERY_WORDS):
        return None
    sizes = [size for pair in _WIDTH.findall(query) for size in pair if size]
    if not _small(*sizes):
        return None
    kept = [
        part
        for part in re.split(r"[&|]", query)
        if re.fullmatch(r"\w{1,8}=[\w.-]{0,40}", part) and not _WIDTH.search(part)
        and not part.lower().startswith(("thumbnail", "quality", "type", "iopcmd"))
    ]  # fmt: skip
    return parts._replace(query="&".join(kept) if "/" not in query.partition("=")[0] else "")


def _style(parts: SplitResult) -> SplitResult | None:
    """A named style behind the file's name: `a.jpg!w800`, `a.jpg@600w_1e.webp`, `a.jpg_400x400.jpg`."""
    found = re.search(rf"(?i)(?<=\.)({_TYPES})((?:!|@!?|_)[\w.,!/-]{{1,60}})$", parts.path)
    if found is None:
        return None
    sizes = [size for pair in _WIDTH.findall(found[2]) for size in pair if size]
    named = re.fullmatch(r"(?i)[!@_]{1,2}(?:thumb(?:nail)?|small|middle|medium|mini|list)\w*", found[2])
    return parts._replace(path=parts.path[: found.start(2)]) if named or _small(*sizes) else None


def _zhihu(parts: SplitResult) -> SplitResult | None:
    """`/80/v2-HASH_720w.jpg`, `_b.jpg`, `_hd.jpg`: `_r` is what was uploaded."""
    if parts.path.lower().endswith(".gif"):
        return None
    pattern = (
        r"^/(?:\d{2,3}/)?([\w-]{30,}?)_(?:b|s|m|l|hd|xl|(?:qhd|xs|is)|(?:\d{2,3})w)\.(?:jpe?g|png|webp)$"
    )
    return _path(parts, pattern, r"/\1_r.jpg", query="")


def _wechat(parts: SplitResult) -> SplitResult | None:
    """`…/640?wx_fmt=png&tp=webp`: `/0` is the original."""
    kind = re.search(r"wx_fmt=(\w+)", parts.query)
    return _path(parts, r"/(\d{2,3})$", "/0", query=f"wx_fmt={kind[1]}" if kind else "")


def _sina(parts: SplitResult) -> SplitResult | None:
    return _path(
        parts,
        r"^/(?:thumb\d+|thumbnail|small|square|bmiddle|middle|(?:mw|orj|wap|large)(\d{2,4}))/(?=\w)",
        "/large/",
    )


def _blogger(parts: SplitResult) -> SplitResult | None:
    found = _path(parts, r"/(?:s|w)(\d{2,4})(?:-[\w-]*)?(?=/[^/]+$)", "/s1600")
    return found or _path(parts, r"=(?:s|w)(\d{2,4})(?:-[\w-]*)?$", "=s1600")


def _wikimedia(parts: SplitResult) -> SplitResult | None:
    """A step of the sizes that Wikimedia keeps: https://www.mediawiki.org/wiki/Common_thumbnail_sizes."""
    return _path(parts, r"(?<=/)(\d{2,4})px-(?=[^/]+$)", "1280px-") if "/thumb/" in parts.path else None


def _twitter(parts: SplitResult) -> SplitResult | None:
    if "name=" in parts.query:
        return parts._replace(
            query=re.sub(r"name=(?:small|thumb|medium|360x360|\d00x\d00)\b", "name=large", parts.query)
        )
    return _path(parts, r":(?:small|thumb|medium)$", ":large")


def _medium(parts: SplitResult) -> SplitResult | None:
    return _path(parts, r"/(?:max/|fit/c/|resize:fit:)(\d{2,4})(?:/\d+)?/(?=[^/]+$)", "/resize:fit:1400/")


def _douban(parts: SplitResult) -> SplitResult | None:
    return _path(parts, r"(?<=/photo)/(?:s|m|sqs|sqxs|thumb)(?=/public/)", "/l")


def _imgur(parts: SplitResult) -> SplitResult | None:
    return _path(parts, r"^/(\w{7})[sbtml](?=\.\w{3,4}$)", r"/\1")


def _flickr(parts: SplitResult) -> SplitResult | None:
    return _path(parts, r"_[mntqsw](?=\.jpg$)", "_b")


def _shopify(parts: SplitResult) -> SplitResult | None:
    return _path(parts, rf"_(\d{{2,4}})x(\d{{0,4}})(?=\.{_TYPES}$)", "")


_BY_HOST: tuple[tuple[re.Pattern[str], Callable[[SplitResult], SplitResult | None]], ...] = (
    (re.compile(r"(?:^|\.)zhimg\.com$"), _zhihu),
    (re.compile(r"^mm\w+\.(?:qpic|qlogo)\.cn$"), _wechat),
    (re.compile(r"(?:^|\.)sinaimg\.cn$"), _sina),
    (re.compile(r"\.bp\.blogspot\.com$|^(?:lh|blogger)\d*\.(?:googleusercontent|ggpht)\.com$"), _blogger),
    (re.compile(r"^upload\.wikimedia\.org$"), _wikimedia),
    (re.compile(r"^pbs\.twimg\.com$"), _twitter),
    (re.compile(r"^miro\.medium\.com$"), _medium),
    (re.compile(r"\.doubanio\.com$"), _douban),
    (re.compile(r"^i\.imgur\.com$"), _imgur),
    (re.compile(r"\.staticflickr\.com$"), _flickr),
    (re.compile(r"^cdn\.shopify\.com$"), _shopify),
    (re.compile(r"(?:^|\.)byteimg\.com$|^p\d+-juejin\."), lambda _parts: None),  # `~tplv-…` is signed
)
