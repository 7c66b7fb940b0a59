"""Decoding: of whatever picture comes in, its pixels, upright, the first frame that shows something."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pillow_heif
from PIL import (
    AvifImagePlugin,
    ExifTags,
    Image,
    ImageChops,
    ImageFile,
    ImageOps,
    ImageStat,
    JpegImagePlugin,
    UnidentifiedImageError,
)

from booklet.fetch.failure import PictureError
from booklet.images.decoding.cut_short import ended, refuse_loss
from booklet.images.decoding.forms import Form

MAX_PIXELS = 89_478_485
"""Pillow's own limit, a quarter of a GB in RGB: what is larger, it declines to open."""
SPARE = 1.25
"""What a JPEG that is reduced while decoding keeps over the size that is needed, for the last step's sake."""
MAX_FRAMES = 16
"""The most frames of an animation that are looked at for one that shows something."""
MOST = 0.8
"""The share of the greatest contrast found that a frame must have: animations fade in."""
LOOKED_AT_PX = 500_000
BLANK_RANGE = 24
"""A frame whose colours all lie so close to its corner's is blank."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF", "BMP", "TIFF", "ICO")
LOSSLESS = frozenset({"PNG", "GIF", "BMP", "TIFF", "ICO"})
_MOVING = frozenset({"PNG", "GIF", "WEBP", "AVIF"})

Tables = tuple[dict[int, list[int]], int]
"""A JPEG's quantisation tables and colour sampling."""

warnings.filterwarnings(
    "ignore", category=UserWarning, module=r"PIL\."
)  # of broken metadata, on the terminal
warnings.simplefilter("error", Image.DecompressionBombWarning)  # so that `open` itself refuses
# One thread each: the worker is one process among several, and threads' stacks count against its memory.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
# One picture only, without its thumbnails and depth maps.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture's pixels, and what is known of how they came."""

    image: Image.Image
    size: tuple[int, int]
    """As it came, before it was turned."""
    lossless: bool
    """Its format keeps every pixel."""
    tables: Tables | None
    """Of a JPEG whose tables can be used again."""
    animated: bool


@contextmanager
def decoded(data: bytes, forms: Sequence[Form]) -> Iterator[Decoded]:
    """Decode; what goes wrong inside the block is a `PictureError` too, for decoders fail late.

    Raises:
        PictureError: `not-a-picture`, `damaged`, `too-many-pixels`, `decode-memory`.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            whole = _loaded(image, data, forms)
            animated = whole.format in _MOVING and getattr(whole, "is_animated", False)
            shown = _first_that_shows(whole) if animated else whole
            yield Decoded(_upright(shown), shown.size, _is_lossless(whole, data), _tables(whole), animated)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError("too-many-pixels") from error
    except MemoryError as error:
        raise PictureError("decode-memory") from error
    except UnidentifiedImageError as error:
        raise PictureError("not-a-picture") from error
    except PictureError:
        raise
    except Exception as error:
        raise PictureError("damaged") from error


def _loaded(image: Image.Image, data: bytes, forms: Sequence[Form]) -> Image.Image:
    """The picture decoded; a JPEG that lacks no more than its end, with one."""
    try:
        _load(image, forms)
    except OSError:
        if image.format != "JPEG":
            raise
        whole = ended(data)
        _load(whole, forms)
        refuse_loss(whole, data)
        return whole
    return image


def _load(image: Image.Image, forms: Sequence[Form]) -> None:
    """Decode; a JPEG much larger than needed is reduced while decoding, which is quick and saves memory."""
    if image.format in ("JPEG", "MPO"):
        width, height = image.size
        turned = (form.fitted(height, width)[1] / width for form in forms)
        needed = max(*turned, *(form.fitted(width, height)[0] / width for form in forms))
        image.draft(None, (round(width * needed * SPARE), round(height * needed * SPARE)))
    if image.width * image.height > MAX_PIXELS:
        raise PictureError("too-many-pixels")
    # WeasyPrint turns this on for the whole process when it is imported; the rest of a picture would be grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    image.load()


def _is_lossless(image: Image.Image, data: bytes) -> bool:
    """Whether the pixels are those that were drawn. WebP has both kinds, by the name of its data's chunk."""
    if image.format != "WEBP":
        return image.format in LOSSLESS
    lossy, exact = data.find(b"VP8 "), data.find(b"VP8L")
    return exact >= 0 and (lossy < 0 or exact < lossy)


def _first_that_shows(image: Image.Image) -> Image.Image:
    """The first frame, if it is not blank; else the first that shows most of what is to come.

    Neither the many frames of a long one nor those behind a broken one are looked at.
    """
    first = image.copy()
    if not _is_blank(first):
        return first
    contrasts = [0.0]
    with suppress(OSError, EOFError, SyntaxError, ValueError):  # after the last frame, or at a broken one
        for number in range(1, MAX_FRAMES):
            image.seek(number)
            contrasts.append(_contrast(image))
    shows = next(number for number, found in enumerate(contrasts) if found >= MOST * max(contrasts))
    if not shows:
        return first
    image.seek(shows)
    return image.copy()


def _is_blank(image: Image.Image) -> bool:
    seen = _on_white(_small(image))
    corner = seen.getpixel((0, 0))
    ground = Image.new("RGBA", seen.size, corner if isinstance(corner, tuple) else 0)
    steps = ImageChops.difference(seen, ground).convert("RGB")
    return steps.point(lambda step: 255 * (step > BLANK_RANGE)).getbbox() is None


def _contrast(image: Image.Image) -> float:
    small = _on_white(_small(image)).convert("L").resize((64, 64), Image.Resampling.BOX)
    return float(ImageStat.Stat(small).stddev[0])


def _small(image: Image.Image) -> Image.Image:
    """Of some hundred thousand pixels: a frame of 80 million takes a GB to be looked at."""
    shrink = max(1, int((image.width * image.height / LOOKED_AT_PX) ** 0.5))
    return image.resize(
        (max(1, image.width // shrink), max(1, image.height // shrink)), Image.Resampling.NEAREST
    )


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent shows nothing, whatever colour it hides."""
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))


def _tables(image: Image.Image) -> Tables | None:
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or image.mode not in ("L", "RGB"):
        return None
    quantization: dict[int, list[int]] = image.quantization
    sampling: int = JpegImagePlugin.get_sampling(image)
    baseline = all(0 < value < 256 for table in quantization.values() for value in table)  # noqa: PLR2004 - 8 bits
    return (quantization, sampling) if baseline and sampling >= 0 else None


def _upright(image: Image.Image) -> Image.Image:
    """Turned as EXIF says; a broken EXIF block turns nothing."""
    try:
        if image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
            return image  # `exif_transpose` would copy it
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - as above
        return image
