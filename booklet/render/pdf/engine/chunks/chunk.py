"""Does one job of a long book with WeasyPrint, in whichever process it is called."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.document import Document, Page

from booklet.events import silent
from booklet.findings import Finding
from booklet.fonts.fontconfig import system_faces
from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.assets import AssetFetcher
from booklet.render.pdf.engine.beyond import cut_texts
from booklet.render.pdf.engine.chunks import number_slots, unembedded
from booklet.render.pdf.engine.chunks.margin_boxes import MarginBoxMaker, empty_page
from booklet.render.pdf.engine.chunks.number_slots import SLOT_CLASS
from booklet.render.pdf.engine.chunks.unembedded import draws_pictures, shared_file
from booklet.render.pdf.engine.engine import COUNTER_PROPERTIES, Engine, library_findings, printed_numbers
from booklet.render.pdf.engine.library import NOTHING, standing
from booklet.render.pdf.engine.library.table import ALL, CHUNKS
from booklet.render.pdf.engine.page_starts import page_starts
from booklet.render.pdf.engine.printed_folios import printed_style
from booklet.render.pdf.trees.document import END
from booklet.render.pdf.values.jobs import (
    BARE,
    ENGINE_CHANGED,
    Counter,
    FaceUse,
    Laid,
    LaidPage,
    Layout,
    Link,
    MarginContents,
    Mark,
    Opening,
    PlanJob,
    Planned,
    Setting,
    Side,
    UncutError,
)

_FORCED = frozenset({"page", "always", "left", "right", "recto", "verso"})
_ROUNDING_PX = 0.01
_SIDES: Mapping[str, Side] = {"left": "left", "right": "right", "recto": "right", "verso": "left"}
_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
"""The time that is written into faces: what is laid out once holds for later editions."""


@lru_cache(maxsize=1)
def _engine(setting: Setting) -> tuple[Engine, tuple[Finding, ...]]:
    """Reads a booklet's style sheet and faces once for many jobs; what is said of them is said for each."""
    engine = Engine(setting.css, AssetFetcher({}, setting.faces), silent)
    with engine.at_work(standing.groups()) as heard:
        engine.sheet  # noqa: B018 - reads it
    gc.collect()
    gc.freeze()
    return engine, tuple(heard)


def versions() -> str:
    """What stands for the engine and the faces here."""
    digest = hashlib.sha256()
    for path in sorted({face.path for face in system_faces()}):
        with suppress(OSError):
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    pango = library.ffi.pango.pango_version() if CHUNKS in standing.groups() else ""
    return f"{weasyprint.__version__} {standing.state()} {pango} {digest.hexdigest()} "


def plan(job: PlanJob) -> Planned:
    """See where a book may be cut.

    Raises:
        UncutError: it may not, with this release of the library.
    """
    _need_chunks()
    engine, _ = _engine(job.setting)
    html = engine.source(job.html)
    options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": [engine.sheet], "cache": {}}
    context = Document._build_layout_context(html, engine.fonts, library.counters.CounterStyle(), {}, options)
    elements = {element.get("id"): element for element in html.etree_element.iter()}
    styles = [context.style_for(elements[chapter]) for chapter in job.chapters]
    openings = []
    page = after = ""
    for style in styles:
        before = style["break_before"]
        forced = before in _FORCED or after in _FORCED or style["page"] != page
        openings.append(Opening(forced, _SIDES.get(before) or _SIDES.get(after)))
        page, after = style["page"], style["break_after"]
    names = sorted({str(style["page"]) for style in styles})
    return Planned(tuple(openings), _obstacle(context, html, names, styles))


def _obstacle(context: Any, html: Any, names: list[str], styles: list[Any]) -> str:
    """What would look different in a cut book."""
    for style in styles:
        for name in COUNTER_PROPERTIES:
            if style[name] not in ((), "auto"):
                return f"{name.replace('_', '-')} on a chapter"
    for sheet, _, _ in context.style_for._sheets:
        for _, selectors, _ in sheet.page_rules:
            if any(selector[2].index and selector[2].index[2] is None for selector in selectors):
                return "@page :nth() without a name"
    for name in names:
        pages = []
        for side in ("left", "right"):
            page_type = library.page.PageType(side=side, blank=False, name=name, index=1, groups=())
            library.page.set_page_type_computed_styles(page_type, html, context.style_for)
            pages.append(empty_page(context, page_type))
        if differing := _differing(*pages):
            return f"{differing} of left and right pages"
    return ""


def _differing(left: Any, right: Any) -> str:
    """What else than their margins distinguishes left and right pages."""
    for size in ("width", "height", "margin_top"):
        if abs(getattr(left, size) - getattr(right, size)) > _ROUNDING_PX:
            return size.replace("_", "-")
    for name in ("size", "background_color", "background_image", "border_left_width", "padding_left"):
        if left.style[name] != right.style[name]:
            return name.replace("_", "-")
    return ""


def lay_out(job: Layout) -> Laid:
    """Lay out chapters.

    Raises:
        UncutError: the book must be one document.
        Exception: whatever the engine fails with.
    """
    _need_chunks()
    engine, said = _engine(job.setting)
    engine.fetcher = AssetFetcher({asset.name: asset for asset in job.images}, job.setting.faces)
    loaded = tuple(face.path for face in job.setting.faces)
    source = engine.source(f"{job.head}{job.before}\n{job.body}{END}")
    maker = MarginBoxMaker(source, job.first)
    wrappers = {
        **number_slots.wrappers(dict(job.numbers)),
        **unembedded.wrappers(loaded),
        **(NOTHING if job.whole else maker.wrappers()),
    }
    groups = standing.groups()
    with engine.at_work(groups, wrappers) as heard:
        document = engine.lay_out(source)
        pages = _wanted(document, job.first)
        laid = [_laid_page(page, maker, len(pages), slots=SLOT_CLASS in job.body) for page in pages]
        if job.whole:
            folios = zip(pages, [*printed_numbers(document)][-len(pages) :], strict=True)
            styles = [printed_style(page, number) for page, number in folios]
            laid = [replace(page, style=style) for page, style in zip(laid, styles, strict=True)]
        for page in pages:
            # Put together by hand, with those of the other chunks.
            page.links = [link for link in page.links if link[0] != "internal"]
            page.anchors, page.bookmarks = {}, []
        document.pages = [*pages, *maker.pages]
        labels = [str(index) for index in range(len(pages))]
        starts = page_starts(document.copy(pages), labels, frozenset(job.chapters))
        cut = tuple(cut_texts(pages, frozenset(job.chapters)))
        pdf = engine.draw(document, "", _MOMENT)
    return Laid(
        pdf,
        tuple(laid),
        _moved(maker.empty, len(pages)),
        starts,
        tuple(_face_uses(document, loaded)),
        (*library_findings(), *standing.said_of(ALL - groups), *said, *heard, *cut),
    )


def _need_chunks() -> None:
    if CHUNKS not in standing.groups():
        raise UncutError(ENGINE_CHANGED)


def _wanted(document: Document, first: str) -> list[Page]:
    """The pages from the one on that an id stands on."""
    pages: list[Page] = document.pages
    if not first:
        return pages
    return pages[next(index for index, page in enumerate(pages) if first in page.anchors) :]


def _laid_page(page: Page, maker: MarginBoxMaker, offset: int, *, slots: bool) -> LaidPage:
    box = page._page_box
    margins = maker.by_page[id(box)][1] if id(box) in maker.by_page else BARE
    return LaidPage(
        side=box.page_type.side,
        counter=_counter(box.style),
        size=(page.width, page.height),
        shift=maker.shifts.get(id(box), 0.0),
        margins=_moved(margins, offset),
        numbered=slots and any(_is_slot(inner) for inner in box.descendants()),
        anchors=tuple((name, place[0], place[1]) for name, place in page.anchors.items()),
        links=tuple(Link(target, place) for kind, target, place, _ in page.links if kind == "internal"),
        bookmarks=tuple(_mark(*bookmark) for bookmark in page.bookmarks),
    )


def _mark(level: int, label: str, place: tuple[float, float], state: str) -> Mark:
    return Mark(level, label, place[0], place[1], state)


def _is_slot(box: Any) -> bool:
    return box.element is not None and SLOT_CLASS in (box.element.get("class") or "").split()


def _moved(margins: MarginContents, offset: int) -> MarginContents:
    """With indices of the PDF's pages, where margin boxes come after what was laid out."""
    left, right = (
        type(one)(
            None if one.heads is None else one.heads + offset, tuple(index + offset for index in one.folios)
        )
        for one in margins
    )
    return left, right


def _counter(style: Any) -> Counter:
    """What a page's style does to the counter of pages."""
    values = (dict(style[name] if style[name] != "auto" else ()).get("page") for name in COUNTER_PROPERTIES)
    reset, set_, increment = values
    return reset, set_, increment


def _face_uses(document: Document, loaded: tuple[Path, ...]) -> Iterator[FaceUse]:
    by_name: dict[str, list[Any]] = {}
    for font in document.fonts.values():
        by_name.setdefault(font.hash, []).append(font)
    for name, fonts in by_name.items():
        widths: dict[int, float] = {}
        texts: dict[int, str] = {}
        for font in reversed(fonts):
            widths |= font.widths
            texts |= font.to_unicode
        path = shared_file(fonts[0], loaded)
        if path and any(font.missing for font in fonts):
            raise UncutError("characters without a glyph")
        drawn = draws_pictures(fonts[0])
        yield FaceUse.of(name, (path, fonts[0].index), widths, texts, drawn=drawn)
