"""Listings get their parts marked: `<span class="hl-k">` for a keyword, and so on. No character changes.

Pygments' lexers read the text (https://pygments.org/docs/lexerdevelopment/); themes say what the marks look
like. A language that nobody names is guessed only from what no other language has.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from booklet.clean.blocks.languages import lexer_name
from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, elements, only_child, text_of

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_LISTING_CHARS = 20_000
"""Some lexers take time that grows with the square of the text; at this size the worst takes a second."""
MAX_ARTICLE_CHARS = 200_000
MAX_LINE_CHARS = 500
_SLOW = re.compile(
    rf"[^\n]{{{MAX_LINE_CHARS},}}|[ \t]{{100}}|(?:[ \t]*\n){{20}}"
    r"|[\w.$<>?\[\]]{200}|(?:[\w.$<>?\[\]]+\s+){60}"
)
"""What makes lexers slow (measured): minified code, walls of blanks, prose (taken for Java's modifiers)."""

_MARKS = (
    ("Token.Comment.Preproc", "k"),
    ("Token.Comment", "c"),
    ("Token.Literal.String", "s"),
    ("Token.Literal.Number", "n"),
    ("Token.Keyword.Constant", "n"),
    ("Token.Keyword", "k"),
    ("Token.Operator.Word", "k"),
    ("Token.Name.Tag", "k"),
    ("Token.Name.Function", "f"),
    ("Token.Name.Class", "f"),
    ("Token.Name.Decorator", "f"),
    ("Token.Generic.Deleted", "d"),
    ("Token.Generic.Inserted", "i"),
    ("Token.Generic.Heading", "f"),
    ("Token.Generic.Subheading", "c"),
    ("Token.Generic.Prompt", "c"),
    ("Token.Generic.Output", "c"),
)
"""The first type that a token's type is, or is a kind of, names its mark."""


def highlight(draft: Draft) -> None:
    """Mark the parts of every listing whose language is known."""
    room = MAX_ARTICLE_CHARS
    for pre in elements(draft.root):
        if pre.name != "pre" or (code := only_child(pre, "code")) is None:
            continue
        text = text_of(code)
        room -= len(text)
        if room >= 0 and len(text) <= MAX_LISTING_CHARS and not _SLOW.search(text):
            code.children = _marked(text, _language(code, text)) or code.children


def _language(code: Element, text: str) -> str:
    named = next((word[9:] for word in code.classes() if word.startswith("language-")), "")
    return lexer_name(named, text)


def _marked(text: str, language: str) -> list[Node]:
    """The listing in pieces; empty if it is better left alone."""
    if not language:
        return []
    # Rules for comments and prompts look for a line's end, which the last line lacks.
    pieces = [
        (_mark(str(kind)), value)
        for _, kind, value in _lexer(language, text).get_tokens_unprocessed(text + "\n")
    ]
    if "".join(value for _, value in pieces) != text + "\n":
        return []
    nodes: list[Node] = []
    for mark, group in groupby(pieces, key=lambda piece: piece[0]):
        value = "".join(value for _, value in group)
        core = value.strip() if mark else ""
        before, _, after = value.partition(core) if core else (value, "", "")
        nodes.extend((before, Element("span", {"class": f"hl-{mark}"}, [core])) if core else (before,))
        nodes.append(after)
    return _without_last_newline([node for node in nodes if node])


def _without_last_newline(nodes: list[Node]) -> list[Node]:
    last = nodes[-1]
    return [*nodes[:-1], *([last[:-1]] if isinstance(last, str) and last != "\n" else [])]


@cache
def _mark(kind: str) -> str:
    return next((mark for name, mark in _MARKS if kind == name or kind.startswith(f"{name}.")), "")


def _lexer(language: str, text: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name  # costs 30 ms, and few articles hold code

    if language == "php":
        return get_lexer_by_name(language, startinline="<?" not in text)
    return _plain_lexer(language)


@cache
def _plain_lexer(language: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(language)
