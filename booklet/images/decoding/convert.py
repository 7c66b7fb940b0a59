"""From a picture's bytes to what goes into the outputs: a plain JPEG or PNG, or a sanitised SVG.

Nothing of the original's bytes reaches a reader: metadata, profiles, further frames, trailing data stay here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import PIL
import pillow_heif
from PIL import Image, features

from booklet.fetch.failure import PictureError
from booklet.images.decoding import colour
from booklet.images.decoding.decode import Decoded, decoded
from booklet.images.decoding.encode import encoded
from booklet.images.decoding.forms import Form
from booklet.images.decoding.pieces import cuts
from booklet.images.vector.svg import Drawing, looks_like_svg, sanitise
from booklet.model import ImageAsset

MIN_SIDE_PX = 3
"""A picture of at most 2 px on its shorter side is a tracking pixel or a spacer."""
_ROOMS = ("booklet.images.decoding", "booklet.images.vector")


def _version() -> str:
    """Of all that a conversion depends on; our own part is the very code: there is no number to forget."""
    code = hashlib.sha256()
    for room in _ROOMS:
        for module in sorted(files(room).iterdir(), key=lambda one: one.name):
            if module.name.endswith(".py"):
                code.update(module.read_bytes())
    libraries = (features.version(name) or "" for name in ("jpg", "zlib", "webp", "avif", "littlecms2"))
    return ";".join((code.hexdigest(), PIL.__version__, pillow_heif.__version__, *libraries))


VERSION = _version()
"""Changes whenever equal input and form may give different output: part of the cache's key."""


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
    made: dict[_Shape, ImageAsset] = {}
    with decoded(data, forms) as raw:
        if min(raw.image.size) < MIN_SIDE_PX:
            raise PictureError("tiny")
        source = replace(raw, image=colour.eight_bits(raw.image))
        shapes = [_shape(source.image.size, form) for form in forms]
        for shape in dict.fromkeys(shapes):
            made[shape] = _formed(source, shape)
    return tuple(made[shape] for shape in shapes)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a form makes of a picture of some size: forms that make the same share it."""

    size: tuple[int, int]
    piece_height: int
    """0: it stays whole."""
    grey: bool
    progressive: bool


def _shape(size: tuple[int, int], form: Form) -> _Shape:
    fitted = form.fitted(*size)
    piece = form.piece_height(*fitted) if form.is_long(*size) else 0
    return _Shape(fitted, piece, form.grey, form.progressive)


def _formed(source: Decoded, shape: _Shape) -> ImageAsset:
    flat = colour.flattened(_scaled(source.image, shape.size))
    if shape.grey:
        flat = flat.convert("L")
    own = source.tables if shape.size == source.size else None
    first, *rest = (
        asset(*encoded(piece, lossless=source.lossless, own=own, progressive=shape.progressive), piece.size)
        for piece in _pieces(flat, shape.piece_height)
    )
    return replace(first, animated=source.animated, rest=tuple(rest))


def _scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if size == image.size:
        return image
    if image.mode in ("P", "1", "PA"):
        image = image.convert("RGBA" if image.has_transparency_data else "L" if image.mode == "1" else "RGB")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _pieces(image: Image.Image, height: int) -> Iterator[Image.Image]:
    if not height:
        yield image
        return
    for top, bottom in cuts(image, height):
        yield image.crop((0, top, image.width, bottom))


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
