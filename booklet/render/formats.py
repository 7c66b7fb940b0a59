"""The table of outputs: what each is called, what its pictures are like, who makes it and who checks it.

A row is the only place that names an output. The configuration, `--help`, the pipeline and `booklet check`
read the rows that they are handed: `FORMATS`, and those of packages behind them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from booklet import check
from booklet.check import FileKind
from booklet.config.formats import FormatName
from booklet.config.values import Config, Job, OptionValue
from booklet.events import Event, Heartbeat, Reporter, StoppedError
from booklet.findings import BookletError, Finding, finding
from booklet.model import Booklet, Chapter, Format, ImageAsset
from booklet.parts import Target
from booklet.results import Look, Made

if TYPE_CHECKING:  # `--help` reads the table, and what makes the outputs would cost it its speed
    from concurrent.futures import Executor

    from booklet.images.decoding.forms import Form
    from booklet.render.chapters.body import Adapt
    from booklet.render.pdf.values.result import Workforce
    from booklet.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What an output is made from."""

    booklet: Booklet
    """With the pictures in the row's form."""
    look: Look
    job: Job
    config: Config
    executor: Executor | None
    """The caller's, for the layout of long booklets; None: processes of our own."""
    report: Reporter
    made: Mapping[Format, Made] = field(default_factory=dict)
    """The outputs that were made before."""

    def chapters(self, target: Target, adapt: Adapt | None = None) -> tuple[Chapter, ...]:
        """The whole booklet as the theme's XHTML, bodies changed by `adapt` for what only this output does.

        Raises:
            BookletError: `theme-broken`.
        """
        from booklet.render.chapters import render_chapters
        from booklet.render.chapters.body import told_of_each

        look, told = self.look, Heartbeat(self.report, Event(target, 0, 2 if target == "epub" else 0))
        return render_chapters(
            self.booklet,
            theme=look.theme,
            options=look.options,
            target=target,
            adapt=told_of_each(adapt, told.beat),
            cache_dir=look.cache_dir,
            made_with=look.made_with,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatRow(FormatName):
    """One output."""

    make: Callable[[Making], Made]
    """Raises `BookletError` for what keeps the other outputs from being made too."""
    form: Callable[[Theme, Mapping[str, OptionValue], Job], Form] | None = None
    """What its pictures must be like; None: it has those of the output that it needs."""
    check: FileKind | None = None
    """How a file of it is read back; None: as the output that it needs, or not at all."""
    after: tuple[Format, ...] = ()
    """Outputs whose results it uses if they are made: those come first."""


def _screen(_theme: Theme, _options: Mapping[str, OptionValue], job: Job) -> Form:
    from booklet.images.decoding.forms import form_for_epub

    return form_for_epub(job.epub_profile)


def _printed(theme: Theme, options: Mapping[str, OptionValue], job: Job) -> Form:
    from booklet.images.decoding.forms import form_for_print
    from booklet.render.chapters.pictures import TALL
    from booklet.theme.pages import is_large

    page = theme.geometry(job.paper, large=is_large(options))
    ordinary, tall = (share * job.paper.height_mm for share in theme.picture_heights())
    return form_for_print(
        job.paper.width_mm - page.inner - page.outer,
        job.paper.height_mm - page.top - page.bottom,
        picture_mm=ordinary,
        tall_mm=tall,
        tall_from=TALL,
    )


def _make_epub(making: Making) -> Made:
    from booklet.render.cover import draw_cover
    from booklet.render.cover.picture import grey_cover
    from booklet.render.epub import remarks, render_epub
    from booklet.words.direction import holds_rtl

    booklet, look, report = making.booklet, making.look, making.report
    profile = look.epub_profile
    report(Event("epub", 0, 2))
    logo = look.theme.picture(name, booklet.images) if (name := look.theme.cover_logo) else None
    cover = draw_cover(booklet, options=look.options, faces=look.faces, logo=logo)
    if cover and profile == "eink-grey":
        cover = grey_cover(cover)
    chapters = making.chapters("epub")
    report(Event("epub", 1, 2))
    printed = next((one.page_map for one in making.made.values() if one.page_map), None)
    data = render_epub(
        booklet,
        chapters,
        css=look.theme.css("epub", booklet.images, rtl=holds_rtl(chapters)),
        cover=cover,
        profile=profile,
        starts=printed.starts if printed else (),
    )
    report(Event("epub", 2, 2))
    without = () if cover else (finding("cover-without-face", command=look.faces.install_hint),)
    return Made("epub", data, (*without, *remarks(booklet, data, profile=profile)))


def _make_pdf(making: Making) -> Made:
    booklet, look = making.booklet, making.look
    if not look.faces.chinese and _holds_han(booklet):
        return Made("pdf", None, (finding("face-missing", command=look.faces.install_hint),))
    from booklet.render.pdf import render_pdf
    from booklet.render.pdf.trees.bodies import adapt_body

    making.report(Event("pdf", 0, 0))
    chapters = making.chapters("pdf", adapt_body)
    try:
        result = render_pdf(
            booklet,
            chapters,
            theme=look.theme,
            options=look.options,
            paper=look.paper,
            faces=look.faces,
            report=making.report,
            workforce=_workforce(making),
        )
    except StoppedError:
        raise
    except BookletError as error:  # the EPUB is written all the same
        return Made("pdf", None, (Finding(error.code, params=tuple(sorted(error.params.items()))),))
    return Made("pdf", result.data, result.findings, result.page_map)


def _workforce(making: Making) -> Workforce:
    from booklet.cache.layouts import LayoutCache
    from booklet.render.pdf.values.result import Workforce

    folder = making.look.cache_dir
    kept = LayoutCache(folder, made_with=making.look.made_with) if folder is not None else None
    return Workforce(making.executor, making.config.processes or os.cpu_count() or 1, kept)


_HAN = re.compile("[\u4e00-\u9fff]")


def _holds_han(booklet: Booklet) -> bool:
    """Whether anything would be tofu without a Chinese face: a Chinese booklet's labels are Chinese too."""
    texts = (text.body for text in booklet.texts.values())
    articles = (
        section.title + entry.article.article.title + entry.article.body
        for section in booklet.sections
        for entry in section.entries
    )
    return booklet.meta.language.startswith("zh") or any(map(_HAN.search, chain(articles, texts)))


def _fold(making: Making) -> Made:
    pdf = making.made["pdf"]
    if pdf.data is None:
        return Made("booklet", None, ())
    from booklet.impose.place import impose

    folded = impose(pdf.data, sheet=making.job.sheet)
    return Made("booklet", folded.data, folded.findings, pdf.page_map, folded)


FORMATS: tuple[FormatRow, ...] = (
    FormatRow(
        name="epub",
        ending=".epub",
        profile_endings={"kobo": ".kepub.epub"},  # Kobo gives all others to Adobe's engine
        make=_make_epub,
        form=_screen,
        check=check.EPUB,
        after=("pdf",),  # its list of pages is the PDF's
    ),
    FormatRow(name="pdf", ending=".pdf", make=_make_pdf, form=_printed, check=check.PDF),
    FormatRow(
        name="booklet",
        ending="-booklet.pdf",
        note={"en": "to print and fold: A5 on A4", "zh": "打印后对折：A4 纸上的 A5"},
        needs="pdf",
        paper_alone="a5",
        make=_fold,
    ),
)


def in_order(rows: Sequence[FormatRow], wanted: Sequence[Format]) -> tuple[FormatRow, ...]:
    """The rows of the outputs that are wanted and of those that they need, in the order of their making."""
    asked = dict.fromkeys(wanted)
    by_name = {row.name: row for row in rows}
    for name in wanted:
        while name in by_name and (name := by_name[name].needs) and name not in asked:
            asked[name] = None
    waiting = [row for row in rows if row.name in asked]
    ordered: list[FormatRow] = []
    while waiting:
        names = {row.name for row in waiting}
        ready = (row for row in waiting if not names & {row.needs, *row.after})
        row = next(ready, waiting[0])  # rows that wait for each other: in the table's order
        waiting.remove(row)
        ordered.append(row)
    return tuple(ordered)


def make_all(
    rows: Sequence[FormatRow],
    making: Making,
    images: Mapping[Format, Mapping[str, ImageAsset]],
    stage: Callable[[str], AbstractContextManager[None]],
) -> tuple[Made, ...]:
    """Make the outputs.

    Args:
        rows: in their order (`in_order`).
        making: what all are made from.
        images: by format, for the rows that have a form; others have those of the output that they need.
        stage: measures what each takes; an output that is made from another belongs to that one's stage.
    """
    made: dict[Format, Made] = {}
    for row in rows:
        name = row.needs or row.name
        booklet = replace(making.booklet, images=images.get(name, {}))
        with stage(name):
            made = {**made, row.name: row.make(replace(making, booklet=booklet, made=made))}
    return tuple(made.values())


def forms(
    rows: Sequence[FormatRow], theme: Theme, options: Mapping[str, OptionValue], job: Job
) -> dict[Format, Form]:
    """What each of these outputs needs of its pictures."""
    return {row.name: row.form(theme, options, job) for row in rows if row.form}


def kinds(rows: Sequence[FormatRow]) -> tuple[FileKind, ...]:
    """The files that `booklet check` knows."""
    return tuple(row.check for row in rows if row.check)
