"""A chapter that cannot be set: why, and the page that stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from html import unescape

from lxml import etree

from booklet.model import Chapter

Element = etree._Element

MOST_CHARS = 120
"""Of an error's text: a library may quote the whole chapter."""
_MOST_AROUND = 1000
"""Characters of a title with its byline, or of a foot."""
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

    It stands where the chapter would, by the theme's classes, and has its running head; an article's has its
    title, byline and source. It keeps the anchors of what it stands for: other chapters link to them and
    name their pages.
    """
    failed = _as_far_as_readable(chapter)
    root = etree.Element(failed.tag if failed is not None else "article", _attributes(chapter, failed))
    root.set("id", chapter.id)
    head, foot = (_head_or_foot(failed, name) for name in ("article-head", "article-foot"))
    if head is None:
        etree.SubElement(root, "h1", {"class": "article-title"}).text = chapter.title
    else:
        etree.SubElement(root, "div", {"class": "opening"}).append(head)
    body = etree.SubElement(root, "div", {"class": "body"})
    sorry = etree.SubElement(body, "p", {"lang": language})
    for name in dict.fromkeys(_anchors(chapter)):
        etree.SubElement(sorry, "span", {"id": name})
    words = etree.SubElement(sorry, "span")
    words.text = _SORRY.get(language.partition("-")[0], _SORRY["en"])
    if foot is not None:
        root.append(foot)
    return root


def _as_far_as_readable(chapter: Chapter) -> Element | None:
    """The chapter's tree, mended where its markup breaks; not a cover's: words have no margins there."""
    if chapter.kind == "cover":
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        return etree.fromstring(chapter.xhtml, parser)
    except etree.XMLSyntaxError:
        return None


def _attributes(chapter: Chapter, failed: Element | None) -> dict[str, str]:
    """What style sheets know the chapter by: of these its page, its side and its number depend."""
    known = {"class": "chapter article", "lang": chapter.lang}
    for name, value in failed.attrib.items() if failed is not None else ():
        if str(name) in known or str(name).startswith("data-"):
            known[str(name)] = str(value)
    return known


def _head_or_foot(failed: Element | None, name: str) -> Element | None:
    """What the theme draws before or after an article; too much of it may be what made the engine fail."""
    found = failed.find(f".//*[@class='{name}']") if failed is not None else None
    if found is None or sum(map(len, map(str, found.itertext()))) > _MOST_AROUND:
        return None
    kept = deepcopy(found)
    kept.tail = None
    etree.strip_attributes(kept, "id")
    return kept


def _anchors(chapter: Chapter) -> Iterator[str]:
    """The ids within a chapter; read as text, for it may not be well-formed."""
    for written in _ID.findall(chapter.xhtml):
        name = unescape(written)
        if name.startswith(f"{chapter.id}-"):
            yield name
