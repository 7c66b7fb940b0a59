"""Booklet + theme → chapters: every piece of the book as well-formed XHTML, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lxml import etree
from markupsafe import Markup

from booklet.config.values import OptionValue
from booklet.model import Booklet, Chapter, CleanArticle, Entry, Part, Section
from booklet.parsed import Parsed
from booklet.parts import ARTICLE, BY_NAME, COVER, OPENER, TEXT_TEMPLATE, PartRow, Target
from booklet.render.chapters.body import Adapt, Drawers, Surroundings, fill_body
from booklet.render.chapters.views import booklet_view, section_view, video_views
from booklet.render.templates import Templates
from booklet.render.templates.context import PictureView, SectionView, TemplateContext
from booklet.theme import Theme
from booklet.words.direction import direction_of
from booklet.words.printed import day

_FIRST_TAG = re.compile(r"<([a-z][a-z0-9]*)")

Place = Literal["front", "body", "back"]


def render_chapters(
    booklet: Booklet,
    *,
    theme: Theme,
    options: Mapping[str, OptionValue],
    target: Target,
    adapt: Adapt | None = None,
    cache_dir: Path | None = None,
    made_with: str = "",
) -> tuple[Chapter, ...]:
    """Render the booklet: front matter; each section's opener, articles and notes; back matter.

    A section without a title has no opener; in an EPUB notes pages without questions are left out: nothing
    can be written there.

    Args:
        booklet: with pictures in this target's form.
        theme: loaded.
        options: the theme's, resolved.
        target: the output that the chapters are for.
        adapt: what that output does to the articles' bodies (for print
            `booklet.render.pdf.trees.bodies.adapt_body`).
        cache_dir: the user's own, where compiled templates are kept; None: they are compiled each time.
        made_with: the packages that add to this build, for the keys of what is kept.

    Raises:
        BookletError: `theme-broken`, a template fails or makes XHTML that is not well-formed.
    """
    pictures = theme.picture_srcs(booklet.images)
    templates = Templates(theme, cache_dir, pictures, made_with=made_with)
    return tuple(_Renderer(booklet, theme, options, target, adapt, templates).chapters())


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a chapter is, before it is rendered."""

    id: str
    row: PartRow
    place: Place
    title: str
    lang: str
    section: Section | None = None
    entry: Entry | None = None
    text: CleanArticle | None = None


class _Renderer:
    """Holds what all chapters of one booklet share."""

    def __init__(
        self,
        booklet: Booklet,
        theme: Theme,
        options: Mapping[str, OptionValue],
        target: Target,
        adapt: Adapt | None,
        templates: Templates,
    ) -> None:
        self._booklet = booklet
        self._adapt = adapt
        self._sizes = {
            f"images/{asset.name}": (asset.width_px, asset.height_px) for asset in booklet.images.values()
        }
        self._theme = theme
        self._templates = templates
        self._sections = {
            section.id: section_view(section, booklet, theme.labels_for(booklet.meta.language), target)
            for section in booklet.sections
        }
        labels = theme.labels_for(booklet.meta.language)
        self._context = TemplateContext(
            target=target,
            id="",
            place="front",
            booklet=booklet_view(booklet, labels, tuple(self._sections.values()), options),
            sections=tuple(self._sections.values()),
            section=None,
            entry=None,
            body=Markup(),
            links=(),
            options=options,
            labels=labels,
        )

    def chapters(self) -> Iterator[Chapter]:
        """In reading order."""
        return map(self._chapter, self._pieces())

    def _pieces(self) -> Iterator[_Piece]:
        booklet = self._booklet
        matter = (*booklet.front_matter, *booklet.back_matter)
        front, back = self._ends()
        for part in front:
            yield from self._part(part, "front", None)
        for section in booklet.sections:
            if self._sections[section.id].title:
                title = self._title_of(section)
                yield _Piece(section.id, OPENER, "body", title, booklet.meta.language, section)
            for entry in section.entries:
                article = entry.article.article
                lang = article.lang if article.lang not in {"", "und"} else booklet.meta.language
                yield _Piece(entry.id, ARTICLE, "body", article.title, lang, section, entry)
            for part in matter:
                if part.section_id == section.id:
                    yield from self._part(part, "body", section)
        for part in back:
            yield from self._part(part, "back", None)

    def _title_of(self, section: Section) -> str:
        """A section's, with the categories above it where its name alone may be another's too."""
        view = self._sections[section.id]
        return self._context.labels["between"].join(part for part in (view.above, view.title) if part)

    def _ends(self) -> tuple[list[Part], list[Part]]:
        """What stands before and behind the sections; on screens, without an inside cover, some come last."""
        front = [part for part in self._booklet.front_matter if not part.section_id]
        back = [part for part in self._booklet.back_matter if not part.section_id]
        if self._context.target == "epub":
            back += [part for part in front if part.row.last_on_screens]
            front = [part for part in front if not part.row.last_on_screens]
        return front, back

    def _part(self, part: Part, place: Place, section: Section | None) -> Iterator[_Piece]:
        row, target, meta = part.row, self._context.target, self._booklet.meta
        if row.only not in ("", target):
            return
        if row.needs == "questions" and target == "epub" and not self._asks(section):
            return
        if row.needs == "sources" and not self._has_sources(row):
            return
        text = self._booklet.texts.get(row.name) if row.from_file else None
        if text:
            article = text.article
            lang = article.lang if article.lang not in {"", "und"} else meta.language
            title = article.title or self._context.labels.get(row.name, row.name)
            yield _Piece(part.id, row, place, title, lang, text=text)
        else:
            title = meta.title if row == COVER else self._context.labels[row.name]
            yield _Piece(part.id, row, place, title, meta.language, section)

    def _has_sources(self, row: PartRow) -> bool:
        """Whether there is anything to list, in a theme that lists it (those older than the page do not)."""
        return bool(self._context.booklet.sources) and row.file in self._theme.templates

    def _asks(self, section: Section | None) -> bool:
        """Whether any article that a notes page serves has questions."""
        sections = self._booklet.sections if section is None else (section,)
        return any(entry.study.questions for one in sections for entry in one.entries)

    def _chapter(self, piece: _Piece) -> Chapter:
        section_id = piece.section.id if piece.section else ""
        section = self._sections.get(section_id)
        row = piece.row
        context = replace(
            self._context, id=piece.id, place=piece.place, section=section, page_title=piece.title
        )
        body = None
        if piece.entry is not None and section is not None:
            context, body = self._with_article(context, piece.entry, section)
        elif piece.text:
            context, body = self._with_body(context, piece.text)
        template = row.file
        if row.from_file and template not in self._theme.templates:
            template = TEXT_TEMPLATE
        parsed = self._templates.chapter(template, context, body)
        if piece.entry is None and self._runs_leftwards(piece):
            parsed = _leftwards(parsed)
        own = None if BY_NAME.get(row.name) is row else row
        return Chapter(piece.id, row.name, piece.title, piece.lang, parsed.markup, section_id, parsed, own)

    def _runs_leftwards(self, piece: _Piece) -> bool:
        """Whether a page of matter is written from right to left: its text is, or the theme's words are."""
        if piece.text:
            article = piece.text.article
            return (article.direction or direction_of(piece.lang)) == "rtl"
        return direction_of(piece.lang) == "rtl" and self._theme.speaks(piece.lang)

    def _with_article(
        self, context: TemplateContext, entry: Entry, section: SectionView
    ) -> tuple[TemplateContext, etree._Element | None]:
        view = next(view for view in section.entries if view.id == entry.id)
        # What stands inside an article speaks its language: a Chinese label on English looks like a slip.
        labels = self._theme.labels_for(view.lang) if self._theme.speaks(view.lang) else context.labels
        published = entry.article.article.day
        view = replace(view, date=day(published, labels) if published else "")
        return self._with_body(replace(context, entry=view, labels=labels), entry.article)

    def _with_body(
        self, context: TemplateContext, article: CleanArticle
    ) -> tuple[TemplateContext, etree._Element | None]:
        """With the text of an article, or of a page of the user's own."""
        labels = context.labels
        videos = video_views(article, context.target, labels)

        def missing_picture(picture: PictureView) -> etree._Element:
            return self._templates.macro("missing_picture", context, picture)

        def video_card(index: int) -> etree._Element:
            return self._templates.macro("video_card", context, videos[index])

        body = fill_body(
            article,
            Surroundings(context.id, labels, self._booklet.images, self._sizes, context.booklet.articles),
            Drawers(missing_picture, video_card, labels["picture_animated"]),
            adapt=self._adapt,
            codes=context.target == "pdf",
        )
        return replace(context, body=body.markup, links=body.links), body.root


def _leftwards(parsed: Parsed) -> Parsed:
    """The chapter, saying that it is written from right to left."""
    root = parsed.copy(parsed.markup)
    if root is None:
        return parsed
    root.set("dir", "rtl")
    return Parsed(_FIRST_TAG.sub(r'<\1 dir="rtl"', parsed.markup, count=1), root)
