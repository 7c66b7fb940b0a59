"""Emphasis without a face for it: dots below Han (着重号) where no Kai tells the words apart.

The engine knows no `text-emphasis` (css-text-decor-4 §3). Each character gets a box of its own, whose ground
the style sheet paints; lines break and are filled as without.
"""

from __future__ import annotations

import re
from itertools import groupby

from lxml import etree

DOTTED = "dotted"
"""The class of a character with its dot (print.css)."""
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_EMPHASIS = ("em", "i")
_PLAIN = frozenset(("pre", "code", "math", "svg", "a"))
_MOST = 400
"""Characters in one article: emphasis on more than that emphasises nothing."""


def dot_emphasis(root: etree._Element) -> None:
    """Give the Han of `em` and `i` their dots."""
    found = [
        one for one in root.iter(*_EMPHASIS) if not any(up.tag in _EMPHASIS for up in one.iterancestors())
    ]
    texts = ["".join(map(str, one.itertext())) for one in found]
    if sum(len(_HAN.findall(text)) for text in texts) > _MOST:
        return
    for one in found:
        for element in list(one.iter()):
            if not isinstance(element.tag, str) or _PLAIN & {
                element.tag,
                *(up.tag for up in element.iterancestors()),
            }:
                continue
            if element is not one and element.tail:
                _after(element)
            if element.text:
                text, element.text = element.text, None
                _insert(element, 0, text)


def _after(element: etree._Element) -> None:
    parent = element.getparent()
    text, element.tail = element.tail or "", None
    if parent is not None:
        _insert(parent, parent.index(element) + 1, text)


def _insert(parent: etree._Element, at: int, text: str) -> None:
    """Put a text before a child: plain stretches as text, each Han in its box."""
    for is_han, run in groupby(text, lambda character: bool(_HAN.match(character))):
        if is_han:
            for character in run:
                box = etree.Element("span", {"class": DOTTED})
                box.text = character
                parent.insert(at, box)
                at += 1
        elif at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + "".join(run)
        else:
            parent.text = (parent.text or "") + "".join(run)
