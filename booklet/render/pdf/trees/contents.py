"""The contents in print: set closer where that saves a page that would hold an entry or two. Pure.

Heights are in line pitches, by print.css; titles are measured roughly, and the style sheet keeps entries
together in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from lxml import etree

from booklet.render.text.characters import width_em
from booklet.theme.pages import Room

Element = etree._Element
TIGHT = "many"
"""The class of contents that are set closer."""
LEAST_ENTRIES = 3
"""Fewer look lost on a page, and stay together with their neighbours (print.css)."""
_LEAST_FILLED = 0.25
"""Of the last page; below it, it is worth while to do without."""
_TITLE = 3.0
_HEADING = 1.4 + 0.33
_BELOW_SECTION = 0.75
"""Of the page's title with the space below it, of a section's head, and below its last entry (print.css)."""


@dataclass(frozen=True, slots=True)
class _Density:
    """How high an entry is besides the lines of its title, and how large that is set."""

    rem: float
    source: float
    gap: float


_NORMAL, _CLOSE = _Density(1.05, 0.8, 0.25), _Density(1.0, 0.6, 0.125)
_NUMBER_EM = 5.0
"""The room at the right of titles for leader and number."""


def fit_contents(root: Element, room: Room) -> None:
    """Choose how close the entries of a contents page stand."""
    classes = root.get("class", "").split()
    if TIGHT in classes or "toc" not in classes:
        return
    normal, close = (_pages(root, room, density) for density in (_NORMAL, _CLOSE))
    entries, filled = normal[-1]
    if len(close) < len(normal) and (entries < LEAST_ENTRIES or filled < _LEAST_FILLED):
        root.set("class", " ".join([*classes, TIGHT]))


def _pages(root: Element, room: Room, density: _Density) -> list[tuple[int, float]]:
    """The pages, each with its entries and the share of it that they fill."""
    free = room.height / room.pitch
    pages, entries, end, gap = [], 0, _TITLE, 0.0
    for group, height, below in _groups(root, room, density):
        if end + gap + height > free and entries:
            pages.append((entries, end / free))
            entries, end, gap = 0, 0.0, 0.0
        entries += group
        end += gap + height
        gap = below
    return [*pages, (entries, end / free)]


def _groups(root: Element, room: Room, density: _Density) -> Iterator[tuple[int, float, float]]:
    """What no page parts: the number of its entries, its height, and the space below it."""
    line = room.width / (room.font * density.rem) - _NUMBER_EM
    for section in root.iter("section"):
        if "toc-section" not in section.get("class", "").split():
            continue
        heights = [_height(item, line, density) for item in section.iter("li")]
        head = _HEADING if section.find("h2") is not None else 0.0
        groups = _together(heights)
        for place, group in enumerate(groups, start=1):
            yield len(group), head + sum(group), _BELOW_SECTION if place == len(groups) else 0.0
            head = 0.0


def _together(heights: Sequence[float]) -> list[Sequence[float]]:
    """The first entries and the last ones stay together, those between stand alone."""
    if len(heights) < 2 * LEAST_ENTRIES:
        return [heights]
    middle = heights[LEAST_ENTRIES:-LEAST_ENTRIES]
    return [heights[:LEAST_ENTRIES], *([one] for one in middle), heights[-LEAST_ENTRIES:]]


def _height(item: Element, line: float, density: _Density) -> float:
    title, *source = item.iter("p")
    width = width_em("".join("".join(map(str, title.itertext())).split()))
    return ceil(max(width, 1.0) / line) + (density.source if source else 0.0) + density.gap
