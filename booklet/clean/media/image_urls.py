"""Addresses of pictures: where they stand, what is a placeholder, when two are one picture."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin

from booklet.clean.vocabulary import IN_PAGE

_PLACEHOLDER = re.compile(
    r"(?i)(?:^|/)(?:(?:(?:img|pic|image)[_-])?(?:loading|lazy(?:load)?|blank|spacer|placeholder|transparent|thumb_default)"
    r"(?:[_-][\w-]{0,12}|\d{0,4})\.(?:gif|png|svg|jpe?g|webp)|(?:grey|gray|white|none|load|clear|pixel|dot|1x1|s)\.(?:gif|png))"
    r"(?:[?#!].*)?$"
)
_DATA_PICTURE = re.compile(r"(?i)data:image/[\w.+-]+[;,]")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]+:")
_NOTHING = re.compile(
    r"(?i)(?:^|/)(?:blank|spacer|transparent|pixel|1x1|clear|dot)(?:[_-]\d+)?\.(?:gif|png)(?:[?#].*)?$"
)
_SMALL_DATA = 400
"""Characters: a `data:` picture below this is a lazy loader's dot, not a picture (a 1×1 GIF has 78)."""

_PICTURE_PATH = re.compile(r"(?i)\.(?:jpe?g|jfif|png|gif|webp|bmp|avif|hei[cf]|tiff?|svg)(?:$|[?#!_@])")
_FILE_FOLDER = re.compile(
    r"(?i)/wp-content/uploads/[^?#]*/[\w-]+$|//telegra\.ph/file/|/files?/[\w-]{6,}\.\w{3,4}$"
)
"""Where only files lie, pictures most of all: WordPress's uploads, Telegraph's."""
_INNER_ADDRESS = re.compile(r"(?i)https?(?::|%3a)(?:/|%2f){1,2}")
_SIZE = re.compile(
    r"(?i)(?<=[0-9a-z]{8})(?:[_-]\d{2,4}(?:x\d{2,4})?|_[a-z]|-scaled)(?=\.\w{3,4}$)|(?<=\.\w{3})[!@_]\S*$|(?<=\.jpeg)[!@_]\S*$"
)


def tidy(address: str) -> str:
    """An address as a candidate: no white space, a scheme where only `//` was written; empty if unusable."""
    address = re.sub(r"[\t\n\r]+", "", address.strip()).replace("&amp;", "&")
    if address.startswith("//"):
        address = "https:" + address
    if not address or address.startswith("#"):
        return ""
    if _SCHEME.match(address) and not re.match(r"(?i)https?://[^/?#\s]", address):
        return address if _DATA_PICTURE.match(address) else ""
    return address if address.startswith("data:") else address.replace(" ", "%20")


def is_placeholder(address: str) -> bool:
    """Whether an address is what lazy loaders show before the picture."""
    if address.startswith(IN_PAGE):
        return False
    if address.startswith("data:"):
        return len(address) < _SMALL_DATA or "<svg" in unquote(address[:400]).lower()
    return bool(_PLACEHOLDER.search(address))


def shows_nothing(address: str) -> bool:
    """Whether a placeholder is one that shows nothing itself, and is no picture even if it stands alone."""
    return address.startswith("data:") or bool(_NOTHING.search(address))


def is_local(address: str) -> bool:
    """Whether it is a path rather than an address on the web."""
    return not _SCHEME.match(address)


def is_picture_path(address: str) -> bool:
    """Whether an address ends as pictures do."""
    return bool(_PICTURE_PATH.search(address.partition("?")[0]))


def linked_picture(href: str) -> str:
    """The picture that a link leads to; empty if it leads to a page.

    Pages about a picture end like one in wikis (`/wiki/File:A.jpg`) and code hosts (`/blob/main/a.png`).
    """
    address = tidy(href)
    path = unquote(address.partition("?")[0])
    if re.search(
        r"(?i)/(?:wiki|w)/[^/]*:|/wiki/\S*[?&]?title=|[?&]title=(?:File|文件|Image):", address + path
    ):
        return ""
    blob = re.match(r"(?i)(https?://(?:github|gitee)\.com/[^/]+/[^/]+)/blob/(.+)", address)
    if blob:
        return f"{blob[1]}/raw/{blob[2]}" if is_picture_path(blob[2]) else ""
    if is_picture_path(address) or _FILE_FOLDER.search(path):
        return address
    inner = re.search(
        r"(?i)[?&#](?:img|image|pic|src|url|u|imgurl|mediaurl)=((?:https?:|https?%3A|/)[^&\s]+)", address
    )
    given = unquote(inner[1]) if inner else ""
    return tidy(given) if is_picture_path(given) else ""


def joined(base: str, address: str) -> str:
    """A path resolved against the article's address; empty if that is impossible."""
    try:
        result = urljoin(base, address)
    except ValueError:
        return ""
    return result if re.match(r"(?i)https?://", result) else ""


def same_picture_key(address: str) -> str:
    """Equal for addresses of one picture: through a proxy or not, http or https, large or small."""
    inner = list(_INNER_ADDRESS.finditer(address))
    if len(inner) > 1:
        address = address[inner[-1].start() :]
        if "%" in address[:12]:
            address = unquote(address)
    address = re.sub(r"(?i)^https?:/{1,2}", "", address)
    path, _, query = address.partition("?")
    if is_picture_path(path):
        query = ""
    path = _SIZE.sub("", path)
    return f"{path}?{query}".rstrip("?").lower()
