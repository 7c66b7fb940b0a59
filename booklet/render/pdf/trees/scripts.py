"""Passages in Latin letters within Chinese articles: their curly marks are not a whole em wide. Pure.

A language is not guessed: `und` (BCP 47) says that it is another one.
"""

from __future__ import annotations

import re

from lxml import etree

from booklet.render.text.marks import has_full_width_marks

UNDETERMINED = "und"
_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "figcaption", "h2", "h3", "h4", "h5", "h6")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 3


def tag_latin(root: etree._Element) -> None:
    """Say so of each block of a Chinese or Japanese chapter that has no character of those scripts."""
    if not has_full_width_marks(root.get("lang", "")):
        return
    for block in root.iter(*_BLOCKS):
        if block.get("lang") or next(block.iterdescendants(*_BLOCKS), None) is not None:
            continue
        text = "".join(map(str, block.itertext()))
        if not _WIDE.search(text) and len(_WORD.findall(text[:1000])) >= _LEAST_WORDS:
            block.set("lang", UNDETERMINED)
