"""The straight line: collect → select → clean → images → compose → render → files. Nobody else knows it.

Stages are imported where they are used, so that `booklet list` starts without parsers and engines.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from booklet import compose, files, fonts, images, outputs, theme
from booklet.collect import Collected, collect
from booklet.config.naming import fill
from booklet.config.values import Config, Job, OptionValue
from booklet.events import Event, Reporter, silent
from booklet.findings import BookletError, Finding, finding
from booklet.model import Article, Booklet, Chapter, CleanArticle, Format, ImageReport, PageStart
from booklet.render.pdf.values.result import Workforce
from booklet.results import BuildResult, Chosen, Look, Made, Stopwatch
from booklet.select import select
from booklet.select.sections import group
from booklet.theme.pages import is_large

if TYPE_CHECKING:
    from booklet.images.decoding.forms import Form
    from booklet.render.chapters.body import Adapt


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
        paths = ", ".join(map(str, job.sources))
        empty = BookletError("nothing-found", exit_code=4, paths=paths)
        empty.findings = collected.findings
        raise empty
    if not selection.articles:
        days = selection.dates_held
        error = BookletError(
            "nothing-selected",
            exit_code=4,
            found=len(collected.articles),
            categories="、".join(selection.near_categories) or "–",
            days=f"{days[0]} – {days[1]}" if days else "–",
        )
        error.findings = (*_of_these(collected, ()), *selection.findings)
        raise error
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
    findings = _of_these(collected, selection.articles)
    return Chosen(sections, meta, (*findings, *selection.findings))


def _of_these(collected: Collected, selected: tuple[Article, ...]) -> tuple[Finding, ...]:
    """What was found in the selected articles and in files that gave none; the rest is not this booklet's."""
    others = {article.source for article in collected.articles} - {article.source for article in selected}
    return tuple(found for found in collected.findings if found.source not in others)


def build(
    config: Config, job: Job, *, report: Reporter = silent, executor: Executor | None = None
) -> BuildResult:
    """Make one booklet's files. report.json is the caller's to write, after them.

    `executor` lays out the PDF of a long booklet, e.g. on a cluster; None: processes of our own do.

    Raises:
        BookletError: nothing selected, a faulty theme, a file that is not ours, a disk that is full.
    """
    watch = Stopwatch()
    with watch.stage("collect"):
        chosen = choose(config, job, report=report)
    loaded = theme.load(job.theme, project_dir=config.project_dir)
    options, option_findings = loaded.resolve_options(job.options)
    folder = config.build_dir / chosen.meta.name
    cache_dir = config.cache_dir if config.use_cache else None
    targets = outputs.targets(job, folder=folder, name=chosen.meta.name)
    outputs.refuse_foreign(targets, folder=folder, force=config.force)
    with watch.stage("clean"):
        cleaned = _clean_all(config, chosen.articles, report, hygienic=options.get("hygiene") != "off")
    with watch.stage("images"):
        pictures = _gather(config, _forms(loaded, options, job), tuple(cleaned.values()), cache_dir, report)
    booklet = compose.compose(
        chosen.sections, cleaned, meta=chosen.meta, images=pictures.assets, options=options
    )
    faces = fonts.find_faces(configured=config.fonts, wanted=loaded.fonts)
    look = Look(loaded, options, job.paper, faces, job.epub_profile, cache_dir)
    made = []
    if {"pdf", "booklet"} & set(job.formats):
        with watch.stage("pdf"):
            printed = replace(booklet, images=pictures.by_format["pdf"])
            made.append(_make_pdf(printed, look, _workforce(config, executor, cache_dir), report))
            if "booklet" in job.formats:
                made.append(_fold(made[-1], job))
    if "epub" in job.formats:
        with watch.stage("epub"):
            starts = next((one.page_map.starts for one in made if one.page_map), ())
            made.append(_make_epub(replace(booklet, images=pictures.by_format["epub"]), look, starts, report))
    written = outputs.write(made, targets)
    return BuildResult(
        booklet=booklet,
        theme=loaded.name,
        outputs=written,
        page_map=next((one.page_map for one in made if one.page_map), None),
        images=pictures,
        findings=(
            *chosen.findings,
            *option_findings,
            *(found for article in cleaned.values() for found in article.findings),
            *pictures.findings,
            *pictures.ways,
            *(found for one in made for found in one.findings),
        ),
        timings=watch.timings(),
        folder=folder,
        failed=any(one.data is None for one in made),
        folded=next((one.folded for one in made if one.folded), None),
    )


def _workforce(config: Config, executor: Executor | None, cache_dir: Path | None) -> Workforce:
    from booklet.cache.layouts import LayoutCache

    kept = LayoutCache(cache_dir) if cache_dir is not None else None
    return Workforce(executor, config.processes or os.cpu_count() or 1, kept)


def _gather(
    config: Config,
    forms: Mapping[Format, Form],
    articles: tuple[CleanArticle, ...],
    cache_dir: Path | None,
    report: Reporter,
) -> ImageReport:
    return images.gather(
        articles,
        config=config.images,
        cache_dir=cache_dir,
        offline=config.offline,
        now=config.now,
        forms=forms,
        report=report,
    )


def _renderings(job: Job) -> tuple[Format, ...]:
    """What must be rendered: a folded booklet is made of the PDF."""
    return tuple(dict.fromkeys("pdf" if output == "booklet" else output for output in job.formats))


def _forms(loaded: theme.Theme, options: Mapping[str, OptionValue], job: Job) -> dict[Format, Form]:
    """What each output needs of its pictures."""
    from booklet.images.decoding.forms import form_for_epub

    return {
        output: form_for_epub(job.epub_profile) if output == "epub" else _printed(loaded, options, job)
        for output in _renderings(job)
    }


def _printed(loaded: theme.Theme, options: Mapping[str, OptionValue], job: Job) -> Form:
    from booklet.images.decoding.forms import form_for_print
    from booklet.render.chapters.pictures import TALL

    page = loaded.geometry(job.paper, large=is_large(options))
    ordinary, tall = (share * job.paper.height_mm for share in loaded.picture_heights())
    return form_for_print(
        job.paper.width_mm - page.inner - page.outer,
        job.paper.height_mm - page.top - page.bottom,
        picture_mm=ordinary,
        tall_mm=tall,
        tall_from=TALL,
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


def _chapters(
    booklet: Booklet, look: Look, target: Literal["epub", "pdf"], adapt: Adapt | None = None
) -> tuple[Chapter, ...]:
    from booklet.render.chapters import render_chapters

    return render_chapters(
        booklet,
        theme=look.theme,
        options=look.options,
        target=target,
        adapt=adapt,
        cache_dir=look.cache_dir,
    )


def _make_pdf(booklet: Booklet, look: Look, workforce: Workforce, report: Reporter) -> Made:
    if not look.faces.chinese and _holds_han(booklet):
        return Made("pdf", None, (finding("face-missing", command=look.faces.install_hint),))
    from booklet.render.pdf import render_pdf
    from booklet.render.pdf.trees.bodies import adapt_body

    report(Event("pdf", 0, 0))
    chapters = _chapters(booklet, look, "pdf", adapt_body)
    try:
        result = render_pdf(
            booklet,
            chapters,
            theme=look.theme,
            options=look.options,
            paper=look.paper,
            faces=look.faces,
            report=report,
            workforce=workforce,
        )
    except BookletError as error:  # the EPUB is written all the same
        return Made("pdf", None, (Finding(error.code, params=tuple(sorted(error.params.items()))),))
    return Made("pdf", result.data, result.findings, result.page_map)


def _fold(pdf: Made, job: Job) -> Made:
    if pdf.data is None:
        return Made("booklet", None, ())
    from booklet.impose.place import impose

    folded = impose(pdf.data, sheet=job.sheet)
    return Made("booklet", folded.data, folded.findings, pdf.page_map, folded)


def _make_epub(booklet: Booklet, look: Look, starts: tuple[PageStart, ...], report: Reporter) -> Made:
    from booklet.render.cover import draw_cover
    from booklet.render.cover.grey import grey_cover
    from booklet.render.epub import remarks, render_epub

    profile = look.epub_profile
    report(Event("epub", 0, 2))
    cover = draw_cover(booklet, options=look.options, faces=look.faces)
    if cover and profile == "eink-grey":
        cover = grey_cover(cover)
    chapters = _chapters(booklet, look, "epub")
    report(Event("epub", 1, 2))
    css = look.theme.css("epub")
    data = render_epub(booklet, chapters, css=css, cover=cover, profile=profile, starts=starts)
    report(Event("epub", 2, 2))
    without = () if cover else (finding("cover-without-face", command=look.faces.install_hint),)
    return Made("epub", data, (*without, *remarks(booklet, data, profile=profile)))


def _holds_han(booklet: Booklet) -> bool:
    """Whether anything would be tofu without a Chinese face: a Chinese booklet's labels are Chinese too."""
    return booklet.meta.language.startswith("zh") or any(
        "\u4e00" <= character <= "\u9fff"
        for section in booklet.sections
        for entry in section.entries
        for character in section.title + entry.article.article.title + entry.article.body
    )
