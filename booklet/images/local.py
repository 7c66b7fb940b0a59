"""Pictures that lie beside the articles: where an address as written may point to, and never outside."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from booklet.fetch.failure import PictureError
from booklet.images.ways.plan import InFile
from booklet.sites import Site

_SITE_FOLDERS = ("source", "static", "assets", "public")
"""Below a site's root, what is served from `/`: Hexo's `source`, Hugo's `static` and `assets`."""
_DATA_HEAD_CHARS = 200


def read_file(wanted: InFile, limit_bytes: int) -> bytes:
    """The file that a post means by an address without scheme.

    Raises:
        PictureError: `file-missing`, `file-unreadable`, `outside-source`, `too-many-bytes`.
    """
    path = find(wanted)
    try:
        with path.open("rb") as stream:
            data = stream.read(limit_bytes + 1)
    except OSError as error:
        raise PictureError("file-unreadable") from error
    if len(data) > limit_bytes:
        raise PictureError.too_large(limit_bytes)
    return data


def find(wanted: InFile) -> Path:
    """The existing file, links resolved, within the site that the article belongs to.

    Looked up in this order: relative to the post, in its Hexo asset folder (named as the post), below the
    source root, below what the site serves. A file that exists elsewhere is refused.

    Raises:
        PictureError: `file-missing`, `outside-source`.
    """
    bounds = (*_served(wanted.root), *_of_site(wanted.site))
    outside = False
    for name in dict.fromkeys((*_spellings(wanted.written), *_spellings(_below_base(wanted)))):
        for base in _bases(name, wanted.post, bounds):
            try:
                path = (base / name.lstrip("/")).resolve()
                exists = path.is_file()
            except (OSError, ValueError, RuntimeError):  # too long, a NUL, a loop of links
                continue
            if exists and any(path.is_relative_to(bound) for bound in bounds):
                return path
            outside = outside or exists
    raise PictureError("outside-source" if outside else "file-missing")


def _spellings(written: str) -> Iterator[str]:
    """The address as a path: with and without `?v=3`, percent-decoded or not, composed or not (macOS)."""
    plain = written.replace("\\", "/")
    seen: set[str] = set()
    for cut in (re.split(r"[?#]", plain, maxsplit=1)[0], plain):
        for decoded in (unquote(cut), cut):
            for form in ("NFC", "NFD"):
                name = unicodedata.normalize(form, decoded) if form == "NFD" or decoded.isascii() else decoded
                if name and name not in seen:
                    seen.add(name)
                    yield name


def _bases(name: str, post: Path, served: tuple[Path, ...]) -> Iterator[Path]:
    """The folders that `name` may be relative to. An absolute path of this machine has none but itself."""
    if not name.startswith("/"):
        yield post.parent
        yield post.parent / post.stem
    yield from served


def _served(root: Path) -> tuple[Path, ...]:
    """The folders whose files the article's site shows to the world; pictures come from nowhere else.

    The source root itself; below it `source`, `static`, … ; and where the root is the posts' folder inside a
    site, what that site serves: `source/` around Hexo's `source/_posts`, the folder of `_config.yml` around
    Jekyll's `_posts`, `static/` and `assets/` beside Hugo's `content/`.
    """
    root = root.resolve()
    folders = [root, *(root / name for name in _SITE_FOLDERS)]
    for ancestor in (root, *root.parents):
        site = ancestor.parent
        if ancestor.name in ("_posts", "_drafts") and (
            site.name == "source" or (site / "_config.yml").is_file()
        ):
            folders.append(site)
        elif ancestor.name == "content":
            folders.extend(site / name for name in ("static", "assets"))
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


def _of_site(site: Site | None) -> tuple[Path, ...]:
    """The folders that a site's configuration names as served, within the site."""
    if site is None:
        return ()
    folder = site.folder.resolve()
    places = ((folder / name).resolve() for name in site.assets)
    return tuple(place for place in places if place.is_relative_to(folder) and place.is_dir())


def _below_base(wanted: InFile) -> str:
    """The address from where the site begins: `/blog/a.png` of a site at `/blog/` is its `a.png`."""
    base = wanted.site.base if wanted.site else "/"
    return wanted.written[len(base) - 1 :] if wanted.written.startswith(base) else wanted.written


def read_data(uri: str, limit_bytes: int) -> bytes:
    """The bytes of a `data:` address (RFC 2397), base64 with or without its padding.

    Raises:
        PictureError: `damaged`, `too-many-bytes`.
    """
    head, comma, payload = uri[len("data:") :].partition(",")
    if not comma or len(head) > _DATA_HEAD_CHARS:
        raise PictureError("damaged")
    if len(payload) > 3 * limit_bytes:  # percent-encoding takes three characters a byte
        raise PictureError.too_large(limit_bytes)
    if head.rpartition(";")[2].strip().lower() != "base64":
        return unquote_to_bytes(payload)[: limit_bytes + 1]
    packed = (
        re.sub(rb"\s+", b"", unquote_to_bytes(payload)).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    )
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureError("damaged") from error
