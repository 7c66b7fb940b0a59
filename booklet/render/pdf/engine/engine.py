"""Drives WeasyPrint: one layout, its log as findings, where its pages fell, its bytes."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import weasyprint
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from booklet.events import Event, Reporter, silent
from booklet.findings import Finding, finding
from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.assets import AssetFetcher
from booklet.render.pdf.engine.density import thin_out
from booklet.render.pdf.engine.library import NOTHING, Wrappers, standing
from booklet.render.pdf.engine.library.patches import in_place
from booklet.render.pdf.engine.library.table import DENSITY, LISTINGS, LOG
from booklet.render.pdf.engine.page_starts import page_starts
from booklet.render.pdf.engine.pages.blank_lines import drop_blank_ends
from booklet.render.pdf.engine.progress import pages_told
from booklet.render.pdf.trees.names import BASE_URL
from booklet.render.text.page_map import PageMap

_EPOCH = "SOURCE_DATE_EPOCH"


@dataclass(slots=True)
class Engine:
    """Sets documents of one booklet: its style sheet, faces and pictures are read once."""

    css: str
    fetcher: AssetFetcher
    report: Reporter
    fonts: FontConfiguration = field(default_factory=FontConfiguration)
    pictures: dict[str, object] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    """Of the table; what is in place now."""
    _sheet: weasyprint.CSS | None = None

    @property
    def sheet(self) -> weasyprint.CSS:
        """The style sheet, read once, whatever is set with it."""
        if self._sheet is None:
            self._sheet = weasyprint.CSS(
                string=self.css, base_url=BASE_URL, url_fetcher=self.fetcher, font_config=self.fonts
            )
        return self._sheet

    def source(self, html: str) -> weasyprint.HTML:
        """A document as the library reads it."""
        return weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=self.fetcher)

    def lay_out(self, source: weasyprint.HTML) -> Document:
        """Break a document into pages."""
        document: Document = source.render(
            font_config=self.fonts, stylesheets=[self.sheet], cache=self.pictures
        )
        if LISTINGS in self.groups:
            drop_blank_ends(document.pages)
        return document

    def draw(self, document: Document, identifier: str, moment: datetime) -> bytes:
        """Write the pages as a PDF; equal pages and moments give equal bytes."""
        if DENSITY in self.groups:
            thin_out(document)
        with _font_time(moment):
            data: bytes = document.write_pdf(pdf_identifier=identifier.encode())
        self.pictures.clear()  # they have the sizes that this document needed
        return data

    @contextmanager
    def at_work(self, groups: frozenset[str], chunk: Wrappers = NOTHING) -> Iterator[list[Finding]]:
        """Set pages with these groups of the table in place; gives findings of what is lost on paper.

        Other threads that want to set pages wait until the block ends.

        Args:
            groups: that stand.
            chunk: what the group `chunks` puts in place.
        """
        with in_place(groups, chunk), self._listening(LOG in groups) as heard:
            self.groups = groups
            try:
                yield heard
            finally:
                self.groups = frozenset()

    @contextmanager
    def _listening(self, understands: bool) -> Iterator[list[Finding]]:  # noqa: FBT001 - one flag, private
        """Turn what the engine logs into findings, and its pages into events, if its log is understood."""
        heard = _Listener(understands=understands)
        log = logging.getLogger("weasyprint")
        before = log.propagate
        log.propagate = False
        log.addHandler(heard)
        try:
            tell = self.report if understands else silent
            with pages_told(lambda page: tell(Event("pdf", page, 0))):
                yield heard.findings
        finally:
            log.removeHandler(heard)
            log.propagate = before


@contextmanager
def _font_time(moment: datetime) -> Iterator[None]:
    """Give fontTools the time that it writes into the faces of emoji: it takes it from nowhere else.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    before = os.environ.get(_EPOCH)
    os.environ[_EPOCH] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        del os.environ[_EPOCH]
        if before is not None:
            os.environ[_EPOCH] = before


class _Listener(logging.Handler):
    """Keeps what means a loss on paper: pictures that failed, characters without a glyph, faces that failed.

    The library's texts are in the table. What it says of style rules concerns a theme's author, not a reader.
    """

    def __init__(self, *, understands: bool) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []
        self._understands = understands

    def emit(self, record: logging.LogRecord) -> None:
        """Translate one record."""
        if not self._understands:
            return
        template, values = str(record.msg), record.args if isinstance(record.args, tuple) else ()
        if template.startswith("Failed to load image") and values:
            reason = str(values[1]) if len(values) > 1 else ""
            self._add(finding("image-missing", url=str(values[0]), reason=reason))
        elif template.startswith(".notdef glyph") and len(values) > 1:
            self._add(finding("glyph-missing", character=f"U+{values[1]:04X}", name=str(values[0])))
        elif template.startswith("Font-face") and values:
            self._add(finding("face-unusable", face=str(values[0])))

    def _add(self, found: Finding) -> None:
        if found not in self.findings:
            self.findings.append(found)


def library_findings() -> tuple[Finding, ...]:
    """What the installation lacks."""
    lacks = LOG in standing.groups() and library.ffi.harfbuzz_subset is None
    return (finding("harfbuzz-subset-missing"),) if lacks else ()


def map_pages(document: Document, ids: frozenset[str], chapters: frozenset[str]) -> PageMap:
    """Where the entries with these ids begin and end, as printed; where each page of `chapters` begins."""
    folios: dict[str, tuple[int, int]] = {}
    numbers = [*printed_numbers(document)]
    labels = []
    for page, folio in zip(document.pages, numbers, strict=True):
        for name in ids.intersection(page.anchors):
            folios[name] = (folios.get(name, (folio, folio))[0], folio)
        labels.append(str(folio))
    return PageMap(len(document.pages), folios, page_starts(document, labels, chapters))


def printed_numbers(document: Document) -> Iterator[int]:
    """The `page` counter on every page, as the library counts: reset, set, increment."""
    number: int = 0
    for page in document.pages:
        style = page._page_box.style
        changes: dict[str, dict[str, int]] = {
            name: dict(style[name] if style[name] != "auto" else ()) for name in COUNTER_PROPERTIES
        }
        touched = any("page" in values for values in changes.values())
        number = changes["counter_reset"].get("page", number)
        number = changes["counter_set"].get("page", number)
        number += changes["counter_increment"].get("page", 0 if touched else 1)
        yield number


COUNTER_PROPERTIES = ("counter_reset", "counter_set", "counter_increment")
