"""Where a text holds tags, and where it holds code, in which nothing is a tag.

Three languages: `{% name … %}` (Nunjucks in Hexo, https://hexo.io/docs/tag-plugins; Liquid in Jekyll,
https://shopify.github.io/liquid/basics/whitespace/), `{{ value }}` (Liquid), `{{< name … >}}` and
`{{% name … %}}` (Hugo, https://gohugo.io/content-management/shortcodes/).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

MAX_TAG_CHARS = 4_000
"""The most characters of one tag, arguments and all."""
MAX_TAGS = 20_000
"""What follows so many is text."""
MAX_DEPTH = 24
"""Tags within one another; deeper ones stand alone."""
_MAX_SPAN_CHARS = 5_000
"""The longest code between backticks, which ends with its paragraph."""

_NEXT = re.compile(
    r"(?m)(?P<fence>^[ \t>]*(?:(?:[*+-]|\d{1,9}[.)])[ \t]+){0,4}(?P<mark>`{3,}|~{3,}))|(?P<ticks>`+)"
    r"|(?P<element><(?:pre|code|script|style|textarea)\b)|(?P<comment><!--)|(?P<open>\{[{%#])"
)
_NEXT_IN_HTML = re.compile(
    r"(?P<element><(?:pre|code|script|style|textarea)\b)|(?P<comment><!--)|(?P<open>\{[{%#])"
)
_MARKER = re.compile(
    r"(?P<comment><!--[ \t]*/?(?:end|sub|active)?(?:tab|item|timeline|node|folder|cell)s?\b)"
)
"""Comments that tags read as their own: what stands in them is no comment."""
_TAG_START = re.compile(r"\{%[-~+]?\s*(?P<name>[A-Za-z_][\w-]*)(?=[\s,%}@:-]|$)")
_HUGO_START = re.compile(r"\{\{(?P<mark>[<%])\s*(?P<end>/?)\s*(?P<name>[A-Za-z_][\w./-]*)")
_LIST_ITEM = re.compile(r"(?:[*+-]|\d{1,9}[.)])(?:[ \t]|$)")

Kind = Literal["text", "code", "tag", "end", "value", "escape", "comment"]


@dataclass(slots=True)
class Token:
    """A stretch of the text."""

    kind: Kind
    start: int
    end: int
    language: Literal["", "curly", "hugo"] = ""
    """`curly` is `{% %}`, of Hexo or Liquid."""
    name: str = ""
    """In lower case."""
    raw: str = ""
    """What stands behind the name."""
    alone: bool = False
    """`{{< name />}}`: it has no end."""
    inside: str | None = None
    """The content of a tag within which nothing is a tag."""
    until: int = field(default=-1)
    """Index of the token that ends this one; -1: it has none."""


def tokens(text: str, verbatim: frozenset[str], *, markdown: bool) -> list[Token]:
    r"""The text as stretches, in order and without gaps, each opening tag with its end.

    Args:
        text: with `\n` as its only line end.
        verbatim: tags whose content is not looked into, as `language:name`.
        markdown: code may stand in fences, backticks and indents.
    """
    found = [*_scanned(text, verbatim, markdown=markdown)]
    _pair(found)
    return found


def _scanned(text: str, verbatim: frozenset[str], *, markdown: bool) -> Iterator[Token]:
    scanner = _Scanner(text, verbatim, markdown=markdown)
    position = 0
    count = 0
    while count < MAX_TAGS and (token := scanner.next(position)):
        if token.start > position:
            yield Token("text", position, token.start)
        yield token
        position = token.end
        count += token.kind != "code"
    if position < len(text):
        yield Token("text", position, len(text))


class _Scanner:
    """Finds the next code or tag. Remembers what the rest of the text lacks: hostile ones stay cheap."""

    def __init__(self, text: str, verbatim: frozenset[str], *, markdown: bool) -> None:
        self._text = text
        self._verbatim = verbatim
        self._next = _NEXT if markdown else _NEXT_IN_HTML
        self._indented = deque(indented_code(text) if markdown else ())
        self._missing: set[str] = set()
        self._ends: dict[str, int] = {}

    def next(self, position: int) -> Token | None:
        """The next code or tag at or behind `position`; None: the rest is text."""
        text = self._text
        while found := self._next.search(text, position):
            start = found.start()
            while self._indented and self._indented[0][1] <= start:
                self._indented.popleft()
            if self._indented and self._indented[0][0] <= start:
                return Token("code", max(self._indented[0][0], position), self._indented[0][1])
            token = self._token(found)
            if token is not None:
                return token
            position = found.end()
        return None

    def _token(self, found: re.Match[str]) -> Token | None:
        group = found.lastgroup if found.lastgroup != "mark" else "fence"
        if group == "open":
            return self._tag(found.start())
        if group == "fence" and (end := self._fence_end(found)):
            return Token("code", found.start(), end)
        if group in {"ticks", "fence"}:
            ticks = found["ticks"] or found["mark"]
            start = found.end() - len(ticks)
            end = self._span_end(found.end(), ticks) if ticks[0] == "`" else 0
            return Token("code", start, end) if end else None
        if group == "element":
            end = self._found_end(f"</{found[0][1:]}", found.end(), ignore_case=True)
            return Token("code", found.start(), end) if end else None
        if _MARKER.match(self._text, found.start()):
            return None
        end = self._found_end("-->", found.end())
        return Token("code", found.start(), end) if end else None

    def _fence_end(self, found: re.Match[str]) -> int:
        """Where a fence ends: with the text if it is never closed; 0: it is code within a line."""
        text, mark = self._text, found["mark"]
        line_end = text.find("\n", found.end())
        line_end = len(text) if line_end < 0 else line_end
        if mark[0] == "`" and "`" in text[found.end() : line_end]:
            return 0
        close = re.compile(rf"(?m)^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$").search(text, line_end)
        return close.end() if close else len(text)

    def _span_end(self, position: int, ticks: str) -> int:
        blank = self._text.find("\n\n", position, position + _MAX_SPAN_CHARS)
        stop = blank if blank >= 0 else position + _MAX_SPAN_CHARS
        close = re.compile(rf"(?<!`){ticks}(?!`)").search(self._text, position, stop)
        return close.end() if close else 0

    def _found_end(self, mark: str, position: int, *, ignore_case: bool = False) -> int:
        if mark in self._missing:
            return 0
        flags = re.IGNORECASE if ignore_case else 0
        pattern = re.escape(mark) + (r"\s*>" if ignore_case else "")
        close = re.compile(pattern, flags).search(self._text, position)
        if close is None:
            self._missing.add(mark)
        return close.end() if close else 0

    def _tag(self, start: int) -> Token | None:
        text = self._text
        if text.startswith("{#", start):
            end = self._close("#}", start + 2)
            is_comment = end and text[start + 2] in " \t\n" and "\n\n" not in text[start:end]
            return Token("comment", start, end) if is_comment else None
        if text.startswith("{{", start):
            return self._hugo(start) if text[start + 2 : start + 3] in {"<", "%"} else self._value(start)
        found = _TAG_START.match(text, start)
        end = self._close("%}", found.end(), quotes="\"'") if found else 0
        if not found or not end:
            return None
        name = found["name"].lower()
        raw = text[found.end() : end - 2].rstrip("-~+ \t\n").lstrip()
        if name.startswith("end") and len(name) > len("end"):
            return Token("end", start, end, "curly", name.removeprefix("end"))
        token = Token("tag", start, end, "curly", name, raw)
        if f"curly:{name}" in self._verbatim:
            self._swallow(token, rf"\{{%[-~+]?\s*end{re.escape(name)}\s*[-~+]?%\}}")
        return token

    def _hugo(self, start: int) -> Token | None:
        text = self._text
        mark = text[start + 2]
        close = ">}}" if mark == "<" else "%}}"
        if text.startswith("/*", start + 3):
            end = self._close(f"*/{close}", start + 5)
            return Token("escape", start, end, "hugo", raw=text[start + 5 : end - 5]) if end else None
        found = _HUGO_START.match(text, start)
        end = self._close(close, found.end(), quotes='"`') if found else 0
        if not found or not end:
            return None
        name = found["name"].rstrip("/").lower()
        raw = text[found.end() : end - 3].strip()
        if found["end"]:
            return Token("end", start, end, "hugo", name)
        alone = raw.endswith("/") or found["name"].endswith("/")
        token = Token("tag", start, end, "hugo", name, raw.removesuffix("/").rstrip(), alone=alone)
        if f"hugo:{name}" in self._verbatim and not alone:
            self._swallow(token, rf"\{{\{{[<%]\s*/\s*{re.escape(found['name'])}\s*[>%]\}}\}}")
        return token

    def _value(self, start: int) -> Token | None:
        end = self._close("}}", start + 2)
        if not end or "\n\n" in self._text[start:end] or "{" in self._text[start + 2 : end]:
            return None
        return Token("value", start, end, "curly", raw=self._text[start + 2 : end - 2].strip("-~ \t\n"))

    def _swallow(self, token: Token, pattern: str) -> None:
        """Take what stands up to the tag's end into it."""
        if pattern in self._missing:
            return
        close = re.compile(pattern, re.IGNORECASE).search(self._text, token.end)
        if close is None:
            self._missing.add(pattern)
            return
        token.inside = self._text[token.end : close.start()]
        token.end = close.end()

    def _close(self, mark: str, position: int, quotes: str = "") -> int:
        """The end of a tag. A mark within quotes is none, unless the quotes are not closed before the tag."""
        first = self._first(mark, position)
        if first < 0 or first - position > MAX_TAG_CHARS:
            return 0
        text, end = self._text, first
        if any(quote in text[position:first] for quote in quotes):
            end = _outside_quotes(text, mark, position, quotes)
            end = first if end < 0 else end
        return 0 if "\n\n" in text[position:end] else end + len(mark)

    def _first(self, mark: str, position: int) -> int:
        """`str.find` that looks at no character twice."""
        known = self._ends.get(mark, -2)
        if known == -1 or known >= position:
            return known
        self._ends[mark] = self._text.find(mark, position)
        return self._ends[mark]


def _outside_quotes(text: str, mark: str, position: int, quotes: str) -> int:
    """The first `mark` outside quotes; -1: none within the bounds of a tag, or a quote stays open.

    An apostrophe within a word opens nothing.
    """
    stop = min(len(text), position + MAX_TAG_CHARS)
    opened = ""
    while position < stop:
        letter = text[position]
        if opened:
            if letter == "\\" and opened == '"':
                position += 1
            elif letter == opened:
                opened = ""
            elif text.startswith("\n\n", position):
                return -1
        elif letter in quotes and not text[position - 1].isalnum():
            opened = letter
        elif text.startswith(mark, position):
            return position
        position += 1
    return -1


def indented_code(text: str) -> list[tuple[int, int]]:
    """The stretches of a Markdown text that are code by their indent: behind a blank line, not within a list.

    https://spec.commonmark.org/0.31.2/#indented-code-blocks
    """
    if "    " not in text and "\t" not in text:
        return []
    spans: list[tuple[int, int]] = []
    position = 0
    after_blank, in_list, in_code = True, False, False
    for line in text.split("\n"):
        bare = line.lstrip(" \t")
        width = len(line[: len(line) - len(bare)].expandtabs(4))
        if bare and width >= 4 and not in_list and (after_blank or in_code):  # noqa: PLR2004 - CommonMark's indent
            start = spans.pop()[0] if in_code else position
            spans.append((start, position + len(line)))
            in_code = True
        elif bare:
            in_code = False
            if width < 4 and _LIST_ITEM.match(bare):  # noqa: PLR2004
                in_list = True
            elif width == 0 and after_blank:
                in_list = False
        after_blank = not bare
        position += len(line) + 1
    return spans


def _pair(found: list[Token]) -> None:
    """Give each opening tag the index of its end. What stands between and has no end stands alone."""
    waiting: dict[str, int] = {}
    for token in found:
        if token.kind == "end":
            key = f"{token.language}:{token.name}"
            waiting[key] = waiting.get(key, 0) + 1
    opened: list[int] = []
    for index, token in enumerate(found):
        key = f"{token.language}:{token.name}"
        if token.kind == "tag" and token.inside is None and not token.alone and waiting.get(key):
            if len(opened) < MAX_DEPTH:
                opened.append(index)
        elif token.kind == "end":
            waiting[key] -= 1
            at = next((at for at in reversed(opened) if _key(found[at]) == key), -1)
            if at >= 0:
                found[at].until = index
                del opened[opened.index(at) :]


def _key(token: Token) -> str:
    return f"{token.language}:{token.name}"
