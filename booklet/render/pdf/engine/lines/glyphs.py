"""What is asked of Pango for a line: narrow marks, quarter ems; and gaps in the glyphs that it gives back.

Called by justify.py alone, with the library's `Layout` objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from math import ceil
from typing import Any, Literal, NamedTuple

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.lines.spacing import MIXED_GAP_EM, UNITS_PER_EM
from booklet.render.text.marks import (
    OPENING,
    byte_range,
    gap_ranges,
    has_full_width_marks,
    invisible_ranges,
    narrow_ranges,
    tight_marks,
)

_ROUNDING_RESERVE = 0.45  # draw/text.py cuts off fractions: stay clear of the next lower unit
_PANGO = (
    *("libpango-1.0-0", "pango-1.0-0", "pango-1.0"),
    *("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
)
"""Its file names on all systems, as the library tries them (text/ffi.py)."""
_FULL_EM = 0.9
_HALF_EM = 0.55  # a mark whose ink stays within may be cut to half an em
_CUT_EM = 0.499  # not a half: Pango takes no spacing back from a glyph that has no width left

Layout = Any  # the library has no types
SetText = Callable[..., None]
Way = Literal["halt", "cut", "none"]
"""How a mark loses its empty half: by the face's own feature, by us, or not, because it has none."""


class Edges(NamedTuple):
    """What stands at the ends of a text."""

    first: bool = False
    """A line's start or an opening mark is before it: an opening mark loses its empty half."""
    whole: str | None = None
    """The text after which a line's end or a mark follows: a closing mark at its end loses its empty half."""


class _Request(NamedTuple):
    """Attributes for one text, all ranges in UTF-8 bytes."""

    features: tuple[tuple[int, int, str], ...]
    spacings: tuple[tuple[int, int, float], ...]
    """CSS px to be added, both sides of each character together."""


def set_text(layout: Layout, text: str, original: SetText, *, justify: bool, plain: bool) -> None:
    """Give a layout its text with our attributes, which hold for this text only."""
    edges: Edges = getattr(layout, "booklet_edges", Edges())
    layout.booklet_edges = edges
    layout.booklet_cuts = []
    layout.booklet_quarters = False
    request = _Request((), ()) if plain else _request(layout, text, edges, original)
    base, pango = getattr(layout, "booklet_base", None), library.ffi.pango
    if base and base[0] == layout.layout:
        pango.pango_layout_set_attributes(layout.layout, _counted(_copied(base[1])))
    elif any(request):
        own = pango.pango_layout_get_attributes(layout.layout)
        layout.booklet_base = (layout.layout, _counted(_copied(own)))
    original(layout, text, justify)
    if any(request):
        _set_attributes(layout.layout, request)


def _request(layout: Layout, text: str, edges: Edges, original: SetText) -> _Request:
    style, ends_line = layout.style, edges.whole == text
    language, em = style["lang"] or "", style["font_size"]
    features = [(start, end, "pwid") for start, end in narrow_ranges(text, language)]
    spacings = []
    length = len(text.encode())
    if has_full_width_marks(language):
        for place in tight_marks(text, first=edges.first, last=ends_line):
            start, end = byte_range(text, place, place + 1)
            way = _way(style, text[place], original)
            # Pango spaces both sides of a character, but not what is at an end of the text.
            share = 1 - 0.5 * ((start == 0) + (end == length))
            if way == "halt":
                features.append((start, end, "halt"))
            elif way == "cut" and share:
                spacings.append((start, end, -em * _CUT_EM / share))
                layout.booklet_cuts.append((start, text[place] in OPENING))
    if style["letter_spacing"] != "normal":  # which is not for characters that no one sees
        spacings.extend((start, end, 0.0) for start, end in invisible_ranges(text))
    for start, end in gap_ranges(text, ends_line=ends_line):
        layout.booklet_quarters = True
        shares = 2 - 0.5 * ((start == 0) + (end == length))  # two characters of no width
        spacings.append((start, end, em * MIXED_GAP_EM / shares))
    return _Request(tuple(features), tuple(spacings))


def _way(style: Any, character: str, original: SetText) -> Way:
    ways = style.font_config.__dict__.setdefault("booklet_ways", {})
    key = (library.line_break._font_style_cache_key(style), character)
    if key not in ways:
        ways[key] = _find_way(style, character, original)
    found: Way = ways[key]
    return found


def _find_way(style: Any, character: str, original: SetText) -> Way:
    em = style["font_size"]
    width, ink_left, ink_right = _extents(style, character, original, None)
    if width < _FULL_EM * em:
        return "none"
    if _extents(style, character, original, "halt")[0] < width * 0.75:
        return "halt"
    inside = width - ink_left if character in OPENING else ink_right
    return "cut" if inside <= _HALF_EM * em else "none"


def _extents(
    style: Any, character: str, original: SetText, feature: str | None
) -> tuple[float, float, float]:
    """Advance, left and right end of the ink, in CSS px."""
    layout = library.line_break.Layout(style)
    original(layout, character)
    if feature:
        _set_attributes(layout.layout, _Request(((0, len(character.encode()), feature),), ()))
    ffi, pango, unit = library.ffi.ffi, library.ffi.pango, library.ffi.FROM_UNITS
    line = pango.pango_layout_get_line_readonly(layout.layout, 0)
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    return logical.width * unit, ink.x * unit, (ink.x + ink.width) * unit


def _copied(attributes: Any) -> Any:
    """A copy of a layout's attributes, which may be none."""
    ffi, pango = library.ffi.ffi, library.ffi.pango
    return pango.pango_attr_list_new() if attributes == ffi.NULL else _copy_function()(attributes)


def _counted(attributes: Any) -> Any:
    """The attributes, given back to Pango when Python has no use for them any more."""
    return library.ffi.ffi.gc(attributes, library.ffi.pango.pango_attr_list_unref)


@cache
def _copy_function() -> Callable[[Any], Any]:
    """`pango_attr_list_copy`, which the library does not declare. Its own declarations stay as they are."""
    theirs = library.ffi.ffi
    own = type(theirs)()
    own.cdef("void * pango_attr_list_copy (void *list);")
    pango = library.ffi._dlopen(own, *_PANGO)
    return lambda attributes: theirs.cast("PangoAttrList *", pango.pango_attr_list_copy(attributes))


def _set_attributes(layout: Any, request: _Request) -> None:
    pango = library.ffi.pango
    attributes = _counted(_copied(pango.pango_layout_get_attributes(layout)))
    for start, end, feature in request.features:
        attribute = pango.pango_attr_font_features_new(f"{feature} 1".encode())
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_insert(attributes, attribute)
    for start, end, spacing in request.spacings:
        attribute = pango.pango_attr_letter_spacing_new(int(spacing * library.ffi.TO_UNITS))
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout, attributes)


def measured(text: str, style: Any, edges: Edges, max_width: float | None) -> tuple[Layout, float]:
    """A text's layout, as the library keeps it in a box, and its width in CSS px."""
    layout: Any = library.line_break.Layout(style, max_width=max_width)
    layout.booklet_edges = edges
    layout.set_text(text)
    width, _ = library.line_break.line_size(layout.get_first_line()[0], style)
    layout.deactivate()
    return layout, width


def drawn_line(original: Callable[..., Any]) -> Callable[..., Any]:
    """Add the gaps to the glyphs of a line that is drawn: `get_first_line` wrapped."""

    def get_first_line(self: Layout) -> Any:
        line, index = original(self)
        text, spread = getattr(self, "booklet_gaps", ("", ()))
        if getattr(self, "booklet_drawing", False):
            self.booklet_drawing = False  # once: the same shaped line may be asked for again
            if self.booklet_quarters:
                _move_quarters(line)
            if self.booklet_cuts:
                _place_cut_marks(line, self.booklet_cuts, self.style["font_size"])
            # The layout's text may have a space more than the box's: the library drops it from the box only.
            if spread and self.text.startswith(text):
                _spread_glyphs(line, spread, self.style["font_size"])
        return line, index

    return get_first_line


def _move_quarters(line: Any) -> None:
    """Give the width of invisible glyphs to the visible ones before them.

    draw/text.py writes it in 1/1024 em where the PDF counts 1/1000, and forgets it when it places emoji.
    """
    before, ffi, unit = None, library.ffi.ffi, library.ffi.TO_UNITS
    empty, run = library.ffi.pango.PANGO_GLYPH_EMPTY, line.runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        for index in range(glyphs.num_glyphs):
            glyph = glyphs.glyphs[index]
            if glyph.glyph != empty:
                before = glyph.geometry
            elif before is not None:
                before.width += glyph.geometry.width
                glyph.geometry.width = 0
            else:
                glyph.geometry.width = round(glyph.geometry.width * UNITS_PER_EM / unit)
        run = run.next


def _place_cut_marks(line: Any, cuts: Iterable[tuple[int, bool]], font_size: float) -> None:
    """Pango centres a glyph in its changed width: put the ink back where the rest of its square is."""
    opening, ffi = dict(cuts), library.ffi.ffi
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        for index in range(glyphs.num_glyphs):
            offset = item.offset + glyphs.log_clusters[index]
            if offset in opening:
                # In 1/1000 em: draw/text.py writes it so.
                shift = -UNITS_PER_EM / 2 if opening[offset] else 0
                glyphs.glyphs[index].geometry.x_offset = round(shift * font_size)
        run = run.next


def _spread_glyphs(line: Any, spread: tuple[tuple[int, float], ...], font_size: float) -> None:
    ffi, unit = library.ffi.ffi, library.ffi.TO_UNITS
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        first, last = item.offset, item.offset + item.length
        own = [(offset - first, gap) for offset, gap in spread if first <= offset < last]
        if own and glyphs.num_glyphs:
            last_glyphs = {glyphs.log_clusters[index]: index for index in range(glyphs.num_glyphs)}
            for offset, gap in own:
                cluster = offset if offset in last_glyphs else max(at for at in last_glyphs if at <= offset)
                units = round(gap * UNITS_PER_EM / font_size) + _ROUNDING_RESERVE
                width = ceil(units * font_size / UNITS_PER_EM * unit)
                glyphs.glyphs[last_glyphs[cluster]].geometry.width += width
        run = run.next
