"""What is written: small, sharp where it must be, and nothing but pixels."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageStat, JpegImagePlugin

from booklet.images.decoding.convert import convert
from booklet.images.decoding.encode import JPEG_QUALITY
from booklet.images.decoding.forms import EINK_GREY, EPUB, Form, form_for_print

from .gallery import line_art, photograph, screenshot
from .samples import converted, decoded, drawing, encoded

PAGE = form_for_print(115, 172)
TOLERANCE = 1.05
"""Ours to cjpeg's, in bytes."""

photo = cache(photograph)


def by_cjpeg(cjpeg: str, image: Image.Image, *arguments: str) -> int:
    """Bytes of the same pixels, by libjpeg-turbo's own program."""
    done = subprocess.run(
        [cjpeg, "-quality", str(JPEG_QUALITY), "-optimize", *arguments],
        input=encoded(image, "PPM"),
        capture_output=True,
        check=True,
    )
    return len(done.stdout)


@pytest.mark.tools
@pytest.mark.parametrize("size", [(400, 300), (800, 600), (1500, 1000)])
@pytest.mark.parametrize("form", [EPUB, PAGE], ids=lambda form: form.name)
def test_photographs_are_as_small_as_progressive_cjpeg_makes_them(
    cjpeg: str, size: tuple[int, int], form: Form
) -> None:
    image = photo(*size)
    asset = converted(encoded(image, "BMP"), form)
    shown = image.resize((asset.width_px, asset.height_px), Image.Resampling.LANCZOS, reducing_gap=3.0)
    sampling = "1x1" if sampling_of(asset.data) == "4:4:4" else "2x2"
    reference = by_cjpeg(cjpeg, shown, "-progressive", "-sample", sampling)
    assert len(asset.data) <= TOLERANCE * reference


@pytest.mark.tools
def test_small_readers_get_plain_jpegs_as_small_as_cjpeg_makes_them(cjpeg: str) -> None:
    image = photo(800, 600).convert("L")
    asset = converted(encoded(image, "BMP"), EINK_GREY)
    assert "progressive" not in decoded(asset.data).info
    assert len(asset.data) <= TOLERANCE * by_cjpeg(cjpeg, image)


def test_the_other_outputs_get_progressive_ones() -> None:
    for form in (EPUB, PAGE):
        assert decoded(converted(encoded(photo(400, 300), "BMP"), form).data).info["progressive"]


def sampling_of(data: bytes) -> str:
    names = {0: "4:4:4", 1: "4:2:2", 2: "4:2:0", -1: "grey"}
    return names[JpegImagePlugin.get_sampling(Image.open(io.BytesIO(data)))]


def test_colour_is_sharp_where_writing_is_coloured_and_halved_in_photographs() -> None:
    for kind in ("JPEG", "WEBP"):
        assert sampling_of(converted(encoded(screenshot(), kind, quality=90)).data) == "4:4:4"
        assert sampling_of(converted(encoded(photo(1500, 1000), kind, quality=90)).data) == "4:2:0"


def test_red_writing_has_no_fringe() -> None:
    source = screenshot()
    shown = decoded(converted(encoded(source, "JPEG", quality=95, subsampling=0)).data).convert("RGB")
    worst = [high for _, high in ImageChops.difference(source, shown).getextrema()]  # type: ignore[misc]
    assert float(max(ImageStat.Stat(ImageChops.difference(source, shown)).rms)) < 6
    assert max(worst) < 110


def test_line_art_stays_exact_and_gets_smaller() -> None:
    for image in (line_art(), drawing(), line_art().convert("L"), line_art().convert("1")):
        data = encoded(image, "PNG", compress_level=6)
        asset = converted(data)
        assert asset.media_type == "image/png"
        assert (
            ImageChops.difference(decoded(asset.data).convert("RGB"), image.convert("RGB")).getbbox() is None
        )
        assert len(asset.data) <= len(data)


def test_webp_without_loss_stays_so() -> None:
    exact = converted(encoded(line_art(600, 400), "WEBP", lossless=True))
    assert exact.media_type == "image/png"
    assert decoded(exact.data).convert("RGB").tobytes() == line_art(600, 400).tobytes()
    assert converted(encoded(photo(400, 300), "WEBP", quality=80)).media_type == "image/jpeg"


def test_few_tones_take_few_bits() -> None:
    steps = Image.linear_gradient("L").point(lambda value: value // 32 * 36).resize((600, 400), 0)
    asset = converted(encoded(steps, "PNG"))
    assert decoded(asset.data).mode == "P"
    assert asset.data[24] == 4  # bits a pixel, in the head of a PNG
    assert decoded(asset.data).convert("L").tobytes() == steps.tobytes()


def test_photographs_without_loss_become_jpegs() -> None:
    assert converted(encoded(photo(800, 600), "PNG")).media_type == "image/jpeg"


def test_nothing_but_pixels_is_left() -> None:
    secret = b"where I live"
    exif = Image.Exif()
    exif[0x010E] = secret.decode()
    exif[0x8825] = {1: "N", 2: (31.0, 14.0, 5.0)}
    sources = [
        encoded(photo(400, 300), "JPEG", exif=exif, comment=secret, dpi=(300, 300), xmp=secret),
        encoded(line_art(), "PNG", exif=exif, dpi=(300, 300)),
        encoded(photo(400, 300), "WEBP", exif=exif, xmp=secret),
    ]
    for data in sources:
        for asset in convert(data + secret, (EPUB, EINK_GREY, PAGE)):
            assert secret not in asset.data
            assert not decoded(asset.data).getexif()
            if asset.media_type == "image/png":
                chunks = set(
                    re.findall(rb"IHDR|PLTE|tRNS|IDAT|IEND|pHYs|eXIf|iTXt|tEXt|iCCP|gAMA", asset.data)
                )
                assert chunks <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_orientation_comes_upright(turn: int) -> None:
    upright = Image.new("RGB", (90, 60), "white")
    upright.paste((200, 0, 0), (0, 0, 30, 20))  # red at the left above
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[turn]) if turn in undo else upright
    exif = Image.Exif()
    exif[0x0112] = turn
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        shown = decoded(converted(encoded(stored, kind, exif=exif)).data).convert("RGB")
        assert shown.size == upright.size
        red = [shown.getpixel(place) for place in ((10, 8), (80, 8), (10, 50), (80, 50))]
        assert [isinstance(pixel, tuple) and pixel[1] < 80 for pixel in red] == [True, False, False, False]
