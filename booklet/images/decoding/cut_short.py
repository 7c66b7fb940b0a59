"""JPEGs whose last bytes are missing: shown by every browser, and by us where next to nothing is lost."""

from __future__ import annotations

import io
import re

from PIL import Image

from booklet.fetch.failure import PictureError

WHOLE_SHARE = 0.95
"""A picture with this share of its lines counts as whole; what is missing at the foot stays grey."""

_END = b"\xff\xd9"
_SCAN = re.compile(rb"\xff\xda\x00.[\x01-\x04](?:..){1,4}?([\x00-\x3f])\x3f(.)", re.DOTALL)
"""A scan's head up to the highest frequency (ITU-T T.81, B.2.3): first coefficient, 63, bits of precision."""
_FILL = 128
"""What libjpeg gives for blocks without data (jdhuff.c, `insufficient_data`): coefficients of zero."""


def ended(data: bytes) -> Image.Image:
    """The picture with the end marker that it lacks, not decoded yet.

    Nothing of Pillow's is switched for this: its LOAD_TRUNCATED_IMAGES holds for all threads.
    """
    return Image.open(io.BytesIO(data + _END), formats=("JPEG",))


def refuse_loss(image: Image.Image, data: bytes) -> None:
    """Refuse what shows less than the picture did: too few lines, or of a progressive one too few scans.

    Args:
        image: decoded from `ended(data)`.
        data: as it came.

    Raises:
        PictureError: `damaged`.
    """
    grey = image.convert("RGB").point(lambda value: 255 * (value != _FILL))
    box = grey.getbbox()
    lines = box[3] if box else 0
    if lines < WHOLE_SHARE * image.height:
        raise PictureError("damaged")
    progressive = bool(image.info.get("progressive"))
    if progressive and not any(found[2][0] & 0x0F == 0 for found in _SCAN.finditer(data)):
        raise PictureError("damaged")
