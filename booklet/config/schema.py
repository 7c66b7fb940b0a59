"""What `booklet.toml` may hold: every table, key, type and default, in the order of printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["string", "strings", "integer", "number", "boolean", "date", "level"]
Value = str | int | float | bool | list[str]


@dataclass(frozen=True, slots=True)
class Key:
    """A key's type, and its default; None: unset, or worked out when all else is known."""

    kind: Kind
    default: Value | None = None


TOP: Mapping[str, Key] = {
    "version": Key("integer", 1),
    "sources": Key("strings"),
    "timezone": Key("string"),
    "language": Key("string", "zh-CN"),
    "build_dir": Key("string", "build"),
}
SOURCE: Mapping[str, Key] = {"path": Key("string"), "line_breaks": Key("string", "auto")}
"""The keys of `[[sources]]`, or of a table in the list `sources`."""
IMAGES: Mapping[str, Key] = {
    "proxies": Key("strings", []),
    "network_proxy": Key("string", ""),
    "allow_hosts": Key("strings", []),
    "max_mb": Key("number", 20),
    "timeout_s": Key("number", 20),
    "connections": Key("integer", 16),
    "connections_per_host": Key("integer", 4),
}
FONTS: Mapping[str, Key] = {role: Key("string") for role in ("text", "heading", "kai", "fang", "mono")}
BOOKLET: Mapping[str, Key] = {
    "name": Key("string"),
    "title": Key("string"),
    "order": Key("strings", []),
    "sections": Key("strings", []),
    "parts": Key("strings", []),
    "foreword": Key("string", ""),
    "theme": Key("string", "study"),
    "formats": Key("strings", ["epub", "pdf"]),
    "paper": Key("string", "a4"),
    "epub_profile": Key("string", "default"),
}
SELECT: Mapping[str, Key] = {
    "categories": Key("strings", []),
    "exclude_categories": Key("strings", []),
    "tags": Key("strings", []),
    "authors": Key("strings", []),
    "since": Key("date"),
    "until": Key("date"),
    "week": Key("string"),
    "month": Key("string"),
    "last": Key("string"),
    "match": Key("string", ""),
    "exclude": Key("strings", []),
    "limit": Key("integer"),
    "sort": Key("string", "section"),
    "drafts": Key("boolean", default=False),
    "section_level": Key("level", "auto"),
}
META: Mapping[str, Key] = {
    "publisher": Key("string", ""),
    "creators": Key("strings", []),
    "series": Key("string", ""),
    "number": Key("string", ""),
    "subtitle": Key("string", ""),
    "rights": Key("string", ""),
}

TABLES: Mapping[str, Mapping[str, Key | None]] = {
    "": {**TOP, "images": None, "fonts": None, "booklets": None},
    "[[sources]]": SOURCE,
    "[images]": IMAGES,
    "[fonts]": FONTS,
    "[[booklets]]": {**BOOKLET, "select": None, "meta": None, "options": None},
    "[booklets.select]": SELECT,
    "[booklets.meta]": META,
}
"""By heading; None: a table of its own. `[booklets.options]` is the theme's."""

PERIOD_KEYS = ("since", "until", "week", "month", "last")
"""They replace one another as a group: a flag of them drops all of the file's."""
