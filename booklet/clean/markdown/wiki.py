"""Obsidian's marks in a line: `[[page|name]]`, `![[picture|300]]`, `==mark==`, `%%comment%%`, `^block-id`.

https://help.obsidian.md/obsidian-flavored-markdown. Where a link leads is said by whoever knows the other
articles: it is written as `<a data-wiki="page#head">`.
"""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from booklet.clean.markdown.emphasis import paired
from booklet.clean.markdown.told import tell

_LINK = re.compile(r"(!?)\[\[(?![\s-]|\d+\])([^\[\]\n|]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\](?!\()")
_CONTENTS = re.compile(r"(?i)_?toc_?|目录|目錄")
_PICTURE = re.compile(r"(?i)\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$")
_MEDIA = re.compile(r"(?i)\.(?:mp4|webm|ogv|mov|mkv|mp3|m4a|ogg|wav|flac)$")
_SIZE = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?")
_COMMENT = re.compile(r"%%(?!%)(?:(?!%%)[^\n]|\n(?!\s*\n)){1,2000}?%%(?!%)")
_BLOCK_ID = re.compile(
    r"(?:^|(?<=\s)|(?<=[\u3000-\u9fff\uff00-\uffef]))[ \t]*\^[A-Za-z0-9][A-Za-z0-9-]{0,60}[ \t]*$"
)
_MAX_COMMENT_LINES = 500


def wiki(parser: MarkdownIt) -> None:
    """Read them."""
    parser.inline.ruler.before("link", "wiki_link", _link)
    parser.inline.ruler.before("emphasis", "wiki_comment", _comment)
    parser.block.ruler.before("fence", "wiki_comment_block", _comment_block, {"alt": ["paragraph"]})
    parser.core.ruler.before("inline", "wiki_block_id", _block_ids)
    paired(parser, "=", "mark")
    paired(parser, "^", "ins")


def _link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    if state.src[state.pos] not in "![":
        return False
    found = _LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = _written(state, found[1], found[2].strip(), found[3])
    state.pos = found.end()
    return True


def _written(state: StateInline, bang: str, target: str, name: str | None) -> str:
    target = target.rstrip("\\").strip()
    name = (name or "").strip()
    page, _, head = target.partition("#")
    if not bang and not name and _CONTENTS.fullmatch(target):
        return ""
    if bang and _PICTURE.search(page):
        return _picture(page, name)
    if bang and _MEDIA.search(page):
        return f'<video src="{escape(page)}"></video>'
    if not page:
        place = head.rpartition("#")[2]
        return (
            f'<a href="#{escape(place)}">{escape(name or place)}</a>'
            if not place.startswith("^")
            else escape(name)
        )
    head = "" if head.startswith("^") else head.rpartition("#")[2]
    if bang:
        tell(state.env, "note-embedded", 0, name=target[:80])
        name = ""
    shown = name or (f"{_words(page)} › {head}" if head and not bang else _words(page))
    return f'<a data-wiki="{escape(target)}">{escape(shown)}</a>'


def _words(page: str) -> str:
    """A page's name without its folder and the ending of a note."""
    return re.sub(r"(?i)\.md$", "", page.rpartition("/")[2] or page)


def _picture(page: str, name: str) -> str:
    """`![[picture.png|300]]`, `|300x200`, `|words|300`."""
    words = [word.strip() for word in name.split("|")]
    size = next((found for word in words if (found := _SIZE.fullmatch(word))), None)
    alt = next((word for word in words if word and not _SIZE.fullmatch(word)), "")
    width = f' width="{size[1]}"' if size else ""
    return f'<img src="{escape(page)}" alt="{escape(alt)}"{width}>'


def _comment(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    if not state.src.startswith("%%", state.pos):
        return False
    if state.pos and state.src[state.pos - 1].isascii() and state.src[state.pos - 1].isalnum():
        return False  # 50%%
    found = _COMMENT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    state.pos = found.end()
    return silent or True


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
    """Lines between two lines that begin with `%%`."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not first.startswith("%%") or first.count("%%") > 1:
        return False
    for line in range(start + 1, min(end, start + _MAX_COMMENT_LINES)):
        if state.src[state.bMarks[line] : state.eMarks[line]].rstrip().endswith("%%"):
            if not silent:
                state.line = line + 1
            return True
    return False


def _block_ids(state: StateCore) -> None:
    """`^id` at the end of a block names it for links; nobody sees it."""
    for token in state.tokens:
        if token.type == "inline" and "^" in token.content:
            token.content = _BLOCK_ID.sub("", token.content)
