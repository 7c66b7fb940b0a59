"""The other articles, by every way that people write links to them. Pure: paths are compared, not opened.

A link is a file's name from where it stands, from the site's content or its root; a path on the site; a name
alone, as `[[page]]`, `{% post_link name %}` or `relref "name"`; the number that Notion puts into its names.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urljoin, urlsplit

from booklet.model import ARTICLE_LINK, Article

_NOTION = re.compile(r"([0-9a-f]{32})(?:\.\w+)?$")
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-")
_TEXT_FILE = re.compile(r"(?i)\.(?:md|markdown|mdx|mkd)$")
_INDEX = ("index", "_index", "readme")
_ENDINGS = ("", ".md", ".markdown", ".mdx", "/index.md", "/_index.md", "/readme.md")
_MOST_NAMES = 50
"""Other names of one article (`aliases`, `redirect_from`)."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """An index of articles."""

    chosen: frozenset[str] = frozenset()
    """Ids of the articles of the booklet."""
    by_path: Mapping[str, Article] = field(default_factory=dict)
    by_place: Mapping[tuple[str, str], Article] = field(default_factory=dict)
    """By the site's folder, and the path on the site."""
    by_name: Mapping[str, tuple[Article, ...]] = field(default_factory=dict)

    def find(self, written: str, article: Article) -> Article | None:
        """The article that an address without a scheme leads to, or one on its own site; None: to none."""
        address = _without_own_host(written, article)
        path = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")
        if not path or "//" in address:
            return self._by_notion(address)
        found = self._by_file(path, article) or self._on_site(path, article) or self._by_notion(path)
        bare = is_text_file(path) or (article.site is not None and article.site.generator == "hugo")
        return found or (self.named(path, article) if bare else None)

    def named(self, name: str, article: Article) -> Article | None:
        """The article of this name; of several the nearest one, and none if two are as near."""
        path = unquote(name.partition("#")[0].strip()).strip("/")
        if not path:
            return None
        own = article.source.rpartition("/")[0]
        last = _key(_TEXT_FILE.sub("", path))
        found = [one for one in self.by_name.get(last.rpartition("/")[2], ()) if _ends_so(one, last)]
        near = [one for one in found if one.source.rpartition("/")[0] == own] or found
        return near[0] if len(near) == 1 else None if near else self._by_file(path, article)

    def address(self, found: Article, fragment: str) -> str:
        """Of an article that was found: in the booklet, else on the web if that is known, else empty."""
        end = f"#{quote(fragment)}" if fragment else ""
        if found.id in self.chosen:
            return f"{ARTICLE_LINK}{quote(found.id, safe='')}{end}"
        return f"{found.url}{end}" if found.url else ""

    def _by_file(self, path: str, article: Article) -> Article | None:
        """From the folder of the article, then from the folders that addresses of a site begin in."""
        roots = [article.root.as_posix()]
        if article.site:
            folders = (article.site.content, article.site.folder)
            roots = [*(folder.as_posix() for folder in folders), *roots]
            if article.site.base != "/" and path.startswith(article.site.base):
                path = path[len(article.site.base) - 1 :]
        if not path.startswith("/"):
            roots = [article.source_path.parent.as_posix(), *roots]
        for root in roots:
            place = _key(posixpath.normpath(f"{root}/{path.strip('/')}"))
            for ending in _ENDINGS:
                if found := self.by_path.get(place + ending):
                    return found
        return None

    def _on_site(self, path: str, article: Article) -> Article | None:
        if article.site is None:
            return None
        folder = article.site.folder.as_posix()
        places = [urljoin(article.site_path, path)] if article.site_path else [path]
        if path.startswith("/"):  # themes put the base before it
            places.append(article.site.base.rstrip("/") + path)
        return next(filter(None, (self.by_place.get((folder, _place(place))) for place in places)), None)

    def _by_notion(self, address: str) -> Article | None:
        number = _NOTION.search(re.split(r"[?#]", address, maxsplit=1)[0].replace("-", ""))
        found = self.by_name.get(number[1], ()) if number else ()
        return found[0] if len(found) == 1 else None


NOBODY = Neighbours()


def neighbours(chosen: Iterable[Article], others: Iterable[Article] = ()) -> Neighbours:
    """The index of the articles of a booklet, and of others that its sources hold."""
    chosen = tuple(chosen)
    by_path: dict[str, Article] = {}
    by_place: dict[tuple[str, str], Article] = {}
    by_name: dict[str, list[Article]] = {}
    for article in (*chosen, *others):
        by_path.setdefault(_key(article.source_path.as_posix()), article)
        if article.site:
            folder = article.site.folder.as_posix()
            moved = (place for place in _other_names(article) if place.startswith("/"))
            for place in (article.site_path, *moved):
                if place:
                    by_place.setdefault((folder, _place(place)), article)
        for name in _names(article):
            same = by_name.setdefault(name, [])
            if article not in same[-1:]:
                same.append(article)
    names = {name: tuple(found) for name, found in by_name.items()}
    return Neighbours(frozenset(article.id for article in chosen), by_path, by_place, names)


def _names(article: Article) -> set[str]:
    """What an article is called: its file, without a date in front; its title; what it says it is called."""
    stem = article.source_path.stem
    if stem.casefold() in _INDEX:
        stem = article.source_path.parent.name
    notion = _NOTION.search(stem)
    said = (
        value for key, value in article.extra.items() if key.casefold() in ("slug", "abbrlink", "urlname")
    )
    names = [stem, _DATED.sub("", stem), article.title, article.full_title, *map(str, said)]
    names += [name for name in _other_names(article) if not name.startswith("/")]
    return {key for name in names if (key := _key(name))} | ({notion[1]} if notion else set())


def _other_names(article: Article) -> list[str]:
    """Obsidian's and Hugo's `aliases`, `redirect_from` of Jekyll's plugin."""
    found: list[str] = []
    for key, value in article.extra.items():
        if key.casefold() in ("aliases", "alias", "redirect_from"):
            values = value if isinstance(value, tuple | list) else (value,)
            found += [one.strip() for one in values if isinstance(one, str)]
    return found[:_MOST_NAMES]


def _ends_so(article: Article, path: str) -> bool:
    """Whether a name with folders is of this article."""
    folders = path.rpartition("/")[0]
    return not folders or f"/{_key(article.source_path.parent.as_posix())}/".find(f"/{folders}/") >= 0


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip()).casefold()


def _place(path: str) -> str:
    """Equal for paths of one page: an `index.html`, a slash or `.html` at the end aside."""
    plain = _key(unquote(re.split(r"[?#]", path, maxsplit=1)[0]))
    return "/" + plain.removesuffix("index.html").removesuffix(".html").strip("/")


def _without_own_host(written: str, article: Article) -> str:
    """An address on the article's own site as a path."""
    site = article.site
    if site is None or not site.address or not re.match(r"(?i)https?://", written):
        return written
    try:
        own, other = urlsplit(site.address), urlsplit(written)
    except ValueError:
        return written
    same = own.netloc.lower().removeprefix("www.") == other.netloc.lower().removeprefix("www.")
    return other.path or "/" if same else written


def is_text_file(href: str) -> bool:
    """Whether an address without a scheme names a file that a generator makes a page of."""
    return bool(_TEXT_FILE.search(re.split(r"[?#]", href, maxsplit=1)[0]))
