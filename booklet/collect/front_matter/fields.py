"""Front matter's values → an article's fields: many names for one thing, many types for one value. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Literal
from urllib.parse import urlsplit

from booklet.categories import clean_name
from booklet.collect.front_matter.yaml_block import Written
from booklet.words.direction import Direction
from booklet.words.plain_text import one_line, xml_text

MAX_TITLE_CHARS = 500
MAX_URL_CHARS = 4096
MAX_LIST_ITEMS = 200
_MAX_EXTRA_DEPTH = 8

TITLE_KEYS = ("title",)
DATE_KEYS = (
    *(
        "date",
        "published",
        "pubdate",
        "published_at",
        "publishdate",
        "publish_date",
        "published_time",
        "created",
    ),
    *("created_at", "create_time", "creationdate", "updated", "updated_at", "lastmod", "modified"),
)
"""Best first: what a reader calls the article's day, then when it was written, then when it was changed."""
AUTHOR_KEYS = ("author", "authors", "by", "creator")
CATEGORY_KEYS = ("categories", "category")
TAG_KEYS = ("tags", "tag", "keywords")
DIRECTION_KEYS = ("dir", "direction", "text_direction", "languagedirection", "rtl")
LANG_KEYS = ("lang", "language", "locale")
URL_KEYS = (
    *("url", "link", "source_url", "sourceurl", "original_url", "original", "original_link", "originallink"),
    *("canonical_url", "canonicalurl", "canonical", "permalink", "source"),
)
COVER_KEYS = (
    *(
        "headimg",
        "thumbnail",
        "cover",
        "cover_image",
        "coverimage",
        "featured_image",
        "featuredimage",
        "image",
    ),
    *(
        "images",
        "banner",
        "banner_img",
        "index_img",
        "top_img",
        "feature_image",
        "photos",
        "og_image",
        "header",
    ),
)
DRAFT_KEYS = ("draft", "published", "status")
_COVER_PARTS = ("image", "src", "url", "path", "relative_url", "teaser", "overlay_image")
"""Of a mapping: PaperMod's `cover.image`, Chirpy's `image.path`, Minimal Mistakes' `header.teaser`."""
_FILLER_HOSTS = ("picsum.photos", "source.unsplash.com", "loremflickr.com", "placekitten.com", "placehold.it")
"""Hosts of random filler pictures: a feed without a picture was given one by a script."""
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|quot|apos|lt|gt|[lr][sd]quo|hellip|[mn]dash|middot);"
)
"""References that feeds leave in titles. `&nbsp;` is not among them: titles about HTML name it."""
_MAIL = re.compile(r"\s*<[^<>@\s]+@[^<>\s]+>")
_PICTURE_NAME = re.compile(r"\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)(?:[?#!@].*)?$", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})


class Fields:
    """Front matter looked up by many names, upper and lower case alike; remembers what was used."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self._names: dict[str, str] = {}
        for key in values:
            self._names.setdefault(key.strip().casefold().replace("-", "_"), key)
        self._used: set[str] = set()

    def has(self, *names: str) -> bool:
        """Whether one of the names is a key."""
        return any(name.casefold() in self._names for name in names)

    def each(self, names: Iterable[str]) -> Iterator[tuple[str, object]]:
        """The keys of `names` that are there, as written, with their values."""
        for name in names:
            key = self._names.get(name)
            if key is not None:
                yield key, self._values[key]

    def use(self, key: str) -> None:
        """This key has been given a meaning, so it is not extra."""
        self._used.add(key)

    def extra(self) -> dict[str, object]:
        """What no meaning was given to, as plain values without lists."""
        return {xml_text(key): plain(value) for key, value in self._values.items() if key not in self._used}


def plain(value: object, depth: int = 0) -> object:
    """A value for themes: str, int, float, bool or None, tuples of them and mappings with str keys."""
    if isinstance(value, str):
        return value.value if isinstance(value, Written) else xml_text(value)
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping) and depth < _MAX_EXTRA_DEPTH:
        return {xml_text(str(key)): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple) and depth < _MAX_EXTRA_DEPTH:
        return tuple(plain(item, depth + 1) for item in value)
    return ""  # deeper than a theme can use, or YAML's sets and bytes


def title(text: str) -> str:
    """A title or a person's name: one line, composed (NFC), feeds' character references resolved, cut."""
    # Cut first: putting combining marks in order is quadratic in their number.
    text = _ENTITY.sub(lambda reference: html.unescape(reference[0]), text[: MAX_TITLE_CHARS * 8])
    line = unicodedata.normalize("NFC", one_line(text))
    return line if len(line) <= MAX_TITLE_CHARS else f"{line[: MAX_TITLE_CHARS - 1].rstrip()}…"


def authors(value: object) -> list[str]:
    """Names from a string, a list, or mappings with `name`.

    A string is divided at `、` `，` `；` `;`, and at commas only where each part holds a blank
    (`Ann Lee, Bo Wu` is two people, `Lee, Ann` is one).
    """
    names: list[str] = []
    for item in _items(value):
        if isinstance(item, Mapping):
            name = item.get("name") or item.get("title")
            names += authors(name) if name else [str(key) for key in item]
            continue
        parts = [part for part in re.split(r"[、，；;]", str(item)) if part.strip()]
        for part in parts:
            by_comma = [name.strip() for name in part.split(",") if name.strip()]
            names += by_comma if len(by_comma) > 1 and all(" " in name for name in by_comma) else [part]
    return [name for name in (title(_MAIL.sub("", name)) for name in names) if name]


def tags(value: object, *, spaced: bool = False) -> list[str]:
    """Tags from a list, or from a string divided at commas (`spaced`: at blanks where it has no comma)."""
    found: list[str] = []
    for item in _items(value):
        if isinstance(item, Mapping):
            found.append(str(item.get("name") or item.get("title") or next(iter(item), "")))
        elif isinstance(item, str) and not isinstance(value, list | tuple):
            parts = re.split(r"[,，、;；]", item.strip().strip("[]"))
            found += parts[0].split() if spaced and len(parts) == 1 else parts
        else:
            found.append(str(item))
    return [name for name in (clean_name(name).lstrip("#").strip() for name in found) if name]


def web_address(value: object) -> str:
    """An absolute http(s) address, or empty."""
    if not isinstance(value, str) or len(value) > MAX_URL_CHARS:
        return ""
    text = value.strip()
    if any(char.isspace() or not char.isprintable() for char in text):
        return ""
    try:
        parts = urlsplit(text)
        return text if parts.scheme.lower() in {"http", "https"} and parts.hostname else ""
    except ValueError:
        return ""


def picture(value: object, depth: int = 0) -> str:
    """A lead picture's address or path as written; empty for none, colours, switches and random filler."""
    parts: Iterable[object] = ()
    if isinstance(value, list | tuple):
        parts = value[:MAX_LIST_ITEMS]
    elif isinstance(value, Mapping):
        parts = [value.get(part) for part in _COVER_PARTS]
    if parts and depth < _MAX_EXTRA_DEPTH:
        return next(filter(None, (picture(part, depth + 1) for part in parts)), "")
    return _picture_text(value) if isinstance(value, str) else ""


def _picture_text(value: str) -> str:
    text = "".join(char for char in value if char.isprintable()).strip()
    if text[:5].lower() == "data:":
        return text if text[5:11].lower() == "image/" else ""
    if len(text) > MAX_URL_CHARS or any(host in text.lower() for host in _FILLER_HOSTS):
        return ""
    if text.startswith("/") or web_address(text):
        return text
    return text if _PICTURE_NAME.search(text) and not _SCHEME.match(text) else ""


def is_draft(fields: Fields) -> bool:
    """`draft: true`, `published: false`, `status: draft`."""
    for key, value in fields.each(DRAFT_KEYS):
        word = str(value).strip().casefold()
        name = key.strip().casefold()
        if name == "draft" and word in _TRUE:
            return True
        if name == "published" and word in _FALSE:
            return True
        if name == "status" and word in {"draft", "private", "pending", "trash"}:
            return True
    return False


def direction(fields: Fields) -> Direction | Literal[""]:
    """`dir: rtl`, or a theme's switch `rtl: true`; empty: it says none."""
    for key, value in fields.each(DIRECTION_KEYS):
        word = str(value).strip().casefold()
        if word == "rtl" or (key.strip().casefold() == "rtl" and word in _TRUE):
            fields.use(key)
            return "rtl"
        if word == "ltr":
            fields.use(key)
            return "ltr"
    return ""


def _items(value: object) -> list[object]:
    """A value as a list, nested lists flattened, absent items dropped."""
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        return [value]
    flat: list[object] = []
    stack = list(reversed(value))
    while stack and len(flat) < MAX_LIST_ITEMS:
        item = stack.pop()
        if isinstance(item, list | tuple):
            stack.extend(reversed(item))
        elif item is not None:
            flat.append(item)
    return flat
