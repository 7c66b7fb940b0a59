"""Small or high pictures side by side: alone, each would leave a hole on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

MOST_IN_ROW = 3
HIGH = 0.9
"""Width to height up to which a picture is a high one: a portrait, a telephone's screen."""
SMALL_PX = 400
"""As wide as 68 mm at the 150 dpi that pictures are never enlarged beyond (`image-resolution`)."""
DPI = 150
GAP_PERCENT = 3.0
MM_PER_INCH = 25.4

IN_LINE = ("picture-icon", "picture-formula")
"""Classes of pictures that stand in a line of text."""

Size = tuple[int, int]


def set_rows(root: etree._Element, sizes: Mapping[str, Size]) -> None:
    """Wrap figures that follow each other into rows of two or three, equally high.

    Args:
        root: the body; its pictures have their `src`.
        sizes: pixels by `src`; pictures that are absent stand alone.
    """
    for run in list(_runs(root, sizes)):
        for row in _cut(run):
            _wrap(row, [sizes[_image(figure).get("src", "")] for figure in row])


def _runs(root: etree._Element, sizes: Mapping[str, Size]) -> Iterator[list[etree._Element]]:
    run: list[etree._Element] = []
    for figure in root.iter("figure"):
        follows = run and run[-1].getnext() is figure and not (run[-1].tail or "").strip()
        if run and not (follows and _fits(figure, sizes)):
            yield run
            run = []
        if _fits(figure, sizes):
            run.append(figure)
    yield run


def _image(figure: etree._Element) -> etree._Element:
    return next(figure.iter("img"))


def _fits(figure: etree._Element, sizes: Mapping[str, Size]) -> bool:
    pictures = list(figure.iter("img"))
    size = sizes.get(pictures[0].get("src", "")) if len(pictures) == 1 else None
    if size is None or "piece" in figure.get("class", "") or pictures[0].get("class") in IN_LINE:
        return False
    width, height = size
    return width <= HIGH * height or width <= SMALL_PX


def _cut(run: Sequence[etree._Element]) -> Iterator[Sequence[etree._Element]]:
    """Rows of three, but never one picture alone at the end."""
    start = 0
    while (left := len(run) - start) > 1:
        count = 2 if left in (2, 4) else MOST_IN_ROW
        yield run[start : start + count]
        start += count


def _wrap(row: Sequence[etree._Element], sizes: Sequence[Size]) -> None:
    """Widths by aspect, so that the row is as wide as the column or as high as pictures may be."""
    parent = row[0].getparent()
    if parent is None:
        return
    holder = etree.Element("div", {"class": "picture-row"})
    row[0].addprevious(holder)
    aspects = [width / height for width, height in sizes]
    room = 100 - GAP_PERCENT * len(row)
    height_px = min(height for _, height in sizes)
    for figure, aspect in zip(row, aspects, strict=True):
        figure.tail = None
        share = room * aspect / sum(aspects)
        most_mm = height_px * aspect / DPI * MM_PER_INCH
        figure.set("style", f"width: min({share:.2f}%, {most_mm:.1f}mm, {_by_height(aspect, sizes)})")
        holder.append(figure)


def _by_height(aspect: float, sizes: Sequence[Size]) -> str:
    """The width at which the picture is as high as the theme lets it be."""
    name = (
        "--tall-picture-height"
        if all(height > 1.6 * width for width, height in sizes)
        else "--picture-height"
    )
    return f"calc(var({name}) * {aspect:.4f})"
