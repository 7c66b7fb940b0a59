"""Zenn's and CSDN's `@[kind](what)`, and Logseq's properties, references and macros.

https://zenn.dev/zenn/articles/markdown-guide, https://docs.logseq.com/#/page/markdown
"""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from booklet.clean.players import address_of, named
from booklet.clean.providers import PROVIDERS

_AT = re.compile(r"@\[([A-Za-z]{2,20})\](?:\(([^()\s]{0,1000}(?:[^()\n]{0,200}))\))?")
_CODE = re.compile(r"(`+[^`\n]*`+)")
_PROPERTY = re.compile(
    r"(?m)^[ \t]*(?:id|collapsed|background-color|heading|template|template-including-parent|logseq\.[\w.-]+|"
    r"query-[\w-]+|hl-[\w-]+|ls-[\w-]+|card-[\w-]+|created-at|updated-at|icon|public|alias)::[^\n]*(?:\n|\Z)"
)
_MACRO = re.compile(
    r"\{\{(?:embed|query|renderer|cards|namespace|function|zotero-[\w-]+)\b[^{}\n]{0,500}\}\}"
)
_FILM = re.compile(r"\{\{(?:video|youtube|vimeo|bilibili|tweet|twitter)[ \t]+(https?://[^\s{}]{1,500})\}\}")
_REFERENCE = re.compile(r"\(\([0-9a-f]{4,8}(?:-[0-9a-f]{4,12}){1,4}\)\)")
_ORG = re.compile(r"(?mi)^[ \t]*#\+(?:BEGIN|END)_[A-Z]+[ \t]*(?:\n|\Z)")
_BOX = re.compile(r"\[([-/<>!?])\][ \t]+")
"""Obsidian's further states of a task: given up, begun, moved and so on."""

_MARKS = ("{{", "((", "[")
_TASK = re.compile(r"(TODO|DOING|LATER|NOW|WAITING|DONE|CANCELED|CANCELLED)[ \t]+")


def embeds(parser: MarkdownIt) -> None:
    """Read them."""
    parser.inline.ruler.before("emphasis", "at_embed", _at)
    parser.core.ruler.before("inline", "logseq", _logseq)


def _at(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    found = _AT.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "@" else None
    if found is None or (found[2] is None and found[1].casefold() != "toc"):
        return False
    if not silent and found[1].casefold() != "toc":
        state.push("html_inline", "", 0).content = _written(found[1].casefold(), found[2].strip())
    state.pos = found.end()
    return True


def _written(kind: str, what: str) -> str:
    provider = named(kind, PROVIDERS)
    address = what if "//" in what else address_of(provider, what) if provider else ""
    if provider and address:
        return f'<iframe src="{escape(address)}"></iframe>'
    return f'<a href="{escape(what)}">{escape(what)}</a>' if "//" in what else escape(what)


def _logseq(state: StateCore) -> None:
    is_outline = "collapsed::" in state.src or "id::" in state.src
    for index, token in enumerate(state.tokens):
        if token.type != "inline" or not (is_outline or any(mark in token.content for mark in _MARKS)):
            continue
        parts = _CODE.split(token.content)
        for place in range(0, len(parts), 2):
            part = _FILM.sub(lambda found: f'<iframe src="{escape(found[1])}"></iframe>', parts[place])
            part = _REFERENCE.sub("", _MACRO.sub("", part)) if "((" in part or "{{" in part else part
            if is_outline:
                part = _ORG.sub("", _PROPERTY.sub("", part))
            parts[place] = part
        token.content = "".join(parts).rstrip("\n")
        if index < 2 or state.tokens[index - 2].type != "list_item_open":  # noqa: PLR2004 - and a paragraph's
            continue
        if box := _BOX.match(token.content):
            token.content = ("☒ " if box[1] == "-" else "☐ ") + token.content[box.end() :]
        task = _TASK.match(token.content)
        if is_outline and task:
            sign = "☑ " if task[1] in {"DONE", "CANCELED", "CANCELLED"} else "☐ "
            token.content = sign + token.content[task.end() :]
