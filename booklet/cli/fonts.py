"""`booklet check --fonts`: which face each role has, and which characters of the articles none has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.cli.context import config_with_sources, loaded, printer
from booklet.cli.options import Switches
from booklet.config.flags import Flags
from booklet.config.values import Config
from booklet.findings import BookletError, Finding, finding
from booklet.report import VERSION, Json, finding_objects

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet.fonts import Faces
    from booklet.model import Article, CleanArticle


def run(flags: Flags, switches: Switches, paths: Sequence[Path]) -> tuple[Finding, ...]:
    """Print the faces of the first booklet's theme and look for characters that they lack.

    Args:
        flags: `--config`.
        switches: how to print.
        paths: booklets of booklet.toml, folders or files; none, and no sources configured: the faces alone.

    Returns:
        What is wrong; the caller makes the exit code of it.
    """
    from booklet import theme
    from booklet.fonts import find_faces
    from booklet.fonts.doctor import diagnose

    out = printer(switches)
    asked = replace(flags, sources=tuple(str(path) for path in paths))
    config = loaded(asked).config
    has_sources = bool(config.jobs[0].sources)
    if has_sources:
        config = config_with_sources(asked)
    wanted = theme.load(config.jobs[0].theme, project_dir=config.project_dir).fonts
    faces = find_faces(configured=config.fonts, wanted=wanted)
    articles = _articles(config) if has_sources else ()
    findings = (*faces.findings, *_without_chinese(faces), *_without_kai(faces), *diagnose(articles, faces))
    if out.json:
        out.document(
            {
                "version": VERSION,
                "faces": _face_objects(faces),
                "findings": finding_objects(findings, out.language),
            }
        )
        return findings
    headings = [out.text(f"ui.column-{name}") for name in ("role", "face", "file")]
    rows = [(face["role"], face["family"], face["path"] or "–") for face in _face_objects(faces)]
    out.table(headings, rows)
    out.findings(findings)
    if has_sources:
        lacking = {found.params for found in findings if found.code == "glyph-missing"}
        out.say(out.text("ui.fonts-checked", articles=len(articles), missing=len(lacking)))
    return findings


def _articles(config: Config) -> tuple[CleanArticle, ...]:
    """Every selected article of every booklet, once, cleaned.

    Raises:
        BookletError: nothing is selected for any of them (exit code 4).
    """
    from booklet.clean import clean
    from booklet.pipeline import choose

    chosen: dict[str, Article] = {}
    for number, job in enumerate(config.jobs, 1):
        try:
            selected = choose(config, job).articles
        except BookletError:  # nothing for this one: the others have characters too
            if number == len(config.jobs) and not chosen:
                raise
            continue
        chosen.update({article.id: article for article in selected})
    return tuple(clean(article) for article in chosen.values())


def _without_chinese(faces: Faces) -> tuple[Finding, ...]:
    return () if faces.chinese else (finding("face-missing", command=faces.install_hint),)


def _without_kai(faces: Faces) -> tuple[Finding, ...]:
    kai = faces.roles["kai"]
    if kai.own or kai.regular is None:
        return ()
    return (finding("kai-missing", family=kai.regular.families[0]),)


def _face_objects(faces: Faces) -> list[Json]:
    return [
        {
            "role": role,
            "family": (found.regular.families[0] if found.regular else found.families[0]),
            "path": str(found.regular.path) if found.regular else "",
            "bold_path": str(found.bold.path) if found.bold else "",
        }
        for role, found in faces.roles.items()
    ]
