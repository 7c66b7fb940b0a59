"""Text-level scanning of markup as people write it: tags, comments, and `<` that is neither."""

from __future__ import annotations

import re

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[^\W\d_][^\s<>/=\"'`，。；：！？、（）《》]*+)"
    r"(?P<attrs>(?:[\s/](?>(?:[^<>\"']|\"[^\"<]*+(?:<[^\"<]*+){0,40}\"|'[^'<]*+(?:<[^'<]*+){0,40}')*))?)>"
)
"""A tag. A quoted value may hold `<`, but not without end: that bounds the work on hostile text."""

_COMMENT = re.compile(r"<!--(?:>|->|[\s\S]*?--!?>)")
_CDATA = re.compile(r"<!\[CDATA\[([\s\S]*?)\]\]>")
_DECLARATION = re.compile(r"<!doctype\b[^<>]*>|<!\[(?:if|endif)\b[^<>]*>|<\?xml\b[^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def escape(text: str) -> str:
    """Markup shown as text; character references stay what they are."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def without_comments(text: str) -> str:
    """Comments, doctypes and conditional marks gone, CDATA as text. A comment that never ends is text."""
    if "<!" not in text and "<?" not in text:
        return text
    if (last := text.rfind("]]>") + 3) > 2:  # noqa: PLR2004 - found; nothing after it can match, and trying is quadratic
        text = _CDATA.sub(lambda found: escape(found[1].replace("&", "&amp;")), text[:last]) + text[last:]
    if "-->" in text or "--!>" in text or "<!-->" in text:
        last = max(text.rfind("-->"), text.rfind("--!>"), text.rfind("<!-->") + 2)
        text = _COMMENT.sub("", text[: last + 4]) + text[last + 4 :]
    return _DECLARATION.sub("", text)


def ends_in_code(before: str) -> bool:
    """Whether code was opened and not closed in this text."""
    return any(before.rfind(f"<{name}") > before.rfind(f"</{name}") for name in ("code", "pre"))


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, values as written."""
    return {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(raw)}
