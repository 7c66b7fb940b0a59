"""Pictures as dialects write them: `![](u =9x9)` (Zenn, CSDN), `![alt|300](u)` (Obsidian), `![](a b.png)`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image

_SIZED = re.compile(
    r"!\[((?:[^\[\]\\\n]|\\.){0,500})\]\([ \t]*<?([^\s<>()]{1,2000}(?:\([^\s()]{0,200}\)[^\s<>()]{0,500})?)>?"
    r"(?:[ \t]+(?:\"([^\"\n]{0,300})\"|'([^'\n]{0,300})'))?"
    r"[ \t]+=(\d{0,5}%?)[xX*]?(\d{0,5}%?)[ \t]*\)"
)
_WITH_BLANKS = re.compile(
    r"(?i)!\[((?:[^\[\]\\\n]|\\.){0,500})\]\([ \t]*([^<>()\n\"':]{1,500}?\."
    r"(?:jpe?g|png|gif|webp|svg|bmp|avif|heic|tiff?|ico|mp4|m4v|webm|mov|mp3|m4a|wav))[ \t]*()()()()\)"
)
"""A file's name as people write it, which CommonMark wants in `<…>`."""
_IN_ALT = re.compile(r"(.*?)\|(\d{1,4})(?:x(\d{1,4}))?")


def pictures(parser: MarkdownIt) -> None:
    """Read them."""
    parser.inline.ruler.at("image", _image)


def _image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    if image(state, silent):
        if not silent and state.tokens[-1].type == "image":
            token = state.tokens[-1]
            if found := _IN_ALT.fullmatch(token.content):
                token.attrs["width"] = found[2]
                token.content = found[1]
                token.children = []
                state.md.inline.parse(found[1], state.md, state.env, token.children)
        return True
    if state.src[state.pos] != "!":
        return False
    found = _SIZED.match(state.src, state.pos, state.posMax)
    found = found or _WITH_BLANKS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": state.md.normalizeLink(found[2]), "alt": ""}
        if title := found[3] or found[4]:
            token.attrs["title"] = title
        if found[5].isdecimal():
            token.attrs["width"] = found[5]
        token.content, token.children = found[1], []
        state.md.inline.parse(found[1], state.md, state.env, token.children)
    state.pos = found.end()
    return True
