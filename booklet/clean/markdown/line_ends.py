"""A single line end within a paragraph of Markdown: a line where its writer meant one, else a space.

CommonMark leaves it to the renderer (https://spec.commonmark.org/0.31.2/#soft-line-breaks), and writers wrote
for theirs. What the article's folder says is in `Article.line_breaks`; the text itself may say more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from booklet.words.line_ends import verdict

_BREAKS = ("softbreak", "hardbreak")
_INDENT = "\u3000"
_TAG = re.compile(r"<[^<>]*>")
_FEW = 3
"""Paragraphs of an article that were surely wrapped: then those that nobody can tell were wrapped too."""


def line_ends(parser: MarkdownIt) -> None:
    """Add the rule; `render` gets `{"line_breaks": Article.line_breaks}` as its environment."""
    parser.core.ruler.push("line_ends", _line_ends)


def _line_ends(state: StateCore) -> None:
    inline = [
        (index, token)
        for index, token in enumerate(state.tokens)
        if token.type == "inline" and index and state.tokens[index - 1].type == "paragraph_open"
    ]
    broken = [(index, token) for index, token in inline if _lines(token.children or ())]
    asked = str(state.env.get("line_breaks", "rather-join"))
    if asked == "keep":
        kept = [True] * len(broken)
    elif asked == "join":
        kept = [False] * len(broken)
    else:
        verdicts = [verdict(_lines(token.children or ())) for _, token in broken]
        wrapped = verdicts.count("join") >= max(_FEW, verdicts.count("keep"))
        unsure = asked == "rather-keep" and not wrapped
        kept = [meant == "keep" or (meant == "unsure" and unsure) for meant in verdicts]
    for (_, token), is_kept in zip(broken, kept, strict=True):
        if is_kept:
            _break(token.children or [])
    for index, token in reversed(broken):
        _part(state.tokens, index, token)


def _lines(children: Sequence[Token]) -> list[str]:
    """The paragraph's lines without markup; none if it has one line."""
    lines = [""]
    soft = False
    for child in children:
        if child.type in _BREAKS:
            soft = soft or child.type == "softbreak"
            lines.append("")
        elif child.type == "image":
            lines[-1] += "￼"
        else:
            lines[-1] += _TAG.sub("", child.content) if child.type == "html_inline" else child.content
    lines = [line for line in lines if line.strip()]
    return lines if soft and len(lines) > 1 else []


def _break(children: list[Token]) -> None:
    tag = ""
    for child in children:
        if child.type == "softbreak" and not tag.startswith("<br"):
            child.type, child.tag = "hardbreak", "br"
        tag = child.content.lower() if child.type == "html_inline" else ""


def _part(tokens: list[Token], index: int, token: Token) -> None:
    """A line that begins with a typed indent begins a paragraph, whatever was decided."""
    children = token.children or []
    begins = [
        place
        for place, child in enumerate(children)
        if child.type in _BREAKS and child.level == 0 and _is_indented(children[place + 1 :])
    ]
    if not begins:
        return
    opening, closing = tokens[index - 1], tokens[index + 1]
    if opening.hidden:  # of a list without blank lines: its items have no paragraphs
        for place in begins:
            children[place].type, children[place].tag = "hardbreak", "br"
        return
    pieces = [
        children[start:end]
        for start, end in zip([0, *(place + 1 for place in begins)], [*begins, len(children)], strict=True)
    ]
    made: list[Token] = []
    for number, piece in enumerate(pieces):
        text = token if number == 0 else token.copy()
        text.children = piece
        made.extend((opening if number == 0 else opening.copy(attrs={}), text, closing.copy()))
    tokens[index - 1 : index + 2] = made


def _is_indented(children: Sequence[Token]) -> bool:
    first = next((child for child in children if child.content or child.type in _BREAKS), None)
    return first is not None and first.type == "text" and first.content.startswith(_INDENT)
