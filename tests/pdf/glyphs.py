"""Where the glyphs of a PDF stand: its content streams run as a viewer runs them (ISO 32000-1 §9.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(slots=True)
class Glyph:
    """One glyph and its advance box, in pt from the page's top left."""

    text: str
    left: float
    """Where the pen stood before it."""
    right: float
    """Where the pen stood for the next: what was taken from or added to its width counts."""
    natural: float
    """The width that the face gives it."""
    baseline: float
    size: float
    drawn: float
    """Where the glyph's own square begins: left of the pen, if a mark lost its first half."""


@dataclass(frozen=True, slots=True)
class _Font:
    code_bytes: int
    widths: dict[int, float]
    default: float
    scale: float
    texts: dict[int, str]

    def width(self, code: int) -> float:
        return self.widths.get(code, self.default) * self.scale


@dataclass(slots=True)
class _State:
    ctm: Matrix = IDENTITY
    text: Matrix = IDENTITY
    font: _Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    stack: list[tuple[Matrix, _Font | None, float, float]] = field(default_factory=list)


def pages_of(pdf: pikepdf.Pdf) -> list[list[Glyph]]:
    """The glyphs of each page, in the order in which they are drawn."""
    fonts: dict[Any, _Font] = {}
    result = []
    for page in pdf.pages:
        height = float(page.mediabox[3])
        glyphs = list(_run(page, page.Resources, IDENTITY, fonts))
        for glyph in glyphs:
            glyph.baseline = height - glyph.baseline
        result.append(glyphs)
    return result


def _run(stream: Any, resources: Any, ctm: Matrix, fonts: dict[Any, _Font]) -> Iterator[Glyph]:
    state = _State(ctm)
    for instruction in pikepdf.parse_content_stream(stream):
        operands, operator = instruction.operands, instruction.operator
        name = str(operator)
        if name == "q":
            state.stack.append((state.ctm, state.font, state.size, state.spacing))
        elif name == "Q":
            state.ctm, state.font, state.size, state.spacing = state.stack.pop()
        elif name == "cm":
            state.ctm = multiply(_matrix(operands), state.ctm)
        elif name == "BT":
            state.text = IDENTITY
        elif name == "Tm":
            state.text = _matrix(operands)
        elif name == "Tf":
            font = resources.Font[str(operands[0])]
            state.font = fonts.setdefault(font.objgen, None) or _font(font)  # type: ignore[arg-type]
            fonts[font.objgen] = state.font
            state.size = float(operands[1])
        elif name == "Tc":
            state.spacing = float(operands[0])
        elif name in ("TJ", "Tj"):
            yield from _show(operands[0] if name == "TJ" else [operands[0]], state)
        elif name == "Do":
            inner = resources.XObject[str(operands[0])]
            if inner.get("/Subtype") == "/Form" and "/Resources" in inner:
                matrix = _matrix(inner.get("/Matrix", IDENTITY))
                yield from _run(inner, inner.Resources, multiply(matrix, state.ctm), fonts)


def _show(pieces: Any, state: _State) -> Iterator[Glyph]:
    assert state.font
    last: Glyph | None = None
    start, baseline = _point(state)
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            _advance(state, -float(piece) / 1000 * state.size)
            if last:
                last.right = _point(state)[0]
            continue
        data = bytes(piece)
        for at in range(0, len(data), state.font.code_bytes):
            code = int.from_bytes(data[at : at + state.font.code_bytes], "big")
            # A first mark is drawn further left, over the empty half that it lost; the pen was not there.
            left = _point(state)[0] if last else max(start, _point(state)[0])
            drawn = _point(state)[0]
            width = state.font.width(code) * state.size
            _advance(state, width + state.spacing)
            right = _point(state)[0]
            unit = multiply(state.text, state.ctm)[0]
            text, size = state.font.texts.get(code, ""), state.size * unit
            last = Glyph(text, left, right, width * unit, baseline, size, drawn)
            yield last


def _point(state: _State) -> tuple[float, float]:
    return multiply(state.text, state.ctm)[4:]


def _advance(state: _State, distance: float) -> None:
    state.text = multiply((1, 0, 0, 1, distance, 0), state.text)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """First one, then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _font(font: Any) -> _Font:
    texts = _texts(font)
    if font.Subtype == "/Type0":
        descendant = font.DescendantFonts[0]
        return _Font(
            2, _cid_widths(descendant.get("/W", [])), float(descendant.get("/DW", 1000)), 1 / 1000, texts
        )
    first = int(font.get("/FirstChar", 0))
    widths = {first + place: float(width) for place, width in enumerate(font.get("/Widths", []))}
    scale = float(font.FontMatrix[0]) if "/FontMatrix" in font else 1 / 1000
    return _Font(1, widths, 0.0, scale, texts)


def _cid_widths(items: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    values = list(items)
    while values:
        first, second = int(values.pop(0)), values.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            width = float(values.pop(0))
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths


def _texts(font: Any) -> dict[int, str]:
    """ToUnicode as WeasyPrint writes it: `bfchar` only."""
    if "/ToUnicode" not in font:
        return {}
    data = font.ToUnicode.read_bytes()
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in _HEX.findall(block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
    return found
