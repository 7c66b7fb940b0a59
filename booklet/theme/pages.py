"""Pages of a theme: those of papers that it does not name, large print, and a measure of whole ems. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor

from booklet.config.values import OptionValue, Paper
from booklet.theme.toml import PageGeometry

PRINT_SIZE = "print_size"
"""The theme option `normal | large`."""
LARGE_PT = 18.0
"""The least size of large print (RNIB, Clear Print guidelines: 16 to 18 pt and more)."""
NARROW_EM = 24.0
"""Han on a line below which what stands side by side on other pages stands one below the other."""
_LARGE_MARGIN = 0.8  # of the normal one at the sides: else too few characters stand on a line
_MM_PER_PT = 25.4 / 72
_SPARE_MM = 0.01  # the engine rounds to 1/1024 px


@dataclass(frozen=True, slots=True)
class Room:
    """The page between its margins, in pt, and its text."""

    width: float
    height: float
    font: float
    pitch: float


def room_of(page: PageGeometry, paper: Paper) -> Room:
    """The page between its margins."""
    return Room(
        width=(paper.width_mm - page.inner - page.outer) / _MM_PER_PT,
        height=(paper.height_mm - page.top - page.bottom) / _MM_PER_PT,
        font=page.font_pt,
        pitch=page.leading_pt,
    )


def is_large(options: Mapping[str, OptionValue]) -> bool:
    """Whether these theme options ask for large print."""
    return options.get(PRINT_SIZE) == "large"


def page_for(pages: Mapping[str, PageGeometry], paper: Paper, *, large: bool) -> PageGeometry:
    """Margins and type of a paper: its own, or those of the paper nearest in width, margins scaled."""
    page = pages.get(paper.name) or _scaled(pages, paper)
    return _in_whole_ems(_enlarged(page) if large else page)


def is_narrow(page: PageGeometry) -> bool:
    """Whether a page's lines are so short that a theme's `narrow.css` applies."""
    return page.width - page.inner - page.outer < NARROW_EM * page.font_pt * _MM_PER_PT


def _scaled(pages: Mapping[str, PageGeometry], paper: Paper) -> PageGeometry:
    nearest = min(pages.values(), key=lambda page: abs(page.width - paper.width_mm))
    across, down = paper.width_mm / nearest.width, paper.height_mm / nearest.height
    return replace(
        nearest,
        top=nearest.top * down,
        bottom=nearest.bottom * down,
        outer=nearest.outer * across,
        inner=nearest.inner * across,
        width=paper.width_mm,
        height=paper.height_mm,
    )


def _enlarged(page: PageGeometry) -> PageGeometry:
    """The same proportions of type and pitch."""
    font = max(LARGE_PT, page.font_pt)
    return replace(
        page,
        font_pt=font,
        leading_pt=round(page.leading_pt * font / page.font_pt * 2) / 2,
        outer=page.outer * _LARGE_MARGIN,
        inner=page.inner * _LARGE_MARGIN,
    )


def _in_whole_ems(page: PageGeometry) -> PageGeometry:
    """What no character fits into goes to both margins: full lines of Han then need no spacing at all."""
    em = page.font_pt * _MM_PER_PT
    measure = page.width - page.inner - page.outer
    rest = measure - floor(measure / em) * em - _SPARE_MM
    return replace(page, inner=page.inner + rest / 2, outer=page.outer + rest / 2)
