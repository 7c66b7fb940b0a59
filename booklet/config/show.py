"""`booklet config`: the merged settings as a `booklet.toml`, each line saying where its value comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import tomli_w

from booklet.config.load import Loaded
from booklet.config.schema import Value
from booklet.config.settings import Origin, Setting, Settings
from booklet.config.values import Job

OriginText = Callable[[Origin], str]


def as_toml(loaded: Loaded, *, origin_text: OriginText) -> str:
    """TOML that, saved in the project's folder, configures the same run.

    Args:
        loaded: of `booklet.config.load.load`.
        origin_text: the comment for an origin, in the reader's language.
    """
    settings, project = loaded.settings, loaded.settings.project_dir
    top = {**settings.top, **_relative(settings.top, project)}
    first = _with_tables(_table("", top, origin_text), settings.line_breaks)
    blocks = [first, _table("[images]", settings.images, origin_text)]
    if settings.fonts:
        blocks.append(_table("[fonts]", settings.fonts, origin_text))
    for job, entry in zip(loaded.config.jobs, settings.entries, strict=True):
        blocks.append(_table("[[booklets]]", _resolved(entry.booklet, job), origin_text))
        blocks.append(_table("[booklets.select]", _counted(entry.select, job), origin_text))
        blocks.append(_table("[booklets.meta]", entry.meta, origin_text))
        if entry.options:
            blocks.append(_table("[booklets.options]", entry.options, origin_text))
    return "\n".join(blocks)


def _resolved(booklet: Settings, job: Job) -> Mapping[str, Setting]:
    """The entry's keys with the name, title and paper that hold: defaults, or a name for other days."""
    origin: Origin = "flag" if "name" in booklet else "default"
    name = Setting(job.name, origin, "name")
    title = Setting(job.title, "default", "title")
    changed = "name" not in booklet or booklet["name"].value != job.name
    shown = {"name": name, "title": title, **booklet, **({"name": name} if changed else {})}
    if booklet["paper"].value != job.paper.name:  # a folded booklet has smaller pages
        shown["paper"] = Setting(job.paper.name, booklet["formats"].origin, "paper")
    if booklet["epub_profile"].value != job.epub_profile:  # a file called ….kepub.epub
        shown["epub_profile"] = Setting(job.epub_profile, "flag", "outputs")
    return shown


def _counted(select: Settings, job: Job) -> Settings:
    """With the limit as a number: a flag gives it as text."""
    if "limit" not in select or job.select.limit is None:
        return select
    return {**select, "limit": replace(select["limit"], value=job.select.limit)}


def _relative(top: Settings, project: Path) -> Mapping[str, Setting]:
    """Paths that flags made absolute, relative to the project where they lie in it."""

    def shorten(path: str) -> str:
        place = Path(path)
        return place.relative_to(project).as_posix() if place.is_relative_to(project) else path

    changed = {}
    for key in ("sources", "build_dir"):
        setting = top[key]
        value = setting.value
        short = [shorten(path) for path in value] if isinstance(value, list) else shorten(str(value))
        changed[key] = Setting(short, setting.origin, setting.where)
    return changed


def _with_tables(top: str, line_breaks: Settings) -> str:
    """The list of sources with a table for each that says what its line ends are."""
    lines = top.split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith("sources = "))
    for path, setting in line_breaks.items():
        table = f"{{ path = {value_as_toml(path)}, line_breaks = {value_as_toml(setting.value)} }}"
        lines[place] = lines[place].replace(value_as_toml(path), table, 1)
    return "\n".join(lines)


def _table(heading: str, settings: Settings, origin_text: OriginText) -> str:
    lines = [heading] if heading else []
    for key, setting in settings.items():
        # Said in the file, the language would be that of every booklet, whatever its articles are in.
        unsaid = "# " * (key == "language" and setting.origin == "default")
        lines.append(f"{unsaid}{_key(key)} = {value_as_toml(setting.value)}  # {origin_text(setting.origin)}")
    return "\n".join(lines) + "\n"


def value_as_toml(value: Value) -> str:
    """A value on one line; tomli_w alone breaks lists over several."""
    if isinstance(value, list):
        return f"[{', '.join(map(value_as_toml, value))}]"
    return tomli_w.dumps({"value": value}).removeprefix("value = ").rstrip("\n")


def _key(name: str) -> str:
    """A key, quoted if it must be: options of themes may have any name."""
    return tomli_w.dumps({name: 0}).removesuffix(" = 0\n")
