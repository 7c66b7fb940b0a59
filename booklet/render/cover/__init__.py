"""The EPUB's cover picture: 1600×2560, drawn with the booklet's own faces, still readable at 120 px in grey.

An accent band at the binding side, the title large, the issue with its figures in the accent colour, the
sections between rules, who publishes it at the foot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from booklet.config.values import OptionValue
from booklet.fonts import Faces
from booklet.model import Booklet, ImageAsset
from booklet.render.cover.lines import Row, cover_lines
from booklet.render.cover.pen import Colour, Pen, Pens
from booklet.render.cover.picture import fitted, lead_picture
from booklet.render.cover.wrap import set_title
from booklet.render.text.characters import OPENING, is_wide
from booklet.words.printed import figures_apart

__all__ = ["draw_cover"]

WIDTH_PX, HEIGHT_PX = 1600, 2560
"""5:8, Kindle's ideal; LOOK's sketch is laid out on it. All lengths below are px on this sheet."""

_BAND = 144
_LEFT, _RIGHT = 300, 1456
_SERIES_BASELINE = 300
_TITLE_TOP, _TITLE_HEIGHT = 420, 860
_LIST_TOP, _LIST_BOTTOM = 1570, 2250
_LEAST_GAP = 120
_ROW, _LEAST_ROW, _MOST_ROWS = 118, 84, 10
_FOOT_BASELINE = 2404
_LOGO, _LOGO_BOTTOM, _LOGO_GAP = (420, 140), 2430, 60
"""The logo's greatest width and height; where its foot stands; the space kept free beside it."""
_LEAST_PICTURE, _MOST_PICTURE, _PICTURE_GAP = 300, 770, 80

_BLACK: Colour = (17, 17, 17)
_GREY: Colour = (90, 90, 90)
_RULE: Colour = (178, 178, 178)
_DEFAULT_ACCENT = "#a8201a"
_JPEG_QUALITY = 90


def draw_cover(
    booklet: Booklet, *, options: Mapping[str, OptionValue], faces: Faces, logo: ImageAsset | None = None
) -> bytes | None:
    """Draw the cover as a JPEG, below 1 MB; the same booklet gives the same bytes with the same faces.

    Characters that no face has (emoji) are left out.

    Args:
        booklet: its words.
        options: the theme's; `accent` and `series_line` are read here.
        faces: to draw with.
        logo: a picture of the theme, of pixels, which stands at the foot.

    Returns:
        None without a Chinese face: then the EPUB's cover is a page of text.
    """
    if not faces.chinese:
        return None
    image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), "white")
    sheet = _Sheet(ImageDraw.Draw(image), Pens(faces), _accent(options))
    mark = fitted(logo, *_LOGO) if logo is not None else None
    above = sheet.draw(booklet, options, beside_foot=mark.width + _LOGO_GAP if mark else 0)
    if mark is not None:
        image.paste(mark, (_RIGHT - mark.width, _LOGO_BOTTOM - mark.height), mark)
    if above is not None and options.get("cover_picture") and (picture := lead_picture(booklet, *above.size)):
        image.paste(picture, above.corner)
    target = BytesIO()
    image.save(target, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=True)
    return target.getvalue()


def _accent(options: Mapping[str, OptionValue]) -> Colour:
    try:
        red, green, blue = ImageColor.getrgb(str(options.get("accent", _DEFAULT_ACCENT)))[:3]
    except ValueError:
        red, green, blue = ImageColor.getrgb(_DEFAULT_ACCENT)[:3]
    return red, green, blue


@dataclass(frozen=True, slots=True)
class _Room:
    """A rectangle that is free, in px."""

    corner: tuple[int, int]
    size: tuple[int, int]


class _Sheet:
    """One cover, drawn from top to foot."""

    def __init__(self, draw: ImageDraw.ImageDraw, pens: Pens, accent: Colour) -> None:
        self._draw = draw
        self._pens = pens
        self._accent = accent

    def draw(self, booklet: Booklet, options: Mapping[str, OptionValue], *, beside_foot: int) -> _Room | None:
        """Draw the words; say where a picture has room, between the issue and the list.

        `beside_foot`: px at the right that the last line leaves free.
        """
        words = cover_lines(booklet, series_line=str(options.get("series_line", "")))
        # A hairline keeps the sheet's edge visible on a white shelf.
        self._draw.rectangle((0, 0, WIDTH_PX - 1, HEIGHT_PX - 1), outline=_RULE, width=2)
        self._draw.rectangle((0, 0, _BAND, HEIGHT_PX), fill=self._accent)
        self._series(words.series)
        bottom = self._title(words.title, words.subtitle, booklet.meta.language)
        bottom = self._issue(words.issue, words.days, bottom)
        at_foot = bool(options.get("cover_picture"))
        list_top = self._rows(words.rows, words.more, bottom, at_foot=at_foot)
        self._foot(words.publisher, _RIGHT - _LEFT - beside_foot)
        height = min(_MOST_PICTURE, list_top - bottom - 2 * _PICTURE_GAP)
        top = list_top - _PICTURE_GAP - height
        return _Room((_LEFT, top), (_RIGHT - _LEFT, height)) if height >= _LEAST_PICTURE else None

    def _series(self, text: str) -> None:
        pen = self._pens.pen("heading", 48)
        text = pen.drawable(text)
        pen = pen.fitting(text, _RIGHT - _LEFT, tracking=0.3)
        pen.write(self._draw, _LEFT, _SERIES_BASELINE, text, _GREY, tracking=0.3)

    def _title(self, title: str, subtitle: str, language: str) -> int:
        width = _RIGHT - _LEFT
        set_lines = set_title(title, self._pens, language=language, width=width, height=_TITLE_HEIGHT)
        baseline = _TITLE_TOP
        for line in set_lines.lines:
            baseline += set_lines.pitch
            # Large Han glyphs carry white on their left: the eye wants the strokes on the margin.
            # So do opening brackets, which have it on half an em.
            hanging = 0.5 if line[0] in OPENING and is_wide(line[0]) else 0.04
            indent = round(set_lines.pen.size * hanging)
            set_lines.pen.write(self._draw, _LEFT - indent, baseline, line, _BLACK)
        if subtitle:
            pen = self._pens.pen("text", 64)
            subtitle = pen.drawable(subtitle)
            pen = pen.fitting(subtitle, _RIGHT - _LEFT)
            baseline += 128 + round(set_lines.pen.size * 0.12)
            pen.write(self._draw, _LEFT, baseline, subtitle, _BLACK)
        return baseline

    def _issue(self, issue: str, days: str, bottom: int) -> int:
        """The issue's line with its figures large in the accent colour, the days small below it."""
        if issue:
            bottom += 176
            figures, others = self._pens.pen("heading", 92, bold=True), self._pens.pen("heading", 60)
            scale = min(1.0, (_RIGHT - _LEFT) / _mixed_width(issue, figures, others))
            self._mixed(issue, figures.scaled(scale), others.scaled(scale), bottom)
        if days:
            bottom += 104
            pen = self._pens.pen("heading", 50).fitting(days, _RIGHT - _LEFT)
            pen.write(self._draw, _LEFT, bottom, days, _GREY, tracking=0.02)
        return bottom

    def _mixed(self, text: str, figures: Pen, others: Pen, baseline: int) -> None:
        x = float(_LEFT)
        for part, is_figure in figures_apart(text):
            if x > _LEFT and (is_figure or is_wide(part[0])):
                x += others.size * _FIGURE_GAP
            pen = figures if is_figure else others
            x += pen.write(self._draw, x, baseline, part, self._accent if is_figure else _BLACK)

    def _rows(self, rows: tuple[Row, ...], more: str, above: int, *, at_foot: bool) -> int:
        """The list, at its place where it fits, else higher, closer, and at last shorter; its top.

        `at_foot`: as low as it can stand, which leaves room above.
        """
        room = _LIST_BOTTOM - above - _LEAST_GAP
        most = min(_MOST_ROWS, room // _LEAST_ROW)
        if most < 1 or not rows:
            return _LIST_BOTTOM
        if len(rows) > most:
            rows = (*rows[: most - 1], Row("", more, ""))
        height = min(_ROW, room // len(rows))
        lowest = _LIST_BOTTOM - height * len(rows)
        top = y = max(above + _LEAST_GAP, lowest if at_foot else min(_LIST_TOP, lowest))
        self._draw.rectangle((_LEFT, y, _RIGHT, y + 5), fill=_BLACK)
        indent = height * 0.55 + max(self._numerals(height).width(row.numeral) for row in rows)
        for row in rows:
            self._row(row, y + round(height * 0.665), height, indent)
            y += height
            self._draw.rectangle((_LEFT, y, _RIGHT, y + 1), fill=_RULE)
        return top

    def _numerals(self, height: int) -> Pen:
        return self._pens.pen("text", height * 0.42)

    def _row(self, row: Row, baseline: int, height: int, indent: float) -> None:
        count = self._pens.pen("heading", height * 0.36)
        name = self._pens.pen("text", height * 0.47, bold=True)
        count_width = count.width(row.count)
        count.write(self._draw, _RIGHT - count_width, baseline, row.count, _GREY)
        self._numerals(height).write(self._draw, _LEFT, baseline, row.numeral, self._accent)
        room = _RIGHT - _LEFT - indent - count_width - height * 0.5
        name.write(self._draw, _LEFT + indent, baseline, name.shortened(row.name, room), _BLACK)

    def _foot(self, publisher: str, width: int) -> None:
        pen = self._pens.pen("heading", 50)
        publisher = pen.drawable(publisher)
        pen = pen.fitting(publisher, width, tracking=0.12)
        pen.write(self._draw, _LEFT, _FOOT_BASELINE, publisher, _BLACK, tracking=0.12)


_FIGURE_GAP = 0.16
"""Between figures and words, in the words' em."""


def _mixed_width(text: str, figures: Pen, others: Pen) -> float:
    parts = figures_apart(text)
    width = sum((figures if is_figure else others).width(part) for part, is_figure in parts)
    return width + others.size * _FIGURE_GAP * len(parts)
