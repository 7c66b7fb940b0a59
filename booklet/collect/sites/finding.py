"""Which site an article lies in: the nearest folder above it that a generator's configuration makes one.

Never past a repository's root or the home folder: what lies above is somebody else's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from booklet.collect.sites import generators
from booklet.collect.sites.settings_files import (
    SettingsUnreadableError,
    Values,
    is_plain_file,
    read_settings,
    read_text,
)
from booklet.findings import Finding, finding
from booklet.sites import Site

_MOST_LEVELS_UP = 12
"""Above an article; a repository or a home folder ends the search earlier."""
_YAML = (".yml", ".yaml")
_HUGO_ENDINGS = (".toml", ".yaml", ".yml", ".json")
_MAX_SETTINGS_FILES = 40
"""Below Hugo's `config`."""
_MAX_SNIPPETS = 300
_MAX_SNIPPET_BYTES = 64 * 1024
_MAX_SNIPPETS_BYTES = 2 * 1024 * 1024
"""Of Jekyll's `_includes`; a theme brings some fifty, of a few kB."""


class Sites:
    """The sites around articles; each folder is looked at once."""

    def __init__(self, *, own_days: bool = False) -> None:
        self.own_days = own_days
        """Whether the days of a site's articles are its own, and not those of a reader elsewhere."""
        self.findings: list[Finding] = []
        """What was taken from each site, and what could not be read."""
        self._known: dict[Path, Site | None] = {}
        self._home = _home()

    def around(self, path: Path) -> Site | None:
        """The site that a file lies in, if its own pages do; None: in none.

        Args:
            path: absolute, links of its folders resolved.
        """
        site = self._nearest(path.parent)
        return site if site and path.is_relative_to(site.content) else None

    def _nearest(self, folder: Path) -> Site | None:
        passed: list[Path] = []
        found = None
        for place in (folder, *folder.parents)[: _MOST_LEVELS_UP + 1]:
            if place in self._known:
                found = self._known[place]
                break
            passed.append(place)
            found = self._at(place)
            if found or place == self._home or os.path.lexists(place / ".git"):
                break
        self._known.update(dict.fromkeys(passed, found))
        return found

    def _at(self, folder: Path) -> Site | None:
        """The site whose configuration lies in this very folder."""
        readers = (self._hugo, self._hexo_or_jekyll, self._obsidian)
        site = next(filter(None, (read(folder) for read in readers)), None)
        if site:
            name = f"{folder.name}/{site.files[0]}"
            self.findings.append(
                finding("site-read", name, None, generator=site.generator, taken=_taken(site))
            )
        return site

    def _read(self, folder: Path, name: str) -> Values | None:
        """The values of a file; None: there is none, or a finding says why it cannot be read."""
        path = folder / name
        if not is_plain_file(path, folder):
            return None
        try:
            return read_settings(path)
        except SettingsUnreadableError as error:
            self.findings.append(finding("site-unreadable", f"{folder.name}/{name}", None, reason=str(error)))
            return None

    def _hexo_or_jekyll(self, folder: Path) -> Site | None:
        for name in (f"_config{ending}" for ending in _YAML):
            values = self._read(folder, name)
            if values is None:
                continue
            if generators.is_hexo(values, folder):
                return generators.hexo(values, folder, (name,), self._packages(folder))
            return generators.jekyll(values, folder, (name,), _includes(folder))
        return None

    def _packages(self, folder: Path) -> frozenset[str]:
        """The renderers of Markdown that a site of Hexo has installed."""
        package = self._read(folder, "package.json") or {}
        names = package.get("dependencies")
        return frozenset(
            name
            for name in (names if isinstance(names, dict) else {})
            if "hexo-renderer" in name and any(word in name for word in ("mark", "pandoc", "kramdown"))
        )

    def _hugo(self, folder: Path) -> Site | None:
        names = [name for stem in ("hugo", "config") for name in (f"{stem}{end}" for end in _HUGO_ENDINGS)]
        for name in names:
            if (values := self._read(folder, name)) is None:
                continue
            values = _lower(values)
            if name.startswith("hugo.") or generators.is_hugo(values, folder):
                more, files = self._hugo_folder(folder)
                return generators.hugo(_merged(values, more), folder, (name, *files))
        values, files = self._hugo_folder(folder)
        return generators.hugo(values, folder, files) if files else None

    def _hugo_folder(self, folder: Path) -> tuple[Values, tuple[str, ...]]:
        """`config/_default`: a file is the part of the configuration that it is called after.

        https://gohugo.io/configuration/introduction/#configuration-directory
        """
        place = folder / "config" / "_default"
        try:
            names = sorted(entry.name for entry in os.scandir(place) if entry.name.endswith(_HUGO_ENDINGS))
        except OSError:
            return {}, ()
        values: Values = {}
        files = []
        for name in sorted(names, key=lambda name: not name.startswith(("hugo.", "config.")))[
            :_MAX_SETTINGS_FILES
        ]:
            part = self._read(folder, f"config/_default/{name}")
            if part is None:
                continue
            files.append(f"config/_default/{name}")
            stem, _, language = name.rpartition(".")[0].lower().partition(".")
            whole: Values = _lower(part if stem in ("hugo", "config") else {stem: part})
            values = _merged(values, {"languages": {language: whole.get(stem, {})}} if language else whole)
        return values, tuple(files)

    def _obsidian(self, folder: Path) -> Site | None:
        if not (folder / ".obsidian").is_dir():
            return None
        return generators.obsidian(self._read(folder, ".obsidian/app.json") or {}, folder)


def _home() -> Path | None:
    try:
        return Path(os.path.realpath(Path.home()))
    except (OSError, RuntimeError):  # a process without a home
        return None


def _lower(value: Values) -> Values:
    """Hugo does not tell upper from lower case in keys."""
    return {
        key.lower(): _lower(held) if isinstance(held, dict) and key.lower() != "params" else held
        for key, held in value.items()
    }


def _merged(under: Values, over: Values) -> Values:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _includes(folder: Path) -> Mapping[str, str]:
    """Jekyll's snippets: files of its own `_includes`, no links, within limits."""
    place = folder / "_includes"
    found: dict[str, str] = {}
    size = 0
    if place.is_symlink() or not place.is_dir():
        return found
    for root, folders, names in os.walk(place):
        folders.sort()
        folders[:] = [name for name in folders if not (Path(root) / name).is_symlink()]
        for name in sorted(names):
            path = Path(root) / name
            if len(found) >= _MAX_SNIPPETS or size > _MAX_SNIPPETS_BYTES:
                return found
            if path.is_symlink() or not is_plain_file(path, place):
                continue
            try:
                text = read_text(path, _MAX_SNIPPET_BYTES)
            except SettingsUnreadableError:
                continue
            size += len(text)
            found[path.relative_to(place).as_posix()] = text
    return found


def _taken(site: Site) -> str:
    """What was taken, as the configuration would say it."""
    said = {
        "url": site.address,
        "base": site.base if site.base != "/" else "",
        "permalink": site.permalink,
        "timezone": site.timezone,
        "language": site.language,
        "author": site.author,
        "line_breaks": site.line_breaks,
        "includes": str(len(site.includes) or ""),
    }
    return ", ".join(f"{key} {value}" for key, value in said.items() if value)[:400]
