"""Pens: a face at a size, which measure and write, with other faces for what theirs lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

from booklet.config.values import Role
from booklet.fonts import Faces

Colour = tuple[int, int, int]

_LEAST_SIZE = 12.0
_FALLBACKS: tuple[Role, ...] = ("text", "heading", "kai", "fang", "mono")
_ELLIPSIS = "…"
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u034f") | {chr(code) for code in range(0xFE00, 0xFE10)}
"""Joiners and variation selectors: what is left of an emoji when its picture is dropped."""


@lru_cache(maxsize=64)
def _font(path: Path, index: int, size: float) -> ImageFont.FreeTypeFont:
    # The basic layout gives the same advances whether or not libraqm is installed.
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


class Pens:
    """Makes pens from the booklet's faces."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces

    def pen(self, role: Role, size: float, *, bold: bool = False) -> Pen:
        """A pen; `size` in px an em."""
        return Pen(self._faces, role, size, bold=bold)


class Pen:
    """One face at one size."""

    def __init__(self, faces: Faces, role: Role, size: float, *, bold: bool) -> None:
        self._faces = faces
        self._role = role
        self._bold = bold
        self.size = size
        of_role = [faces.roles[name] for name in (role, *_FALLBACKS) if name in faces.roles]
        both = [(one.bold or one.regular) if bold else one.regular for one in of_role]
        self._candidates = tuple(face for face in both if face is not None)

    def scaled(self, factor: float) -> Pen:
        """The same face at another size."""
        return Pen(self._faces, self._role, max(_LEAST_SIZE, self.size * factor), bold=self._bold)

    def fitting(self, text: str, width: float, *, tracking: float = 0.0) -> Pen:
        """This pen, or a smaller one, with which the text is no wider than `width` px."""
        needed = self.width(text, tracking=tracking)
        return self if needed <= width else self.scaled(width / needed * 0.995)

    def drawable(self, text: str) -> str:
        """The text without what no face has, on one line."""
        words = self._kept(text).replace("\u3000", "\0").split()
        return " ".join(words).replace("\0", "\u3000")

    def _kept(self, text: str) -> str:
        return "".join(char for char in text if self._candidate(char) is not None)

    def width(self, text: str, *, tracking: float = 0.0) -> float:
        """How wide the text gets, in px; `tracking` in em after each character but the last."""
        kept = self._kept(text)
        advance = sum(font.getlength(part) for font, part in self._runs(kept))
        return advance + tracking * self.size * max(0, len(kept) - 1)

    def write(
        self,
        draw: ImageDraw.ImageDraw,
        x: float,
        baseline: float,
        text: str,
        colour: Colour,
        *,
        tracking: float = 0.0,
    ) -> float:
        """Write and say how wide it got."""
        start = x
        for font, part in self._runs(self._kept(text)):
            for piece in part if tracking else (part,):
                draw.text((round(x), round(baseline)), piece, fill=colour, font=font, anchor="ls")
                x += font.getlength(piece) + tracking * self.size
        return x - start

    def shortened(self, text: str, width: float) -> str:
        """The text, cut with an ellipsis where it is wider than `width` px."""
        text = self.drawable(text)
        if self.width(text) <= width:
            return text
        while text and self.width(text + _ELLIPSIS) > width:
            text = text[:-1].rstrip()
        return text + _ELLIPSIS

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        for number, group in groupby(text, self._candidate):
            face = self._candidates[number or 0]
            yield _font(face.path, face.index, self.size), "".join(group)

    def _candidate(self, char: str) -> int | None:
        if char in _UNSEEN:
            return None
        if char.isspace():
            return 0
        return next((number for number, face in enumerate(self._candidates) if face.covers(char)), None)
