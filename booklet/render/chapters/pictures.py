"""An article's pictures at their places: whole, in pieces, or the box of one that is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from lxml import etree

from booklet.model import CleanArticle, ImageAsset
from booklet.render.chapters.missing import fill_missing
from booklet.render.templates.context import PictureView
from booklet.words.printed import host

ICON_PX = 40
"""Pictures no higher than this are marks in a line of text."""
TALL = 1.6
"""Pictures higher than this times their width are telephones' screens most often: they may be higher than
others, so that what is written on them can be read."""
CSS_PX_PER_EM = 16
LINE_RATIO = 25
LINE_PX = 24
"""Pictures no higher, and so much wider, are rules that someone drew."""
SPACER_PX = 3
FORMULA_PX = 256
"""What is higher, and of no declared size, is a picture, whatever it is called."""
MATH_AXIS_EM = 0.3
"""How far above the baseline a formula's middle stands, if nothing says how deep it reaches."""

Images = Mapping[str, ImageAsset]


_IN_STYLE = re.compile(r'url\("images/([^"]+)"\)')


def all_files(images: Images) -> Iterator[ImageAsset]:
    """Every file that the pictures are made of, pieces included."""
    for asset in images.values():
        yield from (asset, *asset.rest)


def shown_by_style(css: str) -> tuple[str, ...]:
    """The names of the pictures that a style sheet shows (`booklet.theme.pictures.with_pictures`)."""
    return tuple(dict.fromkeys(_IN_STYLE.findall(css)))


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
    codes: bool,
) -> None:
    """Put each picture where the body names it.

    Args:
        root: the body.
        article: whose body it is.
        images: by key.
        missing: draws the box of a picture that is not there.
        animated: the words under a picture that moved, which is a still now.
        codes: boxes get QR codes.
    """
    references = {reference.key: reference for reference in article.images}
    gone: list[etree._Element] = []
    for img in list(root.iter("img")):
        key = img.get("src", "").removeprefix("image:")
        view = picture_view(key, img.get("alt", ""), "", images)
        if not view.src:
            gone.append(img)
            continue
        if _is_ornament(img, images[key]):
            _part(img)
            continue
        img.set("src", view.src)
        img.set("alt", view.alt)
        mark = img.get("class", "")
        hint = references[key].width_hint if key in references else None
        if "inline-formula" in mark and (hint or images[key].height_px <= FORMULA_PX):
            _set_formula(img, mark, images[key], hint)
        elif view.shape or "inline-picture" in mark:
            img.set("class", f"picture-{'icon' if mark else view.shape}")
        elif mark:
            del img.attrib["class"]
        if view.animated and not mark:
            _say(img, animated)
        if view.rest:
            _continue(img, view.rest)
    fill_missing(gone, references, missing, codes=codes)
    _join_marks(root)


def _is_ornament(img: etree._Element, asset: ImageAsset) -> bool:
    """Whether it is a long thin line, or a spacer, that says nothing."""
    line = asset.width_px >= LINE_RATIO * asset.height_px and asset.height_px <= LINE_PX
    return (line or min(asset.width_px, asset.height_px) <= SPACER_PX) and not img.get("alt", "").strip()


def _part(img: etree._Element) -> None:
    """A rule in the place of an ornament's figure; in a line of text nothing."""
    figure = img.getparent()
    alone = figure is not None and figure.tag == "figure" and len(figure) == 1
    old = figure if alone and figure is not None else img
    parent = old.getparent()
    if parent is None:
        return
    rule = etree.Element("hr") if alone else etree.Element("span")
    rule.tail = old.tail
    parent.replace(old, rule)


def _set_formula(img: etree._Element, mark: str, asset: ImageAsset, hint: int | None) -> None:
    """A formula at the size that the page gave it, relative to the text, on the baseline."""
    width = (hint or asset.width_px) / CSS_PX_PER_EM
    height = width * asset.height_px / asset.width_px
    found = re.search(r"down-(\d+)", mark)
    down = int(found[1]) / 100 if found else max(0.2, height / 2 - MATH_AXIS_EM)
    img.set("class", "picture-formula")
    img.set("style", f"width: {width:.2f}em; vertical-align: -{down:.2f}em")


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


def _join_marks(root: etree._Element) -> None:
    """Badges and icons that follow each other, each a figure without a caption, share one line."""
    for figure in list(root.iter("figure")):
        before = figure.getprevious()
        parent = figure.getparent()
        if parent is None or not _is_mark(figure) or before is None or not _is_mark(before):
            continue
        if (before.tail or "").strip() or "id" in figure.attrib:
            continue
        before[-1].tail = " "
        before.extend(list(figure))
        before.tail = figure.tail
        parent.remove(figure)


def _is_mark(figure: etree._Element) -> bool:
    return figure.tag == "figure" and all(
        child.tag == "img" and child.get("class") == "picture-icon" for child in figure
    )
