"""Category paths: how they are written, and how front matter's many dialects give them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from booklet.collect.characters import one_line
from booklet.model import CategoryPath

MAX_DEPTH = 16
"""Names in one path; what is deeper is cut. Real trees have two to four."""
MAX_PATHS = 64
"""Paths of one article."""
MAX_NAME_CHARS = 200

_ESCAPED = re.compile(r"\\([\\/])|/")


def parse_path(text: str) -> CategoryPath:
    r"""Read a path as it is written on the command line: `新媒体/ZAKER`; `\/` is a slash inside a name.

    A backslash is written `\\` where it stands before a slash or a backslash; elsewhere it is itself. Empty
    names are dropped, so that `新媒体/` is `新媒体`.
    """
    names: list[str] = []
    current: list[str] = []
    end = 0
    for mark in _ESCAPED.finditer(text):
        current.append(text[end : mark.start()])
        end = mark.end()
        if mark.group(1):
            current.append(mark.group(1))
        else:
            names.append("".join(current))
            current = []
    names.append("".join([*current, text[end:]]))
    return tuple(name for name in map(clean_name, names) if name)


def format_path(path: CategoryPath) -> str:
    """Write a path so that `parse_path` reads the same back."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in path)


def clean_name(name: str) -> str:
    """One name with white space collapsed and invisible characters gone, cut to a sane length."""
    return one_line(name[: MAX_NAME_CHARS * 4])[:MAX_NAME_CHARS].rstrip()


def paths_from_front_matter(
    value: object, *, parallel: bool, spaced: bool = False
) -> tuple[CategoryPath, ...]:
    """All category paths that a front matter value means (DESIGN, "Categories").

    A string is one name, whatever it holds: names such as `TCP/IP` and `IT 之家` are common. A flat list is
    one path. A list that begins with a list is several paths. Lists after names join them:
    `[编程, ACM, [图灵奖]]` is `编程/ACM/图灵奖`.

    Args:
        value: As the front matter has it.
        parallel: A flat list means one path per item (Hugo).
        spaced: A string means one name per word (Jekyll).
    """
    items = list(value) if isinstance(value, list | tuple) else [value]
    if spaced and isinstance(value, str):
        items = list(value.split())
    first_list = next((i for i, item in enumerate(items) if isinstance(item, list | tuple)), None)
    if parallel or first_list == 0:
        paths = [list(_names(item)) for item in items]
    elif first_list is None:
        paths = [list(_names(items))]
    else:
        head = list(_names(items[:first_list]))
        paths = [head + list(_names(item)) for item in items[first_list:]]
    kept = (tuple(names[:MAX_DEPTH]) for names in paths if names)
    return tuple(dict.fromkeys(kept))[:MAX_PATHS]


def _names(value: object, depth: int = 0) -> Iterator[str]:
    """The names in a value, nested lists flattened in order."""
    if depth > MAX_DEPTH or value is None:
        return
    if isinstance(value, list | tuple):
        for item in value:
            yield from _names(item, depth + 1)
        return
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or _colon_name(value)
    name = clean_name(str(value))
    if name:
        yield name


def _colon_name(value: Mapping[object, object]) -> str:
    """`- Re: Zero` is a name for its writer and a mapping for YAML."""
    return ", ".join(f"{key}: {item}" for key, item in value.items())
