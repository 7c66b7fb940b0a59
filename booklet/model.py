"""The values that flow from stage to stage: frozen, without behaviour; they import values alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from booklet.findings import Finding
from booklet.parsed import Parsed
from booklet.parts import BY_NAME, PartRow
from booklet.sites import LineEnds, Site

CategoryPath = tuple[str, ...]
"""One category with its ancestors, outermost first: `("新媒体", "ZAKER")`."""

BodyFormat = Literal["html", "markdown"]
ARTICLE_LINK = "article:"
"""Before the id of an article, in a link of a cleaned body: composing leads it to the article's place."""
DateOrigin = Literal["front-matter", "file-name", "file-time"]
Format = str
"""The name of an output: `epub`, `pdf`, or another row of `booklet.render.formats`, or of a package."""
EpubProfile = Literal["default", "kindle", "kobo", "eink-grey"]
"""The reading systems that an EPUB is made for: `default` is for all of them."""


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """A file, or a folder to read as a whole, that the walk found; nothing of it is read yet."""

    path: Path
    root: Path
    """The source folder it was found under; site-absolute picture paths are looked up here."""
    source: str
    """`path` relative to `root`, with "/"."""
    size_bytes: int
    mtime_ns: int
    kind: str = ""
    """The name of the source kind that takes it."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its file tells it: front matter understood, body untouched."""

    id: str
    """12 hex digits of the SHA-256 of `source`."""
    title: str
    authors: tuple[str, ...]
    published: datetime
    """Aware, in the reader's time zone, or in the site's where nobody named the reader's."""
    published_from: DateOrigin
    """`file-time`: nobody says a date, and `published` is the file's time, which no reader is told."""
    categories: tuple[CategoryPath, ...]
    """All paths; the first decides the section. Empty: none given."""
    tags: tuple[str, ...]
    lang: str
    """BCP 47, e.g. `zh-CN`, `zh-TW`, `ja`, `en`, `und`."""
    url: str
    """The article's address on the web, http(s), or empty."""
    cover: str
    """The lead picture's address or path as written (`headimg`, `thumbnail`, …), or empty."""
    body: str
    body_format: BodyFormat
    body_line: int
    """1-based line of the file on which the body begins."""
    source: str
    source_path: Path
    root: Path
    draft: bool
    extra: Mapping[str, object]
    """Front matter that we give no meaning to, for themes (`summary`, `key_points`, `questions`, …)."""
    full_title: str = ""
    """What `title` is short for: feeds make titles of a text's first sentences. Empty: it is all of it."""
    direction: Literal["", "ltr", "rtl"] = ""
    """As its author says; empty: that of `lang`."""
    site: Site | None = field(default=None, repr=False)
    """The site that it lies in, with what the site's configuration says; None: in none that is known."""
    site_path: str = ""
    """Its path there, from the host: `/blog/2024/05/a/`; empty: nobody can say it."""
    line_breaks: LineEnds = "rather-join"
    """What a single line end within a paragraph of Markdown is."""

    @property
    def day(self) -> date | None:
        """Of publication, in the reader's time zone; None: nobody says it."""
        return None if self.published_from == "file-time" else self.published.date()


@dataclass(frozen=True, slots=True)
class ImageRef:
    """One picture that an article wants. In the body it is `<img src="image:KEY" alt="…"/>`."""

    key: str
    """16 hex digits; equal for equal candidates, so that a picture used twice is fetched once."""
    url: str
    """The first candidate: the picture's name in findings."""
    candidates: tuple[str, ...]
    """As the markup offers them, best first: http(s), `data:`, or a local path as written."""
    alt: str
    width_hint: int | None
    """CSS px, if the markup says."""
    article_id: str


@dataclass(frozen=True, slots=True)
class ImageAsset:
    """A picture as it goes into the outputs: decoded and re-encoded by us."""

    name: str
    """ASCII file name with the right ending, made from the content's hash."""
    media_type: str
    width_px: int
    height_px: int
    data: bytes
    sha256: str
    animated: bool = False
    """It is one frame of a moving picture."""
    rest: tuple[ImageAsset, ...] = ()
    """Of a long screenshot, of which this is the uppermost piece: the pieces below, in order."""


@dataclass(frozen=True, slots=True)
class ImageReport:
    """What became of the pictures of one booklet, counted by unique key."""

    assets: Mapping[str, ImageAsset]
    """By `ImageRef.key`, in the first format's form; a key that is absent gets a placeholder."""
    wanted: int
    cached: int
    missing: int
    findings: tuple[Finding, ...]
    by_format: Mapping[Format, Mapping[str, ImageAsset]] = field(default_factory=dict)
    """By format and `ImageRef.key`: each output has its pictures in its own form."""
    ways: tuple[Finding, ...] = ()
    """How each picture came (`image-way`), in the articles' order: details beside `findings`."""


@dataclass(frozen=True, slots=True)
class Video:
    """A player that was taken out. In the body it is `<div data-video="N"></div>`, N its index there."""

    provider: str
    """For a person: `腾讯视频`, `哔哩哔哩`, `YouTube`, or the player's host."""
    title: str
    """As the markup offers it, or empty."""
    url: str
    """Canonical watch address, http(s)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article's body."""

    level: int
    """2…6: level 1 is the article's title."""
    text: str
    anchor: str
    """The element's `id` in the body, unique in the article."""


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article whose body is well-formed, sanitised XHTML."""

    article: Article
    body: str
    """A sequence of block elements; parses as XML inside one root element; no namespaces but MathML's."""
    images: tuple[ImageRef, ...]
    """In order of appearance."""
    lead: ImageRef | None
    """The lead picture, if the article names one and the body does not show it already."""
    videos: tuple[Video, ...]
    headings: tuple[Heading, ...]
    text_chars: int
    """Characters of text without white space: Han characters count one each, and so do Latin letters."""
    findings: tuple[Finding, ...]
    parsed: Parsed | None = field(default=None, compare=False, repr=False)
    """`body` within a `div`, if it need not be parsed."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a booklet covers, both included; None: open on that side."""

    since: date | None
    until: date | None
    week: tuple[int, int] | None = None
    """ISO year and week, if the period is exactly one."""
    month: tuple[int, int] | None = None
    """Year and month, if the period is exactly one."""


@dataclass(frozen=True, slots=True)
class StudyBox:
    """What makes an article study material, from its front matter; empty parts are not printed."""

    summary: str
    key_points: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article at its place in the booklet."""

    id: str
    """ASCII, unique in the booklet, stable: `a-<article id>`; file name in the EPUB and anchor in the PDF."""
    number: int
    """1, 2, … through the booklet."""
    article: CleanArticle
    minutes: int
    """Reading time, at least 1."""
    study: StudyBox


@dataclass(frozen=True, slots=True)
class Section:
    """A group of articles. A booklet without categories has one section with an empty title."""

    id: str
    """ASCII: `s1`, `s2`, …"""
    number: int
    title: str
    path: CategoryPath
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of front or back matter."""

    id: str
    kind: str
    """`PartRow.name`."""
    section_id: str = ""
    """The section that a notes page follows; empty: it stands at its place in the matter."""
    own: PartRow | None = field(default=None, repr=False)
    """The row of a page that the theme adds; None: the row is ours."""

    @property
    def row(self) -> PartRow:
        """What this kind of page is like."""
        return self.own or BY_NAME[self.kind]


@dataclass(frozen=True, slots=True)
class BookletMeta:
    """What shelves, covers and colophons say of the booklet."""

    name: str
    title: str
    subtitle: str
    identifier: str
    """`urn:uuid:…`, UUIDv5 of the name and the resolved period or number: a rebuild is the same book."""
    language: str
    timezone: str
    """IANA name."""
    period: Period
    """As asked for; open sides are filled from the articles."""
    number: str
    series: str
    publisher: str
    creators: tuple[str, ...]
    rights: str
    modified: datetime
    """UTC: SOURCE_DATE_EPOCH, or the newest article. No clock."""


@dataclass(frozen=True, slots=True)
class Booklet:
    """All that renderers need, in memory."""

    meta: BookletMeta
    sections: tuple[Section, ...]
    front_matter: tuple[Part, ...]
    back_matter: tuple[Part, ...]
    images: Mapping[str, ImageAsset]
    """By `ImageRef.key`, in the form of the output that is made of it."""
    texts: Mapping[str, CleanArticle] = field(default_factory=dict)
    """The user's own texts of front and back matter, by `Part.kind`."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One piece of the book, rendered by the theme: body content as well-formed XHTML."""

    id: str
    kind: str
    """`PartRow.name`."""
    title: str
    lang: str
    xhtml: str
    """One block element with the id `id`; pictures are `<img src="images/<asset name>"/>`, links to other
    chapters `href="#<chapter id>"` (the EPUB writer turns them into file names)."""
    section_id: str = ""
    """The section that it stands in."""
    parsed: Parsed | None = field(default=None, compare=False, repr=False)
    """`xhtml`, if it need not be parsed."""
    own: PartRow | None = field(default=None, repr=False)
    """As `Part.own`."""

    @property
    def row(self) -> PartRow:
        """What this kind of page is like."""
        return self.own or BY_NAME[self.kind]


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written."""

    format: Format
    path: Path
    bytes: int
    sha256: str
    pages: int | None
