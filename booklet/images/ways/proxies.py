"""Rewriting proxies: taking the original address out of them, and sending an original through one. Pure.

What is taken out is tried first, the address as written follows (`plan`): a wrong guess costs a request.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from urllib.parse import SplitResult, parse_qsl, quote, unquote

from booklet.fetch.redact import split

MAX_UNWRAPPINGS = 3
"""A proxy behind a proxy is seen; deeper nesting is somebody's joke."""

_PLACEHOLDER = re.compile(r"\{(url|url_encoded|host_path)\}")
_ABSOLUTE = re.compile(r"(?i)(?:https?(?::|%3A)(?:/|%2F){1,2}|//)[^/]")
_NESTED = re.compile(r"(?i)(?<=/)https?(?::/{1,2}|%3A(?:/|%2F){1,2})[^/].*")
_BASE64 = re.compile(r"/(aHR0c[\w/+=-]{12,2000})(?:\.\w{3,4})?$")
_DOMAIN = re.compile(r"(?i)(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.){1,5}[a-z]{2,}(?::\d+)?")
_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|bmp|avif|svg|tiff?)(?:$|[!@_:])")
_PICTURE_END = re.compile(r"(?i)[^/]+\.(?:jpe?g|png|gif|webp|bmp|avif|svg|tiff?)")
_ARCHIVE = re.compile(r"(?i)(?:^|\.)archive\.(?:org|ph|is|today|li)$|^webcache\.|^translate\.")
_PROXY_HOST = re.compile(
    r"(?i)(?:^|[.-])(?:cors|proxy|imgproxy|image-?proxy|hotlink|thumbor|camo|imageproxy)(?:[.-]|\d|$)|\.workers\.dev$"
)
_PROXY_PATH = re.compile(
    r"(?i)(?:^|/)(?:_next/image|_vercel/image|\.netlify/images|gadgets/proxy|iu|timg|proxy|imageproxy|image|img|images|get|"
    r"getimg|pic|thumb|resize|fetch|redirect|imgres|url|common|search/down)(?:\.\w{2,4})?/?$"
)
_ADDRESS_PARAMETERS = (
    "url", "u", "src", "imgurl", "imageurl", "image_url", "img_url", "picurl", "image", "img", "pic", "uri",
    "href", "link", "q", "target", "source", "original",
)  # fmt: skip
_THUMBOR_OPTION = re.compile(
    r"(?i)(?:unsafe|[\w-]{27}=|meta|(?:adaptive-|full-)?fit-in|-?\d*x-?\d*|\d+x\d+:\d+x\d+|smart|trim(?::[\w-]+)*|"
    r"left|right|center|top|middle|bottom|filters:.*)"
)


def unwrap(url: str, templates: Sequence[str] = ()) -> str:
    """The address that a rewriting proxy would fetch, or `url` itself.

    Known are Jetpack (`i0.wp.com/HOST/PATH`), weserv, statically, thumbor, GitHub's camo, Google's and
    DuckDuckGo's, AMP's cache; by their form all that carry an address in the path (Cloudinary's fetch,
    Cloudflare, imgproxy), as the whole query (`cors….workers.dev/?URL`), or in a parameter (`get?src=`,
    Next's `_next/image?url=`); and `templates`, which the configuration names.
    """
    for _ in range(MAX_UNWRAPPINGS):
        inner = _out_of_template(url, templates) or _unwrap_once(url)
        if not inner or inner == url:
            break
        url = inner
    return url


def through(template: str, url: str) -> str:
    """`url` by way of a proxy: `{url}` as written, `{url_encoded}` encoded, `{host_path}` without scheme."""
    forms = {"url": url, "url_encoded": quote(url, safe=""), "host_path": url.partition("://")[2]}
    return _PLACEHOLDER.sub(lambda found: forms[found[1]], template)


def _out_of_template(url: str, templates: Sequence[str]) -> str:
    for template in templates:
        found = _PLACEHOLDER.search(template)
        if found is None:
            continue
        before, after = template[: found.start()], template[found.end() :]
        if len(before) > len("https://") and url.startswith(before) and url.endswith(after):
            inner = url[len(before) : len(url) - len(after)]
            if _ABSOLUTE.match(inner) or found[1] == "host_path":
                return _absolute(inner, scheme="https")
    return ""


def _unwrap_once(url: str) -> str:
    parts = split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    for host, taken_out in _BY_HOST:
        if host.fullmatch(parts.hostname):
            return taken_out(parts)
    if _ARCHIVE.search(parts.hostname):
        return ""
    return _thumbor(parts) or _in_path(parts) or _in_query(parts)


def _wordpress(parts: SplitResult) -> str:
    """Jetpack's Photon: `/HOST/PATH?ssl=1&w=…`; the parameters resize, `ssl=1` means https."""
    original = parts.path.lstrip("/")
    if "." not in original.partition("/")[0]:
        return ""
    scheme = "https" if dict(parse_qsl(parts.query)).get("ssl") == "1" else "http"
    inner = dict(parse_qsl(parts.query)).get("q", "")  # what the original's query was
    return f"{scheme}://{original}" + (f"?{inner}" if inner else "")


def _weserv(parts: SplitResult) -> str:
    given = dict(parse_qsl(parts.query)).get("url", "")
    if given.startswith("ssl:"):
        return _absolute(given[4:], scheme="https")
    return _absolute(given, scheme="http") if given else ""


def _statically(parts: SplitResult) -> str:
    """`/img/HOST/[f=auto,w=600/]PATH`; other services of the host are not proxies of pictures."""
    found = re.match(r"/img/([^/]+)/(?:[a-z]+=[^/]*/)?(.+)", parts.path)
    return f"https://{found[1]}/{found[2]}" if found and _DOMAIN.fullmatch(found[1]) else ""


def _camo(parts: SplitResult) -> str:
    """`/DIGEST/HEX` (https://github.com/atmos/camo); an older form has `?url=`."""
    hexadecimal = parts.path.rpartition("/")[2]
    try:
        inner = bytes.fromhex(hexadecimal).decode()
    except ValueError:
        inner = dict(parse_qsl(parts.query)).get("url", "")
    return _absolute(inner) if _ABSOLUTE.match(inner) else ""


def _google(parts: SplitResult) -> str:
    """Mail's picture proxy: `…/proxy/SIGNED#ORIGINAL`; the gadgets' one: `?url=`."""
    return _absolute(parts.fragment) if _ABSOLUTE.match(parts.fragment) else _in_query(parts)


def _amp(parts: SplitResult) -> str:
    """`/i/s/HOST/PATH`, `/ii/w680/s/HOST/PATH`: `s` means https."""
    found = re.match(r"/(?:i|ii/w\d+)/(s/)?([^/]+/.+)", parts.path)
    return f"http{'s' if found[1] else ''}://{found[2]}" if found else ""


def _baidu(parts: SplitResult) -> str:
    """`/image_search/src=ENCODED&refer=…`: parameters in the path; `/timg?…&src=ENCODED`."""
    given = dict(parse_qsl(parts.path.rpartition("/")[2])) if "src=" in parts.path else {}
    return _absolute(given["src"], scheme="http") if given.get("src") else _in_query(parts)


_BY_HOST: tuple[tuple[re.Pattern[str], Callable[[SplitResult], str]], ...] = (
    (re.compile(r"i[0-3]\.wp\.com"), _wordpress),
    (re.compile(r"images\.weserv\.nl|(?:images\.)?wsrv\.nl"), _weserv),
    (re.compile(r"cdn\.statically\.io"), _statically),
    (re.compile(r"camo\.[\w.-]+"), _camo),
    (re.compile(r"(?:ci|lh)\d+\.googleusercontent\.com|[\w-]+-opensocial\.googleusercontent\.com"), _google),
    (re.compile(r"[\w-]+\.cdn\.ampproject\.org"), _amp),
    (re.compile(r"(?:t|g)img\d*\.baidu\.com"), _baidu),
)


def _thumbor(parts: SplitResult) -> str:
    """`/unsafe/300x200/smart/filters:…/ADDRESS`, or a signature for `unsafe`; ADDRESS may lack its scheme."""
    if not re.match(r"/(?:unsafe|[\w-]{27}=)/", parts.path):
        return ""
    path = re.sub(r"/filters:(?:[\w-]+\([^()]*\):?)+(?=/)", "", parts.path).lstrip("/")
    while (option := path.partition("/"))[1] and _THUMBOR_OPTION.fullmatch(option[0]):
        path = option[2]
    if _ABSOLUTE.match(path):
        return _absolute(path)
    inner = unquote(path)
    host = inner.partition("/")[0]
    return f"https://{inner}" if _DOMAIN.fullmatch(host) and not _PICTURE.search(host) else ""


def _in_path(parts: SplitResult) -> str:
    """An address, or base64 of one, that ends the path, its query behind it. Cloudflare's may be local."""
    query = f"?{parts.query}" if parts.query else ""
    if found := _NESTED.search(parts.path):
        inner = re.sub(r"@\w{3,4}$", "", found[0]) if "/plain/" in parts.path[: found.start()] else found[0]
        encoded = inner[:12].upper().find("%3A") >= 0
        return _absolute(inner) + ("" if encoded and "?" in unquote(inner) else query)
    if found := _BASE64.search(parts.path):
        packed = found[1].replace("/", "").rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            inner = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode()
        except (binascii.Error, ValueError):
            return ""
        return _absolute(inner) if _ABSOLUTE.match(inner) else ""
    if found := re.match(r"/(?:cdn-cgi/image|_ipx)/[^/]+(/.+)", parts.path):
        return f"{parts.scheme}://{parts.netloc}{found[1]}"
    host, _, rest = parts.path.lstrip("/").partition("/")
    if rest and _PROXY_HOST.search(parts.hostname or "") and _DOMAIN.fullmatch(host):
        return f"https://{host}/{rest}{query}"
    return ""


def _in_query(parts: SplitResult) -> str:
    """An address that is the query, or stands in a parameter."""
    if _PICTURE_END.search(parts.path.rpartition("/")[2]):
        return ""
    is_proxy = bool(_PROXY_HOST.search(parts.hostname or "") or _PROXY_PATH.search(parts.path))
    if _ABSOLUTE.match(parts.query):
        inner = _absolute(parts.query)
        return inner if is_proxy or _is_picture(inner) else ""
    given = {name.lower(): value for name, value in parse_qsl(parts.query)}
    for name in _ADDRESS_PARAMETERS:
        value = given.get(name, "")
        if _ABSOLUTE.match(value):
            inner = _absolute(_to_the_end(parts.query, name, value))
            if is_proxy or _is_picture(inner):
                return inner
        elif value.startswith("/") and re.search(r"/_(?:next|vercel)/image/?$|/\.netlify/images", parts.path):
            return f"{parts.scheme}://{parts.netloc}{value}"
        elif is_proxy and _DOMAIN.fullmatch(value.partition("/")[0]) and _PICTURE.search(value):
            return _absolute(value, scheme="http")
    return ""


def _to_the_end(query: str, name: str, value: str) -> str:
    """The parameter's value; one that was not encoded and has a query of its own goes on behind each `&`."""
    found = re.search(rf"(?i)(?:^|&){name}=(https?://[^&]*\?.*)", query)
    return found[1] if found else value


def _is_picture(address: str) -> bool:
    parts = split(address)
    return parts is not None and bool(_PICTURE.search(parts.path))


def _absolute(address: str, scheme: str = "https") -> str:
    """An address that came out of another, with its scheme and both slashes, decoded as often as it needs."""
    for _ in range(2):
        if re.match(r"(?i)https?%(?:25)?3A", address):
            address = unquote(address)
    address = re.sub(r"(?i)^(https?):/(?=[^/])", r"\1://", address)
    if address.startswith("//"):
        return f"https:{address}"
    return address if "://" in address[:9] else f"{scheme}://{address}"
