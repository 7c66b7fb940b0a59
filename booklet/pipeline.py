"""The straight line: collect → select → clean → images → compose → render → files. Nobody else knows it.

Stages are imported where they are used, so that `booklet list` starts without parsers and engines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from booklet import compose, files, fonts, images, outputs, theme
from booklet.collect import collect
from booklet.collect.text import read_texts
from booklet.config.naming import default_title, fill
from booklet.config.values import Config, Job
from booklet.events import Reporter, silent
from booklet.extensions import NO_EXTENSIONS, Extensions
from booklet.model import Article, CleanArticle
from booklet.parts import Asked, refuse_faulty
from booklet.render.formats import Making, forms, in_order, make_all
from booklet.results import BuildResult, Chosen, Look, Stopwatch, result_of
from booklet.select import select
from booklet.select.sections import group


def choose(
    config: Config, job: Job, *, report: Reporter = silent, extensions: Extensions = NO_EXTENSIONS
) -> Chosen:
    """Collect, select, order and name.

    Raises:
        BookletError: exit code 4: `nothing-found`, or `nothing-selected` with what may have been meant.
    """
    skip = (config.build_dir, *((config.keep_stages,) if config.keep_stages else ()))
    rows = extensions.all_sources
    collected = collect(
        job.sources,
        timezone=config.timezone,
        now=config.now,
        skip=skip,
        rows=rows,
        report=report,
        line_breaks=job.line_breaks,
        days_of_sites=not config.zone_is_asked,
    )
    selection = select(collected.articles, job.select)
    if not collected.articles:
        raise collected.nothing(job.sources)
    if not selection.articles:
        raise selection.nothing(len(collected.articles), collected.findings_of(()))
    period = job.select.period
    language = config.language
    if not config.language_given:
        language = compose.main_language(selection.articles, default=language)
    untitled = job.title == default_title(config.language)  # also where `booklet config` has written it down
    meta = compose.describe(
        job.meta,
        selection.articles,
        name=files.safe_name(fill(job.name, period, job.meta.number)),
        title=fill(default_title(language) if untitled else job.title, period, job.meta.number),
        language=language,
        timezone=config.timezone.key,
        period=period,
        modified=config.modified,
    )
    sections = group(selection.articles, level=job.select.section_level, sort=job.select.sort)
    found = (*job.findings, *collected.findings_of(selection.articles), *selection.findings)
    taken = {article.id for article in selection.articles}
    others = tuple(
        replace(article, body="")
        for article in collected.articles
        if article.id not in taken and not article.draft
    )
    return Chosen(sections, meta, (*extensions.findings, *found), others)


def build(
    config: Config,
    job: Job,
    *,
    report: Reporter = silent,
    executor: Executor | None = None,
    extensions: Extensions = NO_EXTENSIONS,
) -> BuildResult:
    """Make one booklet's files. report.json is the caller's to write, after them.

    `executor` lays out the PDF of a long booklet, e.g. on a cluster; None: processes of our own do.
    `extensions` are what packages add to the tables.

    Raises:
        BookletError: nothing selected, a faulty theme, a file that is not ours, a disk that is full.
    """
    with (watch := Stopwatch()).stage("collect"):
        chosen = choose(config, job, report=report, extensions=extensions)
    loaded = theme.load(job.theme, project_dir=config.project_dir, added=extensions.themes)
    options, theme_findings = loaded.resolve_options(job.options)
    folder = config.build_dir / chosen.meta.name
    targets = outputs.targets(job, folder=folder, name=chosen.meta.name, formats=extensions.all_formats)
    outputs.refuse_foreign(targets, folder=folder, force=config.force)
    refuse_faulty(loaded.rows, job.parts, Asked(len(chosen.articles), options, frozenset(job.texts)))
    own, own_findings = read_texts(job.texts, wanted=job.parts, timezone=config.timezone, now=config.now)
    with watch.stage("clean"):
        cleaned = _clean(chosen, own, options, extensions, report)
        outputs.keep_stages(config, cleaned.values())
    rows = in_order(extensions.all_formats, job.formats)
    with watch.stage("images"):
        wanted = forms(rows, loaded, options, job)
        pictures = images.gather_for(config, cleaned, forms=wanted, own=loaded.picture_files, report=report)
    matter = compose.Matter(job.parts, loaded.rows, {text.id: cleaned[text.id] for text in own})
    booklet = compose.compose(
        chosen.sections, cleaned, meta=chosen.meta, images=pictures.assets, options=options, matter=matter
    )
    faces = fonts.find_faces(configured=config.fonts, wanted=loaded.fonts)
    look = Look(loaded, options, job.paper, faces, job.epub_profile, config.kept_dir, extensions.key)
    making = Making(booklet=booklet, look=look, config=config, job=job, executor=executor, report=report)
    made = make_all(rows, making, pictures.by_format, watch.stage)
    written = outputs.write(made, targets)
    return result_of(
        made,
        booklet=booklet,
        theme=loaded.name,
        outputs=written,
        images=pictures,
        findings=(
            *chosen.findings,
            *theme_findings,
            *own_findings,
            *(found for article in cleaned.values() for found in article.findings),
            *pictures.findings,
            *pictures.ways,
            *outputs.stale(booklet, written, folder),
        ),
        timings=watch.timings(),
        folder=folder,
        plugins=extensions.plugins,
    )


def _clean(
    chosen: Chosen,
    own: Sequence[Article],
    options: Mapping[str, object],
    extensions: Extensions,
    report: Reporter,
) -> dict[str, CleanArticle]:
    from booklet.clean import clean_all, hygiene_of, neighbours

    return clean_all(
        (*chosen.articles, *own),
        hygiene=hygiene_of(options),
        steps=extensions.all_steps(),
        providers=extensions.all_providers(),
        report=report,
        others=neighbours(chosen.articles, chosen.others),
    )
