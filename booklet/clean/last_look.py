r"""The last look at a finished article: what is left of markup in its prose, outside code and formulas.

Nothing is changed here. What an author shows on purpose (`\*\*`, `&lt;br&gt;`, `{% raw %}`) is no leftover.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from booklet.clean.tree import Element
from booklet.clean.vocabulary import BLOCKS, KNOWN, names

_NOT_PROSE = names("pre code kbd samp tt var math svg")
_MAX_CHARS = 2_000_000
_MAX_EACH = 200
"""Leftovers of one kind in one article that are counted."""
_SHOWN_CHARS = 40
_HAN = r"\u2e80-\u9fff\uf900-\ufaff"

_KINDS: dict[str, re.Pattern[str]] = {
    "{%": re.compile(r"(?<!\{)\{%[-~]?\s*[A-Za-z]\w*(?=[\s,]|-?%\})(?:[^\n]{0,200}?%\})?"),
    "{{": re.compile(r"\{\{[<%]?[-/*]?\s*[A-Za-z\"'_][^{}\n]{0,200}\}\}"),
    ":::": re.compile(r"(?m)^[ \t>]*:{3,}(?!:)[^\n]{0,80}"),
    "[[": re.compile(rf"!?\[\[(?=[^\[\]\n]*[A-Za-z{_HAN}])[^\[\]\n]{{1,200}}\]\]"),
    "](": re.compile(r"\[[^\[\]\n]{0,200}\]\(\s*<?(?:[a-z]+:|[./#]|[\w%-]+[./])[^)\n]{0,500}\)"),
    "**": re.compile(
        rf"(?<![*\\])\*\*(?![*\s、，。；：,;])[^*\n]{{1,300}}(?<![\s*])\*\*(?!\*)|(?m:^)\*\*[{_HAN}“《]|[{_HAN}”》。]\*\*(?m:$)"
    ),
    "$$": re.compile(r"(?<!\$)\$\$(?!\$)[^$\n]{1,2000}\$\$(?!\$)|(?m:^)\$\$(?!\$)|(?<!\$)\$\$(?m:$)"),
    "<tag": re.compile(r"</?(?P<name>[A-Za-z][\w.-]{0,40})(?P<rest>(?:\s[^<>\n]{0,400})?)/?>"),
    "front matter": re.compile(
        r"(?mi)^(?:title|date|tags?|categor(?:y|ies)|layout|permalink|author|draft|slug|updated)\s?[:=]\s*\S[^\n]{0,100}"
    ),
}
"""Each kind of leftover by the mark that it is told by."""
_MATTER_LINES = 3
"""Lines that look like fields, at an article's beginning: fewer are prose."""
_BEGINNING_CHARS = 600
_ATTRIBUTE = re.compile(r"""\s[\w:@-]+\s*=\s*["'{\w]""")


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is left of one kind of markup."""

    kind: str
    """As `LEFTOVER_KINDS` has it."""
    count: int
    text: str
    """The first, as it is printed."""
    offset: int | None
    """Where the first stands in the source; None: it cannot be found there."""


def leftovers(root: Element, source: str, literal: Sequence[str] = ()) -> Iterator[Leftover]:
    """What is left in a cleaned tree.

    Args:
        root: of the cleaned body.
        source: the body as it came.
        literal: marks that the author wants seen.
    """
    prose = _prose(root)
    meant = "\n".join(map(_bare, literal))
    kept = ""
    for kind, pattern in _KINDS.items():
        found = [one for one in _found(kind, pattern, prose) if not meant or _bare(one[0]) not in meant]
        if not found:
            continue
        kept = kept or _outside_code(source)
        places = [(one[0].strip(), _place(kind, one[0], kept)) for one in found]
        real = [one for one in places if one[1] is not None or kind in {"{%", "{{", ":::"}]
        if real:
            text = real[0][0]
            shown = text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
            yield Leftover(kind, len(real), " ".join(shown.split()), real[0][1])


def _found(kind: str, pattern: re.Pattern[str], prose: str) -> list[re.Match[str]]:
    if kind == "front matter":
        lines = [*pattern.finditer(prose[:_BEGINNING_CHARS])]
        return lines[:1] if len(lines) >= _MATTER_LINES else []
    found: list[re.Match[str]] = []
    for one in pattern.finditer(prose):
        if kind != "<tag" or _is_tag(one):
            found.append(one)
        if len(found) == _MAX_EACH:
            break
    return found


def _is_tag(found: re.Match[str]) -> bool:
    """Whether words in angle brackets are markup: a name of HTML, or a component with attributes."""
    name, rest = found["name"], found["rest"]
    if name.lower() in KNOWN:
        return True
    return bool(_ATTRIBUTE.search(rest)) or (name[0].isupper() and found[0].endswith("/>"))


def _prose(root: Element) -> str:
    """The text of an article, a block a line; what is code is left out."""
    parts: list[str] = []
    stack: list[Element | str] = [*reversed(root.children)]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.name in _NOT_PROSE:
            parts.append("\ufffc")
        else:
            is_block = node.name in BLOCKS or node.name == "br"
            stack.extend(("\n", *reversed(node.children), "\n") if is_block else reversed(node.children))
    return "".join(parts)[:_MAX_CHARS]


def _bare(text: str) -> str:
    return "".join(text.split())


_CODE = re.compile(
    r"(?m)^[ \t>]*(?P<mark>`{3,}|~{3,})[\s\S]*?(?:^[ \t>]*(?P=mark)|\Z)"
    r"|(?P<ticks>`{1,2})[^`\n]{1,300}(?P=ticks)"
    r"|<(?P<element>pre|code)\b[\s\S]{0,50000}?</(?P=element)\s*>"
)
_MAX_OPENERS = 4_000
"""A source with more is not looked through for code: each that is never closed would cost a search."""


def _outside_code(source: str) -> str:
    """The source with its code blotted out, each character at its place."""
    if source.count("`") + source.count("<pre") + source.count("<code") > _MAX_OPENERS:
        return source
    return _CODE.sub(lambda found: "\ufffc" * len(found[0]), source)


def _place(kind: str, text: str, kept: str) -> int | None:
    """Where a leftover stands in the source: by all of its text, else by its beginning; never in code.

    None also if the source says it otherwise, with a backslash or a reference: then it is meant.
    """
    text = text.strip()
    begin = {"<tag": 3, "](": 2, "[[": 4}.get(kind, 4)
    for length in (len(text), 24, 12, begin):
        if length <= len(text) and (at := kept.find(text[:length])) >= 0:
            return None if kept[max(at - 1, 0) : at] == "\\" else at
    return None


def line_of(source: str, offset: int, first: int) -> int:
    """The line of the file on which a place of its body stands."""
    return first + bisect_right([found.start() for found in re.finditer("\n", source[:offset])], offset)


LEFTOVER_KINDS = tuple(_KINDS)
"""The marks by which leftovers are told."""
