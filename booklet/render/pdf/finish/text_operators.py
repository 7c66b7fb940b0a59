"""Text as content streams show it (ISO 32000-1 §9.4.3): the operand of `TJ` read, and written short. Pure.

WeasyPrint writes each gap of a line after its glyph, zeros and empty strings among them. A book of a thousand
articles is a tenth larger so (with its lengths to a millionth of a point: `engine.short_numbers`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

CODE_DIGITS = 4
"""Hexadecimal digits of a glyph's code in the composite faces that WeasyPrint writes."""
_PIECE = re.compile(rb"<([0-9a-f]*)>|([-+.\d]+)")
SHOWN = re.compile(rb"\[([^\]]*)\] TJ")
_LEAST_EQUAL = 6
"""Gaps that are worth an operator for all."""

Pieces = list[bytes | float]
"""Glyphs as four hexadecimal digits, adjustments as numbers: thousandths of an em, to the left."""


def pieces(array: bytes) -> Pieces:
    """The operand of `TJ`, glyph by glyph."""
    result: Pieces = []
    for glyphs, adjustment in _PIECE.findall(array):
        if adjustment:
            result.append(float(adjustment))
        else:
            result.extend(glyphs[at : at + CODE_DIGITS] for at in range(0, len(glyphs), CODE_DIGITS))
    return result


def written(parts: Iterable[bytes | float]) -> bytes:
    """The operand that says this: adjustments in a row are one, glyphs in a row one string."""
    array: list[bytes] = []
    moved, ends_in_glyph = 0.0, False
    for part in parts:
        if not isinstance(part, bytes):
            moved += part
            continue
        if number := _number(moved):
            array.append((b">" if ends_in_glyph else b"") + number)
            ends_in_glyph = False
        array.append(part if ends_in_glyph else b"<" + part)
        moved, ends_in_glyph = 0.0, True
    array += [b">"] * ends_in_glyph + [_number(moved)]
    return b"".join(array)


def _number(value: float) -> bytes:
    """To a thousandth of a thousandth of an em; nothing for zero."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return b"" if text in {"", "0", "-0"} else text.encode()


def shortened(items: Sequence[Any], em: float) -> list[Any]:
    """A content stream's items that show text in composite faces, written short.

    Args:
        items: operators as bytes; anything else stays.
        em: the size of the face, in the units of its text space.
    """
    result: list[Any] = []
    for item in items:
        match = SHOWN.fullmatch(item) if isinstance(item, bytes) else None
        result.extend([item] if match is None else _shown(pieces(match[1]), em))
    return result


def _shown(parts: Pieces, em: float) -> list[bytes]:
    common = _common_gap(parts)
    if not common:
        return [b"[" + written(parts) + b"] TJ"]
    spacing = f"{-common * em / 1000:.4f}".rstrip("0").encode()
    return [spacing + b" Tc", b"[" + written(_without(parts, common)) + b"] TJ", b"0 Tc"]


def _common_gap(parts: Pieces) -> float:
    """The gap that most glyphs have behind them; 0 where it is none, or too few have the same."""
    gaps = Counter(
        0.0 if isinstance(after, bytes) else after
        for glyph, after in pairwise(parts)
        if isinstance(glyph, bytes)
    )
    [(gap, count)] = gaps.most_common(1) or [(0.0, 0)]
    return gap if count >= _LEAST_EQUAL else 0.0


def _without(parts: Pieces, gap: float) -> Pieces:
    """The same with that gap taken from behind each glyph, the last one too: more may be shown behind it."""
    result: Pieces = []
    for part in parts:
        result += [part, -gap] if isinstance(part, bytes) else [part]
    return result
