"""Bodies of text alone, for screens: what `render.chapters.body` does to a tree, done to their markup.

Most articles are made ready here in a tenth of the time. It relies on the form that `booklet.clean` writes:
values in double quotes, no bare `<` or `>` in texts and values, no comments.
"""

from __future__ import annotations

import re
from itertools import count

from booklet.render.text.places import BLOCKS, PLACE

_WANTS_A_TREE = re.compile(r"<(?:aside|figure|hr|img|math|table|!|\?|div\s[^<>]*data-video)")
"""Notes, pictures, rules, formulas, tables and players have more done to them than ids and numbers."""
_BLOCK = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS))})(?=[\s/>])")
_ID = re.compile(r'(<[a-z](?:[^<>]*\s)?)id="([^"<>]*)"')
_OWN_LINK = re.compile(r'(<a(?:\s[^<>]*)?\s)href="(#[^"<>]*)"')


def is_plain(body: str) -> bool:
    """Whether `filled` does all that a body needs on a screen."""
    return _WANTS_A_TREE.search(body) is None


def filled(body: str, prefix: str) -> str:
    """The body with its blocks numbered and `prefix` before its ids and in the links to them."""
    numbers = count()
    body = _BLOCK.sub(lambda found: f'{found[0]} {PLACE}="{next(numbers)}"', body)
    seen: set[str] = set()

    def own_id(found: re.Match[str]) -> str:
        before, name = found.groups()
        if name in seen:
            return before
        seen.add(name)
        return f'{before}id="{prefix}-{name}"'

    def own_link(found: re.Match[str]) -> str:
        before, target = found.groups()
        if target[1:] in seen:
            return f'{before}href="#{prefix}-{target[1:]}"'
        return found[0] if target.startswith("#a-") else before  # to another article's chapter

    return _OWN_LINK.sub(own_link, _ID.sub(own_id, body))
