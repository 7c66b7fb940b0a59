"""A configuration's file → its values. Nothing that it holds is run: no tags, no aliases, limits on size."""

from __future__ import annotations

import json
import os
import stat
import tomllib
from pathlib import Path

from booklet.collect.decode import decode
from booklet.collect.front_matter.fields import plain
from booklet.collect.front_matter.yaml_block import YamlBlockError, load_yaml

MAX_BYTES = 512 * 1024
"""Of one file. Those of large themes, every option with its comment, have some 60 kB."""
_MAX_KEY_PARTS = 64
"""Of a dotted key of TOML: the parser takes the square of its length."""

Values = dict[str, object]


class SettingsUnreadableError(Exception):
    """The file is there and cannot be read; its text says why."""


def is_plain_file(path: Path, folder: Path) -> bool:
    """Whether there is such a file, and no link leads out of the folder to it."""
    try:
        status = path.stat()
        inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and inside


def read_text(path: Path, limit_bytes: int = MAX_BYTES) -> str:
    """The text of a file, whatever its encoding.

    Raises:
        SettingsUnreadableError: it cannot be opened, is larger than the limit, or is no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise SettingsUnreadableError(error.strerror or type(error).__name__) from error
    if len(data) > limit_bytes:
        raise SettingsUnreadableError(f"> {limit_bytes // 1024} kB")
    decoded = decode(data, html=False)
    if decoded is None:
        raise SettingsUnreadableError("binary")
    return decoded.text


def read_settings(path: Path) -> Values:
    """The file's mapping, as plain values; its name's ending says the language.

    Raises:
        SettingsUnreadableError: it is no mapping, or does not parse.
    """
    text = read_text(path).removeprefix("\ufeff")
    try:
        loaded = _parsed(text, path.suffix.lower())
    except YamlBlockError as error:
        line = "?" if error.line is None else error.line + 1
        raise SettingsUnreadableError(f"YAML, line {line}") from error
    except (ValueError, RecursionError) as error:
        raise SettingsUnreadableError(str(error)[:120] or type(error).__name__) from error
    if loaded is None:
        return {}
    value = plain(loaded)
    if not isinstance(value, dict):
        raise SettingsUnreadableError("no mapping")
    return value


def _parsed(text: str, ending: str) -> object:
    if ending == ".toml":
        if any(line.partition("=")[0].count(".") >= _MAX_KEY_PARTS for line in text.split("\n")):
            raise ValueError("key too deep")
        return tomllib.loads(text)
    return json.loads(text) if ending == ".json" else load_yaml(text)


def text_of(values: object, *keys: str) -> str:
    """A string of nested mappings; empty where there is none."""
    found = value_of(values, *keys)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return str(found).strip()


def value_of(values: object, *keys: str) -> object:
    """A value of nested mappings; None where there is none."""
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def first_text(value: object) -> str:
    """A string, or the first of a list of them."""
    if isinstance(value, tuple | list):
        value = next(iter(value), "")
    return value.strip() if isinstance(value, str) else ""
