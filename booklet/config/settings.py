"""Settings with their origins: defaults, then `booklet.toml`, then flags; values are still as written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from booklet.config.flags import SPELLING, Flags
from booklet.config.formats import FormatNames, format_asked
from booklet.config.schema import (
    BOOKLET,
    FONTS,
    IMAGES,
    META,
    PERIOD_KEYS,
    SELECT,
    TOP,
    Key,
    Value,
)

Origin = Literal["file", "flag", "default"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One value, and where it comes from."""

    value: Value
    origin: Origin
    where: str
    """For error messages: `--paper`, or the key with its table and file."""


Settings = Mapping[str, Setting]


@dataclass(frozen=True, slots=True)
class EntrySettings:
    """One `[[booklets]]` entry."""

    booklet: Settings
    select: Settings
    meta: Settings
    options: Settings = field(default_factory=dict)
    dropped: Settings = field(default_factory=dict)
    """The file's days, where the command line names other sources: they were meant for the file's."""


@dataclass(frozen=True, slots=True)
class AllSettings:
    """All tables. A key that is absent is unset."""

    project_dir: Path
    file: Path | None
    top: Settings
    images: Settings
    fonts: Settings
    entries: tuple[EntrySettings, ...]
    line_breaks: Settings = field(default_factory=dict)
    """By the source's path as the file has it: those of its `[[sources]]` tables that say so."""


def located(base: Path, text: str) -> Path:
    """The path that `text` names from `base`; `~` is the home folder, and itself where there is none."""
    try:
        return base / Path(text).expanduser()
    except RuntimeError:
        return base / text


def with_defaults(given: Settings, keys: Mapping[str, Key]) -> dict[str, Setting]:
    """`given` in the order of `keys`, defaults filled in."""
    filled = {}
    for name, key in keys.items():
        if name in given:
            filled[name] = given[name]
        elif key.default is not None:
            filled[name] = Setting(key.default, "default", name)
    return filled


def complete(settings: AllSettings) -> AllSettings:
    """Fill in every default that does not depend on others."""
    return AllSettings(
        project_dir=settings.project_dir,
        file=settings.file,
        top=with_defaults(settings.top, TOP),
        images=with_defaults(settings.images, IMAGES),
        fonts=with_defaults(settings.fonts, FONTS),
        entries=tuple(
            EntrySettings(
                booklet=with_defaults(entry.booklet, BOOKLET),
                select=with_defaults(entry.select, SELECT),
                meta=with_defaults(entry.meta, META),
                options=entry.options,
                dropped=entry.dropped,
            )
            for entry in settings.entries
        ),
        line_breaks=settings.line_breaks,
    )


def overlay(settings: AllSettings, flags: Flags, *, cwd: Path, formats: FormatNames) -> AllSettings:
    """Lay the flags over the file. `flags.sources` holds paths alone; they are made absolute from `cwd`.

    Without entries there is one, of the flags and of defaults. `formats` are the outputs that there are.
    """
    top = dict(settings.top)
    if flags.sources:
        sources: Value = [located(cwd, source).as_posix() for source in flags.sources]
        top["sources"] = Setting(sources, "flag", "SOURCE")
    if flags.output_dir:
        top["build_dir"] = _flag("output_dir", (cwd / flags.output_dir).as_posix())
    top |= _given(flags, ("timezone", "language"))
    entries = settings.entries or (EntrySettings({}, {}, {}),)
    laid_over = tuple(_overlay_entry(entry, flags, cwd, formats) for entry in entries)
    return replace(settings, top=top, entries=laid_over)


def _overlay_entry(entry: EntrySettings, flags: Flags, cwd: Path, formats: FormatNames) -> EntrySettings:
    booklet = {**entry.booklet, **_given(flags, ("name", "title", "formats", "paper", "epub_profile"))}
    if flags.theme:
        is_path = any(mark in flags.theme for mark in "/\\") or flags.theme.startswith((".", "~"))
        theme = located(cwd, flags.theme).as_posix() if is_path else flags.theme
        booklet["theme"] = _flag("theme", theme)
    if flags.outputs:
        booklet["formats"] = _flag("outputs", [format_asked(path, formats) for path in flags.outputs])
    select = dict(entry.select)
    period = _given(flags, PERIOD_KEYS)
    of_file = {key: setting for key, setting in select.items() if key in PERIOD_KEYS}
    if period or flags.sources:
        select = {key: setting for key, setting in select.items() if key not in PERIOD_KEYS} | period
    select |= _given(flags, (key for key in SELECT if key not in PERIOD_KEYS))
    dropped = of_file if flags.sources and not period else {}
    return replace(entry, booklet=booklet, select=with_order(select), dropped=dropped)


def with_order(select: Settings) -> dict[str, Setting]:
    """The keys of `select` in the schema's order, so that they print alike however they were given."""
    return {key: select[key] for key in SELECT if key in select}


def _given(flags: Flags, fields: Iterable[str]) -> dict[str, Setting]:
    values = ((name, getattr(flags, name)) for name in fields)
    return {
        name: _flag(name, list(value) if isinstance(value, tuple) else value)
        for name, value in values
        if value is not None and value != () and value is not False
    }


def _flag(name: str, value: Value) -> Setting:
    return Setting(value, "flag", SPELLING[name])
