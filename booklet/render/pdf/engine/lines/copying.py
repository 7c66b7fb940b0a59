"""What is copied from a page is what was written: gaps that no one typed do not read as spaces.

Viewers and `pdftotext` take a gap of a tenth of an em for a space. So what stands around such gaps is written
as a span with its text (`ActualText`, ISO 32000-1 §14.9.4). Called by justify.py alone. The rest is pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from booklet.render.pdf.engine import library
from booklet.render.pdf.finish.text_operators import CODE_DIGITS, SHOWN, shortened
from booklet.render.text.marks import classify, gap_ranges

LEAST_GAP_EM = 0.07
_TOKEN = re.compile(rb"<([0-9a-f]*)>|[^<>]+")


class DrawnGlyph(NamedTuple):
    """A visible glyph, in the order in which it is written."""

    start: int
    """Where its text begins, in UTF-8 bytes."""
    is_followed: bool
    """A gap is after it that no one typed, wide enough to read as a space."""


def spelled_line(original: Callable[..., Any]) -> Callable[..., Any]:
    """Write spans around the gaps of a line that is drawn: `draw_first_line` wrapped."""

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        begin = len(stream.stream)
        textbox.pango_layout.booklet_drawing = True
        emojis = original(stream, textbox, *rest)
        layout, em = textbox.pango_layout, textbox.style["font_size"]
        if not emojis and len(stream.stream) > begin:
            items = stream.stream[begin:]
            glyphs = list(_glyphs(stream, layout, _wide_gaps(layout, em)))
            if are_shown(items, len(glyphs)):
                stream.stream[begin:] = shortened(with_spans(items, glyphs, layout.text.encode()), em)
        return emojis

    return draw_first_line


def _wide_gaps(layout: Any, em: float) -> frozenset[int]:
    """Where the characters begin that such gaps follow, in UTF-8 bytes."""
    text: str = layout.text
    _, spread = getattr(layout, "booklet_gaps", ("", ()))
    found = {offset for offset, gap in spread if gap >= LEAST_GAP_EM * em}
    if layout.booklet_quarters:
        data = text.encode()
        found |= {_last_start(data[:start]) for start, _ in gap_ranges(text) if start}
    return frozenset(found)


def _last_start(data: bytes) -> int:
    """Where the last character begins."""
    return len(data.decode()[:-1].encode())


def _glyphs(stream: Any, layout: Any, places: frozenset[int]) -> Iterator[DrawnGlyph]:
    data, ffi, pango = layout.text.encode(), library.ffi.ffi, library.ffi.pango
    run = pango.pango_layout_get_line_readonly(layout.layout, 0).runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        drawn = [glyphs.glyphs[index].glyph for index in range(glyphs.num_glyphs)]
        for index, glyph in enumerate(drawn):
            if glyph == pango.PANGO_GLYPH_EMPTY:
                continue
            if drawn[index + 1 : index + 2] == [pango.PANGO_GLYPH_EMPTY]:
                _name(stream, item, glyphs, index, data)
            start = item.offset + glyphs.log_clusters[index]
            yield DrawnGlyph(start, start in places and not _is_space(data, start))
        run = run.next


def _name(stream: Any, item: Any, glyphs: Any, index: int, data: bytes) -> None:
    """Say what a glyph stands for that an empty one follows in its cluster, as the second dash of `——`.

    The library takes the text up to the next glyph's cluster, which is none then (draw/text.py).
    """
    font, _ = stream.add_font(item.analysis.font)
    glyph = glyphs.glyphs[index].glyph
    if font.to_unicode.get(glyph) != "":
        return
    clusters = [glyphs.log_clusters[at] for at in range(glyphs.num_glyphs)]
    end = min((place for place in clusters if place > clusters[index]), default=item.length)
    text = data[item.offset + clusters[index] : item.offset + end].decode()
    font.to_unicode[glyph] = "".join(one for one in text if classify(one) != "invisible")


def _is_space(data: bytes, start: int) -> bool:
    """Whether a typed space is at either side of the gap after a character."""
    near = data[start:].decode()[:2]
    return any(classify(character) == "space" for character in near)


def are_shown(items: Sequence[Any], count: int) -> bool:
    """Whether a content stream's items show so many glyphs of composite faces: bitmaps have shorter codes."""
    shown = [match for item in items if isinstance(item, bytes) and (match := SHOWN.fullmatch(item))]
    digits = sum(len(token[1] or b"") for match in shown for token in _TOKEN.finditer(match[1]))
    return digits == CODE_DIGITS * count


def with_spans(items: Sequence[Any], glyphs: Sequence[DrawnGlyph], data: bytes) -> list[Any]:
    """A content stream's items with spans; as they were, if they do not show these glyphs."""
    if not any(glyph.is_followed for glyph in glyphs) or not are_shown(items, len(glyphs)):
        return list(items)
    writer = _Writer(glyphs, data)
    result: list[Any] = []
    for item in items:
        match = SHOWN.fullmatch(item) if isinstance(item, bytes) else None
        result.extend(writer.rewrite(match[1]) if match else [item])
    return result


class _Writer:
    """Copies glyphs and puts spans around those that gaps join."""

    def __init__(self, glyphs: Sequence[DrawnGlyph], data: bytes) -> None:
        self._glyphs = glyphs
        self._data = data
        self._next = 0
        self._in_span = False
        self._ends_span = False

    def rewrite(self, array: bytes) -> Iterator[bytes]:
        """The operators that show what one array shows."""
        parts = b""
        for token in _TOKEN.finditer(array):
            if token[1] is None:
                parts += b"" if float(token[0]) == 0 else token[0] + b" "
                continue
            for at in range(0, len(token[1]), CODE_DIGITS):
                joins = self._joins(self._next)
                starts = joins and not self._in_span
                if self._ends_span or (starts and b"<" in parts):  # what moves a first mark goes with it
                    yield from _shown(parts)
                    parts = b""
                    yield from self._close()
                if joins and not self._in_span:
                    yield b"/Span <</ActualText <" + self._span_text().hex().encode() + b">>> BDC"
                    self._in_span = True
                parts += b"<" + token[1][at : at + CODE_DIGITS] + b">"
                self._next += 1
                self._ends_span = self._in_span and not joins
        yield from _shown(parts)
        yield from self._close()

    def _close(self) -> Iterator[bytes]:
        """End a span whose last glyph is written, with the width that it was given."""
        if self._ends_span:
            self._in_span = self._ends_span = False
            yield b"EMC"

    def _joins(self, place: int) -> bool:
        """Whether a gap is between this glyph and the next one of the text."""
        return self._glyphs[place].is_followed and place + 1 < len(self._glyphs)

    def _span_text(self) -> bytes:
        """The text from the next glyph to the first that no gap follows, as a PDF text string."""
        last = self._next
        while self._joins(last):
            last += 1
        starts = [glyph.start for glyph in self._glyphs[last + 1 :]]
        text = self._data[self._glyphs[self._next].start : min(starts, default=len(self._data))].decode()
        visible = "".join(character for character in text if classify(character) != "invisible")
        return b"\xfe\xff" + visible.encode("utf-16-be")


def _shown(parts: bytes) -> Iterator[bytes]:
    if parts:
        yield b"[" + parts + b"] TJ"
