"""Colours mean what they meant: profiles, CMYK, wide greys, transparency."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw

from booklet.images.decoding.forms import EINK_GREY
from booklet.model import ImageAsset

from .samples import converted, decoded, drawing, encoded, jpeg, photo

WHITE, DARK = (255, 255, 255), (64, 64, 64)


def pixel(asset: ImageAsset, x: int, y: int) -> tuple[int, ...]:
    found = decoded(asset.data).convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def red_and_green_changed() -> bytes:
    """sRGB whose red light is green and whose green is red: by the profile's table of parts (ICC.1, 7.3)."""
    profile = bytearray(srgb())
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = {bytes(profile[132 + 12 * n : 136 + 12 * n]): 136 + 12 * n for n in range(count)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red : red + 8], profile[green : green + 8] = profile[green : green + 8], profile[red : red + 8]
    return bytes(profile)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_embedded_profile_is_honoured_in_every_mode(mode: str) -> None:
    red = Image.new("RGB", (40, 40), (255, 0, 0)).convert(mode)
    asset = converted(encoded(red, "PNG", icc_profile=red_and_green_changed()))
    assert near(pixel(asset, 20, 20), (0, 255, 0), by=12)


def test_srgb_by_whatever_name_changes_no_pixel() -> None:
    plain = converted(encoded(drawing(), "PNG"))
    assert converted(encoded(drawing(), "PNG", icc_profile=srgb())).data == plain.data
    assert b"ICC" not in plain.data


@pytest.mark.parametrize("profile", [b"no profile at all", srgb()[:200], b"\0" * 4000])
def test_broken_profile_is_ignored(profile: bytes) -> None:
    assert converted(jpeg(icc_profile=profile)).data == converted(jpeg()).data


def test_profile_of_other_colours_is_ignored() -> None:
    grey = Image.linear_gradient("L")
    plain = converted(encoded(grey, "PNG"))
    assert converted(encoded(grey, "PNG", icc_profile=srgb())).data == plain.data


def test_cmyk_as_adobe_writes_it_becomes_rgb_of_the_same_tones() -> None:
    red = Image.new("RGB", (60, 60), (220, 30, 30)).convert("CMYK")
    data = encoded(red, "JPEG", quality=95)
    assert b"Adobe" in data[:200]  # and its values are inverted
    asset = converted(data)
    assert decoded(asset.data).mode == "RGB"
    assert near(pixel(asset, 30, 30), (220, 30, 30), by=12)


def test_lab_is_read() -> None:
    lab = ImageCms.profileToProfile(
        Image.new("RGB", (40, 40), (20, 120, 200)),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    assert lab is not None
    assert near(pixel(converted(encoded(lab, "TIFF")), 20, 20), (20, 120, 200), by=12)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_keep_their_tones(kind: str) -> None:
    ramp = Image.linear_gradient("L")
    wide = Image.frombytes("I;16", ramp.size, b"".join(bytes((v, v)) for v in ramp.tobytes()))
    image = decoded(converted(encoded(wide, kind)).data).convert("L")
    assert image.getextrema() == (0, 255)
    assert abs(int(image.tobytes()[128 * 256]) - 128) <= 1


def test_colours_of_sixteen_bits_keep_their_tones() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + struct.pack(">HHH", 0xC864, 0x3210, 0x0A00) * 40) * 30
    head = struct.pack(">IIBBBBB", 40, 30, 16, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    assert near(pixel(converted(b"\x89PNG\r\n\x1a\n" + parts), 20, 20), (200, 50, 10), by=1)


def test_grey_of_sixteen_bits_that_is_dark_stays_dark() -> None:
    dim = Image.frombytes("I;16", (40, 40), struct.pack("<H", 6_000) * 1600)
    assert near(pixel(converted(encoded(dim, "PNG")), 5, 5), (23, 23, 23), by=1)


def test_grey_pictures_are_stored_in_grey() -> None:
    assert decoded(converted(encoded(photo().convert("L").convert("RGB"), "JPEG")).data).mode == "L"


def test_grey_readers_get_grey_that_is_as_light_as_the_colour() -> None:
    asset = converted(encoded(Image.new("RGB", (40, 40), (255, 0, 0)), "PNG"), EINK_GREY)
    assert near(pixel(asset, 20, 20), (76, 76, 76), by=2)


def test_transparent_parts_become_white() -> None:
    logo = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    logo.paste((200, 0, 0, 255), (20, 10, 40, 30))
    asset = converted(encoded(logo, "PNG"))
    assert pixel(asset, 2, 2) == WHITE
    assert pixel(asset, 30, 20) == (200, 0, 0)


def test_white_on_transparent_stays_visible() -> None:
    logo = Image.new("RGBA", (60, 40), (255, 255, 255, 0))
    logo.paste((255, 255, 255, 255), (20, 10, 40, 30))
    lowest, highest = decoded(converted(encoded(logo, "PNG")).data).convert("L").getextrema()
    assert (lowest, highest) == (64, 255)


def test_white_writing_beside_a_coloured_sign_stays_visible() -> None:
    logo = Image.new("RGBA", (200, 60), (0, 0, 0, 0))
    logo.paste((220, 60, 60, 255), (150, 10, 190, 50))
    ImageDraw.Draw(logo).text((10, 20), "WHITE WRITING", fill=(255, 255, 255, 255))
    assert pixel(converted(encoded(logo, "PNG")), 2, 2) == DARK


def test_a_diagram_with_white_boxes_and_black_lines_stands_on_white() -> None:
    diagram = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    pen = ImageDraw.Draw(diagram)
    pen.rectangle((10, 10, 90, 90), fill=WHITE)
    pen.text((110, 40), "black writing", fill=(0, 0, 0, 255))
    assert pixel(converted(encoded(diagram, "PNG")), 2, 2) == WHITE


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_hidden_colours_do_not_shine_through(kind: str) -> None:
    """Transparent pixels are often black: nothing of it may be seen, nor a fringe after scaling."""
    hidden = Image.new("RGBA", (2400, 1200), (0, 0, 0, 0))
    hidden.paste((240, 200, 40, 255), (800, 0, 1600, 1200))
    asset = converted(encoded(hidden, kind))
    assert asset.width_px == 1600
    assert near(pixel(asset, 10, 10), WHITE)
    edge = [pixel(asset, x, 400) for x in range(525, 542)]
    assert all(near(found, (248, 228, 148), by=116) and found[0] > 230 for found in edge)
