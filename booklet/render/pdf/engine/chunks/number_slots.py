"""Page numbers that are not known while pages are laid out: known ones given, slots left for the others.

Called by chunk.py alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrappers
from booklet.render.pdf.finish.slots import PLACEHOLDER, Slot, closing, opening
from booklet.render.pdf.values.jobs import UncutError

SLOT_CLASS = "page-ref-number"
_DIGITS = re.compile(r"\bdigits-([1-9])\b")
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_ALIGNMENTS = {"left": 0.0, "start": 0.0, "center": 0.5, "right": 1.0, "end": 1.0}

Box = Any  # the library has no types


def placeholder(digits: int) -> int:
    """A number that keeps the place of all numbers with so many digits."""
    return int(PLACEHOLDER * digits)


def wrappers(known: Mapping[str, int]) -> Wrappers:
    """What is put around the library's functions: references to places get numbers or placeholders.

    Args:
        known: numbers of pages by the ids that stand on them.
    """
    draw_first_line = library.draw_text.draw_first_line  # before anything is put around it
    targets = "weasyprint.css.targets:TargetCollector"
    return {
        f"{targets}.lookup_target": lambda original: _wrap_lookup(original, known),
        "weasyprint.draw:draw_text": lambda original: _wrap_draw(original, draw_first_line),
    }


def _wrap_lookup(original: Callable[..., Any], known: Mapping[str, int]) -> Callable[..., Any]:
    def lookup_target(self: Any, token: Any, box: Box, css_token: str, parse_again: Any) -> Any:
        if token[0] == "attr()":
            name, kind, fallback = token[1]
            value = box.element.get(name, fallback) or ""
            token = ("string", value) if kind == "string" else ("url", ("internal", value.lstrip("#")))
        anchor = library.targets.anchor_name_from_token(token)
        if (digits := _digits_of(box)) and anchor not in known:
            return _found(placeholder(digits))
        if anchor in known:
            return _found(known[anchor])
        if anchor not in self.target_lookup_items:
            raise UncutError(f"target-counter({anchor})")
        return original(self, token, box, css_token, parse_again)

    return lookup_target


def _digits_of(box: Box) -> int:
    """The width of the slot that a box is, in digits; 0: it is none."""
    classes = box.element.get("class", "") if box.element is not None else ""
    if SLOT_CLASS not in classes.split():
        return 0
    found = _DIGITS.search(classes)
    return int(found[1]) if found else 0


def _found(number: int) -> Any:
    """A target as the library keeps it, when its number is known.

    As a counter of the target's own, not of its page: for that the library would lay out all pages again.
    """
    target = SimpleNamespace(cached_counter_values={"page": [number]})
    return SimpleNamespace(state="up-to-date", target_box=target, cached_page_counter_values={})


def _wrap_draw(original: Callable[..., None], draw_first_line: Callable[..., Any]) -> Callable[..., None]:
    def draw_text(stream: Any, box: Box, offset_x: float, overflow: str, ellipsis: str) -> None:
        slot = _slot(stream, box, draw_first_line) if PLACEHOLDER in box.text else None
        if slot is None:
            original(stream, box, offset_x, overflow, ellipsis)
            return
        stream.stream.append(opening(slot))
        original(stream, box, offset_x, overflow, ellipsis)
        stream.stream.append(closing())

    return draw_text


def _slot(stream: Any, box: Box, draw_first_line: Callable[..., Any]) -> Slot | None:
    """The slot that a text is or holds."""
    folio = getattr(box, "booklet_folio", 0)
    digits = folio or _digits_of(box)
    if not digits or PLACEHOLDER * digits not in box.text:
        return None
    target = "" if folio else str(box.element.get("href", "")).lstrip("#")
    aligned = _ALIGNMENTS.get(box.style["text_align_all"], 0.0)
    glyphs, widths = _figures(stream, box, draw_first_line)
    return Slot(target, digits, getattr(box, "booklet_alignment", aligned), widths, glyphs)


def _figures(
    stream: Any, box: Box, draw_first_line: Callable[..., Any]
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The glyphs of the ten figures in a text's face, and their widths in 1/1000 em.

    They are drawn aside, so that they are in the face's subset.
    """
    figures = box.copy_with_text("0123456789")
    figures.pango_layout = library.line_break.create_layout(figures.text, box.style, None, None, 0)
    aside = stream.clone()
    draw_first_line(aside, figures, "clip", "none", library.matrix.Matrix())
    drawn = b"\n".join(line if isinstance(line, bytes) else str(line).encode() for line in aside.stream)
    digits = b"".join(_GLYPHS.findall(drawn))
    glyphs = tuple(int(digits[at : at + 4], 16) for at in range(0, len(digits), 4))
    names = {name.decode() for name in _FONT.findall(drawn)}
    # The same face in other sizes is another font there, whose widths are rounded otherwise.
    fonts = [
        font for font in stream._fonts.values() if font.hash in names and font.widths.keys() >= {*glyphs}
    ]
    if len(glyphs) != len(figures.text) or len(names) != 1 or not fonts:
        raise UncutError("figures that are no single glyphs of one face")
    return glyphs, tuple(fonts[0].widths[glyph] for glyph in glyphs)
