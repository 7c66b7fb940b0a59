"""Pictures of covers: the first lead picture large enough for it, cut to its place; a cover in grey."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from booklet.images.decoding.forms import EINK_GREY
from booklet.model import Booklet, ImageAsset

_LEAST_SHARE = 0.6
"""A picture narrower than this share of its place would be enlarged until it shows."""
_HIGHEST = 1.3
"""A picture higher than this times its width would lose most of itself."""
_QUALITY = 90
"""The quality of a grey cover's JPEG."""


def lead_picture(booklet: Booklet, width: int, height: int) -> Image.Image | None:
    """A picture of `width` × `height` px, or None: no article has one that will do."""
    for section in booklet.sections:
        for entry in section.entries:
            lead = entry.article.lead
            asset = booklet.images.get(lead.key) if lead is not None else None
            if asset is None or asset.rest or not asset.media_type.startswith("image/"):
                continue
            is_large = asset.width_px >= width * _LEAST_SHARE and asset.height_px >= height * _LEAST_SHARE
            if (
                is_large
                and asset.height_px <= asset.width_px * _HIGHEST
                and asset.media_type != "image/svg+xml"
            ):
                with Image.open(BytesIO(asset.data)) as image:
                    return ImageOps.fit(image.convert("RGB"), (width, height), Image.Resampling.LANCZOS)
    return None


def fitted(asset: ImageAsset, width: int, height: int) -> Image.Image:
    """A picture of pixels, whole, as large as it fits; what is transparent stays so."""
    with Image.open(BytesIO(asset.data)) as image:
        return ImageOps.contain(image.convert("RGBA"), (width, height), Image.Resampling.LANCZOS)


def grey_cover(cover: bytes) -> bytes:
    """A cover for screens of e-ink: a JPEG in grey, as large as the screen.

    It is not progressive, for the reason that `EINK_GREY` gives.
    """
    with Image.open(BytesIO(cover)) as image:
        grey = image.convert("L")
    grey.thumbnail((EINK_GREY.max_width_px, EINK_GREY.max_height_px), Image.Resampling.LANCZOS)
    target = BytesIO()
    grey.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue()
