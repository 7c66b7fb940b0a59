"""The second attempt at front matter that is not valid YAML: key by key, then line by line. Pure.

Aggregators print titles into YAML without quoting them, so real posts hold eleven quotation marks around a
title, colons, brackets, `@`, `&` and `[` at its beginning, and quotes that never close. Each key is parsed as
YAML on its own, and only the keys that fail are read as plain text: one bad title costs no date and no
categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

from booklet.collect.front_matter.yaml_block import YamlBlockError, load_yaml

_KEY = re.compile(r"([\"']?)([^\W\d][\w.-]{0,39}(?: [\w.-]{1,39}){0,2})\1[ \t]*[:：](?=\s|$)(.*)")
_KNOWN = (
    "title|date|updated|lastmod|published|author|authors|categories|category|tags|tag|thumbnail|headimg|cover|image|"
    "comments|draft|lang|url|link|permalink|layout|excerpt|description|summary|key_points|questions"
)
_KNOWN_KEY = re.compile(rf"({_KNOWN})[ \t]*[:：](.*)", re.IGNORECASE)
"""A key that we know is one even where its colon stands without a blank."""
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*)|$)")
_QUOTED_LINES = 20
"""Lines that a quoted title may run over before its quote is taken to be a stray one."""
_QUOTES = "\"'"
_MAX_QUOTES = 32
"""Pairs taken off one value; the worst real title has twelve."""


@dataclass(frozen=True, slots=True)
class KeyLines:
    """One key with its lines."""

    key: str
    rest: str
    """What follows the colon."""
    more: tuple[str, ...]
    """The lines up to the next key."""

    def as_block(self) -> str:
        """The lines as a YAML block of their own, tabs that YAML forbids made blanks."""
        return "\n".join(line.expandtabs(2) for line in (f"{self.key}: {self.rest.strip()}", *self.more))


@dataclass(frozen=True, slots=True)
class Repaired:
    """What the second attempt found."""

    values: dict[str, object]
    keys: tuple[str, ...]
    """Those that had to be read as plain text."""


def read_lines(block: str) -> Repaired:
    """Read a block that is not YAML. No keys found: `values` is empty."""
    values: dict[str, object] = {}
    repaired = []
    for entry in key_lines(block):
        alone = _alone(entry)
        if alone:
            values[entry.key] = alone[0]
        else:
            values[entry.key] = _plain_value(entry)
            repaired.append(entry.key)
    return Repaired(values, tuple(repaired))


def _alone(entry: KeyLines) -> tuple[object] | None:
    """The key's value by YAML, if its lines are YAML without the others."""
    try:
        loaded = load_yaml(entry.as_block())
    except YamlBlockError:
        return None
    return tuple(loaded.values()) if isinstance(loaded, dict) and len(loaded) == 1 else None


def written_text(block: str, key: str) -> str | None:
    """The value of `key` as it stands in the block, on one line, outer quotes gone; None: no such key."""
    for entry in key_lines(block):
        if entry.key == key:
            items = [item for line in entry.more for item in [_ITEM.fullmatch(line)] if item]
            if items and not entry.rest.strip():
                return ", ".join(unquote(item[1] or "") for item in items)
            return unquote(" ".join([entry.rest, *entry.more]))
    return None


def prose_line(block: str) -> int | None:
    """The 0-based blank line after which a block is text and no longer keys; None if it is keys to its end.

    A quoted title may hold a blank line, so keys that come later make it a title.
    """
    lines = block.split("\n")
    last_key = max((i for i, line in enumerate(lines) if _KNOWN_KEY.fullmatch(line)), default=-1)
    for place in range(last_key + 1, len(lines) - 1):
        after = lines[place + 1]
        if not lines[place].strip() and after.strip() and not (after[0] in " \t-" or _key_of(after)):
            return place
    return None


def key_lines(block: str) -> Iterator[KeyLines]:
    """Cut a block at its outermost keys. Lines before the first one belong to none."""
    lines = dedent(block.expandtabs(2)).split("\n")
    place = 0
    while place < len(lines):
        found = _key_of(lines[place])
        place += 1
        if not found:
            continue
        key, rest = found
        end = max(place, _end_of_quote(rest, lines, place))
        while end < len(lines) and not _key_of(lines[end]):
            end += 1
        yield KeyLines(key, rest, tuple(line for line in lines[place:end] if line.strip()))
        place = end


def _key_of(line: str) -> tuple[str, str] | None:
    known = _KNOWN_KEY.fullmatch(line)
    if known:
        return known[1], known[2]
    found = _KEY.fullmatch(line)
    return (found[2], found[3]) if found else None


def _end_of_quote(rest: str, lines: list[str], place: int) -> int:
    """The line after the one that closes the quote which `rest` opens; 0: none is opened, or none closes."""
    value = rest.strip()
    quote = value[:1]
    if not value or quote not in _QUOTES or (len(value) > 1 and value.endswith(quote)):
        return 0
    for end in range(place, min(place + _QUOTED_LINES, len(lines))):
        if _KNOWN_KEY.fullmatch(lines[end]):
            return 0
        if lines[end].rstrip().endswith(quote):
            return end + 1
    return 0


def _plain_value(entry: KeyLines) -> object:
    rest = entry.rest.strip()
    if rest[:1] in {"|", ">"} and len(rest) <= 2:  # noqa: PLR2004 - `|` and its chomping sign
        return "\n".join(line.strip() for line in entry.more)
    if not rest and any(_ITEM.fullmatch(line) for line in entry.more):
        return _items(entry.more)
    whole = " ".join([rest, *(line.strip() for line in entry.more)]).strip()
    inner = whole[1:-1]
    if whole.startswith("[") and whole.endswith("]") and not set("[]") & set(inner):
        return [unquote(item) for item in re.split(r"[,，]", inner) if item.strip()]
    return unquote(whole)


def _items(lines: tuple[str, ...]) -> list[object]:
    """The items of a list; `- - x` is a list in it; a line without a dash goes on with the item before it."""
    items: list[tuple[bool, str]] = []
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found:
            nested = _ITEM.fullmatch(found[1] or "")
            items.append((True, nested[1] or "") if nested else (False, found[1] or ""))
        elif items:
            is_nested, text = items[-1]
            items[-1] = (is_nested, f"{text} {line.strip()}")
    return [[unquote(text)] if is_nested else unquote(text) for is_nested, text in items]


def unquote(text: str) -> str:
    """Take off quotation marks around a value, any number, balanced or not; not those of `"A" and "B"`."""
    text = text.strip()
    for _ in range(_MAX_QUOTES):
        if len(text) < 2 or text[0] != text[-1] or text[0] not in _QUOTES:  # noqa: PLR2004 - a pair
            break
        quote, inner = text[0], text[1:-1]
        first = inner.find(quote)
        if first > 0 and not inner[first - 1].isspace() and inner[first + 1 : first + 2].isspace():
            return text
        text = inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"')
        text = text.strip()
    if text[:1] in _QUOTES and text.count(text[:1]) == 1:
        text = text[1:]
    return text.strip()
