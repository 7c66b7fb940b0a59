"""What each generator's settings mean: Hexo's, Jekyll's, Hugo's, and a vault's of Obsidian.

https://hexo.io/docs/configuration, https://jekyllrb.com/docs/configuration/options/,
https://gohugo.io/configuration/all/
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from booklet.collect.front_matter.fields import title as one_line
from booklet.collect.front_matter.fields import web_address
from booklet.collect.sites.settings_files import Values, first_text, text_of, value_of
from booklet.sites import Site

_SAMPLE_HOSTS = re.compile(
    r"(?i)(?:localhost|127\.|0\.0\.0\.0|\[|(?:www\.)?(?:example|yoursite|your-?domain|yourwebsite|mydomain)\.)"
    r"|.*\.(?:example|invalid|test|local|localhost)$|.*example\.(?:com|org|net)$"
)
"""What generators and themes write where the address belongs: nobody's."""
_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""https://jekyllrb.com/docs/permalinks/#built-in-formats"""
_HEXO_KEYS = frozenset(
    {"source_dir", "public_dir", "new_post_name", "default_layout", "post_asset_folder", "index_generator"}
    | {"filename_case", "render_drafts", "skip_render", "titlecase", "category_dir", "archive_dir", "deploy"}
    | {"relative_link", "pretty_urls", "permalink_defaults", "default_category", "marked", "per_page"}
)
_JEKYLL_KEYS = frozenset(
    {
        "baseurl",
        "kramdown",
        "plugins",
        "gems",
        "collections",
        "defaults",
        "remote_theme",
        "exclude",
        "include",
    }
    | {"markdown", "paginate", "paginate_path", "sass", "safe", "destination", "incremental", "liquid"}
    | {"highlighter", "show_drafts", "plugins_dir", "layouts_dir", "collections_dir"}
)
_HUGO_KEYS = frozenset(
    {"baseurl", "languagecode", "defaultcontentlanguage", "params", "markup", "taxonomies", "permalinks"}
    | {"languages", "module", "enableemoji", "builddrafts", "contentdir", "menu", "menus", "outputs"}
)


def is_hexo(values: Values, folder: Path) -> bool:
    """Whether a `_config.yml` is Hexo's rather than Jekyll's: by its keys, then by what lies beside it."""
    hexo, jekyll = len(_HEXO_KEYS & values.keys()), len(_JEKYLL_KEYS & values.keys())
    if hexo != jekyll:
        return hexo > jekyll
    if any((folder / name).exists() for name in ("_posts", "_layouts", "_includes", "Gemfile")):
        return False
    return any((folder / name).is_dir() for name in ("source", "scaffolds"))


def is_hugo(values: Values, folder: Path) -> bool:
    """Whether a `config.toml` is Hugo's: other programs call theirs so too."""
    known = len(_HUGO_KEYS & values.keys())
    return known > 1 or bool(known and (folder / "content").is_dir())


def hexo(values: Values, folder: Path, files: Sequence[str], packages: frozenset[str]) -> Site:
    """A site of Hexo; `packages` are those that its `package.json` names: which renderer it has."""
    address, base = _address(text_of(values, "url"), text_of(values, "root"))
    source = text_of(values, "source_dir") or "source"
    return Site(
        generator="hexo",
        folder=folder,
        files=tuple(files),
        content=_below(folder, source),
        line_breaks="keep" if _hexo_breaks(values, packages) else "join",
        address=address,
        base=base,
        permalink=text_of(values, "permalink") or ":year/:month/:day/:title/",
        assets=(source,),
        author=_person(values.get("author")),
        language=first_text(values.get("language")),
        timezone=_zone(values),
        title=one_line(text_of(values, "title")),
        values=values,
    )


def _hexo_breaks(values: Values, packages: frozenset[str]) -> bool:
    """Whether the renderer makes a line of a line end: marked and markdown-it do, unless told otherwise.

    https://github.com/hexojs/hexo-renderer-marked#options,
    https://github.com/hexojs/hexo-renderer-markdown-it#general-settings
    """
    if any("renderer-marked" not in name and "renderer-markdown-it" not in name for name in packages):
        return False  # pandoc's and kramdown's join
    if any("renderer-markdown-it" in name for name in packages):
        return value_of(values, "markdown", "render", "breaks") is not False
    preset = value_of(values, "markdown", "render", "breaks")
    return value_of(values, "marked", "breaks") is not False and preset is not False


def jekyll(values: Values, folder: Path, files: Sequence[str], includes: Mapping[str, str]) -> Site:
    """A site of Jekyll. Kramdown and CommonMark join lines there unless they are told otherwise."""
    address, base = _address(text_of(values, "url"), text_of(values, "baseurl"))
    permalink = text_of(values, "permalink")
    options = value_of(values, "commonmark", "options")
    hard = value_of(values, "kramdown", "hard_wrap") is True or (
        isinstance(options, tuple) and "HARDBREAKS" in options
    )
    return Site(
        generator="jekyll",
        folder=folder,
        files=tuple(files),
        content=_below(folder, text_of(values, "source") or "."),
        line_breaks="keep" if hard else "join",
        address=address,
        base=base,
        permalink=_JEKYLL_STYLES.get(permalink, permalink) or _JEKYLL_STYLES["date"],
        assets=(".",),
        author=_person(values.get("author")),
        language=first_text(values.get("lang")) or first_text(values.get("language")),
        timezone=_zone(values),
        title=one_line(text_of(values, "title")),
        values=values,
        includes=includes,
    )


def hugo(values: Values, folder: Path, files: Sequence[str]) -> Site:
    """A site of Hugo; `values` has its keys in lower case."""
    address, base = _address(text_of(values, "baseurl"), "")
    hard = value_of(values, "markup", "goldmark", "renderer", "hardwraps") is True
    default = text_of(values, "defaultcontentlanguage")
    language = text_of(values, "languagecode") or text_of(values, "locale")
    of_language = value_of(values, "languages", default.lower())
    language = language or text_of(of_language, "languagecode") or text_of(of_language, "locale") or default
    content = text_of(of_language, "contentdir") or text_of(values, "contentdir") or "content"
    folders = (*_texts(values.get("staticdir"), "static"), *_texts(values.get("assetdir"), "assets"))
    return Site(
        generator="hugo",
        folder=folder,
        files=tuple(files),
        content=_below(folder, content),
        line_breaks="keep" if hard else "join",
        address=address,
        base=base,
        permalink=_hugo_permalinks(values),
        assets=folders,
        author=_person(values.get("author")) or _person(value_of(values, "params", "author")),
        language=language,
        timezone=_zone(values),
        title=one_line(text_of(of_language, "title") or text_of(values, "title")),
        values=values,
    )


def _hugo_permalinks(values: Values) -> str:
    """The patterns of pages, by section, for people."""
    rules = values.get("permalinks")
    of_pages = value_of(rules, "page") or rules
    pairs = of_pages.items() if isinstance(of_pages, dict) else ()
    return ", ".join(f"{section} {pattern}" for section, pattern in pairs if isinstance(pattern, str))


def obsidian(values: Values, folder: Path) -> Site:
    """A vault: a line end is a line unless `strictLineBreaks` is set (https://help.obsidian.md/syntax)."""
    strict = values.get("strictLineBreaks") is True
    return Site(
        generator="obsidian",
        folder=folder,
        files=(".obsidian/app.json",) if values else (".obsidian",),
        content=folder,
        line_breaks="join" if strict else "keep",
        values=values,
    )


def _address(url: str, root: str) -> tuple[str, str]:
    """The front page's address, if it is somebody's, and its path. `root` wins over the path of `url`."""
    url = url if "//" in url else f"https://{url}" if re.match(r"[\w-]+(?:\.[\w-]+)+(?:/|$)", url) else url
    known = bool(web_address(url))
    parts = urlsplit(url) if known else None
    path = urlsplit(root).path if "//" in root else root
    path = path.strip("/") or (parts.path.strip("/") if parts and root.strip() in ("", "/") else "")
    base = f"/{path}/" if path else "/"
    if parts is None or _SAMPLE_HOSTS.match(parts.hostname or "localhost"):
        return "", base
    return f"{parts.scheme}://{parts.netloc}{base}", base


def _person(value: object) -> str:
    """A name; Hexo's starter says `John Doe`, who is nobody."""
    name = one_line(text_of(value, "name") if isinstance(value, dict) else first_text(value))
    return "" if name.casefold() in {"john doe", "your name", "author"} else name


def _zone(values: Values) -> str:
    """`timezone`, if there is such a zone."""
    name = text_of(values, "timezone")
    if not re.fullmatch(r"[A-Za-z][\w+-]*(?:/[\w+-]+)*", name):
        return ""
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return ""


def _texts(value: object, default: str) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(one for one in value if isinstance(one, str)) or (default,)
    return (value,) if isinstance(value, str) and value else (default,)


def _below(folder: Path, name: str) -> Path:
    """A folder of the site; one outside of it is not believed."""
    place = Path(os.path.normpath(folder / name))
    return place if place.is_relative_to(folder) else folder
