"""Quotations that are boxes: `> [!note] 标题` (GitHub, Obsidian), and `{: .prompt-tip }` below one."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_HEAD = re.compile(r"\[!\s*([\w-]+)\s*(?:\|[^\]\n]*)?\]([+-]?)[ \t]*([^\n]*)(?:\n|$)")
_PROMPT = re.compile(r"\n?\{:\s*\.prompt-(\w+)\s*\}\s*$")


def callouts(parser: MarkdownIt) -> None:
    """Read them; the step `boxes` gives one without a title its word."""
    parser.core.ruler.after("block", "callouts", _callouts)


def _callouts(state: StateCore) -> None:
    tokens = state.tokens
    open_ones: list[tuple[int, bool]] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            open_ones.append((index, _begin(tokens, index)))
        elif token.type == "blockquote_close" and open_ones:
            start, is_box = open_ones.pop()
            if is_box or _prompt(tokens, start, index):
                _as_html(token, "</div>\n")


def _begin(tokens: list[Token], index: int) -> bool:
    """Make the quotation's first line its title, if it is a callout's."""
    if len(tokens) <= index + 3 or tokens[index + 1].type != "paragraph_open":
        return False
    opening, inline, closing = tokens[index + 1 : index + 4]
    found = _HEAD.match(inline.content)
    if found is None:
        return False
    folds = " is-collapsible" if found[2] else ""
    _as_html(tokens[index], f'<div class="admonition {found[1].casefold()}{folds}">\n')
    rest = inline.content[found.end() :]
    title = found[3].strip()
    if title:
        inline.content = title
        _as_html(opening, '<p class="admonition-title">')
        _as_html(closing, "</p>\n")
        if rest:
            _insert(tokens, index + 4, rest)
    else:
        inline.content = rest
        if not rest:
            for token in (opening, closing):
                _as_html(token, "")
    return True


def _insert(tokens: list[Token], place: int, content: str) -> None:
    """A paragraph of its own for what follows the title."""
    inline = Token("inline", "", 0, content=content, children=[], block=True)
    tokens[place:place] = [
        Token("paragraph_open", "p", 1, block=True),
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]


def _prompt(tokens: list[Token], start: int, end: int) -> bool:
    """Whether a quotation's last line, or the paragraph behind it, makes it a box of Chirpy's."""
    behind = end + 2
    places = [behind] if behind < len(tokens) and tokens[behind].type == "inline" else []
    places += [place for place in range(end - 1, start, -1) if tokens[place].type == "inline"][:1]
    for place in places:
        found = _PROMPT.search(tokens[place].content)
        if found and (place < end or found.start() == 0):
            tokens[place].content = tokens[place].content[: found.start()]
            if place == behind and not tokens[place].content:
                _as_html(tokens[end + 1], "")
                _as_html(tokens[end + 3], "")
            _as_html(tokens[start], f'<div class="admonition {found[1].casefold()}">\n')
            return True
    return False


def _as_html(token: Token, markup: str) -> None:
    token.type, token.tag, token.nesting, token.content, token.hidden = "html_block", "", 0, markup, False
