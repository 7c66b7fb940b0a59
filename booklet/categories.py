"""How category paths are written: `新媒体/ZAKER`. Pure."""

from __future__ import annotations

import re

from booklet.model import CategoryPath
from booklet.words.plain_text import one_line

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
