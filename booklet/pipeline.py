"""The straight line: collect → select → clean → images → compose → render → files. Nobody else knows it.

Stages are imported where they are used, so that `booklet list` starts without parsers and engines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING

from booklet import compose, files, fonts, images, outputs, theme
from booklet.collect import collect
from booklet.config.naming import fill
from booklet.config.values import Config, Job
from booklet.events import Event, Reporter, silent
from booklet.model import Article, CleanArticle, Format, ImageReport
from booklet.render.formats import FORMATS, FormatRow, Making, forms, in_order
from booklet.results import BuildResult, Chosen, Look, Made, Stopwatch
from booklet.select import select
from booklet.select.sections import group

if TYPE_CHECKING:
    from booklet.images.decoding.forms import Form


def choose(config: Config, job: Job, *, report: Reporter = silent) -> Chosen:
    """Collect, select, order and name.

    Raises:
        BookletError: exit code 4: `nothing-found`, or `nothing-selected` with near categories and the days
            that there are.
    """
    skip = (config.build_dir, *((config.keep_stages,) if config.keep_stages else ()))
    collected = collect(job.sources, timezone=config.timezone, now=config.now, skip=skip, report=report)
    selection = select(collected.articles, job.select)
    if not collected.articles:
        raise collected.nothing(job.sources)
    if not selection.articles:
        raise selection.nothing(len(collected.articles), collected.findings_of(()))
    period = job.select.period
    meta = compose.describe(
        job.meta,
        selection.articles,
        name=files.safe_name(fill(job.name, period, job.meta.number)),
        title=fill(job.title, period, job.meta.number),
        language=config.language,
        timezone=config.timezone.key,
        period=period,
        modified=config.modified,
    )
    sections = group(selection.articles, level=job.select.section_level, sort=job.select.sort)
    return Chosen(
        sections,
        meta,
        (*job.findings, *collected.findings_of(selection.articles), *selection.findings),
    )


def build(
    config: Config,
    job: Job,
    *,
    report: Reporter = silent,
    executor: Executor | None = None,
    formats: Sequence[FormatRow] = FORMATS,
) -> BuildResult:
    """Make one booklet's files. report.json is the caller's to write, after them.

    `executor` lays out the PDF of a long booklet, e.g. on a cluster; None: processes of our own do.
    `formats` are the outputs that there are.

    Raises:
        BookletError: nothing selected, a faulty theme, a file that is not ours, a disk that is full.
    """
    with (watch := Stopwatch()).stage("collect"):
        chosen = choose(config, job, report=report)
    loaded = theme.load(job.theme, project_dir=config.project_dir)
    options, option_findings = loaded.resolve_options(job.options)
    folder = config.build_dir / chosen.meta.name
    cache_dir = config.cache_dir if config.use_cache else None
    targets = outputs.targets(job, folder=folder, name=chosen.meta.name, formats=formats)
    outputs.refuse_foreign(targets, folder=folder, force=config.force)
    with watch.stage("clean"):
        cleaned = _clean_all(config, chosen.articles, report, hygienic=options.get("hygiene") != "off")
    rows = in_order(formats, job.formats)
    with watch.stage("images"):
        pictures = _gather(config, cleaned, forms(rows, loaded, options, job), report)
    sections, meta = chosen.sections, chosen.meta
    booklet = compose.compose(sections, cleaned, meta=meta, images=pictures.assets, options=options)
    faces = fonts.find_faces(configured=config.fonts, wanted=loaded.fonts)
    look = Look(loaded, options, job.paper, faces, job.epub_profile, cache_dir)
    made: dict[Format, Made] = {}
    for row in rows:
        pictured = replace(booklet, images=pictures.by_format.get(row.needs or row.name, {}))
        making = Making(
            booklet=pictured, look=look, config=config, job=job, executor=executor, made=made, report=report
        )
        with watch.stage(row.needs or row.name):
            made = {**made, row.name: row.make(making)}
    written = outputs.write(tuple(made.values()), targets)
    return BuildResult(
        booklet=booklet,
        theme=loaded.name,
        outputs=written,
        page_map=next((one.page_map for one in made.values() if one.page_map), None),
        images=pictures,
        findings=(
            *chosen.findings,
            *option_findings,
            *(found for article in cleaned.values() for found in article.findings),
            *pictures.findings,
            *pictures.ways,
            *(found for one in made.values() for found in one.findings),
            *outputs.stale(booklet, written, folder),
        ),
        timings=watch.timings(),
        folder=folder,
        failed=any(one.data is None for one in made.values()),
        folded=next((one.folded for one in made.values() if one.folded), None),
    )


def _gather(
    config: Config, cleaned: dict[str, CleanArticle], wanted: Mapping[Format, Form], report: Reporter
) -> ImageReport:
    return images.gather(
        tuple(cleaned.values()),
        config=config.images,
        cache_dir=config.cache_dir if config.use_cache else None,
        offline=config.offline,
        now=config.now,
        forms=wanted,
        report=report,
    )


def _clean_all(
    config: Config, articles: tuple[Article, ...], report: Reporter, *, hygienic: bool
) -> dict[str, CleanArticle]:
    from booklet.clean import OFF, SAFE, clean

    hygiene = SAFE if hygienic else OFF
    cleaned = {}
    for done, article in enumerate(articles):
        report(Event("clean", done, len(articles), article.title))
        cleaned[article.id] = result = clean(article, hygiene=hygiene)
        if config.keep_stages:
            folder = config.keep_stages / article.id
            files.write_atomic(folder / f"before.{article.body_format}", article.body.encode())
            files.write_atomic(folder / "after.xhtml", result.body.encode())
    report(Event("clean", len(articles), len(articles)))
    return cleaned
