"""Page numbers in pages' content: slots that a worker leaves, filled when the book is put together. Pure.

A slot is marked content (ISO 32000-1 §14.6) around the text that holds the placeholder's glyphs:

    /BookletNumber << /T <target, UTF-8> /N digits /A alignment /W [ten widths] /G <ten glyphs> >> BDC … EMC
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from booklet.render.pdf.finish.text_operators import SHOWN, Pieces, pieces, written

PLACEHOLDER = "8"
_SLOT = re.compile(
    rb"/BookletNumber << /T <([0-9a-f]*)> /N (\d+) /A ([\d.]+) /W \[([\d. ]+)\] /G <([0-9a-f]{40})> >> BDC\n"
    rb"(.*?)\nEMC\n?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a page number."""

    target: str
    """The id of what stands on that page; empty: the number of the page that the slot is on."""
    digits: int
    """Its width."""
    alignment: float
    """Of a narrower number: 0 left, 1 right."""
    widths: tuple[float, ...]
    """Of the ten figures, in 1/1000 em."""
    glyphs: tuple[int, ...]


class UnfilledError(ValueError):
    """A slot without its placeholder."""


def opening(slot: Slot) -> bytes:
    """What stands before the text of a slot."""
    glyphs = "".join(f"{glyph:04x}" for glyph in slot.glyphs)
    target = slot.target.encode().hex()
    widths = " ".join(f"{width:g}" for width in slot.widths)
    return (
        f"/BookletNumber << /T <{target}> /N {slot.digits} /A {slot.alignment:g} /W [{widths}] "
        f"/G <{glyphs}> >> BDC"
    ).encode()


def closing() -> bytes:
    """What stands after it."""
    return b"EMC"


def fill(content: bytes, number_of: Callable[[str], int]) -> bytes:
    """Set the numbers into a page's content.

    Args:
        content: decompressed.
        number_of: the number of the page that an id stands on; the page's own for the empty id.

    Raises:
        UnfilledError: a slot's placeholder is not in it.
    """
    return _SLOT.sub(lambda found: _filled(found, number_of), content)


def _filled(found: re.Match[bytes], number_of: Callable[[str], int]) -> bytes:
    target, digits, alignment, written_widths, glyphs, drawn = found.groups()
    number = str(number_of(bytes.fromhex(target.decode()).decode()))
    figures = [glyphs[at : at + 4] for at in range(0, len(glyphs), 4)]
    widths = [float(width) for width in written_widths.split()]
    gap = widths[int(PLACEHOLDER)] * int(digits) - sum(widths[int(figure)] for figure in number)
    begin: float = -gap * float(alignment)
    filled = False

    def show(shown: re.Match[bytes]) -> bytes:
        nonlocal filled, begin
        parts = pieces(shown[1])
        place = None if filled else _find(parts, figures[int(PLACEHOLDER)], int(digits))
        if place is not None:
            filled = True
            first, last, spacing = place
            own: Pieces = []
            for figure in number:
                own += [figures[int(figure)], spacing]
            parts[first : last + 1] = own[:-1]
        parts.insert(0, begin)
        begin = 0.0  # what follows in the same line of text is carried along
        return b"[" + written(parts) + b"] TJ"

    content = SHOWN.sub(show, drawn)
    if not filled:
        raise UnfilledError(drawn[:80])
    return content + b"\n"


def _find(parts: Pieces, glyph: bytes, count: int) -> tuple[int, int, float] | None:
    """Where so many equal glyphs stand in a row: the first and the last piece, and what is between two."""
    places = [at for at, piece in enumerate(parts) if isinstance(piece, bytes)]
    for at in range(len(places) - count + 1):
        run = places[at : at + count]
        if all(parts[place] == glyph for place in run):
            between = parts[run[0] + 1 : run[1]] if count > 1 else ()
            return run[0], run[-1], sum(piece for piece in between if not isinstance(piece, bytes))
    return None
