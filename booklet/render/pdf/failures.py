"""A chapter that cannot be set: why, and the page that stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from booklet.model import Chapter

Element = etree._Element

MOST_CHARS = 120
"""Of an error's text: a library may quote the whole chapter."""
_ID = re.compile(r'<[^<>]*\sid="([^"]+)"')
_SORRY = {
    "zh": "本文的版式无法处理，未能排入正文。请看电子书或原文。",
    "en": "This article could not be laid out. Please read it in the EPUB or at its source.",
}


def reason_of(error: BaseException) -> str:
    """What went wrong, in one line."""
    text = str(error).strip().partition("\n")[0][:MOST_CHARS]
    name = type(error).__name__
    return f"{name}: {text}" if text else name


def stand_in(chapter: Chapter, language: str) -> Element:
    """A page that says that this chapter could not be set: nothing disappears.

    It keeps the anchors of what it stands for: other chapters link to them and name their pages.
    """
    root = etree.Element("article", {"id": chapter.id, "class": "chapter article", "lang": language})
    etree.SubElement(root, "h1", {"class": "article-title"}).text = chapter.title
    body = etree.SubElement(root, "div", {"class": "body"})
    sorry = etree.SubElement(body, "p")
    for name in dict.fromkeys(_anchors(chapter)):
        etree.SubElement(sorry, "span", {"id": name})
    words = etree.SubElement(sorry, "span")
    words.text = _SORRY.get(language.partition("-")[0], _SORRY["en"])
    return root


def _anchors(chapter: Chapter) -> Iterator[str]:
    """The ids within a chapter; read as text, for it may not be well-formed."""
    for written in _ID.findall(chapter.xhtml):
        name = unescape(written)
        if name.startswith(f"{chapter.id}-"):
            yield name
