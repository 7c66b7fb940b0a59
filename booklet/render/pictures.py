"""An article's pictures at their places: whole, in pieces, or the box of one that is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from lxml import etree

from booklet.model import CleanArticle, ImageAsset
from booklet.render.context import PictureView
from booklet.render.wording import host

ICON_PX = 40
"""Pictures no higher than this are marks in a line of text."""
TALL = 2.0
"""Pictures more than twice as high as wide (long screenshots) may fill a page; others must not."""

Images = Mapping[str, ImageAsset]


def all_files(images: Images) -> Iterator[ImageAsset]:
    """Every file that the pictures are made of, pieces included."""
    for asset in images.values():
        yield from (asset, *asset.rest)


def picture_view(key: str, alt: str, url: str, images: Images) -> PictureView:
    """What templates see of the picture `key`."""
    asset = images.get(key)
    if asset is None:
        return PictureView("", alt, host(url), "")
    src, rest = f"images/{asset.name}", tuple(f"images/{piece.name}" for piece in asset.rest)
    if rest:
        return PictureView(src, alt, host(url), "piece", rest, asset.animated)
    is_icon = asset.height_px <= ICON_PX
    is_tall = asset.height_px > TALL * asset.width_px
    shape: Literal["icon", "tall", ""] = "icon" if is_icon else "tall" if is_tall else ""
    return PictureView(src, alt, host(url), shape, animated=asset.animated and not is_icon)


def fill_pictures(
    root: etree._Element,
    article: CleanArticle,
    images: Images,
    *,
    missing: Callable[[PictureView], etree._Element],
    animated: str,
) -> None:
    """Put each picture where the body names it.

    Args:
        root: the body.
        article: whose body it is.
        images: by key.
        missing: draws the box of a picture that is not there.
        animated: the words under a picture that moved, which is a still now.
    """
    urls = {reference.key: reference.url for reference in article.images}
    for img in list(root.iter("img")):
        key = img.get("src", "").removeprefix("image:")
        view = picture_view(key, img.get("alt", ""), urls.get(key, ""), images)
        if not view.src:
            _replace(img, missing(view))
            continue
        img.set("src", view.src)
        img.set("alt", view.alt)
        if view.shape:
            img.set("class", f"picture-{view.shape}")
        if view.animated:
            _say(img, animated)
        if view.rest:
            _continue(img, view.rest)


def _replace(old: etree._Element, new: etree._Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def _say(img: etree._Element, words: str) -> None:
    """Add words to the picture's caption, or give it one; a picture in running text is left alone."""
    figure = img.getparent()
    if figure is None or figure.tag != "figure":
        return
    caption = figure.find("figcaption")
    if caption is None:
        caption = etree.SubElement(figure, "figcaption")
    note = etree.SubElement(caption, "span", {"class": "picture-animated"})
    note.text = words
    if len(caption) > 1 or (caption.text or "").strip():
        note.text = f"（{words}）" if not words.isascii() else f" ({words})"


def _continue(img: etree._Element, rest: tuple[str, ...]) -> None:
    """Let the pieces follow; those of a figure in figures of their own, between which a page may end."""
    alt, total = img.get("alt", ""), len(rest) + 1
    pieces = [etree.Element("img", {"src": src, "class": "picture-piece"}) for src in rest]
    for number, piece in enumerate((img, *pieces), start=1):
        _number(piece, alt, number, total)
    figure = next(img.iterancestors("figure"), None)
    if figure is None or figure.getparent() is None:
        for piece in reversed(pieces):
            piece.tail, img.tail = img.tail, None
            img.addnext(piece)
        return
    held = next(child for child in figure if child is img or img in child.iter("img"))
    held.addnext(pieces[-1])
    pieces[-1].tail, held.tail = held.tail, None
    for piece in (held, *pieces[:-1]):
        own = etree.Element("figure", {"class": "piece"})
        own.append(piece)
        figure.addprevious(own)
    figure.set("class", f"{figure.get('class', '')} pieces-end".strip())


def _number(img: etree._Element, alt: str, number: int, total: int) -> None:
    img.set("alt", f"{alt} ({number}/{total})" if alt else "")
