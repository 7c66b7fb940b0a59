"""What a picture must be like in each output: how large, in which colours, in how long pieces. Pure."""

from __future__ import annotations

from dataclasses import astuple, dataclass

MM_PER_INCH = 25.4
PRINT_DPI = 300
"""What offset presses and laser printers resolve in a half-tone; more is bytes that nobody sees."""
SHOWN_DPI = 150
"""In print, what nothing makes smaller: the themes' `image-resolution`. With fewer, pixels can be seen."""
TALL_RATIO = 3.0
"""Height to width from which a picture is a long screenshot (长图): read by scrolling, line by line."""
PIECE_WIDTH_MM = 80.0
"""Long screenshots are made for telephones, 65 to 75 mm wide; in print they need not be larger."""
MOST_PAGES = 24
"""For one picture; a longer one is made narrower."""
CAPTION_MM = 12.0
"""The height of the page that a piece leaves to what belongs to it."""


@dataclass(frozen=True, slots=True)
class Form:
    """The limits of one output, in pixels. Pictures are scaled down to them, never up."""

    name: str
    max_width_px: int
    max_height_px: int
    """Of ordinary pictures."""
    max_area_px: int
    tall_height_px: int
    """Of pictures that are higher than `tall_from` times their width."""
    tall_from: float
    piece_width_px: int
    """Of long screenshots, which are cut into pieces."""
    piece_height_px: int
    px_per_css: float = 1.0
    """Pixels of the output to one of CSS, in which a picture is shown if nothing makes it smaller."""
    grey: bool = False
    progressive: bool = False
    """Of JPEGs: some 6 % smaller."""

    def is_long(self, width: int, height: int) -> bool:
        """Whether a picture of this size is a long screenshot, which one page cannot show."""
        return height > TALL_RATIO * width and self._shown(width) * height / width > self.piece_height_px

    def fitted(self, width: int, height: int) -> tuple[int, int]:
        """The size of a picture in this form, its pieces together."""
        if self.is_long(width, height):
            scale = min(1.0, self.piece_width_px / width, self.piece_height_px * MOST_PAGES / height)
        else:
            most = self.tall_height_px if height > self.tall_from * width else self.max_height_px
            area = (self.max_area_px / (width * height)) ** 0.5
            scale = min(1.0, self.max_width_px / width, most / height, area)
        return max(1, round(width * scale)), max(1, round(height * scale))

    def piece_height(self, width: int, height: int) -> int:
        """The most that a piece of a long screenshot may have, whose fitted size this is."""
        usual = self.piece_height_px * width / self._shown(width)
        return min(self.piece_height_px, round(max(usual, height / MOST_PAGES)))

    def _shown(self, width: int) -> float:
        """How wide a long screenshot is shown."""
        return min(float(self.piece_width_px), width * self.px_per_css)

    @property
    def key(self) -> str:
        """Different for different forms: part of the cache's key."""
        return ";".join(map(str, astuple(self)))


EPUB = Form("epub", 1600, 1600, 2_000_000, 1600, TALL_RATIO, 800, 1000, progressive=True)
"""Limits of e-readers: Apple Books refused more than 2 M px; e-ink screens have up to about 1600 px."""

EINK_GREY = Form("eink-grey", 1072, 1448, 1072 * 1448, 1448, TALL_RATIO, 800, 1000, grey=True)
"""The screen of the common 6-inch readers at 300 dpi (Kindle Paperwhite, Kobo Clara), held upright.

Not progressive: the smallest readers of e-ink show such JPEGs at an eighth of their sharpness or not at all
(crosspoint-reader/calibre-plugins pull request 7, uxjulia/CrossInk issue 288). Kindle, Kobo, Apple and
Android show them, so the other profiles have them.
"""


def form_for_epub(profile: str) -> Form:
    """The pictures' form for `--epub-profile`: `eink-grey` has one of its own, the others share `EPUB`."""
    return EINK_GREY if profile == EINK_GREY.name else EPUB


def form_for_print(
    width_mm: float,
    height_mm: float,
    *,
    picture_mm: float | None = None,
    tall_mm: float | None = None,
    tall_from: float = TALL_RATIO,
) -> Form:
    """300 dpi at the size that a picture is printed in, and no more.

    Args:
        width_mm: of the page's text area, the most that a picture is printed wide.
        height_mm: of the text area.
        picture_mm: the most that the theme prints a picture high; None: the text area's height.
        tall_mm: the same for pictures that are higher than `tall_from` times their width.
        tall_from: height to width.
    """
    piece_mm = min(width_mm, PIECE_WIDTH_MM)
    width, height, tall = map(_px, (width_mm, picture_mm or height_mm, tall_mm or height_mm))
    return Form(
        "print",
        max_width_px=width,
        max_height_px=height,
        max_area_px=width * max(height, tall),
        tall_height_px=tall,
        tall_from=tall_from,
        piece_width_px=_px(piece_mm),
        piece_height_px=_px(max(piece_mm, height_mm - CAPTION_MM)),
        px_per_css=PRINT_DPI / SHOWN_DPI,
        progressive=True,
    )


def _px(length_mm: float) -> int:
    return max(1, int(length_mm / MM_PER_INCH * PRINT_DPI))
