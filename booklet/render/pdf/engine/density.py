"""Pictures as dense as print needs them, where layout has set them smaller than their form allows for.

The engine can reduce pictures too (its `dpi`), but encodes them worse than they came: JPEG of quality 75 with
colour at half resolution. So they are reduced here, between layout and drawing, by the pictures' own encoder.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from weasyprint.document import Document

from booklet.images.decoding.encode import encoded
from booklet.images.decoding.forms import PRINT_DPI
from booklet.render.pdf.engine import library

CSS_PX_PER_INCH = 96
SPARE = 1.02
"""Denser than needed by so little is left: rounding to whole pixels, and nothing to gain."""

_Picture = Any  # the library has no types


def thin_out(document: Document) -> None:
    """Reduce the document's pictures to the density of the largest place that each is printed in."""
    needed: dict[_Picture, float] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            picture = getattr(box, "replacement", None)
            if isinstance(picture, library.images.RasterImage) and box.width and box.height:
                density = max(picture.width / box.width, picture.height / box.height) * CSS_PX_PER_INCH
                needed[picture] = max(needed.get(picture, 0.0), PRINT_DPI / density)
    for picture, scale in needed.items():
        if scale * SPARE < 1:
            _reduce(picture, scale)


def _reduce(picture: _Picture, scale: float) -> None:
    with Image.open(io.BytesIO(picture.image_data.data)) as image:
        lossless = image.format == "PNG"
        plain = image.convert("L" if image.mode in ("1", "L") else "RGB")
    size = max(1, round(plain.width * scale)), max(1, round(plain.height * scale))
    smaller = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    data, media_type = encoded(smaller, lossless=lossless, own=None, progressive=True)
    if media_type == "image/png":
        data = _without_palette(smaller)
    picture.image_data = picture.cache_image_data(data)
    picture.width, picture.height = size
    picture.format = "PNG" if media_type == "image/png" else "JPEG"
    picture.mode = smaller.mode


def _without_palette(image: Image.Image) -> bytes:
    """The engine copies a PNG's pixels into the PDF as they are, and says of them what `mode` says."""
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
