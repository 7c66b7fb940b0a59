"""Characters that no reader sees and that would mislead the steps after this one."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft

MAX_CHARS = 5_000_000
"""The most characters of markup. A long book chapter has 50,000."""

CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
_LONELY_JOINER = re.compile(
    "(?<![\u0600-\u0dff\u200d\ufe0f\u2600-\u27bf\U0001f000-\U0001faff])[\u200c\u200d]"
    "|[\u200c\u200d](?![\u0600-\u0dff\u2600-\u27bf\U0001f000-\U0001faff])"
)
"""Joiners mean something inside emoji and in Arabic and Indic scripts; elsewhere they were pasted."""

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
"""Characters of private use, which mean something only in a font that the site brought along: icons."""


def without_invisible(text: str) -> str:
    """`text` without zero-width characters, directional marks and pasted joiners."""
    return text if text.isascii() else _LONELY_JOINER.sub("", _INVISIBLE.sub("", text))


def characters(draft: Draft) -> None:
    """One kind of line end; no control, zero-width or directional characters; a bounded length."""
    text = draft.text
    if len(text) > MAX_CHARS:
        draft.report("body-truncated", limit_mb=MAX_CHARS // 1_000_000)
        text = text[: max(text.rfind("<", 0, MAX_CHARS), MAX_CHARS - 10_000)]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n").replace("\x85", "\n")
    draft.text = without_invisible(CONTROL.sub("", text))
