"""The smaller jobs of the public interface: files checked and imposed, faces, themes, the cache, samples."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import files
from booklet.api import choose
from booklet.config import convert, load, toml_file
from booklet.config.flags import SPELLING, Flags
from booklet.events import Reporter, silent
from booklet.extensions import Extensions, given_or_found
from booklet.findings import BookletError, Finding, finding, system_reason
from booklet.render.formats import kinds
from booklet.report import Json
from booklet.words.messages import Language, user_language

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet.cache.upkeep import CacheInfo, Pruned
    from booklet.check import CheckResult
    from booklet.config.values import Config, OptionValue
    from booklet.fonts import Faces
    from booklet.impose.place import Imposed
    from booklet.model import Article, CleanArticle
    from booklet.results import FontsResult
    from booklet.theme import Theme

UNUSED_DAYS = 90
"""What `prune_cache` removes: what no booklet of the last quarter used, and what is beyond the limit."""
NAMED_FILES = 5
"""Existing files named in the complaint of `write_samples`; the rest is counted."""


def check_file(path: Path, *, extensions: Extensions | None = None) -> CheckResult:
    """Read an EPUB or a PDF back with real tools (EPUBCheck needs Java).

    Raises:
        BookletError: `file-missing` (exit code 2).
    """
    from booklet.check import examine

    return examine(path, kinds(given_or_found(extensions).all_formats))


def check_fonts(
    config: Config, *, progress: Reporter = silent, extensions: Extensions | None = None
) -> FontsResult:
    """The faces of the first booklet's theme, and the characters of all booklets' articles that they lack.

    Raises:
        BookletError: nothing is selected for any of the booklets (exit code 4); a faulty theme (2).
    """
    from booklet import theme
    from booklet.fonts import find_faces
    from booklet.fonts.doctor import diagnose
    from booklet.results import FontsResult

    known = given_or_found(extensions)
    wanted = theme.load(config.jobs[0].theme, project_dir=config.project_dir, added=known.themes).fonts
    faces = find_faces(configured=config.fonts, wanted=wanted)
    articles = _every_article(config, progress, known) if config.jobs[0].sources else ()
    lacking = (*_without_chinese(faces), *_without_kai(faces), *diagnose(articles, faces))
    return FontsResult(faces, len(articles), (*faces.findings, *lacking))


def _every_article(config: Config, progress: Reporter, known: Extensions) -> tuple[CleanArticle, ...]:
    """Every selected article of every booklet, once, cleaned."""
    from booklet.clean import clean

    chosen: dict[str, Article] = {}
    for number, job in enumerate(config.jobs, 1):
        try:
            selected = choose(config, job, progress=progress, extensions=known).articles
        except BookletError:  # nothing for this one: the others have characters too
            if number == len(config.jobs) and not chosen:
                raise
            continue
        chosen.update({article.id: article for article in selected})
    steps, providers = known.all_steps(), known.all_providers()
    return tuple(clean(article, steps=steps, providers=providers) for article in chosen.values())


def _without_chinese(faces: Faces) -> tuple[Finding, ...]:
    return () if faces.chinese else (finding("face-missing", command=faces.install_hint),)


def _without_kai(faces: Faces) -> tuple[Finding, ...]:
    kai = faces.roles["kai"]
    if kai.own or kai.regular is None:
        return ()
    return (finding("kai-missing", family=kai.regular.families[0]),)


def impose_file(
    source: Path, target: Path, *, sheet: str | None = None, binding: str | None = None, force: bool = False
) -> Imposed:
    """Put the pages of a PDF on sheets to print on both sides, fold and staple.

    Args:
        source: any PDF.
        target: where the sheets are written.
        sheet: `a4` or `a3`. None: the smaller that holds two pages.
        binding: the side of the fold, `left` (None) or `right`.
        force: whether a file that is not ours may be replaced.

    Raises:
        BookletError: no such file, or one that may not be replaced (exit code 2); not a PDF (1).
    """
    from booklet.impose.order import BINDINGS
    from booklet.impose.place import impose

    paper = convert.sheet(sheet)
    side = convert.choice(binding or "left", SPELLING["binding"], BINDINGS)
    try:
        data = source.read_bytes()
    except FileNotFoundError as error:
        raise BookletError("file-missing", exit_code=2, source=str(source), path=str(source)) from error
    except OSError as error:  # a folder, no right to read
        reason = system_reason(error)
        raise BookletError("pdf-unreadable", name=str(source), reason=reason) from error
    if not force:
        files.refuse_foreign(target, (target.parent / "report.json",))
    imposed = impose(data, name=str(source), sheet=paper, binding=side)
    files.write_atomic(target, imposed.data)
    return imposed


def project_folder(flags: Flags | None = None, *, folder: Path | None = None) -> Path:
    """The folder whose `themes/` count: that of `booklet.toml`, else `folder` (None: the working folder).

    Raises:
        BookletError: `booklet.toml` is faulty (exit code 2).
    """
    here = (folder or Path()).absolute()
    path = here / flags.config if flags and flags.config else toml_file.find(here)
    return toml_file.read(path).project_dir if path else here


def find_themes(
    project: Path, *, extensions: Extensions | None = None
) -> tuple[tuple[Theme, ...], tuple[BookletError, ...]]:
    """The themes that can be named in the project, and what is wrong with each that cannot be loaded."""
    from booklet import theme

    return theme.available(project, added=given_or_found(extensions).themes)


def load_theme(name_or_dir: str, project: Path, *, extensions: Extensions | None = None) -> Theme:
    """One theme.

    Raises:
        BookletError: there is none, or it is faulty (exit code 2).
    """
    from booklet import theme

    return theme.load(name_or_dir, project_dir=project, added=given_or_found(extensions).themes)


def theme_options(theme: Theme, *, language: Language | None = None) -> list[Json]:
    """What `booklet.toml` may set under `[booklets.options]`: name, type, default, choices, help of each."""
    from booklet.theme import nearest_language

    wanted = language or user_language()
    return [
        {
            "name": option.name,
            "type": option.type,
            "default": option.default,
            "choices": list(option.choices),
            "help": option.help.get(nearest_language(wanted, option.help), ""),
        }
        for option in theme.options.values()
    ]


def value_as_toml(value: OptionValue) -> str:
    """A value as `booklet.toml` writes it."""
    from booklet.config.show import value_as_toml as shown

    return shown(value)


def cache_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Where this user's pictures and layouts are kept."""
    return load.cache_dir(os.environ if environ is None else environ)


def cache_info(folder: Path) -> CacheInfo:
    """Count what a cache holds."""
    from booklet.cache import upkeep

    return upkeep.info(folder)


def prune_cache(folder: Path, *, now: datetime | None = None) -> Pruned:
    """Remove what no build of the last `UNUSED_DAYS` used, and what is beyond the cache's limit."""
    from booklet.cache import upkeep

    moment = now or datetime.now(UTC)
    return upkeep.prune(folder, now=moment, max_mb=upkeep.LIMIT_MB, unused_days=UNUSED_DAYS)


def clear_cache(folder: Path) -> Pruned:
    """Remove all that a cache holds, and nothing else that may lie in `folder`."""
    from booklet.cache import upkeep

    return upkeep.clear(folder)


def write_samples(folder: Path) -> tuple[str, ...]:
    """Write a starter that builds as it is; nothing that exists is touched.

    Returns:
        The files' names, relative to `folder`, with "/".

    Raises:
        BookletError: `would-overwrite` (exit code 2), which names what is there.
    """
    from booklet import samples

    wanted = samples.files()
    existing = sorted(name for name in wanted if (folder / name).exists())
    if existing:
        named = ", ".join(existing[:NAMED_FILES]) + (", …" if len(existing) > NAMED_FILES else "")
        raise BookletError(
            "would-overwrite", exit_code=2, source=str(folder), files=named, count=len(existing)
        )
    for name, data in wanted.items():
        files.write_atomic(folder / name, data)
    return tuple(wanted)
