"""Finds and reads `booklet.toml`, strictly: an unknown key is an error that names the nearest valid one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Any

from booklet.config.schema import BOOKLET, FONTS, IMAGES, META, SELECT, SOURCE, TABLES, TOP, Key, Kind
from booklet.config.settings import AllSettings, EntrySettings, Setting
from booklet.findings import BookletError, system_reason

FILE_NAME = "booklet.toml"


def find(folder: Path) -> Path | None:
    """`booklet.toml` of the folder or of the nearest folder above it that has one."""
    for place in (folder, *folder.parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
    return None


def read(path: Path) -> AllSettings:
    """Read the file.

    Raises:
        BookletError: `config-…` (exit code 2): missing, not TOML, an unknown key, a wrong type.
    """
    document = _parse(path)
    reader = _Reader(path)
    document, line_breaks = _with_plain_sources(document, reader)
    top = reader.table(document, TOP, "", tables=("images", "fonts", "booklets"))
    if "version" in top and top["version"].value != 1:
        raise BookletError(
            "config-version", exit_code=2, source=str(path), file=str(path), version=str(top["version"].value)
        )
    entries = document.get("booklets", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise reader.wrong_type("booklets", "", "tables")
    return AllSettings(
        project_dir=path.parent,
        file=path,
        top=top,
        images=reader.table(reader.subtable(document, "images", ""), IMAGES, "[images]"),
        fonts=reader.table(reader.subtable(document, "fonts", ""), FONTS, "[fonts]"),
        entries=tuple(_entry(reader, entry) for entry in entries),
        line_breaks=line_breaks,
    )


def _with_plain_sources(
    document: dict[str, Any], reader: _Reader
) -> tuple[dict[str, Any], dict[str, Setting]]:
    """`sources` as a list of paths, and what its tables say of their line ends."""
    sources = document.get("sources")
    if not isinstance(sources, list) or not any(isinstance(source, dict) for source in sources):
        return document, {}
    paths = []
    line_breaks = {}
    for source in sources:
        if not isinstance(source, dict):
            paths.append(source)
            continue
        table = reader.table(source, SOURCE, "[[sources]]")
        if "path" not in table:
            raise reader.wrong_type("path", "[[sources]]", "string")
        paths.append(str(table["path"].value))
        if "line_breaks" in table:
            line_breaks[paths[-1]] = table["line_breaks"]
    return {**document, "sources": paths}, line_breaks


_TOML_REASONS = (
    ("key", "toml-key"),
    ("string", "toml-string"),
    ("\\", "toml-string"),
    ("array", "toml-array"),
    ("twice", "toml-twice"),
    ("overwrite", "toml-twice"),
    ("Duplicate", "toml-twice"),
    ("mutate", "toml-twice"),
    ("value", "toml-value"),
    ("date", "toml-value"),
)
"""Words of tomllib's messages (CPython, Lib/tomllib/_parser.py), and the reasons that they come to."""


def _reason(said: str) -> str:
    """A code that has a sentence `reason.toml-…` in every language."""
    return next((code for word, code in _TOML_REASONS if word in said), "toml-other")


def _parse(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8-sig")  # Windows' Notepad used to write a byte order mark
    except UnicodeDecodeError:
        raise BookletError("config-encoding", exit_code=2, source=str(path), file=str(path)) from None
    except OSError as error:
        reason = system_reason(error)
        raise BookletError(
            "config-missing", exit_code=2, source=str(path), file=str(path), reason=reason
        ) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
        place = re.search(r"\(at line (\d+)", reason)
        line = int(place[1]) if place else text.count("\n") + 1  # the other case reads "(at end of document)"
        reason = _reason(reason)
        raise BookletError(
            "config-syntax", exit_code=2, source=str(path), file=str(path), line=line, reason=reason
        ) from None
    except RecursionError:
        raise BookletError(
            "config-syntax", exit_code=2, source=str(path), file=str(path), line=1, reason="nested too deeply"
        ) from None


def _entry(reader: _Reader, entry: dict[str, Any]) -> EntrySettings:
    heading = "[[booklets]]"
    options = reader.subtable(entry, "options", heading)
    return EntrySettings(
        booklet=reader.table(entry, BOOKLET, heading, tables=("select", "meta", "options")),
        select=reader.table(reader.subtable(entry, "select", heading), SELECT, "[booklets.select]"),
        meta=reader.table(reader.subtable(entry, "meta", heading), META, "[booklets.meta]"),
        options={name: reader.option(name, value) for name, value in options.items()},
    )


class _Reader:
    """Reads tables of one file, and knows how to complain about them."""

    def __init__(self, path: Path) -> None:
        self._file = str(path)

    def table(
        self, raw: Mapping[str, Any], keys: Mapping[str, Key], heading: str, *, tables: tuple[str, ...] = ()
    ) -> dict[str, Setting]:
        settings = {}
        for name, value in raw.items():
            if name in tables:
                continue
            if name not in keys:
                raise self._unknown(name, heading)
            settings[name] = self._setting(name, heading, keys[name].kind, value)
        return settings

    def subtable(self, raw: Mapping[str, Any], name: str, heading: str) -> Mapping[str, Any]:
        table = raw.get(name, {})
        if not isinstance(table, dict):
            raise self.wrong_type(name, heading, "table")
        return table

    def option(self, name: str, value: object) -> Setting:
        """An option of the theme: any plain value; the theme checks it."""
        if not isinstance(value, str | int | float):
            raise self.wrong_type(name, "[booklets.options]", "plain")
        return Setting(value, "file", self._where(name, "[booklets.options]"))

    def wrong_type(self, name: str, heading: str, expected: str) -> BookletError:
        return BookletError(
            "config-type",
            exit_code=2,
            source=self._file,
            file=self._file,
            key=_path(heading, name),
            expected=expected,
        )

    def _setting(self, name: str, heading: str, kind: Kind, value: object) -> Setting:
        if kind == "date" and isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        match kind, value:
            case ("boolean", bool()) | ("string" | "date", str()):
                fits = True
            case "integer" | "level", int():
                fits = not isinstance(value, bool)
            case "number", int() | float():
                fits = not isinstance(value, bool)
            case "level", str():
                fits = True
            case "strings", list():
                fits = all(isinstance(item, str) for item in value)
            case _:
                fits = False
        if not fits or not isinstance(value, str | int | float | list):
            raise self.wrong_type(name, heading, kind)
        return Setting(value, "file", self._where(name, heading))

    def _where(self, name: str, heading: str) -> str:
        return f"{_path(heading, name)} ({self._file})"

    def _unknown(self, name: str, heading: str) -> BookletError:
        near, near_heading = nearest_key(name, heading)
        return BookletError(
            "config-unknown-key",
            exit_code=2,
            source=self._file,
            file=self._file,
            key=name,
            table=heading or FILE_NAME,
            near=near,
            near_table=near_heading or FILE_NAME,
            known=" ".join(TABLES[heading]),
        )


def nearest_key(name: str, heading: str) -> tuple[str, str]:
    """The valid key that is most like `name`, of the same table if one is like it at all, and its heading."""
    here = get_close_matches(name.lower(), TABLES[heading], n=1, cutoff=0.6)
    if here:
        return here[0], heading
    everywhere = [(key, table) for table, keys in TABLES.items() for key in keys]
    return max(everywhere, key=lambda pair: SequenceMatcher(None, name.lower(), pair[0]).ratio())


def _path(heading: str, name: str) -> str:
    """`images.max_mb`, `booklets.select.week`, `sources`."""
    return ".".join(part for part in (heading.strip("[]"), name) if part)
