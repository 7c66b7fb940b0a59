"""Heads and folios of pages whose number and side are not known yet: set for both sides, drawn apart.

While chapters are laid out, the library's margin boxes are made here instead, once for each kind of page and
each text that they show. Called by chunk.py alone.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.chunks.number_slots import placeholder
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.finish.slots import PLACEHOLDER
from booklet.render.pdf.values.jobs import (
    BARE,
    MOST_DIGITS,
    SIDES,
    MarginContent,
    MarginContents,
    Side,
    UncutError,
)

_EDGES = ("top-left-corner", "top-right-corner", "bottom-left-corner", "bottom-right-corner")
_MARGIN_BOXES = tuple(
    f"@{edge}-{place}"
    for edge in ("top", "bottom", "left", "right")
    for place in (("left", "center", "right") if edge in ("top", "bottom") else ("top", "middle", "bottom"))
) + tuple(f"@{corner}" for corner in _EDGES)

Box = Any  # the library has no types
Signature = tuple[bool, ...]
"""Which page selectors match: pages for which the same match look alike."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Pages that look alike, but for their texts."""

    page: Box
    """An empty one."""
    numbered: frozenset[str]
    """Its margin boxes that show the page's number."""
    strings: tuple[tuple[str, str], ...]
    """Running texts that it shows: name and keyword."""
    counters: tuple[str, ...]
    with_strings: bool
    """A running text stands on one edge with the page's number."""


@dataclass(slots=True)
class MarginBoxMaker:
    """Makes the margin boxes of one document; `pages` are to be drawn after its own."""

    html: Any
    """The document's source, `weasyprint.HTML`."""
    first: str
    """The id that the wanted pages begin with; those before get nothing."""
    pages: list[Any] = field(default_factory=list)
    empty: MarginContents = BARE
    """Of an empty page before the first that is wanted."""
    by_page: dict[int, tuple[Any, MarginContents]] = field(default_factory=dict)
    """By the identity of a page's box, which is kept alive beside it."""
    shifts: dict[int, float] = field(default_factory=dict)
    _context: Any = None
    _state: Any = None
    _selectors: list[Any] = field(default_factory=list)
    _kinds: dict[Signature, _Kind] = field(default_factory=dict)
    _heads: dict[tuple[object, ...], int | None] = field(default_factory=dict)
    _folios: dict[tuple[object, ...], tuple[int, ...]] = field(default_factory=dict)

    def wrappers(self) -> Wrappers:
        """What it puts in the place of the library's function."""
        return {"weasyprint.layout:make_margin_boxes": lambda _original: self._furnish}

    def _furnish(self, context: Any, page: Box, state: Any) -> tuple[Box, ...]:
        """`make_margin_boxes` for a page: none on the page itself."""
        self._context, self._state = context, state
        if not self.by_page:
            if self.first and not any(box.style["anchor"] == self.first for box in page.descendants()):
                return ()
            self.empty = self._empty(page)
        left, right = (self._margin_content(page, side) for side in SIDES)
        self.by_page[id(page)] = page, (left, right)
        own, other = SIDES if page.page_type.side == "left" else SIDES[::-1]
        kinds = self._kind(page, own), self._kind(page, other)
        self.shifts[id(page)] = kinds[1].page.margin_left - kinds[0].page.margin_left
        return ()

    def _empty(self, page: Box) -> MarginContents:
        """The margin boxes of an empty page that the library would put before a page."""
        blank = page.copy_with_children(())
        blank.page_type = page.page_type._replace(blank=True, name="auto", groups=())
        self._context.current_page -= 1
        left, right = (self._margin_content(blank, side) for side in SIDES)
        self._context.current_page += 1
        return left, right

    def _margin_content(self, page: Box, side: Side) -> MarginContent:
        kind = self._kind(page, side)
        signature = id(kind)
        texts = tuple(self._context.get_string_set_for(page, *string) for string in kind.strings)
        counters = tuple(tuple(self._state[1].get(name, ())) for name in kind.counters)
        head = signature, texts, counters
        if head not in self._heads:
            self._heads[head] = self._drawn(kind, page, 0)
        heads = self._heads[head]
        if not kind.numbered:
            return MarginContent(heads, ())
        shown = texts if kind.with_strings else ()
        key = signature, shown, counters
        if key not in self._folios:
            self._folios[key] = self._numbered(kind, page)
        return MarginContent(heads, self._folios[key])

    def _numbered(self, kind: _Kind, page: Box) -> tuple[int, ...]:
        """Indices of pages that show the boxes with a page number: of one digit, of two digits, and so on."""
        drawn = [self._drawn(kind, page, digits) for digits in range(1, MOST_DIGITS + 1)]
        made = tuple(index for index in drawn if index is not None)
        texts = [list(_numbered_texts(self.pages[index]._page_box)) for index in made]
        for same in zip(*texts, strict=True):
            growth = same[1].width - same[0].width
            alignment = (same[0].position_x - same[1].position_x) / growth if growth else 0.0
            for text in same:
                text.booklet_alignment = min(1.0, max(0.0, round(alignment, 3)))
        return made

    def _drawn(self, kind: _Kind, page: Box, digits: int) -> int | None:
        """Index of a page that shows the boxes with a number of so many digits; for 0, the others."""
        state = copy.deepcopy(self._state)
        state[1]["page"] = [placeholder(digits or 1)]
        kind.page.children = page.children  # running texts look there for what begins the page
        made = [
            box
            for box in library.page.make_margin_boxes(self._context, kind.page, state)
            if (box.at_keyword in kind.numbered) == bool(digits)
        ]
        if not made:
            return None
        shown = kind.page.copy_with_children(tuple(made))
        shown.fixed_boxes = ()
        for box in made:
            library.background.layout_box_backgrounds(shown, box, self._context.get_image_from_uri)
            for child in box.descendants() if digits else ():
                if isinstance(child, library.boxes.TextBox):
                    child.booklet_folio = digits
        shown.background = shown.canvas_background = None
        self.pages.append(library.document.Page(shown))
        return len(self.pages) - 1

    def _kind(self, page: Box, side: Side) -> _Kind:
        page_type = page.page_type._replace(side=side)
        signature = self._signature(page_type)
        if signature not in self._kinds:
            self._kinds[signature] = self._new_kind(page_type)
        return self._kinds[signature]

    def _signature(self, page_type: Any) -> Signature:
        style_for = self._context.style_for
        if not self._selectors:
            self._selectors = [
                selector[2]
                for sheet, _, _ in style_for._sheets
                for _, selectors, _ in sheet.page_rules
                for selector in selectors
            ]
        return tuple(style_for._page_type_match(selector, page_type) for selector in self._selectors)

    def _new_kind(self, page_type: Any) -> _Kind:
        style_for = self._context.style_for
        library.page.set_page_type_computed_styles(page_type, self.html, style_for)
        page = empty_page(self._context, page_type)
        contents = {name: _content(style_for(page_type, name)) for name in _MARGIN_BOXES}
        for content in contents.values():
            _refuse(content)
        numbered = frozenset(name for name, content in contents.items() if "page" in _counters(content))
        edges = {name.split("-")[0] for name in numbered}
        strings = {value for content in contents.values() for kind, value in content if kind == "string()"}
        counters = {name for content in contents.values() for name in _counters(content)} - {"page"}
        mixed = any(
            kind == "string()"
            for name, content in contents.items()
            if name.split("-")[0] in edges
            for kind, _ in content
        )
        return _Kind(page, numbered, tuple(sorted(strings)), tuple(sorted(counters)), mixed)


def empty_page(context: Any, page_type: Any) -> Box:
    """A page without content, its margins resolved; its styles must be computed already."""
    style = context.style_for(page_type)
    page = library.boxes.PageBox(page_type, style)
    library.percent.resolve_percentages(page, style["size"])
    page.position_x = page.position_y = 0
    width, height = style["size"]
    library.page.page_width(page, context, width)
    library.page.page_height(page, context, height)
    return page


def _numbered_texts(page: Box) -> Iterator[Box]:
    for box in page.descendants():
        if isinstance(box, library.boxes.TextBox) and PLACEHOLDER in box.text:
            yield box


def _content(style: Any) -> tuple[tuple[str, Any], ...]:
    content = style["content"] if style is not None else "none"
    return () if isinstance(content, str) else tuple(content)


def _counters(content: tuple[tuple[str, Any], ...]) -> set[str]:
    return {value[0] for kind, value in content if kind in ("counter()", "counters()")}


def _refuse(content: tuple[tuple[str, Any], ...]) -> None:
    """Raise for what cannot be set before all pages are."""
    for kind, value in content:
        counts = kind in ("counter()", "counters()")
        if kind == "element()" or kind.startswith("target-") or (counts and value[0] == "pages"):
            raise UncutError(f"{kind} in a margin")
        if counts and value[0] == "page" and (kind == "counters()" or value[-1] != "decimal"):
            raise UncutError(f"page numbers as {value[-1]}")
