"""The booklet as templates see it: `Booklet` → the views of `booklet.render.templates.context`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from booklet.config.values import OptionValue
from booklet.model import Booklet, CleanArticle, Entry, Section
from booklet.parts import Target
from booklet.render.chapters.pictures import picture_view
from booklet.render.chapters.sources import source_views
from booklet.render.drawn.qr import qr_place, qr_svg
from booklet.render.templates import NOT_XML
from booklet.render.templates.context import (
    ArticleStart,
    BookletView,
    EntryView,
    PictureView,
    SectionView,
    VideoView,
)
from booklet.render.text.characters import width_em
from booklet.render.text.phrases import are_known, phrases
from booklet.render.text.titles import shorten, title_parts, title_pieces
from booklet.words import printed
from booklet.words.direction import direction_of

ARTICLE_QR_MM = 15
VIDEO_QR_MM = 22
RUNNING_TITLE_EM = 30
SHORT_TITLE_EM = 8
"""Titles up to this width are one line on any screen."""
MOST_RUNNING_ON = 50
"""Articles of a booklet in which one begins where the other ends. A volume of more is looked things up in."""


def booklet_view(
    booklet: Booklet,
    labels: Mapping[str, str],
    sections: Sequence[SectionView],
    options: Mapping[str, OptionValue],
) -> BookletView:
    """Everything about the whole; figures are counted, not claimed."""
    meta = booklet.meta
    entries = [entry for section in booklet.sections for entry in section.entries]
    issue = printed.issue(meta, labels)
    parts = title_parts(meta.title, language=meta.language, cover=True)
    wanted = {ref.key for entry in entries for ref in entry.article.images}
    wanted |= {entry.article.lead.key for entry in entries if entry.article.lead is not None}
    return BookletView(
        title=meta.title,
        title_parts=parts,
        title_em=max((part.em for part in parts), default=0.0),
        section_em=max((width_em(one.title + one.above) for one in sections), default=0.0),
        subtitle=meta.subtitle,
        issue=issue,
        issue_runs=printed.figures_apart(issue),
        period=printed.period(meta.period, labels),
        series=meta.series,
        number=meta.number,
        publisher=meta.publisher,
        creators=labels["names_join"].join(meta.creators),
        rights=meta.rights,
        language=meta.language,
        modified=printed.day(meta.modified.astimezone(ZoneInfo(meta.timezone)).date(), labels)
        if _says_its_edition(booklet)
        else "",
        chars=sum(entry.article.text_chars for entry in entries),
        minutes=sum(entry.minutes for entry in entries),
        pictures=len(wanted & set(booklet.images)),
        videos=sum(len(entry.article.videos) for entry in entries),
        articles=len(entries),
        sources=source_views(booklet.sections, sections, labels, meta.language),
        article_start=article_start(options, len(entries)),
    )


def direction_within(direction: str, language: str) -> str:
    """The direction that an article must say in a booklet of a language; empty: it need not."""
    return direction if "rtl" in (direction, direction_of(language)) else ""


def _says_its_edition(booklet: Booklet) -> bool:
    """Whether `modified` is a day that somebody said, and not the newest time of a file."""
    articles = [entry.article.article for section in booklet.sections for entry in section.entries]
    newest = max((article.published for article in articles), default=booklet.meta.modified)
    said = any(article.day for article in articles)
    return said or newest.replace(microsecond=0) != booklet.meta.modified


def article_start(options: Mapping[str, OptionValue], articles: int) -> ArticleStart:
    """Where articles begin in print. `auto`: few run on as in a leaflet, many begin pages as in a book."""
    match options.get("article_start", "auto"):
        case "page":
            return "page"
        case "right":
            return "right"
        case "run-on":
            return "run-on"
        case _:
            return "page" if articles > MOST_RUNNING_ON else "run-on"


def section_view(
    section: Section, booklet: Booklet, labels: Mapping[str, str], target: Target
) -> SectionView:
    """One section with its articles."""
    return SectionView(
        id=section.id,
        number=section.number,
        numeral=printed.numeral(section.number, booklet.meta.language),
        title=section.title or (labels.get("other", "") if len(booklet.sections) > 1 else ""),
        above=_above(section, booklet, labels),
        entries=tuple(
            _entry_view(entry, booklet, labels, target, first=index == 0)
            for index, entry in enumerate(section.entries)
        ),
        minutes=sum(entry.minutes for entry in section.entries),
    )


def _above(section: Section, booklet: Booklet, labels: Mapping[str, str]) -> str:
    """The categories above a section; not where all sections stand under the same."""
    if len({other.path[:-1] for other in booklet.sections if other.path}) <= 1:
        return ""
    return labels["between"].join(section.path[:-1])


def source_name(entry: Entry, labels: Mapping[str, str]) -> str:
    """Who an article is by: its authors, else the host that it stands on."""
    article = entry.article.article
    return labels["names_join"].join(article.authors) or printed.host(article.url)


def video_views(article: CleanArticle, target: Target, labels: Mapping[str, str]) -> tuple[VideoView, ...]:
    """The players of an article; one without a title is told by the article's."""
    return tuple(
        VideoView(
            provider=video.provider,
            title=video.title or article.article.title,
            url=video.url,
            short_url=printed.short_url(video.url),
            qr=qr_svg(video.url, least_mm=VIDEO_QR_MM)
            if target == "pdf"
            else qr_place(video.url, alt=labels["video_scan"]),
        )
        for video in article.videos
    )


def _entry_view(
    entry: Entry, booklet: Booklet, labels: Mapping[str, str], target: Target, *, first: bool
) -> EntryView:
    article = entry.article.article
    title = " ".join(article.title.split())
    language = article.lang if article.lang not in {"", "und"} else booklet.meta.language
    return EntryView(
        id=entry.id,
        number=entry.number,
        numeral=printed.numeral(entry.number, booklet.meta.language),
        title=title,
        title_parts=title_parts(title, language=language if target == "pdf" else ""),
        running_title=shorten(title, RUNNING_TITLE_EM, language),
        lang=language,
        direction=direction_within(article.direction or direction_of(language), booklet.meta.language),
        source=source_name(entry, labels),
        date=printed.day(article.day, labels) if article.day else "",
        short_date=printed.day_within(article.day, booklet.meta.period, labels) if article.day else "",
        minutes=entry.minutes,
        url=article.url,
        short_url=printed.short_url(article.url),
        qr=qr_svg(article.url, least_mm=ARTICLE_QR_MM) if target == "pdf" else Markup(),
        lead=_lead(entry, booklet),
        summary=entry.study.summary,
        key_points=entry.study.key_points,
        questions=entry.study.questions,
        tags=article.tags,
        extra=article.extra,
        first_in_section=first,
        authors=labels["names_join"].join(article.authors),
        title_markup=title_markup(title, language) if target == "epub" else escape(NOT_XML.sub("", title)),
    )


def title_markup(title: str, language: str) -> Markup:
    """A title that reading systems part between phrases (`.phrased` in the style sheet), not inside words."""
    title = NOT_XML.sub("", title)  # of markup, templates drop nothing
    if width_em(title) <= SHORT_TITLE_EM or not are_known(language):
        return escape(title)
    pieces = [(piece.rstrip(" "), " " * piece.endswith(" ")) for piece in title_pieces(title)]
    part = Markup('<span class="phrased">{}</span>{}')
    return Markup("").join(part.format(Markup("<wbr/>").join(phrases(text)), gap) for text, gap in pieces)


def _lead(entry: Entry, booklet: Booklet) -> PictureView | None:
    """The lead picture; one that is missing is not worth a box."""
    lead = entry.article.lead
    if lead is None or lead.key not in booklet.images:
        return None
    return picture_view(lead.key, lead.alt, lead.url, booklet.images)
