"""What a reader sees of a body, roughly and fast: for searching and for telling the language. Pure.

Not a parser: cleaning has one. Bodies are hostile, so every step is linear in the text's length: patterns
are possessive or bounded, and elements that never end are left alone.
"""

from __future__ import annotations

import html
import re
from functools import cache

BLOCK_NAME = re.compile(
    "address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)([^<>]*+)>")
"""One tag: closing slash, name, the rest."""
FENCED = re.compile(r"^ {0,3}(`{3,}+|~{3,}+).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
"""A fenced code block of Markdown; one that never closes goes on to the end (CommonMark 4.5)."""
_TARGET = re.compile(r"\]\([^()\s]*+(?:\s++\"[^\"\n]*+\")?\)")
_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>\"')\]，。；、）】》]++", re.IGNORECASE)


def without_elements(body: str, *names: str) -> str:
    """The body without these elements and what is in them; `!--` is a comment."""
    for name in names:
        body = _without(body, *_ends(name))
    return body


def visible_text(body: str) -> str:
    """The text without tags, link targets and comments, entities resolved, white space collapsed."""
    text = without_elements(body, "script", "style", "template", "!--")
    text = TAG.sub(lambda tag: " " if BLOCK_NAME.fullmatch(tag[2].lower()) else "", _TARGET.sub("]", text))
    return " ".join(html.unescape(text).split())


def prose(body: str) -> str:
    """The text that tells the language: without code and addresses too."""
    text = without_elements(FENCED.sub(" ", body), "pre", "code")
    return _URL.sub(" ", visible_text(text))


@cache
def _ends(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    if name == "!--":
        return re.compile("<!--"), re.compile("-->")
    opening = re.compile(rf"<{name}(?=[\s>/])", re.IGNORECASE)
    return opening, re.compile(rf"</{name}\s*+>", re.IGNORECASE)


def _without(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    kept = []
    place = 0
    while start := opening.search(text, place):
        end = closing.search(text, start.end())
        if not end:
            break  # neither do the ones after it end
        kept.append(text[place : start.start()])
        place = end.end()
    return " ".join([*kept, text[place:]])
