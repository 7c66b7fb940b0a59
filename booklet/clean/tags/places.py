"""Where in the text a tag stands: what may be written there hangs on it."""

from __future__ import annotations

import re

from booklet.clean.tags.forms import BREAK

_PREFIX = re.compile(r"[ \t>]*")
_PICTURE_BEFORE = re.compile(r"(?:!\[[^\[\]\n]{0,300}\]\(\s*<?|\bsrc=[\"']?)[^\s\"'<>]{0,200}\Z")
_ADDRESS_BEFORE = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|\b(?:href|src)=[\"']?)[^\s\"'<>()]{0,300}\Z")
_MAX_PREFIX = 40
"""Characters: deeper than any list."""


def is_in_address(text: str, start: int) -> bool:
    """Whether the address of a link or picture stands there."""
    before = text[max(start - 400, 0) : start]
    return bool(_ADDRESS_BEFORE.search(re.sub(r"\{\{[^{}\n]*\}\}", "", before)))


def is_in_picture(text: str, start: int) -> bool:
    """Whether the address of a picture stands there, perhaps behind other values."""
    line = text[max(text.rfind("\n", 0, start), start - 600, 0) : start]
    return bool(_PICTURE_BEFORE.search(re.sub(r"\{\{[^{}]*\}\}", "", line)))


def prefix_of(text: str, start: int, *, markdown: bool) -> str:
    """What stands before a tag on its line, if a block may stand behind it; `|`: a cell, a heading."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if line.lstrip()[:1] in {"|", "#"} and markdown:
        return "|"
    return line if _PREFIX.fullmatch(line) and len(line) < _MAX_PREFIX else ""


def at_place(written: str, prefix: str) -> str:
    """What was written, its blocks parted by blank lines with that prefix."""
    if BREAK not in written:
        return written
    gap = " " if prefix == "|" else f"\n{prefix.rstrip()}\n{prefix}"
    return re.sub(f"{BREAK}+", gap, written)
