"""What becomes of a picture's bytes."""

from __future__ import annotations

from contextlib import suppress

import pytest
from PIL import Image

from booklet.fetch.failure import PictureError
from booklet.images.decoding.convert import convert
from booklet.images.decoding.forms import EINK_GREY, EPUB, form_for_epub, form_for_print

from .samples import converted, decoded, drawing, encoded, jpeg, photo, png_header_only


def reason(data: bytes) -> str:
    with pytest.raises(PictureError) as caught:
        converted(data)
    return caught.value.reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "BMP", "TIFF", "GIF", "ICO"])
def test_photographs_of_every_format_become_what_every_reader_shows(kind: str) -> None:
    asset = converted(encoded(photo(64, 48) if kind == "ICO" else photo(), kind))
    assert asset.media_type in ("image/jpeg", "image/png")
    assert decoded(asset.data).size == (asset.width_px, asset.height_px)
    assert asset.name.isascii()
    assert asset.name.endswith((".jpg", ".png"))


def test_line_art_stays_lossless() -> None:
    asset = converted(encoded(drawing(), "PNG"))
    assert asset.media_type == "image/png"
    assert decoded(asset.data).convert("RGB").tobytes() == drawing().tobytes()


def test_large_pictures_shrink_to_both_limits() -> None:
    wide, square = converted(encoded(photo(2400, 300), "JPEG")), converted(encoded(photo(1900, 1900), "JPEG"))
    assert (wide.width_px, wide.height_px) == (EPUB.max_width_px, 200)
    assert square.width_px == square.height_px
    assert abs(square.width_px * square.height_px / EPUB.max_area_px - 1) < 0.01


def test_small_pictures_are_not_enlarged() -> None:
    asset = converted(encoded(photo(40, 30), "PNG"))
    assert (asset.width_px, asset.height_px) == (40, 30)


def test_a_picture_of_several_in_one_jpeg_is_the_first() -> None:
    several = encoded(photo(), "MPO", save_all=True, append_images=[photo(seed=1)])
    asset = converted(several)
    assert (asset.width_px, asset.media_type, asset.animated) == (240, "image/jpeg", False)


def test_strongly_compressed_jpeg_does_not_grow() -> None:
    data = jpeg(quality=30)
    assert len(converted(data).data) <= len(data)


def test_orientation_is_applied_and_metadata_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010E] = "where I live"
    asset = converted(encoded(photo(), "JPEG", exif=exif, comment=b"where I live"))
    assert (asset.width_px, asset.height_px) == (160, 240)
    assert b"where I live" not in asset.data
    assert not decoded(asset.data).getexif()


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_exif_does_not_lose_the_picture() -> None:
    assert converted(encoded(photo(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff broken")).width_px == 240


def test_grey_pictures_are_stored_in_grey() -> None:
    assert decoded(converted(encoded(photo().convert("L").convert("RGB"), "JPEG")).data).mode == "L"


def test_palette_with_transparency_and_one_bit_pictures_are_read() -> None:
    indexed = drawing().quantize(8)
    assert converted(encoded(indexed, "PNG", transparency=0)).width_px == 240
    assert converted(encoded(drawing().convert("1"), "PNG")).media_type == "image/png"


def test_equal_bytes_give_equal_bytes() -> None:
    for data in (jpeg(), encoded(drawing(), "PNG"), encoded(photo(1800, 1400), "WEBP")):
        assert converted(data) == converted(data)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (600, 1), (1, 400)])
def test_dots_and_spacers_are_no_pictures(size: tuple[int, int]) -> None:
    assert reason(encoded(Image.new("RGB", size), "PNG")) == "tiny"


@pytest.mark.parametrize("size", [(40_000, 40_000), (2_000_000_000, 2_000_000_000), (10_000, 9_500)])
def test_pictures_of_monstrous_size_are_refused_unread(size: tuple[int, int]) -> None:
    assert reason(png_header_only(*size)) == "too-many-pixels"


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>403 Forbidden</body></html>", b"\0" * 100, b"RIFF", b"%PDF-1.4"]
)
def test_other_bytes_are_no_picture(data: bytes) -> None:
    assert reason(data) == "not-a-picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF"])
def test_truncated_pictures_are_refused_and_never_crash(kind: str) -> None:
    data = encoded(photo(), kind)
    assert reason(data[: len(data) // 2]) in ("damaged", "not-a-picture")
    nearly = len(data) - len(data) // 12 if kind == "JPEG" else len(data)
    for cut in range(0, nearly, max(1, len(data) // 40)):
        try:
            converted(data[:cut])
        except PictureError:
            continue
        pytest.fail(f"{cut} of {len(data)} bytes pass for the whole")


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_that_lacks_only_its_end_is_shown_whole(progressive: bool) -> None:
    data = jpeg(progressive=progressive)
    assert data.endswith(b"\xff\xd9")
    shown, whole = decoded(converted(data[:-2]).data), decoded(converted(data).data)
    assert shown.tobytes() == whole.tobytes()
    assert converted(data[:-2]) == converted(data[:-2])


def test_jpeg_keeps_what_came_but_for_the_last_lines() -> None:
    data = jpeg()
    assert converted(data[: -len(data) // 50]).height_px == 160
    assert reason(data[: -len(data) // 6]) == "damaged"


def test_progressive_jpeg_without_its_fine_scans_is_refused_though_all_lines_are_there() -> None:
    data = jpeg(progressive=True)
    assert reason(data[: len(data) // 3]) == "damaged"


def test_mending_a_jpeg_leaves_other_formats_strict() -> None:
    converted(jpeg()[:-2])
    png = encoded(photo(), "PNG")
    assert reason(png[: len(png) // 2]) == "damaged"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF", "ICO"])
def test_flipped_bytes_never_crash(kind: str) -> None:
    data = encoded(photo(64, 48), kind)
    for place in range(0, len(data), max(1, len(data) // 150)):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        with suppress(PictureError):
            converted(bytes(broken))


def test_each_output_gets_the_size_and_colour_that_it_can_show() -> None:
    a5 = form_for_print(110, 170)
    book, eink, page = convert(encoded(photo(3000, 2000), "JPEG"), (EPUB, EINK_GREY, a5))
    assert (book.width_px, book.height_px) == (1600, 1067)
    assert (eink.width_px, eink.height_px) == (1072, 715)
    assert (page.width_px, page.height_px) == (1299, 866)  # 110 mm at 300 dpi
    assert [decoded(asset.data).mode for asset in (book, eink, page)] == ["RGB", "L", "RGB"]


def test_outputs_that_need_the_same_share_one_picture() -> None:
    book, page = convert(jpeg(), (EPUB, form_for_print(110, 170)))
    assert book == page


def test_a_picture_for_all_outputs_is_what_it_is_for_one() -> None:
    for data in (encoded(photo(3000, 2000), "PNG"), encoded(drawing(), "GIF"), jpeg()):
        forms = (EPUB, EINK_GREY, form_for_print(110, 170))
        assert convert(data, forms) == tuple(converted(data, form) for form in forms)


def test_profiles_of_readers() -> None:
    assert form_for_epub("eink-grey") == EINK_GREY
    assert form_for_epub("kindle") == form_for_epub("kobo") == form_for_epub("default") == EPUB
