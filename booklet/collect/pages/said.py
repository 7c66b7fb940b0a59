"""What a saved page says of itself beside its `<meta>`s: address, day, author, title. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree, html

from booklet.collect.front_matter.fields import web_address

_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s+url:)"
    r"\s*(https?://[^\s<>]{1,2000}?)\s*(?:-->|\n)",
    re.IGNORECASE,
)
"""The comments of browsers ("save page as") and of SingleFile."""
_WECHAT = {
    "url": re.compile(r"\bvar msg_link\s*=\s*[\"'](https?:[^\"']{1,2000})[\"']"),
    "date": re.compile(r"\bvar (?:ct|create_?time|publish_time)\s*=\s*[\"']([\d: -]{8,20})[\"']"),
    "title": re.compile(r"\bvar msg_title\s*=\s*[\"']([^\"'\\\n]{1,300})[\"']"),
}
_SCRIPT_CHARS = 2_000_000
_DAY = re.compile(
    r"(?:19|20)\d{2}\s?(?:[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_TODAY = re.compile(r"今天|今日|现在是|today", re.IGNORECASE)
_OF_PUBLISHING = re.compile(
    r"发[布表]|時間|时间|日期|来源|來源|更新|编辑|作者|published|posted|updated", re.IGNORECASE
)
_DATE_CLASS = re.compile(
    r"(?i)(?:^|[-_ ])(?:date|time|pub\w*|posted|info|meta|source|byline|author)(?:$|[-_ ])|time$|date$"
)
_LINE_CHARS = 120
_TITLE_PARTS = re.compile(r"\s*[|_–—]\s*|\s+-\s+")


def said_elsewhere(tree: html.HtmlElement, page: str) -> dict[str, object]:
    """By front matter's names; a page that says nothing gives an empty mapping."""
    found: dict[str, object] = {}
    for name, value in (*_of_saving(page), *_of_data(tree), *_of_wechat(tree)):
        if value:
            found.setdefault(name, value)
    if "date" not in found and (day := _visible_day(tree)):
        found["date"] = day
    return found


def site_less_title(tree: html.HtmlElement, title: str) -> str:
    """A page's title without the site's name, where the page shows it so: `水渠_某某网`, `水渠 - 知乎`."""
    parts = _TITLE_PARTS.split(title)
    if len(parts) == 1:
        return title
    shown = {" ".join(str(text).split()) for text in tree.xpath("//body//text()[string-length() < 400]")}
    heads = [title[: place.start()] for place in _TITLE_PARTS.finditer(title)]
    return next((head for head in reversed(heads) if head.strip() in shown), title)


def _of_saving(page: str) -> Iterator[tuple[str, object]]:
    saved = _SAVED.search(page[:20_000])
    if saved and (address := web_address(saved[1])):
        yield "url", address


def _of_data(tree: html.HtmlElement) -> Iterator[tuple[str, object]]:
    """JSON-LD of schema.org's Article and its kinds."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:_SCRIPT_CHARS])
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            if "Article" in str(thing.get("@type")) or "BlogPosting" in str(thing.get("@type")):
                yield "title", _text(thing.get("headline"))
                yield "date", _text(thing.get("datePublished")) or _text(thing.get("dateCreated"))
                yield "author", [name for name in map(_name, _list(thing.get("author"))) if name]
                yield (
                    "url",
                    web_address(thing.get("url")) or web_address(_name(thing.get("mainEntityOfPage"), "@id")),
                )


def _things(data: Any) -> Iterator[Mapping[str, Any]]:
    for thing in _list(data)[:50]:
        if isinstance(thing, dict):
            yield thing
            yield from (one for one in _list(thing.get("@graph"))[:50] if isinstance(one, dict))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any, key: str = "name") -> str:
    return _text(value.get(key)) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _of_wechat(tree: html.HtmlElement) -> Iterator[tuple[str, object]]:
    if not tree.xpath("//*[@id='js_content' or @id='js_article']"):
        return
    for name, place in (("title", "activity-name"), ("author", "js_name"), ("date", "publish_time")):
        for element in tree.xpath(f"//*[@id='{place}']")[:1]:
            yield name, " ".join(element.text_content().split())
    scripts = "\n".join(script.text or "" for script in tree.iter("script"))[:_SCRIPT_CHARS]
    for name, pattern in _WECHAT.items():
        if found := pattern.search(scripts):
            yield name, found[1].replace("&amp;", "&")


def _visible_day(tree: html.HtmlElement) -> str:
    """The first day in a short line that speaks of publishing, or whose element's name does."""
    for element in tree.iter(etree.Element):
        if element.tag in ("script", "style", "p", "li", "a", "title"):
            continue
        line = " ".join("".join(map(str, element.xpath("text()|span/text()|em/text()|i/text()"))).split())
        found = _DAY.search(line)
        if not found or len(line) > _LINE_CHARS or _TODAY.search(line):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _OF_PUBLISHING.search(line) or _DATE_CLASS.search(names) or line == found[0]:
            return found[0]
    return ""
