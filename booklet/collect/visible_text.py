"""What a reader sees of a body, roughly and fast: for searching and for telling the language. Pure.

Not a parser: cleaning has one. Every pattern here is linear in the text's length.
"""

from __future__ import annotations

import html
import re

_BLOCK_NAMES = (
    "address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
BLOCK_NAME = re.compile(_BLOCK_NAMES)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
"""One tag: closing slash, name, the rest."""
_DROPPED = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(
    r"<(pre|code)\b.*?</\1\s*>|^(`{3,}|~{3,})[^\n]*$.*?^\2[`~]*\s*$", re.DOTALL | re.IGNORECASE | re.MULTILINE
)
_TARGET = re.compile(r"\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)")
_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>\"')\]，。；、）】》]+", re.IGNORECASE)


def without_dropped(body: str) -> str:
    """The body without scripts, styles and comments, which hold no text of the article."""
    if "</" not in body and "-->" not in body:
        return body
    return _DROPPED.sub(" ", body)


def visible_text(body: str) -> str:
    """The text without tags, link targets and comments, entities resolved, white space collapsed."""
    text = _TARGET.sub("]", without_dropped(body))
    text = TAG.sub(lambda tag: " " if BLOCK_NAME.fullmatch(tag[2].lower()) else "", text)
    return " ".join(html.unescape(text).split())


def prose(body: str) -> str:
    """The text that tells the language: without code and addresses too."""
    return _URL.sub(" ", visible_text(_CODE.sub(" ", without_dropped(body))))
