"""Chinese lines as a typesetter spaces them. The one file that changes WeasyPrint from outside.

WeasyPrint 70 widens spaces only (layout/inline.py, `count_expandable_spaces`), so that a line of Han misses
the margin and Latin words on it are torn apart. While one booklet is set, and never longer, `justify_line` is
replaced, `text_align` and three methods of `Layout` are wrapped. With another version of the library nothing
is touched, and a finding says so.

Gaps are added to the advance widths of the glyphs that Pango shaped, in whole thousandths of an em: the unit
in which the library writes glyph positions, so that nothing is lost by rounding. Text and line breaks stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from booklet.findings import Finding, finding
from booklet.render.pdf.marks import feature_ranges, gap_ranges
from booklet.render.pdf.spacing import MIXED_GAP_EM, UNITS_PER_EM, Letter, letters_of, share_out

SUPPORTED_VERSION = "70.0"
_ROUNDING_RESERVE = 0.45  # draw/text.py cuts off fractions: stay clear of the next lower unit
_COPY = "PangoAttrList * pango_attr_list_copy (PangoAttrList *list);"

Box = Any  # the library has no types


@contextmanager
def chinese_justification() -> Iterator[tuple[Finding, ...]]:
    """Space lines our way while the block runs; with an unknown version change nothing and say so."""
    if weasyprint.__version__ != SUPPORTED_VERSION:
        yield (finding("justification-unpatched", version=weasyprint.__version__),)
        return
    ffi.cdef(_COPY, override=True)
    originals = {
        (inline, "justify_line"): _justify_line,
        (inline, "text_align"): _wrap_text_align(inline.text_align),
        (Layout, "set_text"): _wrap_set_text(Layout.set_text),
        (Layout, "reactivate"): _wrap_reactivate(Layout.reactivate),
        (Layout, "get_first_line"): _wrap_get_first_line(Layout.get_first_line),
    }
    before = {place: getattr(*place) for place in originals}
    for (owner, name), ours in originals.items():
        setattr(owner, name, ours)
    try:
        yield ()
    finally:
        for (owner, name), theirs in before.items():
            setattr(owner, name, theirs)


def _justify_line(_context: object, line: Box, extra_width: float) -> None:
    """Stand in for the library's function of the same name and meaning."""
    _space(line, extra_width, fill=True)


def _wrap_text_align(original: Callable[..., float]) -> Callable[..., float]:
    """Give lines that are not justified their quarter ems, as far as there is room."""

    def text_align(context: object, line: Box, available_width: float, last: bool) -> float:  # noqa: FBT001 - theirs
        width = line.width
        offset = original(context, line, available_width, last)
        room = available_width - width
        spaced_already = line.width != width
        if room <= 0 or spaced_already or line.style["direction"] != "ltr" or _is_code(line.style):
            return offset
        given = _space(line, room, fill=False)
        share: float = offset / room  # 0 at the start, one half centred, 1 at the end
        return offset - given * share

    return text_align


def _is_code(style: Any) -> bool:
    """Whether columns must stay columns: spaces are kept (CSS Text 3 §3)."""
    return style["white_space"] in {"pre", "pre-wrap", "break-spaces"}


def _space(line: Box, slack: float, *, fill: bool) -> float:
    letters = list(_letters(line))
    given = share_out(letters, slack, fill=fill)
    if given:
        by_box: dict[int, list[Letter]] = {}
        for letter in letters:
            by_box.setdefault(letter.owner, []).append(letter)
        _shift(line, by_box, 0.0)
    return given


def _letters(box: Box) -> Iterator[Letter]:
    """The letters of a box and its children, in reading order."""
    if isinstance(box, boxes.TextBox):
        yield from letters_of(box.text, id(box), box.style["font_size"])
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _letters(child)
    else:
        yield Letter(id(box), 0, "", 0.0)


def _shift(box: Box, letters: dict[int, list[Letter]], advance: float) -> float:
    """Move a box by what was added before it, widen it by what is added inside; return both together."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        own = letters.get(id(box), [])
        spread = tuple((letter.offset, letter.gap) for letter in own[:-1] if letter.gap)
        inner = sum(gap for _, gap in spread)
        box.width += inner
        if spread:
            box.pango_layout.booklet_gaps = (box.text, spread)
        return advance + inner + (own[-1].gap if own else 0.0)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _shift(child, letters, advance)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance + sum(letter.gap for letter in letters.get(id(box), []))


def _wrap_set_text(original: Callable[..., None]) -> Callable[..., None]:
    """Shape some marks narrow. Ranges hold for one text: each begins from the layout's own attributes."""

    def set_text(self: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        plain = _is_code(self.style)
        ranges = () if plain else tuple(feature_ranges(text, self.style["lang"] or ""))
        quarters = () if plain else tuple(gap_ranges(text))
        base = getattr(self, "booklet_base", None)
        if base and base[0] == self.layout:
            copy = ffi.gc(pango.pango_attr_list_copy(base[1]), pango.pango_attr_list_unref)
            pango.pango_layout_set_attributes(self.layout, copy)
        elif ranges or quarters:
            own = pango.pango_layout_get_attributes(self.layout)
            fresh = pango.pango_attr_list_new() if own == ffi.NULL else pango.pango_attr_list_copy(own)
            self.booklet_base = (self.layout, ffi.gc(fresh, pango.pango_attr_list_unref))
        original(self, text, justify)
        self.booklet_quarters = bool(quarters)
        if ranges or quarters:
            _set_attributes(self.layout, ranges, quarters, self.style["font_size"])

    return set_text


def _set_attributes(
    layout: Any,
    ranges: tuple[tuple[int, int, str], ...],
    quarters: tuple[tuple[int, int], ...],
    font_size: float,
) -> None:
    current = pango.pango_layout_get_attributes(layout)
    fresh = pango.pango_attr_list_new() if current == ffi.NULL else pango.pango_attr_list_copy(current)
    attributes = ffi.gc(fresh, pango.pango_attr_list_unref)
    for start, end, feature in ranges:
        attribute = pango.pango_attr_font_features_new(f"{feature} 1".encode())
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_insert(attributes, attribute)
    for start, end in quarters:
        # Pango gives two characters of no width twice the spacing: half of it on each of four sides.
        spacing = int(font_size * MIXED_GAP_EM / 2 * TO_UNITS)
        attribute = pango.pango_attr_letter_spacing_new(spacing)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout, attributes)


def _wrap_reactivate(original: Callable[..., None]) -> Callable[..., None]:
    """Know that the layout is about to be drawn."""

    def reactivate(self: Any, style: Any) -> None:
        original(self, style)
        self.booklet_drawing = True

    return reactivate


def _wrap_get_first_line(original: Callable[..., Any]) -> Callable[..., Any]:
    """Add the gaps to the glyphs of a line that is drawn."""

    def get_first_line(self: Any) -> Any:
        line, index = original(self)
        text, spread = getattr(self, "booklet_gaps", ("", ()))
        # The layout's text may have a space more than the box's: `remove_last_whitespace` keeps the layout.
        if getattr(self, "booklet_drawing", False):
            self.booklet_drawing = False  # once: the same shaped line may be asked for again
            if self.booklet_quarters:
                _scale_empty_glyphs(line)
            if spread and self.text.startswith(text):
                _spread_glyphs(line, spread, self.style["font_size"])
        return line, index

    return get_first_line


def _scale_empty_glyphs(line: Any) -> None:
    """draw/text.py writes the width of an invisible glyph in 1/1024 em where the PDF counts 1/1000."""
    run = line.runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        for index in range(glyphs.num_glyphs):
            glyph = glyphs.glyphs[index]
            if glyph.glyph == pango.PANGO_GLYPH_EMPTY:
                glyph.geometry.width = round(glyph.geometry.width * UNITS_PER_EM / TO_UNITS)
        run = run.next


def _spread_glyphs(line: Any, spread: tuple[tuple[int, float], ...], font_size: float) -> None:
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
                width = ceil(units * font_size / UNITS_PER_EM * TO_UNITS)
                glyphs.glyphs[last_glyphs[cluster]].geometry.width += width
        run = run.next
