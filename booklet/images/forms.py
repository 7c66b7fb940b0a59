"""What a picture must be like in each output: how large, and whether in grey. Pure."""

from __future__ import annotations

from dataclasses import astuple, dataclass

MM_PER_INCH = 25.4
PRINT_DPI = 300
"""What offset presses and laser printers resolve in a half-tone; more is bytes that nobody sees."""


@dataclass(frozen=True, slots=True)
class Form:
    """The limits of one output. Pictures are scaled down to them, never up."""

    name: str
    max_width_px: int
    max_height_px: int
    max_area_px: int
    grey: bool = False

    @property
    def key(self) -> str:
        """Different for different forms: part of the cache's key."""
        return ";".join(map(str, astuple(self)))


EPUB = Form("epub", 1600, 1600, 2_000_000)
"""Limits of e-readers: Apple Books refused more than 2 M px; e-ink screens have up to about 1600 px."""

EINK_GREY = Form("eink-grey", 1072, 1448, 1072 * 1448, grey=True)
"""The screen of the common 6-inch readers at 300 dpi (Kindle Paperwhite, Kobo Clara), held upright."""


def form_for_epub(profile: str) -> Form:
    """The pictures' form for `--epub-profile`: `eink-grey` has one of its own, the others share `EPUB`."""
    return EINK_GREY if profile == EINK_GREY.name else EPUB


def form_for_print(width_mm: float, height_mm: float) -> Form:
    """300 dpi in the space that a page has for text.

    Args:
        width_mm: of the text area, the most that a picture is printed wide.
        height_mm: of the text area.
    """
    width, height = (max(1, round(side / MM_PER_INCH * PRINT_DPI)) for side in (width_mm, height_mm))
    return Form("print", width, height, width * height)
