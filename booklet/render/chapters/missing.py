"""Pictures that could not be had: which place gets a box, which a word in the line, which share one box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lxml import etree
from markupsafe import Markup

from booklet.model import ImageRef
from booklet.render.drawn.qr import qr_svg
from booklet.render.templates.context import PictureView
from booklet.words.printed import host

QR_MM = 13
MOST_QR = 6
"""In one article; with more, the article's own code leads to all of them."""
MOST_URL_BYTES = 106
"""The longest address whose code is 20 mm wide. Longer ones make the box larger than it should be."""
MARK_PX = 64
"""CSS px: a picture that was to be no wider is a mark in a line of text."""

Draw = Callable[[PictureView], etree._Element]


def fill_missing(
    gone: Sequence[etree._Element], references: Mapping[str, ImageRef], draw: Draw, *, codes: bool
) -> None:
    """Put boxes in the places of pictures.

    Figures that stand in a row share one box: a gallery that is lost must not fill pages with boxes.

    Args:
        gone: the `img` elements, in order.
        references: the article's pictures, by key.
        draw: makes the theme's element.
        codes: boxes of few pictures get QR codes.
    """
    views = {image: _view(image, references) for image in gone}
    rows = _rows(gone)
    boxes = sum(1 for row in rows if not views[row[0]].inline)
    for row in rows:
        if len(row) > 1:
            _share(row, [views[image] for image in row], draw)
            continue
        view = views[row[0]]
        if codes and not view.inline and boxes <= MOST_QR and len(view.url.encode()) <= MOST_URL_BYTES:
            view = replace(view, qr=qr_svg(view.url, least_mm=QR_MM))
        _replace(row[0], draw(view))


def _view(image: etree._Element, references: Mapping[str, ImageRef]) -> PictureView:
    from booklet.images.ways.proxies import (
        unwrap,  # takes long to load; needed only where pictures are missing
    )

    reference = references.get(image.get("src", "").removeprefix("image:"))
    url = ""
    if reference is not None:
        web = (
            one for one in (reference.url, *reference.candidates) if one.startswith(("http://", "https://"))
        )
        url = unwrap(next(web, ""))
    hint = reference.width_hint if reference is not None else None
    inline = not _stands_alone(image) or (hint is not None and hint <= MARK_PX)
    return PictureView("", image.get("alt", ""), host(url), "", url=url, inline=inline, qr=Markup())


def _stands_alone(image: etree._Element) -> bool:
    """Whether there is no text on its line."""
    block = image
    while (parent := block.getparent()) is not None and block.tag in ("img", "a", "span", "strong", "em"):
        block = parent
    if block.tag == "figure":
        return True
    return block.tag != "td" and not "".join(map(str, block.itertext())).strip()


def _rows(gone: Sequence[etree._Element]) -> list[list[etree._Element]]:
    """The pictures, those together whose figures follow each other."""
    rows: list[list[etree._Element]] = []
    before: etree._Element | None = None
    for image in gone:
        figure = _own_figure(image)
        follows = before is not None and figure is not None and _next(before) is figure
        if follows and figure is not None and "id" not in figure.attrib:
            rows[-1].append(image)
        else:
            rows.append([image])
        before = figure
    return rows


def _own_figure(image: etree._Element) -> etree._Element | None:
    """The figure that holds this picture and no other."""
    figure = next(image.iterancestors("figure"), None)
    return figure if figure is not None and sum(1 for _ in figure.iter("img")) == 1 else None


def _next(figure: etree._Element) -> etree._Element | None:
    return figure.getnext() if not (figure.tail or "").strip() else None


def _share(row: Sequence[etree._Element], views: Sequence[PictureView], draw: Draw) -> None:
    """One box for all: each is told by its caption or its text."""
    figures = [figure for image in row if (figure := _own_figure(image)) is not None]
    group = tuple(
        replace(view, alt=_caption(figure) or view.alt) for figure, view in zip(figures, views, strict=True)
    )
    first = figures[0]
    for child in list(first):
        first.remove(child)
    first.text = None
    first.append(draw(replace(views[0], inline=False, group=group)))
    for figure in figures[1:]:
        parent = figure.getparent()
        if parent is not None:
            parent.remove(figure)


def _caption(figure: etree._Element) -> str:
    caption = figure.find("figcaption")
    return " ".join("".join(map(str, caption.itertext())).split()) if caption is not None else ""


def _replace(old: etree._Element, new: etree._Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)
