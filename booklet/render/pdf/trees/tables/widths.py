"""How wide the columns of a table must be, so that no figure, word or short name is parted.

All widths are in em of the table's type.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from booklet.render.pdf.trees.breaks.typography import ALLOW, FORBID, break_text
from booklet.render.pdf.trees.tables.grid import Cell, Grid
from booklet.render.text.characters import width_em

PADDING_EM = 0.9
"""The padding of a cell, on both sides together (print.css)."""
BOLD = 1.06
"""How much wider heads are set than other cells."""
LONGEST_WORD_EM = 9.0
"""A longer word may be broken (an address)."""
SHORT_HAN_EM = 4.0
"""So few Han are a name, and stay on one line."""
HAN_WORD_EM = 3.0
"""What a line of longer ones holds at least."""
LONG_CELLS = ((60.0, 8.0), (20.0, 5.0))
"""A cell with so much text, in em, wants a column at least so wide, or it were a pillar."""
NARROWER_SPACE_EM = 0.2
_NARROW, _WIDE = frozenset(".,:;!|'`()[]{}/\\ijlItfr- "), frozenset("mwMW%@—…")
_PIECES = re.compile(rf"[^\s{ALLOW}]+(?: {FORBID}+[^\s{ALLOW}]+)*")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\uffef\U00020000-\U0003ffff]")
_HAN_ALONE = re.compile(rf"(?<!{FORBID})([\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])(?!{FORBID})")


def needs(grid: Grid) -> list[float]:
    """How wide each column must be, padding and all."""
    found = [PADDING_EM] * grid.columns
    wide: list[tuple[Cell, float]] = []
    for row in grid.rows:
        for cell in row.cells:
            need = _need(cell.text) * (BOLD if cell.element.tag == "th" else 1.0) + PADDING_EM
            if cell.span == 1:
                found[cell.column] = max(found[cell.column], need)
            else:
                wide.append((cell, need))
    for cell, need in wide:  # what a head over several columns lacks, they share
        columns = range(cell.column, cell.column + cell.span)
        lacking = need - sum(found[column] for column in columns)
        for column in columns if lacking > 0 else ():
            found[column] += lacking / cell.span
    return found


def _need(text: str) -> float:
    width = text_em(text)
    pieces = (text_em(piece) for piece in unbroken(text))
    long = next((column for length, column in LONG_CELLS if width >= length), 0.0)
    han = 0.0
    if _HAN.search(text):
        han = width if width <= SHORT_HAN_EM else HAN_WORD_EM
    return max(min(max(pieces, default=0.0), LONGEST_WORD_EM), han, long)


def unbroken(text: str) -> list[str]:
    """The pieces between which a line may end: figures with their units are one."""
    parted = _HAN_ALONE.sub(rf"{ALLOW}\1{ALLOW}", break_text(text))
    return [piece.replace(FORBID, "") for piece in _PIECES.findall(parted)]


def text_em(text: str) -> float:
    """About how wide a text is set in the face of tables; rather too wide than too narrow."""
    return sum(map(_character_em, text))


def _character_em(character: str) -> float:
    if character in (ALLOW, FORBID):
        return 0.0
    if width_em(character) >= 1:
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.95
    return 0.66 if character.isupper() else 0.58


def shares(grid: Grid, wanted: Sequence[float], room_em: float) -> list[float]:
    """The columns' widths: what each needs, and of what is left a share by its text."""
    texts = [0.0] * len(wanted)
    for row in grid.rows:
        for cell in row.cells if not row.is_head else ():
            if cell.span == 1:
                texts[cell.column] += min(width_em(cell.text), 200.0)
    left = max(0.0, room_em - sum(wanted))
    total = sum(texts) or 1.0
    return [need + left * text / total for need, text in zip(wanted, texts, strict=True)]
