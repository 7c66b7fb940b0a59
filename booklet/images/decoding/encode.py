"""Encoding: the smaller of JPEG and exact PNG, whichever the picture's kind allows."""

from __future__ import annotations

import io
from array import array

from PIL import Image, ImageChops

from booklet.images.decoding.decode import Tables

JPEG_QUALITY = 82
SMALL_AREA_PX = 300_000
"""Below this, colour is kept at full resolution (4:4:4): it costs little, and red text stays sharp."""
EDGE_STEP = 16
"""A chroma value that half resolution moves by more is seen: the fringe of red writing."""
EDGE_SHARE = 0.002
"""A picture of whose pixels so large a share are coloured edges is drawn, not photographed."""
TINY = 0.03
"""Bytes a pixel, below which a PNG is taken without trying a JPEG, which could hardly be smaller."""
_FULL, _HALF = 0, 2
"""Pillow's names of 4:4:4 and 4:2:0."""
_GREYS = 16
"""With no more tones, a grey picture takes half the bits as a palette."""


def encoded(
    image: Image.Image, *, lossless: bool, own: Tables | None, progressive: bool
) -> tuple[bytes, str]:
    """JPEG, or PNG where the source was without loss and PNG is not larger: line art, screenshots.

    Args:
        image: L or RGB.
        lossless: whether the source was.
        own: the tables of a JPEG that is neither scaled nor turned.
        progressive: of the JPEG.

    Returns:
        The file and its media type.
    """
    if not lossless:
        return _jpeg(image, own, progressive=progressive), "image/jpeg"
    few = _few_colours(image)
    has_palette = few is not image
    if has_palette and len(png := _png(few, 9)) <= TINY * image.width * image.height:
        return png, "image/png"
    jpeg = _jpeg(image, own, progressive=progressive)
    # Zlib's thorough level takes a second for a photograph: its quick ones say first whether it can pay.
    if len(_png(few, 1)) < 4 * len(jpeg) and len(_png(few, 6)) < (2.0 if has_palette else 1.2) * len(jpeg):
        png = _png(few, 9)
        if len(png) <= len(jpeg):
            return png, "image/png"
    return jpeg, "image/jpeg"


def _png(image: Image.Image, level: int) -> bytes:
    return _saved(image, "PNG", compress_level=level)


def _jpeg(image: Image.Image, own: Tables | None, *, progressive: bool) -> bytes:
    kind = {"optimize": True, "progressive": progressive}
    jpeg = _saved(image, "JPEG", quality=JPEG_QUALITY, subsampling=_sampling(image), **kind)
    if own is None:
        return jpeg
    # A JPEG that was squeezed harder than we do gains nothing but bytes from finer tables.
    again = _saved(image, "JPEG", qtables=own[0], subsampling=own[1], **kind)
    return min(jpeg, again, key=len)


def _sampling(image: Image.Image) -> int:
    """Full resolution for colour where half of it would be seen: judged by the picture, not by its origin."""
    if image.mode == "L" or image.width * image.height <= SMALL_AREA_PX:
        return _FULL
    _, *chroma = image.convert("YCbCr").split()
    moved = 0
    for channel in chroma:
        halved = channel.reduce(2).resize(channel.size, Image.Resampling.BILINEAR)
        moved = max(moved, sum(ImageChops.difference(channel, halved).histogram()[EDGE_STEP:]))
    return _FULL if moved > EDGE_SHARE * image.width * image.height else _HALF


def _few_colours(image: Image.Image) -> Image.Image:
    """A palette picture if that can hold all its colours: the same pixels in a third of the bytes."""
    colours = image.getcolors(_GREYS if image.mode == "L" else 256)
    if colours is None:
        return image
    if image.mode == "L":
        tones = sorted(tone for _, tone in colours if isinstance(tone, int))
        ranks = [tones.index(tone) if tone in tones else 0 for tone in range(256)]
        indexed = image.point(ranks)
        indexed.putpalette([tone for tone in tones for _ in range(3)])
        return indexed
    entries = sorted(colour for _, colour in colours if isinstance(colour, tuple))
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in entries for value in colour])
    quick = image.quantize(palette=palette, dither=Image.Dither.NONE)
    if ImageChops.difference(quick.convert("RGB"), image).getbbox() is None:
        return quick
    # It took neighbouring colours for one.
    pixels = array("I", image.convert("RGBA").tobytes())
    table = {array("I", bytes((*colour, 255)))[0]: rank for rank, colour in enumerate(entries)}
    indexed = Image.frombytes("P", image.size, bytes(map(table.__getitem__, pixels)))
    indexed.putpalette([value for colour in entries for value in colour])
    return indexed


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.info.clear()  # or Pillow would write the comment, resolution or profile that came along
    image.save(out, kind, **options)
    return out.getvalue()
