"""Where an article stands on its site: the path that the generator gives it, by its rules. Pure.

https://hexo.io/docs/permalinks, https://jekyllrb.com/docs/permalinks/,
https://gohugo.io/configuration/permalinks/
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from booklet.collect.sites.settings_files import text_of, value_of
from booklet.model import Article
from booklet.sites import Site

_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In English whatever the machine speaks, as generators write them."""
_NOT_SAID = re.compile(r":[A-Za-z_]\w*")
_SLUG_MARKS = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
"""What Hexo makes a hyphen of (hexo-util, `slugize`)."""


def path_on_site(article: Article, site: Site) -> str:
    """The article's path from the site's host, with `/` before it; empty: nobody can say it from here.

    Characters stay as they are: browsers encode them.
    """
    if site.generator == "obsidian":
        return ""
    try:
        written = PurePosixPath(article.source_path.relative_to(site.content).as_posix())
    except ValueError:
        return ""
    zone = ZoneInfo(site.timezone) if site.timezone else None
    moment = article.published.astimezone(zone) if zone else article.published
    path = {"hexo": _hexo, "jekyll": _jekyll, "hugo": _hugo}[site.generator](article, site, written, moment)
    if not path or _NOT_SAID.search(path):
        return ""
    return site.base + re.sub(r"/{2,}", "/", path).lstrip("/")


def given(article: Article, *keys: str) -> str:
    """A text of the front matter that we give no meaning to, by its key in any case."""
    for key in keys:
        for name, value in article.extra.items():
            if name.casefold() == key and isinstance(value, str | int) and not isinstance(value, bool):
                return str(value).strip()
    return ""


def _filled(pattern: str, values: Mapping[str, str | Callable[[], str]]) -> str:
    """The pattern with its placeholders filled in; those that nobody knows stay. The longest name wins."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        for end in range(len(name), 0, -1):
            if name[:end] in values:
                held = values[name[:end]]
                return (held() if callable(held) else held) + name[end:]
        return found[0]

    return re.sub(r":(\w+)", value, pattern)


def _date_parts(moment: datetime) -> dict[str, str | Callable[[], str]]:
    return {
        "year": f"{moment.year:04}",
        "month": f"{moment.month:02}",
        "day": f"{moment.day:02}",
        "hour": f"{moment.hour:02}",
        "minute": f"{moment.minute:02}",
        "second": f"{moment.second:02}",
        "i_month": str(moment.month),
        "i_day": str(moment.day),
    }


def _hexo(article: Article, site: Site, written: PurePosixPath, moment: datetime) -> str:
    """Posts by the pattern (hexo, `lib/plugins/filter/post_permalink.ts`), pages by their files."""
    asked = given(article, "permalink")
    if asked:
        return asked
    if written.parts[0] != "_posts":
        page = written.with_suffix(".html").as_posix()
        return page.removesuffix("index.html")
    below = PurePosixPath(*written.parts[1:]).with_suffix("").as_posix()
    slug = _hexo_slug(below, text_of(site.values, "new_post_name"))
    names = [name for path in article.categories[:1] for name in path]
    categories = value_of(site.values, "category_map")
    mapped = [text_of(categories, name) or _slugized(name) for name in names]
    digest = hashlib.sha1(f"{slug}{int(moment.timestamp())}".encode(), usedforsecurity=False)
    values: dict[str, str | Callable[[], str]] = {
        **_hexo_defaults(site),
        **{key: str(held) for key, held in article.extra.items() if isinstance(held, str | int)},
        **_date_parts(moment),
        "timestamp": str(int(moment.timestamp())),
        "title": slug,
        "slug": slug,
        "name": slug.rpartition("/")[2],
        "post_title": _slugized(article.full_title or article.title).lower(),
        "category": "/".join(mapped) or text_of(site.values, "default_category") or "uncategorized",
        "hash": digest.hexdigest()[:12],
        "lang": article.lang if "lang" not in _hexo_defaults(site) else str(_hexo_defaults(site)["lang"]),
    }
    path = _filled(site.permalink, values)
    if value_of(site.values, "pretty_urls", "trailing_html") is False:
        path = path.removesuffix(".html")
    if value_of(site.values, "pretty_urls", "trailing_index") is False:
        path = path.removesuffix("index.html")
    return path


def _hexo_defaults(site: Site) -> dict[str, str]:
    defaults = value_of(site.values, "permalink_defaults")
    return {key: str(held) for key, held in defaults.items()} if isinstance(defaults, dict) else {}


def _hexo_slug(below: str, new_post_name: str) -> str:
    """What `:title` is in the name of the file, by the pattern that new posts are called by."""
    pattern = new_post_name.rpartition(".")[0] or ":title"
    parts = {"year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}", "i_month": r"\d{1,2}", "i_day": r"\d{1,2}"}
    expression = ""
    for literal, name in re.findall(r"([^:]+)|:(\w+)", pattern):
        if literal:
            expression += re.escape(literal)
        elif name == "title":
            expression += r"(?P<title>.+)" if "<title>" not in expression else ".+"
        else:
            expression += parts.get(name, "[^/]+")
    found = re.fullmatch(expression, below)
    return found["title"] if found and "title" in found.groupdict() else below


def _slugized(text: str) -> str:
    return _SLUG_MARKS.sub("-", text).strip("-")


def _jekyll(article: Article, site: Site, written: PurePosixPath, moment: datetime) -> str:
    """By the front matter's `permalink`, else the collection's or the site's (`drops/url_drop.rb`)."""
    place = next(
        (index for index, part in enumerate(written.parts[:-1]) if part in ("_posts", "_drafts")), None
    )
    collection = "posts" if place is not None else _collection(written, site)
    pattern = given(article, "permalink") or _jekyll_default(site, written, collection)
    stem = written.stem
    categories: list[str] = []
    if place is not None:
        stem = _DATED.sub("", stem, count=1) if _DATED.match(stem) else stem
        categories = [part.lower() for part in written.parts[:place]]
    categories += [name.lower() for path in article.categories for name in path]
    if not pattern:
        pattern = _jekyll_pattern(site, collection)
    iso = moment.isocalendar()
    slug = given(article, "slug") or stem
    values: dict[str, str | Callable[[], str]] = {
        **_date_parts(moment),
        "short_month": _MONTHS[moment.month - 1][:3].upper(),
        "long_month": _MONTHS[moment.month - 1],
        "short_year": f"{moment.year % 100:02}",
        "y_day": f"{moment.timetuple().tm_yday:03}",
        "w_year": str(iso.year),
        "week": f"{iso.week:02}",
        "w_day": str(iso.weekday),
        "short_day": _DAYS[iso.weekday - 1][:3].upper(),
        "long_day": _DAYS[iso.weekday - 1],
        "title": _jekyll_slug(slug, pretty=True),
        "slug": _jekyll_slug(slug),
        "name": _jekyll_slug(stem),
        "basename": stem,
        "categories": "/".join(dict.fromkeys(categories)),
        "slugified_categories": "/".join(dict.fromkeys(map(_jekyll_slug, categories))),
        "collection": collection,
        "path": _jekyll_folder(written, collection),
        "output_ext": ".html",
    }
    path = _filled(pattern, values)
    return re.sub(r"(?:^|(?<=/))index(?:\.html)?$", "", path)


def _collection(written: PurePosixPath, site: Site) -> str:
    first = written.parts[0]
    known = value_of(site.values, "collections")
    names = known if isinstance(known, dict | tuple) else ()
    return first[1:] if first.startswith("_") and first[1:] in names else ""


def _jekyll_pattern(site: Site, collection: str) -> str:
    if collection == "posts":
        return site.permalink
    if collection:
        return text_of(site.values, "collections", collection, "permalink") or "/:collection/:path:output_ext"
    pretty = site.permalink.endswith("/")
    return "/:path/:basename/" if pretty else "/:path/:basename:output_ext"


def _jekyll_folder(written: PurePosixPath, collection: str) -> str:
    """`:path`: of a page its folder, of a document of a collection its path without the ending."""
    if collection and collection != "posts":
        return PurePosixPath(*written.parts[1:]).with_suffix("").as_posix()
    return "" if written.parent.as_posix() == "." else written.parent.as_posix()


def _jekyll_default(site: Site, written: PurePosixPath, collection: str) -> str:
    """The `permalink` of the `defaults` that match (https://jekyllrb.com/docs/configuration/front-matter-defaults/)."""
    found = ""
    rows = value_of(site.values, "defaults")
    for row in rows if isinstance(rows, tuple) else ():
        path = text_of(row, "scope", "path").strip("/")
        kind = text_of(row, "scope", "type")
        here = not path or f"{written.as_posix()}/".startswith(f"{path}/")
        if here and kind in ("", collection or "pages"):
            found = text_of(row, "values", "permalink") or found
    return found


def _jekyll_slug(text: str, *, pretty: bool = False) -> str:
    """jekyll, `Utils.slugify`: `pretty` keeps more marks, and upper case."""
    made = re.sub(r"[^\w.~!$&'()+,;=@]+" if pretty else r"[\W_]+", "-", text).strip("-")
    return made if pretty else made.lower()


def _hugo(article: Article, site: Site, written: PurePosixPath, moment: datetime) -> str:
    """By `url`, the section's pattern, or the file's path (hugo, `resources/page/permalinks.go`)."""
    name, prefix = _hugo_name(written.stem, site)
    folders = written.parent.parts
    if asked := given(article, "url"):
        return asked if asked.startswith("/") or not prefix else f"{prefix}{asked}"
    if name == "index" and folders:  # a page bundle is called as its folder
        name, folders = folders[-1], folders[:-1]
    slug = given(article, "slug")
    pattern = _hugo_pattern(site, folders)
    title = article.full_title or article.title
    values: dict[str, str | Callable[[], str]] = {
        **_date_parts(moment),
        "monthname": _MONTHS[moment.month - 1],
        "weekday": str(moment.isoweekday() % 7),
        "weekdayname": _DAYS[moment.weekday()],
        "yearday": str(moment.timetuple().tm_yday),
        "section": folders[0] if folders else "",
        "sections": "/".join(folders),
        "title": _hugo_url(title),
        "slug": _hugo_url(slug or title),
        "filename": _hugo_url(name),
        "slugorfilename": _hugo_url(slug or name),
        "contentbasename": _hugo_url(name),
        "slugorcontentbasename": _hugo_url(slug or name),
    }
    if pattern:
        path = _filled(pattern, values)
    elif value_of(site.values, "uglyurls") is True:
        path = f"{'/'.join(map(_hugo_url, (*folders, slug or name)))}.html"
    else:
        path = "/".join((*map(_hugo_url, (*folders, slug or name)), ""))
    lower = value_of(site.values, "disablepathtolower") is not True
    return prefix + (path.lower() if lower else path).lstrip("/")


def _hugo_name(stem: str, site: Site) -> tuple[str, str]:
    """The file's name without its language, and the folder that this language's pages lie in."""
    languages = value_of(site.values, "languages")
    default = (text_of(site.values, "defaultcontentlanguage") or "en").lower()
    name, _, ending = stem.rpartition(".")
    known = isinstance(languages, dict) and ending.lower() in languages
    language = ending.lower() if name and known else default
    in_folder = language != default or value_of(site.values, "defaultcontentlanguageinsubdir") is True
    return (name if name and known else stem), (f"{language}/" if in_folder else "")


def _hugo_pattern(site: Site, folders: tuple[str, ...]) -> str:
    """Of the first section that has one: `permalinks.page.posts`, or `permalinks.posts` as it used to be."""
    section = folders[0].lower() if folders else "/"
    rules = value_of(site.values, "permalinks")
    if isinstance(rules, tuple):
        matching = (text_of(rule, "pattern") for rule in rules if _hugo_target(rule, section))
        return next(filter(None, matching), "")
    return text_of(rules, "page", section) or text_of(rules, section)


def _hugo_target(rule: object, section: str) -> bool:
    path = text_of(rule, "target", "path").strip("/*{}").partition(",")[0].strip("/*")
    return text_of(rule, "target", "kind") in ("", "page") and path in ("", section)


def _hugo_url(text: str) -> str:
    """hugo, `paths.Sanitize` and `urlize`: blanks are hyphens, marks that an address cannot hold go."""
    joined = re.sub(r"\s+", "-", text.strip())
    kept = re.sub(r"[^\w./\\_#+~\-–—]", "", joined)
    return re.sub(r"-{2,}", "-", kept).strip("-").lower() if kept else ""
