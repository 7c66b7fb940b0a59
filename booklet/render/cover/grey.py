"""The cover for screens of e-ink."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from booklet.images.decoding.forms import EINK_GREY

_QUALITY = 90


def grey_cover(cover: bytes) -> bytes:
    """The JPEG in grey, as large as the screen; not progressive, for the reason that `EINK_GREY` gives."""
    with Image.open(BytesIO(cover)) as image:
        grey = image.convert("L")
    grey.thumbnail((EINK_GREY.max_width_px, EINK_GREY.max_height_px), Image.Resampling.LANCZOS)
    target = BytesIO()
    grey.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue()
