"""Pictures whose quotes do not end: our scan and CommonMark take them for text, browsers for pictures."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from booklet.clean.text.markup import TAG

PICTURE = re.compile(r"(?i)<img\s[^<>]{1,2000}>")


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


def _broken(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    """`<img …>` that CommonMark takes for text, since its quotes do not end."""
    found = PICTURE.match(state.src, state.pos, state.posMax)
    if found is None or (mended := with_quotes(found[0])) == found[0]:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = mended
    state.pos = found.end()
    return True
