"""Lists of attributes and names of signs that belong to an element and are read by no one.

`{.class #id width=300}` behind a picture, link, word or block (Pandoc, Hugo, markdown-it-attrs), `{: .class}`
(kramdown), `++ctrl+alt++` and `:material-home:` (PyMdown), `*[HTML]: words` (PHP Markdown Extra).
"""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_ONE = (
    r"(?:[#.][A-Za-z_\u4e00-\u9fff][\w:.-]*"
    r"|[A-Za-z][\w-]*=(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[^\s{}\"'`]{1,200}))"
)
_LIST = re.compile(rf"\{{:?[ \t]*{_ONE}(?:[ \t]+{_ONE}){{0,20}}[ \t]*\}}")
_WIDTH = re.compile(r"\bwidth=[\"']?(\d{1,4})(?:px)?[\"'\s}]")
_ATTACHED = frozenset(")]`*_~>")
"""What a list of attributes may stand directly behind."""

_KEYS = re.compile(r"\+\+([a-z0-9][a-z0-9+-]{0,60})\+\+(?![+\w])")
_ICON = re.compile(r":(?:material|octicons|fontawesome|simple)-[a-z0-9-]{1,60}:")
_ABBREVIATION = re.compile(r"\*\[([^\[\]\n]{1,60})\]:[ \t]*(.*)")
_MAX_ABBREVIATIONS = 200
_ENV = "abbreviations"


def attributes(parser: MarkdownIt) -> None:
    """Read them."""
    parser.inline.ruler.before("emphasis", "attributes", _inline)
    parser.inline.ruler.before("emphasis", "keys", _keys)
    parser.inline.ruler.before("emphasis", "icon", _icon)
    breaks = {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    parser.block.ruler.before("fence", "attribute_line", _line, breaks)  # type: ignore[arg-type]
    parser.block.ruler.before("reference", "abbreviation", _definition, breaks)  # type: ignore[arg-type]
    parser.core.ruler.after("inline", "abbreviations", _abbreviations)


def _inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    if state.src[state.pos] != "{":
        return False
    found = _LIST.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    before = state.src[state.pos - 1] if state.pos else ""
    at_end = not state.src[found.end() : state.posMax].strip()
    if before not in _ATTACHED and not (at_end and before and before in " \t"):
        return False
    if not silent:
        if before == "]" and "[" in state.pending:  # Pandoc's `[words]{.class}`
            head, _, words = state.pending[:-1].rpartition("[")
            state.pending = head + words
        width = _WIDTH.search(found[0])
        if width and state.tokens and state.tokens[-1].type == "image" and not state.pending:
            state.tokens[-1].attrs.setdefault("width", width[1])
        if before in " \t":
            state.pending = state.pending.rstrip()
    state.pos = found.end()
    return True


def _line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    is_list = text.startswith("{") and _LIST.fullmatch(text) and ".prompt-" not in text
    if not is_list and text != "^":  # kramdown's sign that a list or quotation ends
        return False
    if not silent:
        state.line = start + 1
    return True


def _keys(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    found = _KEYS.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "+" else None
    before = state.src[state.pos - 1] if state.pos else " "
    if found is None or (before.isascii() and before.isalnum()):
        return False
    if not silent:
        keys = (f"<kbd>{escape(key.capitalize())}</kbd>" for key in found[1].split("+") if key)
        state.push("html_inline", "", 0).content = "+".join(keys)
    state.pos = found.end()
    return True


def _icon(state: StateInline, _silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    found = _ICON.match(state.src, state.pos, state.posMax) if state.src[state.pos] == ":" else None
    if found is not None:
        state.pos = found.end()
    return found is not None


def _definition(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _ABBREVIATION.fullmatch(text.strip()) if text.startswith("*[") else None
    if found is None:
        return False
    if not silent:
        known = state.env.setdefault(_ENV, {})
        if found[2].strip() and len(known) < _MAX_ABBREVIATIONS:
            known.setdefault(found[1].strip(), found[2].strip())
        state.line = start + 1
    return True


def _abbreviations(state: StateCore) -> None:
    """Mark each; at its first place say what it stands for, which a page shows to a pointer alone."""
    known: dict[str, str] = state.env.get(_ENV, {})
    if not known:
        return
    words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![A-Za-z0-9_])(?:{words})(?![A-Za-z0-9_])")
    said: set[str] = set()
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children: list[Token] = []
        for token in block.children:
            children += _expanded(token, pattern, known, said) if token.type == "text" else [token]
        block.children = children


def _expanded(token: Token, pattern: re.Pattern[str], known: dict[str, str], said: set[str]) -> list[Token]:
    parts: list[Token] = []
    position = 0
    for found in pattern.finditer(token.content):
        word, meaning = found[0], known[found[0]]
        parts.append(Token("text", "", 0, content=token.content[position : found.start()]))
        aside = "" if word in said else f"（{escape(meaning)}）"
        said.add(word)
        markup = f'<abbr title="{escape(meaning)}">{escape(word)}</abbr>{aside}'
        parts.append(Token("html_inline", "", 0, content=markup))
        position = found.end()
    if not parts:
        return [token]
    return [*parts, Token("text", "", 0, content=token.content[position:])]
