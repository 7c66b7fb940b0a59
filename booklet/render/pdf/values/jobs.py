"""What workers are asked and what they answer: frozen, picklable, without the engine's types."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from booklet.findings import Finding
from booklet.fonts import LoadedFace
from booklet.model import Booklet, ImageAsset
from booklet.render.pdf.trees.chapters import PrintChapter
from booklet.render.pdf.values.folios import Style
from booklet.render.pdf.values.result import PdfResult
from booklet.render.text.page_map import PageStart

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
MOST_DIGITS = 4
"""The most digits of a page's number: books of 10,000 pages and more are not cut."""
_DIVIDER = "\x1f"
Counter = tuple[int | None, int | None, int | None]
"""What a page does to the counter `page`: reset, set, increment; None: nothing."""


ENGINE_CHANGED = "engine-changed"
"""Why a book is not cut: the library's release is another inside."""


class UncutError(Exception):
    """The book must be one document; says why."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all jobs of one booklet share."""

    css: str
    faces: tuple[LoadedFace, ...]


@dataclass(frozen=True, slots=True)
class PlanJob:
    """To be planned with: the book's chapters as empty elements."""

    setting: Setting
    html: str
    chapters: tuple[str, ...]
    """Their ids."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a chapter begins."""

    forced: bool
    """On a new page, whatever stands before it."""
    side: Side | None
    """On a page of this side."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Where a book may be cut."""

    openings: tuple[Opening, ...]
    obstacle: str
    """What in the theme keeps the book from being cut, or empty."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Chapters to be laid out."""

    setting: Setting
    head: str
    """The HTML up to the body's content."""
    before: str
    """Empty elements that stand for chapters before these; their pages are not wanted."""
    body: str
    first: str
    """The id that the wanted pages begin with; empty: with the first page."""
    images: tuple[ImageAsset, ...]
    chapters: tuple[str, ...]
    """Ids of those whose page beginnings are wanted."""
    numbers: tuple[tuple[str, int], ...] = ()
    """Known page numbers by id, for references to other chapters."""
    whole: bool = False
    """It begins the book: heads and page numbers are set at once."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A booklet to be set as one document."""

    setting: Setting
    booklet: Booklet
    sheets: tuple[PrintChapter, ...]
    bound: bool
    """Left and right pages differ."""


@dataclass(frozen=True, slots=True)
class MarginContent:
    """What stands in the margins of a page on one side, as pages of the answer's PDF."""

    heads: int | None
    """What does not depend on the page's number."""
    folios: tuple[int, ...]
    """What does: for numbers of one digit, of two, …; empty: nothing does."""


MarginContents = tuple[MarginContent, MarginContent]
"""For a left and a right page."""
BARE: MarginContents = (MarginContent(None, ()), MarginContent(None, ()))


@dataclass(frozen=True, slots=True)
class Mark:
    """A PDF bookmark; the point is in CSS px from the page's top left corner, as all below."""

    level: int
    label: str
    x: float
    y: float
    state: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place in the book."""

    target: str
    rectangle: tuple[float, float, float, float]
    """Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page; its content is the answer's PDF page of the same index."""

    side: Side
    counter: Counter
    size: tuple[float, float]
    shift: float
    """CSS px to the right on a page of the other side."""
    margins: MarginContents
    numbered: bool
    """It holds slots for page numbers."""
    anchors: tuple[tuple[str, float, float], ...]
    links: tuple[Link, ...]
    bookmarks: tuple[Mark, ...]
    style: Style | None = None
    """How its number is printed, if its margin boxes stand on it already."""


@dataclass(frozen=True, slots=True)
class FaceUse:
    """A face in a PDF. Its glyphs are packed: a long book has some hundred thousand entries of them."""

    name: str
    """In the PDF's resources."""
    path: str
    """Its file, or empty: not known, or not to be subset again."""
    index: int
    glyphs: bytes
    """Ids, two bytes each in the machine's order."""
    widths: bytes
    """In 1/1000 em, as machine floats."""
    texts: tuple[bytes, str]
    """Ids, and what they stand for, divided by U+001F."""
    drawn: bool
    """Its glyphs are pictures on the page; in the face they are empty."""

    @classmethod
    def of(
        cls,
        name: str,
        file: tuple[str, int],
        widths: Mapping[int, float],
        texts: Mapping[int, str],
        *,
        drawn: bool = False,
    ) -> FaceUse:
        """Pack what is used of a face, by glyph id; `file` is its path and its index there."""
        measured, named = sorted(widths), sorted(texts)
        words = _DIVIDER.join(texts[glyph].replace(_DIVIDER, "") for glyph in named)
        return cls(
            name,
            *file,
            array("H", measured).tobytes(),
            array("f", [widths[glyph] for glyph in measured]).tobytes(),
            (array("H", named).tobytes(), words),
            drawn,
        )

    def width_by_glyph(self) -> dict[int, float]:
        """Unpack the widths."""
        return dict(zip(array("H", self.glyphs), array("f", self.widths), strict=True))

    def text_by_glyph(self) -> dict[int, str]:
        """Unpack the texts."""
        named = array("H", self.texts[0])
        return dict(zip(named, self.texts[1].split(_DIVIDER), strict=True)) if named else {}


@dataclass(frozen=True, slots=True)
class Laid:
    """Chapters on pages."""

    pdf: bytes
    pages: tuple[LaidPage, ...]
    empty: MarginContents
    """Of an empty page before them."""
    starts: tuple[PageStart, ...]
    """Their labels are indices of pages."""
    faces: tuple[FaceUse, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a job was not done."""

    reason: str
    uncut: bool = False
    """The book must be one document."""
    lost: bool = False
    """Its worker died or took too long: it must not be tried where that would end the build."""


Job = PlanJob | Layout | Whole
Answer = Planned | Laid | PdfResult
