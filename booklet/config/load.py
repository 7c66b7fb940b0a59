"""`booklet.toml`, flags and environment → the frozen `Config`: the only place where defaults are resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from booklet.config import convert, naming, period, toml_file
from booklet.config.flags import SPELLING, Flags
from booklet.config.formats import FormatNames
from booklet.config.schema import PERIOD_KEYS
from booklet.config.settings import AllSettings, EntrySettings, Setting, Settings, complete, located, overlay
from booklet.config.values import Config, Job, Paper, Select
from booklet.config.zones import parse_zone, system_zone_name
from booklet.files import safe_name
from booklet.findings import BookletError, finding
from booklet.model import Period

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # RFC 5646, its shape alone


@dataclass(frozen=True, slots=True)
class Loaded:
    """The configuration, and the settings that it was made of, for `booklet config`."""

    config: Config
    settings: AllSettings


def load_config(
    flags: Flags, *, cwd: Path, now: datetime, environ: Mapping[str, str], formats: FormatNames
) -> Config:
    """The configuration of a run; see `load`."""
    return load(flags, cwd=cwd, now=now, environ=environ, formats=formats).config


def load(
    flags: Flags, *, cwd: Path, now: datetime, environ: Mapping[str, str], formats: FormatNames
) -> Loaded:
    """Find `booklet.toml` (in `cwd`, else in the nearest folder above), lay the flags over it, check all.

    Args:
        flags: as typed.
        cwd: absolute; what flags name is relative to it, what the file names is relative to the file.
        now: aware.
        environ: `BOOKLET_CACHE_DIR` and `SOURCE_DATE_EPOCH` are read.
        formats: the outputs that there are (`booklet.render.formats.FORMATS`, and those of packages).

    Raises:
        BookletError: wrong usage or configuration (exit code 2).
    """
    path = (cwd / flags.config) if flags.config else toml_file.find(cwd)
    settings = toml_file.read(path) if path else AllSettings(cwd, None, {}, {}, {}, ())
    settings, flags = pick_entries(settings, flags, cwd=cwd)
    settings = complete(overlay(settings, flags, cwd=cwd, formats=formats))
    if "timezone" not in settings.top:
        zone_name = Setting(system_zone_name(), "default", "TZ")
        settings = replace(settings, top={**settings.top, "timezone": zone_name})
    if "sources" not in settings.top:
        settings = replace(settings, top={**settings.top, "sources": Setting([], "default", "sources")})
    config = _resolve(settings, flags, cwd=cwd, now=now, environ=environ, formats=formats)
    return Loaded(config, settings)


def pick_entries(settings: AllSettings, flags: Flags, *, cwd: Path) -> tuple[AllSettings, Flags]:
    """Take the names of entries out of `flags.sources`; with any, only those entries stay.

    Raises:
        BookletError: `name-ambiguous`, or `source-unknown`: neither a name nor a path (exit code 2).
    """
    names = [convert.text(entry.booklet, "name") for entry in settings.entries]
    chosen: list[int] = []
    paths = []
    for source in flags.sources:
        found = _entries_called(source, names)
        if len(found) > 1:
            known = ", ".join(names[index] for index in found)
            raise BookletError("name-ambiguous", exit_code=2, name=source, known=known)
        if found:
            chosen.extend(found)
        elif located(cwd, source).exists():
            paths.append(source)
        else:
            callable_names = [(naming.short_names(name) or ("",))[-1] for name in names if name]
            known = ", ".join(dict.fromkeys(callable_names))
            raise BookletError("source-unknown", exit_code=2, name=source, known=known)
    if chosen:
        kept = tuple(entry for index, entry in enumerate(settings.entries) if index in chosen)
        settings = replace(settings, entries=kept)
    return settings, replace(flags, sources=tuple(paths))


def _entries_called(name: str, templates: list[str]) -> list[int]:
    """The entries that `name` means: a literal name wins over a shortened one."""
    literal = [index for index, template in enumerate(templates) if template and template == name]
    return literal or [
        index for index, template in enumerate(templates) if name in naming.short_names(template)
    ]


def _resolve(
    settings: AllSettings,
    flags: Flags,
    *,
    cwd: Path,
    now: datetime,
    environ: Mapping[str, str],
    formats: FormatNames,
) -> Config:
    top, project = settings.top, settings.project_dir
    zone = parse_zone(convert.text(top, "timezone"), top["timezone"].where)
    language = convert.text(top, "language")
    if not LANGUAGE_TAG.fullmatch(language):
        raise convert.invalid(language, top["language"].where, ["zh-CN", "zh-TW", "en", "ja"])
    today = now.astimezone(zone).date()
    sources = tuple(located(project, source) for source in convert.texts(top, "sources"))
    jobs = tuple(
        _job(
            entry,
            sources,
            project=project,
            today=today,
            language=language,
            sheet=convert.sheet(flags.sheet),
            outputs=tuple(cwd / path for path in flags.outputs),
            rows=formats,
        )
        for entry in settings.entries
    )
    line_breaks = convert.line_breaks(settings.line_breaks, project)
    jobs = tuple(replace(job, line_breaks=line_breaks) for job in jobs)
    _check_jobs(jobs, flags)
    return Config(
        jobs=jobs,
        project_dir=project,
        build_dir=located(project, convert.text(top, "build_dir")),
        cache_dir=cache_dir(environ),
        timezone=zone,
        now=now,
        modified=_modified(environ),
        language=language,
        language_given=top["language"].origin != "default",
        images=convert.images(settings.images),
        fonts=convert.fonts(settings.fonts, project),
        force=flags.force,
        offline=flags.offline,
        use_cache=not flags.no_cache,
        keep_stages=cwd / flags.keep_stages if flags.keep_stages else None,
        today=today,
        processes=convert.processes(flags.jobs),
        zone_is_asked=top["timezone"].origin != "default",
    )


def _job(
    entry: EntrySettings,
    sources: tuple[Path, ...],
    *,
    project: Path,
    today: date,
    language: str,
    sheet: Paper | None,
    outputs: tuple[Path, ...],
    rows: FormatNames,
) -> Job:
    select = _select(entry, today)
    name = convert.text(entry.booklet, "name") or naming.default_name(sources, select.period)
    title, number = convert.text(entry.booklet, "title"), convert.text(entry.meta, "number")
    days = (entry.select[key] for key in PERIOD_KEYS if key in entry.select)
    if entry.dropped or any(setting.origin == "flag" for setting in days):
        name = naming.name_for_other_days(name, select.period, number)
    if entry.dropped and not naming.can_be_filled(title, select.period, number):
        title = ""
    formats = convert.formats(entry.booklet, rows)
    return Job(
        name=name,
        title=title or naming.default_title(language),
        sources=sources,
        select=select,
        meta=convert.meta(entry.meta),
        theme=convert.text(entry.booklet, "theme"),
        formats=formats,
        paper=convert.page(entry.booklet, formats, rows),
        options={
            name: setting.value
            for name, setting in entry.options.items()
            if not isinstance(setting.value, list)
        },
        sheet=sheet,
        epub_profile=convert.epub_profile(entry.booklet, outputs, rows),
        outputs=outputs,
        findings=tuple(
            finding("period-dropped", key=key, value=str(setting.value))
            for key, setting in entry.dropped.items()
        ),
        parts=convert.texts(entry.booklet, "parts"),
        texts=convert.part_texts(entry.booklet, project),
    )


def _select(entry: EntrySettings, today: date) -> Select:
    select = entry.select
    return Select(
        categories=convert.categories(select, "categories"),
        exclude_categories=convert.categories(select, "exclude_categories"),
        tags=convert.texts(select, "tags"),
        authors=convert.texts(select, "authors"),
        period=_period(select, today),
        match=convert.text(select, "match"),
        exclude=convert.texts(select, "exclude"),
        limit=convert.limit(select),
        sort=convert.sort_order(select),
        drafts=convert.flag(select, "drafts"),
        section_level=convert.section_level(select),
        order=convert.texts(entry.booklet, "order"),
        sections=convert.texts(entry.booklet, "sections"),
    )


def _period(select: Settings, today: date) -> Period:
    return period.resolve(
        today=today,
        week=convert.text(select, "week"),
        month=convert.text(select, "month"),
        last=convert.text(select, "last"),
        since=convert.text(select, "since"),
        until=convert.text(select, "until"),
    )


def _check_jobs(jobs: tuple[Job, ...], flags: Flags) -> None:
    """See to it that no two booklets are written to one place.

    Raises:
        BookletError: exit code 2.
    """
    for field in ("name", "outputs"):
        if len(jobs) > 1 and getattr(flags, field):
            raise BookletError("flag-for-several", exit_code=2, flag=SPELLING[field], count=len(jobs))
    names = [_folder_name(job) for job in jobs]
    folded = [name.casefold() for name in names]  # Windows and macOS take `W42` and `w42` for the same
    twice = next((name for name, fold in zip(names, folded, strict=True) if folded.count(fold) > 1), None)
    if twice:
        raise BookletError("name-twice", exit_code=2, name=twice)
    lacking = set(flags.formats) - set(jobs[0].formats) if flags.outputs else set()
    if lacking:
        raise BookletError("format-without-output", exit_code=2, format=", ".join(sorted(lacking)))


def _folder_name(job: Job) -> str:
    """The folder that a booklet will have."""
    try:
        name = naming.fill(job.name, job.select.period, job.meta.number)
    except BookletError:  # told when that booklet is built, which keeps no other from it
        name = job.name
    return safe_name(name)


def cache_dir(environ: Mapping[str, str]) -> Path:
    """`BOOKLET_CACHE_DIR`, else where caches belong on this system."""
    configured = environ.get("BOOKLET_CACHE_DIR")
    if configured:
        return located(Path.cwd(), configured)
    import platformdirs

    return platformdirs.user_cache_path("booklet", appauthor=False)


def _modified(environ: Mapping[str, str]) -> datetime | None:
    """SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/)."""
    value = environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (ValueError, OverflowError, OSError):
        raise BookletError("epoch-invalid", exit_code=2, value=value) from None
