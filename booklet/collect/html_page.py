"""A saved page as an article: what it says of itself, and its text. Pure.

Of a page the article alone goes on (`booklet.collect.pages`), of a fragment all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

from booklet.collect.body_format import is_page
from booklet.collect.pages.content import find_content
from booklet.collect.pages.said import said_elsewhere, site_less_title

_HEAD_CHARS = 400_000
"""Of the page that are parsed for its metadata."""
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "author": ("author", "article:author", "dc.creator", "og:article:author", "parsely-author"),
    "date": (
        "article:published_time",
        "og:article:published_time",
        "date",
        "pubdate",
        "publishdate",
        "dc.date",
        "dc.date.issued",
        "datepublished",
        "article:modified_time",
    ),
    "cover": ("og:image", "og:image:url", "twitter:image"),
    "url": ("og:url",),
    "categories": ("article:section",),
    "keywords": ("article:tag", "keywords"),
}
"""Names of `<meta name>`, `property` and `itemprop`, best first (ogp.me; schema.org; Dublin Core)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's own metadata in front matter's words, and the markup of its article."""

    values: dict[str, object]
    body: str
    line_offset: int
    """Lines of the page above the body."""
    dropped_chars: int = 0
    """Of what stands beside the article: menus, footers, lists of other articles."""
    dropped: tuple[str, ...] = ()
    """Its first words."""


def read_page(text: str) -> Page:
    """Read a page or a fragment; a fragment gives its first heading as the title. Never raises."""
    whole = is_page(text)
    values: dict[str, object] = {}
    content = None
    try:
        tree = _tree(text if whole else text[:_HEAD_CHARS])
        values = _values(tree, text if whole else "")
        content = find_content(tree) if whole else None
    except Exception:  # noqa: BLE001 - markup from the web may break any step; the whole page is read then
        content = None
    opening = _BODY.search(text) if whole else None
    if content:
        line = max(content.line - 1, 0)
        return Page(values, content.markup, line, content.dropped_chars, content.dropped)
    if not opening:
        return Page(values, text, 0)
    ends = list(_BODY_END.finditer(text, opening.end()))
    body = text[opening.end() : ends[-1].start() if ends else len(text)]
    lead = len(body) - len(body.lstrip())
    first = opening.end() + lead
    return Page(values, body[lead:], text.count("\n", 0, first))


def _tree(markup: str) -> html.HtmlElement:
    # Encoded, because lxml refuses text with an XML encoding declaration.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    return html.document_fromstring(markup.encode("utf-8", "replace") or b"<p/>", parser=parser)


def _values(tree: html.HtmlElement, page: str) -> dict[str, object]:
    metas = _metas(tree)
    values: dict[str, object] = {}
    for key, names in _META.items():
        found = next((metas[name] for name in names if metas.get(name)), "")
        if found:
            values[key] = found
    more = said_elsewhere(tree, page) if page else {}
    heading = _text(tree.find(".//h1"))
    given = values.get("title") or more.get("title") or heading
    values["title"] = given or site_less_title(tree, _text(tree.find(".//title")))
    if not values.get("date"):
        time = tree.find(".//time[@datetime]")
        values["date"] = time.get("datetime", "") if time is not None else ""
    canonical = tree.xpath("//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href")
    if isinstance(canonical, list) and canonical:
        values["url"] = str(canonical[0])
    values["lang"] = tree.get("lang", "") or tree.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    body = tree.find(".//body")
    values["dir"] = tree.get("dir", "") or (body.get("dir", "") if body is not None else "")
    return {**more, **{key: value for key, value in values.items() if value}}


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("name", "property", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                metas.setdefault(name, content)
    return metas


def _text(element: html.HtmlElement | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
