"""Tags whose quotes do not end.

Pictures: our scan and CommonMark take them for text, browsers for pictures. Others: the value goes on to the
next quote, and browsers show nothing of what stands between.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from booklet.clean.text.markup import TAG
from booklet.clean.vocabulary import KNOWN

PICTURE = re.compile(r"(?i)<img\s[^<>]{1,2000}>")

_PLAIN_VALUE = re.compile(
    r"(?i)\b(?:class|href|src|id|style|width|height|align|target|rel|lang|dir|type|name|color|face|size|colspan|"
    r"rowspan)\s*=\s*([\"'])([^\"'<>]{0,2000})>"
)
"""The value of an attribute that never holds markup, up to a bracket."""
_MARKUP = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,12})[\s>/]")


def broken_pictures(parser: MarkdownIt) -> None:
    """Read them in Markdown."""
    parser.inline.ruler.after("html_inline", "broken_picture", _broken)


def with_quotes(image: str) -> str:
    """A picture whose quotes do not end, with what can still be told of it: browsers show it too."""
    if TAG.fullmatch(image):
        return image
    kept = ((name, re.search(rf"(?i)\s{name}\s*=\s*[\"']?([^\"'<>]+)", image)) for name in ("src", "alt"))
    written = "".join(f' {name}="{found[1].strip()}"' for name, found in kept if found)
    return f"<img{written}>" if " src=" in written else image


def with_closed_quote(tag: str) -> str:
    """A tag up to the bracket where its author forgot a quote; the same, if markup in a value is meant."""
    for found in _PLAIN_VALUE.finditer(tag):
        value = tag[found.end() : max(tag.find(found[1], found.end()), 0)]
        if any(inner[1].lower() in KNOWN for inner in _MARKUP.finditer(value)):
            return f"{tag[: found.end() - 1]}{found[1]}>"
    return tag


def _broken(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    """`<img …>` that CommonMark takes for text, since its quotes do not end."""
    found = PICTURE.match(state.src, state.pos, state.posMax)
    if found is None or (mended := with_quotes(found[0])) == found[0]:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = mended
    state.pos = found.end()
    return True
