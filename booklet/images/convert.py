"""Decoding and re-encoding: whatever picture comes in, a plain JPEG or PNG (or a sanitised SVG) goes out.

Nothing of the original's bytes reaches a reader: metadata, profiles, further frames, trailing data stay here.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import PIL
from PIL import (
    Image,
    ImageChops,
    ImageCms,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    UnidentifiedImageError,
    features,
)

from booklet.images.cut_short import ended, refuse_loss
from booklet.images.failure import PictureError
from booklet.images.forms import Form
from booklet.images.svg import Drawing, looks_like_svg, sanitise
from booklet.model import ImageAsset

MAX_PIXELS = 89_478_485
"""Pillow's own limit, a quarter of a GB in RGB: what is larger, it declines to open."""
TALL_RATIO = 3.0
"""Height to width from which a picture is a long screenshot (长图): read by scrolling, line by line."""
TALL_WIDTH_PX = 800
TALL_AREA_PX = 8_000_000
"""Long screenshots keep the width that their text needs; 32 MB in a reader's memory are the price's limit."""
JPEG_QUALITY = 82
SMALL_AREA_PX = 300_000
"""Below this, colour is kept at full resolution (4:4:4): it costs little, and red text stays sharp."""
MIN_SIDE_PX = 3
"""A picture of at most 2 px on its shorter side is a tracking pixel or a spacer."""
VERSION = (
    f"4;{TALL_WIDTH_PX};{TALL_AREA_PX};{JPEG_QUALITY};{SMALL_AREA_PX};pillow={PIL.__version__};"
    f"jpeg={features.version('jpg')};zlib={features.version('zlib')}"
)
"""Changes whenever equal input and form may give different output: part of the cache's key."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "ICO")
_LOSSLESS = {"PNG", "GIF", "BMP", "TIFF", "ICO", "WEBP"}
_WIDE_MODES = {"I;16", "I;16L", "I;16B", "I;16N", "I", "F"}
_LIGHT = 245  # a grey value from which a picture on white cannot be seen
_DARK_GROUND = (64, 64, 64)

warnings.filterwarnings(
    "ignore", category=UserWarning, module=r"PIL\."
)  # of broken metadata, on the terminal
warnings.simplefilter("error", Image.DecompressionBombWarning)  # so that `open` itself refuses


def convert(data: bytes, forms: Sequence[Form]) -> tuple[ImageAsset, ...]:
    """The picture as it goes into the outputs, decoded once: one for each form, in their order.

    Equal bytes and forms in, equal bytes out.

    Raises:
        PictureError: it is not a picture, broken, too small to be one, or too large to decode.
    """
    if looks_like_svg(data):
        drawing = _sanitised(data)
        vector = asset(drawing.data, "image/svg+xml", (drawing.width_px, drawing.height_px))
        return (vector,) * len(forms)
    made: dict[tuple[tuple[int, int], bool], ImageAsset] = {}
    with _opened(data, forms) as image:
        origin = _Origin(image.size, image.format in _LOSSLESS, _tables(image))
        picture = _upright(image)
        if min(picture.size) < MIN_SIDE_PX:
            raise PictureError("tiny")
        picture = _eight_bits(picture) if picture.mode in _WIDE_MODES else picture
        for form in forms:
            size = _fitting(picture.size, form)
            if (size, form.grey) not in made:
                made[size, form.grey] = _formed(picture, size, origin, grey=form.grey)
    return tuple(made[_fitting(picture.size, form), form.grey] for form in forms)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What is known of the picture as it came."""

    size: tuple[int, int]
    lossless: bool
    tables: tuple[dict[int, list[int]], int] | None


def _formed(picture: Image.Image, size: tuple[int, int], origin: _Origin, *, grey: bool) -> ImageAsset:
    flat = _flattened(_scaled(picture, size))
    if grey:
        flat = flat.convert("L")
    own = origin.tables if size == origin.size else None
    encoded, media_type = _encoded(flat, lossless=origin.lossless, own=own)
    return asset(encoded, media_type, flat.size)


def asset(data: bytes, media_type: str, size: tuple[int, int]) -> ImageAsset:
    """An asset named by its content."""
    digest = hashlib.sha256(data).hexdigest()
    ending = {"image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}[media_type]
    return ImageAsset(f"{digest[:16]}.{ending}", media_type, size[0], size[1], data, digest)


def _sanitised(data: bytes) -> Drawing:
    try:
        return sanitise(data)
    except PictureError:
        raise
    except Exception as error:
        raise PictureError("damaged") from error


@contextmanager
def _opened(data: bytes, forms: Sequence[Form]) -> Iterator[Image.Image]:
    """The decoded first frame.

    What goes wrong inside is a `PictureError`: decoders fail late.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            yield _loaded(image, data, forms)
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
    tall = image.height > TALL_RATIO * image.width  # Pillow's `draft` may halve it below what it keeps
    if image.format == "JPEG" and not tall:
        enough = 2 * max(side for form in forms for side in (form.max_width_px, form.max_height_px))
        image.draft(None, (enough, enough))  # at least that on both sides
    if image.width * image.height > MAX_PIXELS:
        raise PictureError("too-many-pixels")
    # WeasyPrint turns this on for the whole process when it is imported; the rest of a picture would be grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    image.load()


def _tables(image: Image.Image) -> tuple[dict[int, list[int]], int] | None:
    """A JPEG's quantisation and colour sampling, if they can be used again."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or image.mode not in ("L", "RGB"):
        return None
    quantization: dict[int, list[int]] = image.quantization
    sampling: int = JpegImagePlugin.get_sampling(image)
    baseline = all(0 < value < 256 for table in quantization.values() for value in table)  # noqa: PLR2004 - 8 bits
    return (quantization, sampling) if baseline and sampling >= 0 else None


def _upright(image: Image.Image) -> Image.Image:
    """Turned as EXIF says; a broken EXIF block turns nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - as above
        return image


def _fitting(size: tuple[int, int], form: Form) -> tuple[int, int]:
    """The size within the form's limits; never larger than it is."""
    width, height = size
    if height > TALL_RATIO * width:
        scale = min(1.0, TALL_WIDTH_PX / width, (TALL_AREA_PX / (width * height)) ** 0.5)
    else:
        area = (form.max_area_px / (width * height)) ** 0.5
        scale = min(1.0, form.max_width_px / width, form.max_height_px / height, area)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if size == image.size:
        return image
    if image.mode in ("P", "1", "PA"):
        transparent = image.mode == "PA" or "transparency" in image.info
        image = image.convert("RGBA" if transparent else "L" if image.mode == "1" else "RGB")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _flattened(image: Image.Image) -> Image.Image:
    """RGB or L, 8 bits, sRGB, opaque: transparency is laid on white, what is white itself on dark grey."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        opaque = _on(layered, (255, 255, 255))
        lowest, _ = opaque.convert("L").getextrema()
        if isinstance(lowest, (int, float)) and lowest >= _LIGHT:
            opaque = _on(layered, _DARK_GROUND)
        return _grey_if_grey(opaque)
    if image.mode in ("RGB", "CMYK") and isinstance(profile, bytes) and profile:
        image = _to_srgb(image, profile)
    if image.mode in ("1", "L"):
        return image.convert("L")
    return _grey_if_grey(image.convert("RGB"))


def _on(layered: Image.Image, ground: tuple[int, int, int]) -> Image.Image:
    base = Image.new("RGB", layered.size, ground)
    base.paste(layered, mask=layered.getchannel("A"))
    return base


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits or of real numbers, brought to 0…255."""
    wide = image.convert("F")
    low, high = wide.getextrema()
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        raise PictureError("damaged")
    if image.mode != "F" and low >= 0 and high <= 65_535:  # noqa: PLR2004 - 16 bits: black and white are fixed
        low, high = 0.0, 65_535.0
    scale = 255.0 / (high - low) if high > low else 1.0
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the embedded profile means them; a broken profile is ignored, as viewers do."""
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except Exception:  # noqa: BLE001 - as above
        return image
    return converted if converted is not None else image


def _grey_if_grey(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    same = ImageChops.difference(red, green).getbbox() is None
    return red if same and ImageChops.difference(green, blue).getbbox() is None else image


def _encoded(
    image: Image.Image, *, lossless: bool, own: tuple[dict[int, list[int]], int] | None
) -> tuple[bytes, str]:
    """JPEG, or PNG where the source was without loss and PNG is not larger: line art, screenshots."""
    sampling = 0 if image.width * image.height <= SMALL_AREA_PX or lossless else 2  # 4:4:4, 4:2:0
    jpeg = _saved(image, "JPEG", quality=JPEG_QUALITY, subsampling=sampling, optimize=True)
    if own is not None:
        # A JPEG that was squeezed harder than we do gains nothing but bytes from finer tables.
        again = _saved(image, "JPEG", qtables=own[0], subsampling=own[1], optimize=True)
        jpeg = min(jpeg, again, key=len)
    if lossless:
        few = _few_colours(image)
        if len(_saved(few, "PNG", compress_level=1)) < 2 * len(jpeg):
            png = _saved(few, "PNG", optimize=True)
            if len(png) <= len(jpeg):
                return png, "image/png"
    return jpeg, "image/jpeg"


def _few_colours(image: Image.Image) -> Image.Image:
    """A palette picture if 256 colours are all it has: the same pixels in a third of the bytes."""
    if image.mode != "RGB":
        return image
    colours = image.getcolors(256)
    if colours is None:
        return image
    palette = Image.new("P", (1, 1))
    entries = sorted(colour for _, colour in colours if isinstance(colour, tuple))
    palette.putpalette([value for colour in entries for value in colour])
    indexed = image.quantize(palette=palette, dither=Image.Dither.NONE)
    # Pillow looks colours up by their upper bits: neighbours may have been confused.
    exact = ImageChops.difference(indexed.convert("RGB"), image).getbbox() is None
    return indexed if exact else image


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.info.clear()  # or Pillow would write the comment, resolution or profile that came along
    image.save(out, kind, **options)
    return out.getvalue()
