"""What templates see: `TemplateContext` and its views, frozen; `themes/plain/README.md` lists every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from booklet.config.values import OptionValue
from booklet.parts import Target
from booklet.render.text.titles import TitlePart


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture, or the place of one that is missing."""

    src: str
    """`images/<name>`, or empty: missing."""
    alt: str
    host: str
    """Where it should have come from; empty for local files."""
    shape: Literal["", "icon", "tall", "piece"]
    """`icon`: set in the line; `tall`: high and narrow, a telephone's screen; `piece`: a long one's top."""
    rest: tuple[str, ...] = ()
    """Of a long one: the pieces below, as `src`."""
    animated: bool = False
    """It is one frame of a moving picture."""
    url: str = ""
    """Of a missing one: its own address on the web, or empty."""
    qr: Markup = field(default_factory=Markup)
    """Of a missing one: inline SVG of `url`, 13 mm or wider; empty in an EPUB or in a line."""
    inline: bool = False
    """A missing one that stands in a line of text, or was to be as small as a letter."""
    group: tuple[PictureView, ...] = ()
    """Of missing ones that stand in a row: each of them; this view draws the one box for all."""


@dataclass(frozen=True, slots=True)
class VideoView:
    """A player that became a card."""

    provider: str
    title: str
    """The video's title, or the article's."""
    url: str
    short_url: str
    qr: Markup
    """Inline SVG, 22 mm or wider; in an EPUB the place of a picture."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """An outside link of an article, in the order of its number in the text (print only)."""

    number: int
    url: str
    short_url: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One article."""

    id: str
    number: int
    numeral: str
    """`number` as `一`, `二`, … in Chinese."""
    title: str
    title_parts: tuple[TitlePart, ...]
    """The title cut where it may break."""
    running_title: str
    """The title, cut to what a running head holds."""
    lang: str
    source: str
    """Authors, else the address's host; may be empty."""
    date: str
    """Empty: nobody says one."""
    short_date: str
    minutes: int
    """Reading time, at least 1."""
    url: str
    short_url: str
    qr: Markup
    """Inline SVG of `url`, 15 mm or wider; empty in an EPUB or without an address."""
    lead: PictureView | None
    summary: str
    key_points: tuple[str, ...]
    questions: tuple[str, ...]
    tags: tuple[str, ...]
    extra: Mapping[str, object]
    """Front matter that booklet gives no meaning to."""
    first_in_section: bool
    authors: str
    """Joined; may be empty."""
    title_markup: Markup
    """The title for reflowable pages: `<wbr/>` between its phrases, in a span, where its words are known."""
    direction: str
    """`rtl` or `ltr`, said as `dir`; empty where neither the article nor the booklet is right to left."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A group of articles."""

    id: str
    number: int
    numeral: str
    """`一`, `二`, … in Chinese."""
    title: str
    """Empty in a booklet without categories."""
    entries: tuple[EntryView, ...]
    minutes: int
    above: str
    """The categories above it, where sections of one booklet differ in them; else empty."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A site, a paper or an account, with what the booklet has from it."""

    name: str
    count: int
    entries: tuple[EntryView, ...]
    """In the booklet's order."""


ArticleStart = Literal["page", "right", "run-on"]


@dataclass(frozen=True, slots=True)
class BookletView:
    """The booklet as covers, running heads and colophons tell of it."""

    title: str
    title_parts: tuple[TitlePart, ...]
    title_em: float
    """The widest part's width in em, by which a cover chooses its size."""
    section_em: float
    """The widest section name's, with what stands above it, by which a cover chooses its columns."""
    subtitle: str
    issue: str
    """Year and week or month, and number; may be empty."""
    issue_runs: tuple[tuple[str, bool], ...]
    """`issue` as (text, is figures)."""
    period: str
    series: str
    number: str
    publisher: str
    creators: str
    rights: str
    language: str
    modified: str
    """The edition's day in the reader's zone."""
    chars: int
    minutes: int
    pictures: int
    """Printed, each counted once."""
    videos: int
    articles: int
    sources: tuple[SourceView, ...]
    """In the order of an index (`booklet.render.chapters.sources`)."""
    article_start: ArticleStart
    """Where articles begin in print: the option of that name, `auto` decided."""


@dataclass(frozen=True, slots=True)
class TemplateContext:
    """The names of a template."""

    target: Target
    id: str
    """Goes on the root element."""
    place: Literal["front", "body", "back"]
    booklet: BookletView
    sections: tuple[SectionView, ...]
    section: SectionView | None
    """Of a section, an article, or a section's notes page."""
    entry: EntryView | None
    """Of an article."""
    body: Markup
    """The cleaned text of an article, or of a page made of the user's own file."""
    links: tuple[LinkView, ...]
    """Of such a text, in print."""
    options: Mapping[str, OptionValue]
    labels: Mapping[str, str]
    page_title: str = ""
    """What contents and bookmarks call this page."""
