"""A whole saved page as an article: what its `<head>` says, and its `<body>`. Pure.

The body goes on untouched; finding the article among a page's menus is not done here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree, html

from booklet.collect.body_format import is_page

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
    """A page's own metadata in front matter's words, and the markup between its body tags."""

    values: dict[str, object]
    body: str
    line_offset: int
    """Lines of the page above the body."""


def read_page(text: str) -> Page:
    """Read a page or a fragment; a fragment gives its first heading as the title. Never raises."""
    try:
        values = _values(text[:_HEAD_CHARS])
    except (etree.LxmlError, ValueError, AssertionError):
        values = {}
    opening = _BODY.search(text) if is_page(text) else None
    if not opening:
        return Page(values, text, 0)
    ends = list(_BODY_END.finditer(text, opening.end()))
    body = text[opening.end() : ends[-1].start() if ends else len(text)]
    lead = len(body) - len(body.lstrip())
    first = opening.end() + lead
    return Page(values, body[lead:], text.count("\n", 0, first))


def _values(markup: str) -> dict[str, object]:
    # Encoded, because lxml refuses text with an XML encoding declaration.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
    tree = html.document_fromstring(markup.encode("utf-8", "replace") or b"<p/>", parser=parser)
    metas = _metas(tree)
    values: dict[str, object] = {}
    for key, names in _META.items():
        found = next((metas[name] for name in names if metas.get(name)), "")
        if found:
            values[key] = found
    heading = _text(tree.find(".//h1"))
    values["title"] = values.get("title") or heading or _text(tree.find(".//title"))
    if not values.get("date"):
        time = tree.find(".//time[@datetime]")
        values["date"] = time.get("datetime", "") if time is not None else ""
    canonical = tree.xpath("//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href")
    if isinstance(canonical, list) and canonical:
        values["url"] = str(canonical[0])
    values["lang"] = tree.get("lang", "") or tree.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return {key: value for key, value in values.items() if value}


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
