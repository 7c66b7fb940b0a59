"""What stands in a tag, read as its language reads it."""

from __future__ import annotations

import re

_HEXO = re.compile(r"(?P<word>(?:\"[^\"]*\"|(?<![^\W_])'[^']*'(?![^\W_])|[^\s])+)")
_QUOTED = re.compile(r"\"([^\"]*)\"|(?<![^\W_])'([^']*)'(?![^\W_])")
_HUGO = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`]+))",
    re.DOTALL,
)
_LIQUID = re.compile(r"(?P<key>[\w-]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s]+)")
_OPTION = re.compile(r"([A-Za-z][\w-]*)[:=](?!//)(.*)", re.DOTALL)


def hexo_words(raw: str) -> list[str]:
    """Words between blanks; quotes hold words together and go.

    As Nunjucks' lexer gives them to Hexo (`lib/extend/tag.ts`): a quote may begin within a word.
    """
    return [
        word
        for found in _HEXO.finditer(raw)
        if (word := _QUOTED.sub(lambda quoted: quoted[1] or quoted[2] or "", found["word"]))
    ]


def fields(raw: str) -> list[str]:
    """What most themes do with Hexo's words: join them by blanks, divide at commas (Volantis at `::`)."""
    joined = " ".join(hexo_words(raw))
    return [
        part.strip()
        for part in re.split(r"::|,|，" if "，" in joined and "," not in joined else r"::|,", joined)
    ]


def options(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """Words without a key, and those with one: `color:red`, `alt=说明`. Addresses are no options."""
    plain: list[str] = []
    named: dict[str, str] = {}
    for word in words:
        found = _OPTION.fullmatch(word)
        if found:
            named[found[1].lower()] = found[2].strip()
        else:
            plain.append(word)
    return plain, named


def hugo_arguments(raw: str) -> tuple[list[str], dict[str, str]]:
    """Arguments by place and by name (https://gohugo.io/content-management/shortcodes/#arguments)."""
    placed: list[str] = []
    named: dict[str, str] = {}
    for found in _HUGO.finditer(raw):
        value = found["raw"] if found["raw"] is not None else found["bare"]
        if found["double"] is not None:
            value = re.sub(r"\\(.)", lambda one: {"n": "\n", "t": " "}.get(one[1], one[1]), found["double"])
        if found["key"]:
            named[found["key"].lower()] = value or ""
        else:
            placed.append(value or "")
    return placed, named


def liquid_arguments(raw: str) -> dict[str, str]:
    """Named arguments of Jekyll's `include`, values as written: with quotes, or a variable."""
    return {found["key"]: found["value"] for found in _LIQUID.finditer(raw)}
