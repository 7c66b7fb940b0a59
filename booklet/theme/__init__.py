"""Loads a theme's folder into a frozen `Theme` (DESIGN "Public interface: a theme").

A theme may extend one parent: files that it lacks are the parent's; options, labels, faces and pages merge
key by key. A template reaches the parent's own by `{% extends "parent/article.html.j2" %}`, a style sheet by
a first line `@import "parent/print.css";`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from booklet.findings import BookletError
from booklet.parts import SOURCES, TEXT_TEMPLATE
from booklet.theme.faults import broken, toml_line
from booklet.theme.homes import Homes, bundled, find_folder, theme_folders
from booklet.theme.mistakes import mistakes, unused_templates
from booklet.theme.pictures import Reference, locate, references
from booklet.theme.toml import Manifest, Option, read_manifest, text_of
from booklet.theme.values import Theme, nearest_language
from booklet.words.labels import Fault, faults

__all__ = ["Theme", "available", "load", "nearest_language"]

STYLE_SHEETS = ("base.css", "epub.css", "print.css", "large.css", "narrow.css", "rtl.css")
JINJA_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
IMPORT_PARENT = re.compile(r'\A\s*@import "parent/([a-z]+\.css)";')


def load(name_or_dir: str, *, project_dir: Path, added: Sequence[Path] = ()) -> Theme:
    """Load a theme: the folder given, else `<project_dir>/themes/<name>`, else one of `added`, or bundled.

    Raises:
        BookletError: `theme-missing` (there is none) or `theme-broken` (its files are faulty), both exit 2.
    """
    homes = Homes(project_dir, tuple(added))
    folder = find_folder(name_or_dir, homes, ())
    if folder is None:
        known = ", ".join(sorted({path.name for path in theme_folders(homes)}))
        raise BookletError("theme-missing", exit_code=2, theme=name_or_dir, known=known)
    return _whole(folder, homes)


def available(
    project_dir: Path, *, added: Sequence[Path] = ()
) -> tuple[tuple[Theme, ...], tuple[BookletError, ...]]:
    """All themes that can be named, by name, and what is wrong with each that cannot be loaded.

    A project's own theme hides a bundled one of the same name.
    """
    folders: dict[str, Path] = {}
    for folder in theme_folders(Homes(project_dir, tuple(added))):
        folders.setdefault(folder.name, folder)
    themes, faults = [], []
    for name in sorted(folders):
        try:
            themes.append(_whole(folders[name], Homes(project_dir, tuple(added))))
        except BookletError as fault:
            faults.append(fault)
    return tuple(themes), tuple(faults)


def _whole(folder: Path, homes: Homes) -> Theme:
    """A theme that with all that it inherits has what every booklet needs.

    Its parents alone need not: one may be made to be extended.
    """
    theme = _load(folder, homes, ())
    path = folder / "theme.toml"
    for code, params in _lacks(theme):
        line = toml_line(text_of(path, theme.name), str(params.get("where", "")))
        raise broken(theme.name, path, code, file=path.name, line=line, **params)
    if _is_bundled(folder):
        return theme
    return replace(theme, findings=(*theme.findings, *unused_templates(theme)))


def _is_bundled(folder: Path) -> bool:
    return folder.parent.resolve() == bundled().resolve()


def _lacks(theme: Theme) -> Iterator[Fault]:
    if not theme.pages:
        yield "no-pages", {}
    if not theme.labels:
        yield "no-labels", {}
    for part in theme.parts.values():
        where = f"parts.{part.name}"
        if part.file not in theme.templates and not (part.from_file and TEXT_TEMPLATE in theme.templates):
            yield "part-template", {"where": where, "name": part.file}
        if part.before and part.before not in {row.name for row in theme.rows}:
            yield "part-before", {"where": f"{where}.before", "name": part.before}
    titled = (*theme.parts, *((SOURCES.name,) if SOURCES.file in theme.templates else ()))
    for language in theme.labels:
        yield from faults(language, theme.labels_for(language), titled=titled)


def _load(folder: Path, homes: Homes, descendants: tuple[Path, ...]) -> Theme:
    manifest = read_manifest(folder)
    lineage = (*descendants, folder.resolve())
    parent = None
    if manifest.extends:
        parent_folder = find_folder(manifest.extends, homes, lineage)
        if parent_folder is None:
            path = folder / "theme.toml"
            line = toml_line(text_of(path, manifest.name), "extends")
            raise broken(manifest.name, path, "extends", file=path.name, line=line, name=manifest.extends)
        parent = _load(parent_folder, homes, lineage)
    files = {path.name: text_of(path, manifest.name) for path in sorted(folder.iterdir()) if _is_part(path)}
    theme = _with_pictures(_assemble(manifest, folder, files, parent), files)
    if _is_bundled(folder):
        return theme
    return replace(theme, findings=(*theme.findings, *mistakes(theme, files)))


def _with_pictures(theme: Theme, files: Mapping[str, str]) -> Theme:
    """The theme with the pictures that its own files name, and its ancestors' if it has none of that name."""
    named = list(references(files))
    if theme.cover_logo:
        text = text_of(theme.folder / "theme.toml", theme.name)
        named.append(Reference("theme.toml", toml_line(text, "cover_logo"), theme.cover_logo))
    found = {name: locate(name, theme.folders) for name in (*theme.pictures, *(one.name for one in named))}
    for one in named:
        if found[one.name] is None:
            source = theme.folder / one.file
            raise broken(theme.name, source, "picture-missing", file=one.file, line=one.line, name=one.name)
    return replace(theme, pictures={name: path for name, path in found.items() if path is not None})


def _is_part(path: Path) -> bool:
    return path.is_file() and (path.name.endswith(".html.j2") or path.name in STYLE_SHEETS)


def _assemble(manifest: Manifest, folder: Path, files: Mapping[str, str], parent: Theme | None) -> Theme:
    templates = {name: text for name, text in files.items() if name.endswith(".j2")}
    labels = {language: dict(words) for language, words in (parent.labels if parent else {}).items()}
    for language, words in manifest.labels.items():
        labels.setdefault(language, {}).update(words)
    inherited = {} if parent is None else _one_deeper(parent.templates)
    return Theme(
        name=manifest.name,
        title=manifest.title,
        extends=manifest.extends,
        folder=folder,
        templates={**inherited, **{f"parent/{name}": text for name, text in inherited.items()}, **templates},
        base_css=_style_sheet("base.css", files, parent),
        epub_css=_style_sheet("epub.css", files, parent),
        print_css=_style_sheet("print.css", files, parent),
        large_css=_style_sheet("large.css", files, parent),
        narrow_css=_style_sheet("narrow.css", files, parent),
        rtl_css=_style_sheet("rtl.css", files, parent),
        options=_options(manifest, parent),
        labels=labels,
        fonts={**(parent.fonts if parent else {}), **manifest.fonts},
        pages={**(parent.pages if parent else {}), **manifest.pages},
        parts={**(parent.parts if parent else {}), **manifest.parts},
        folders=(folder, *(parent.folders if parent else ())),
        pictures=parent.pictures if parent else {},
        own=tuple(sorted(files)),
        findings=parent.findings if parent else (),
        cover_logo=manifest.cover_logo or (parent.cover_logo if parent else ""),
    )


def _one_deeper(templates: Mapping[str, str]) -> dict[str, str]:
    """The parent's templates as its child has them: what they call `parent/…` is a grandparent's by now."""

    def deepen(tag: re.Match[str]) -> str:
        return re.sub(r"""(["'])parent/""", r"\1parent/parent/", tag[0])

    return {name: JINJA_TAG.sub(deepen, text) for name, text in templates.items()}


def _options(manifest: Manifest, parent: Theme | None) -> dict[str, Option]:
    """The parent's options and the theme's own; one that only changes a default keeps the parent's help."""
    options = dict(parent.options) if parent else {}
    for name, option in manifest.options.items():
        inherited = options[name].help if name in options else {}
        options[name] = replace(option, help={**inherited, **option.help})
    return options


def _style_sheet(name: str, files: Mapping[str, str], parent: Theme | None) -> str:
    inherited = {}
    if parent is not None:
        inherited = {
            "base.css": parent.base_css,
            "epub.css": parent.epub_css,
            "print.css": parent.print_css,
            "large.css": parent.large_css,
            "narrow.css": parent.narrow_css,
            "rtl.css": parent.rtl_css,
        }
    if name not in files:
        return inherited.get(name, "")
    return IMPORT_PARENT.sub(lambda found: inherited.get(found[1], ""), files[name])
