"""Colour that distinguishes words from those around them is kept, as a class; colour that decorates is not.

Themes print these classes so that they survive a black-and-white copier. Colour distinguishes if a few words
of a block, or some cells of a table, have a hue of their own, and most of the article has not. One hue on
words that are bold anyway tells no more than the bold; two hues do (gains and losses).
"""

from __future__ import annotations

import colorsys
import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, bottom_up, elements, has, text_of
from booklet.clean.vocabulary import HEADINGS, names

TINT = re.compile(r"tint-(?:red|green|blue|other)")
_COLOUR = re.compile(r"(?i)(?<![\w-])color\s*:\s*([^;]{1,60})")
_GROUND = re.compile(r"(?i)(?<![\w-])background(?:-color)?\s*:\s*([^;]{1,60})")
_YELLOW, _BRIGHT = (40.0, 70.0), 0.8
"""Degrees of hue, and the least value (HSV), of a marker."""
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\b")
_NAMED = {
    **dict.fromkeys(names("red crimson firebrick darkred maroon tomato orangered brown indianred"), "red"),
    **dict.fromkeys(
        names("green darkgreen seagreen forestgreen limegreen lime olive olivedrab teal"), "green"
    ),
    **dict.fromkeys(
        names("blue navy darkblue mediumblue royalblue dodgerblue steelblue deepskyblue"), "blue"
    ),
    **dict.fromkeys(
        names("purple magenta fuchsia violet orange darkorange gold goldenrod deeppink"), "other"
    ),
}
_RUNS = names("span font strong b em i u s a td th")
_INLINE = names("span font strong b em i u s")
_LEAST_SATURATION = 0.35
_DARKEST, _MOST_OF = 0.25, 0.3
"""A colour darker than this (HSV value) is black to us; hues on more than this share of the text decorate."""


def colours(draft: Draft) -> None:
    """Mark what a hue distinguishes with `data-tint`, for `styles`."""
    runs = {id(element): hue for element in elements(draft.root) if (hue := _hue(element))}
    if not runs:
        return
    marked = [run for parent in bottom_up(draft.root) for run in _distinguished(parent, runs)]
    total = len(text_of(draft.root))
    in_text = sum(len(text_of(run)) for run in marked if run.name not in ("td", "th"))
    if in_text > _MOST_OF * total:
        return
    several = len({runs[id(run)] for run in marked}) > 1
    for run in marked:
        if several or not _is_bold(run):
            run.attrs["data-tint"] = runs[id(run)]


def _distinguished(parent: Element, runs: dict[int, str]) -> list[Element]:
    """The coloured children that do not make up the whole of their block, or row."""
    if parent.name in (*HEADINGS, "pre", "code", "a"):
        return []
    found = [child for child in parent.children if isinstance(child, Element) and id(child) in runs]
    if not found:
        return []
    if parent.name == "tr":
        cells = [child for child in parent.children if isinstance(child, Element)]
        return found if len({runs.get(id(cell), "") for cell in cells}) > 1 else []
    if parent.name in _INLINE and len({runs[id(run)] for run in found}) == 1 and _are_all(found, parent):
        runs[id(parent)] = runs[id(found[0])]
        for run in found:
            del runs[id(run)]
        return []
    if parent.name not in ("td", "th", "tr") and len(found) == 1 and _are_all(found, parent):
        return []
    return [run for run in found if text_of(run).strip() and not _has_own_hues(run, runs)]


def _are_all(runs: list[Element], parent: Element) -> bool:
    """Whether the parent holds nothing else; then the parent is judged, among what stands around it."""
    return "".join(map(text_of, runs)).strip() == text_of(parent).strip()


def _has_own_hues(run: Element, runs: dict[int, str]) -> bool:
    return any(id(inner) in runs for inner in elements(run))


def _is_bold(run: Element) -> bool:
    return (
        run.name in ("strong", "b", "th")
        or has(run, "strong", "b")
        or "font-weight" in run.attrs.get("style", "")
    )


def _hue(element: Element) -> str:
    """The family of the element's own colour; empty for ink, greys, and blocks."""
    if element.name not in _RUNS or element.name == "a":
        return ""
    written = element.attrs.get("color", "")
    if found := _COLOUR.search(element.attrs.get("style", "")):
        written = found[1]
    written = written.lower().replace("!important", "").strip()
    if not written:
        return ""
    return _NAMED[written] if written in _NAMED else _family(_hsv(written))


def is_marker(style: str) -> bool:
    """Whether a style paints the ground behind words yellow, as a marker does."""
    found = _GROUND.search(style)
    written = found[1].lower().replace("!important", "").strip() if found else ""
    hue, saturation, value = _hsv(written) or (0.0, 0.0, 0.0)
    is_yellow = _YELLOW[0] <= 360 * hue <= _YELLOW[1]
    return written == "yellow" or (is_yellow and saturation >= _LEAST_SATURATION and value >= _BRIGHT)


def _hsv(written: str) -> tuple[float, float, float] | None:
    """A colour in figures; None: it is none."""
    parts: tuple[int, ...] = ()
    if found := _HEX.fullmatch(written):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])  # noqa: PLR2004 - rrggbb
        parts = tuple(int(digits[start : start + 2], 16) for start in (0, 2, 4))
    elif found := _RGB.match(written):
        parts = tuple(min(int(part), 255) for part in found.groups())
    return colorsys.rgb_to_hsv(*(part / 255 for part in parts)) if parts else None


def _family(colour: tuple[float, float, float] | None) -> str:
    if colour is None:
        return ""
    hue, saturation, value = colour
    if saturation < _LEAST_SATURATION or value < _DARKEST:
        return ""
    degrees = round(360 * hue)
    bounds = ((20, "red"), (75, "other"), (170, "green"), (262, "blue"), (335, "other"))
    return next((name for limit, name in bounds if degrees < limit), "red")


def tinted(element: Element) -> bool:
    """Whether it is a run that an earlier cleaning marked, or this one."""
    return "data-tint" in element.attrs or any(map(TINT.fullmatch, element.classes()))


def settle_tint(element: Element) -> None:
    """The mark as a class; cells carry it themselves, other runs in a `span`."""
    hue = element.attrs.pop("data-tint", "")
    if not hue:
        return
    if element.name in ("td", "th", "span"):
        element.add_class(f"tint-{hue}")
    else:
        element.children = [Element("span", {"class": f"tint-{hue}"}, element.children)]
