"""What Jekyll gives its pages to say: `site.`, `page.`, snippets, addresses of pages.

https://jekyllrb.com/docs/variables/, https://jekyllrb.com/docs/includes/, https://jekyllrb.com/docs/liquid/tags/
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from booklet.categories import format_path
from booklet.clean.tags.arguments import liquid_arguments
from booklet.clean.tags.common import player, unknown
from booklet.clean.tags.forms import PICTURE_FILE, picture
from booklet.clean.tags.tag import Surroundings, Tag
from booklet.clean.tags.values import UNKNOWN, Maker, Partly, Scope, primary, shown

_ROOTS = frozenset(
    (
        "site",
        "page",
        "post",
        "include",
        "content",
        "layout",
        "jekyll",
        "forloop",
        "paginator",
        "theme",
        "config",
    )
)
"""What is a value of Jekyll's or Hexo's, and no word of a text about another template language."""
_SILENT = re.compile(r"(?:site|config)\.(?:baseurl|url|root)|content|layout\b.*|forloop\b.*")
_FIGURE = re.compile(r"(?i)fig|im(?:g|age)|pic|photo")


def is_value(raw: str, around: Surroundings, given: Mapping[str, object] | None) -> bool:
    """Whether `{{ … }}` is meant for Liquid. Other words in braces are the article's own."""
    site = around.article.site
    if given is not None:
        return True
    if site is not None and site.generator in {"hugo", "obsidian"}:
        return False
    if re.match(r"(?:\"[^\"]*\"|'[^']*')\s*(?:\||$)", raw):
        return True
    root = re.match(r"[A-Za-z_][\w-]*", raw)
    return bool(root) and (root[0] in _ROOTS or root[0] in around.variables)  # type: ignore[index]


def is_silent(raw: str) -> bool:
    """Whether nobody misses a value that is not known: an address is then relative."""
    return bool(_SILENT.fullmatch(raw.strip()))


def scope(around: Surroundings, given: Mapping[str, object] | None, *, for_picture: bool = False) -> Scope:
    """Where names are looked up.

    A picture lies on the disk below the site's folder, whatever the site's address: there `site.url` and
    `site.baseurl` are nothing.
    """

    def root(name: str) -> object:
        if name in around.variables:
            return around.variables[name]
        if name == "include" and given is not None:
            return given
        if name == "site":
            return _site(around, for_picture=for_picture)
        if name == "page":
            return _page(around)
        if name == "jekyll":
            return {"environment": "production", "version": "4.3.0"}
        return UNKNOWN

    return Scope(root, _address_filters(around, for_picture=for_picture))


def _site(around: Surroundings, *, for_picture: bool) -> Mapping[str, object]:
    site = around.article.site
    if site is None:
        return Partly(url="", baseurl="")
    open_ones = (
        "posts",
        "pages",
        "data",
        "tags",
        "categories",
        "time",
        "github",
        "static_files",
        "related_posts",
    )
    values: dict[str, object] = {**site.values, **dict.fromkeys(open_ones, UNKNOWN)}
    values["url"] = "" if for_picture else _host(site.address)
    values["baseurl"] = "" if for_picture else site.base.rstrip("/")
    values.setdefault("title", site.title)
    return values


def _host(address: str) -> str:
    return "/".join(address.split("/")[:3]) if address else ""


def _page(around: Surroundings) -> Mapping[str, object]:
    article = around.article
    return {
        **article.extra,
        "title": article.title,
        "author": article.authors[0] if article.authors else None,
        "date": article.published if article.day else None,
        "tags": article.tags,
        "categories": tuple(map(format_path, article.categories)),
        "url": article.site_path or article.url or None,
        "permalink": article.url or None,
        "lang": article.lang,
        "content": "",
    }


def _address_filters(around: Surroundings, *, for_picture: bool) -> Mapping[str, Maker]:
    site = around.article.site
    base = "" if site is None or for_picture else site.base.rstrip("/")
    host = "" if site is None or for_picture else _host(site.address)

    def relative(value: object, _arguments: list[object]) -> object:
        path = shown(value)
        return path if "//" in path or PICTURE_FILE.fullmatch(path) else f"{base}/{path.lstrip('/')}"

    def absolute(value: object, _arguments: list[object]) -> object:
        path = shown(value)
        return path if "//" in path or PICTURE_FILE.fullmatch(path) else f"{host}{base}/{path.lstrip('/')}"

    return {"relative_url": relative, "absolute_url": absolute}


def snippet(around: Surroundings, name: str) -> str | None:
    """A file of the site's own `_includes`."""
    site = around.article.site
    return site.includes.get(name) if site else None


def given(raw: str, scope: Scope) -> dict[str, object]:
    """What an `include` passes on."""
    return {name: primary(value, scope) for name, value in liquid_arguments(raw).items()}


def included(tag: Tag, given: Mapping[str, object]) -> str:
    """A snippet that is not here, by its name: a player, a figure, or the words that it was given."""
    words = {name: shown(value) for name, value in given.items()}
    for provider in tag.around.providers:
        if any(shortcode in tag.name.lower() for shortcode in provider.shortcodes):
            return player(provider, Tag(tag.name, tag.raw.partition(" ")[2], tag.around))
    source = next(
        (words[key] for key in ("src", "url", "image_path", "path", "file", "image") if words.get(key)), ""
    )
    if source and (_FIGURE.search(tag.name) or PICTURE_FILE.fullmatch(source)):
        caption = " ".join(filter(None, (words.get("title", ""), words.get("caption", ""))))
        return picture(source, words.get("alt", ""), caption)
    if not given:  # it takes nothing of this article: navigation, scripts, licences
        tag.around.tell("include-missing", tag.line, name=tag.name)
        return ""
    quoted = Tag(tag.name, " ".join(f'{name}="{value}"' for name, value in words.items()), tag.around, "hugo")
    quoted.line = tag.line
    return unknown(quoted)


def page_address(raw: str) -> str:
    """`post_url 2024-05-01-name` is an address: that of the post's file."""
    name = raw.strip().split(" ")[0].strip("\"'")
    return f"/_posts/{name.lstrip('/')}.md" if name else ""


def limited(items: object, options: str) -> list[object]:
    """The items of a loop, with its `limit:`, `offset:`, `reversed`."""
    values = (
        [*items]
        if isinstance(items, list | tuple)
        else [*items.items()]
        if isinstance(items, Mapping)
        else []
    )
    numbers = {name: int(value) for name, value in re.findall(r"(limit|offset):\s*(\d{1,6})", options)}
    values = values[numbers.get("offset", 0) :][: numbers.get("limit", len(values))]
    return values[::-1] if "reversed" in options else values


def forloop(number: int, length: int) -> Mapping[str, object]:
    """What a loop knows of itself (https://shopify.dev/docs/api/liquid/objects/forloop)."""
    return {
        "index": number + 1,
        "index0": number,
        "first": number == 0,
        "last": number == length - 1,
        "length": length,
    }
