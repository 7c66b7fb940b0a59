"""QR codes, read back by another library's decoder."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from lxml import etree
from PIL import Image, ImageDraw

from booklet.render.drawn.qr import MAX_URL_BYTES, qr_svg

SCALE = 6


def drawn(svg: str) -> Image.Image:
    """Rasterise our own path: rectangles of one row."""
    root = etree.fromstring(svg)
    size = int(root.get("viewBox", "").split()[2])
    path = root[0].get("d", "")
    image = Image.new("L", (size * SCALE, size * SCALE), 255)
    pen = ImageDraw.Draw(image)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        left, top = int(x) * SCALE, int(y) * SCALE
        pen.rectangle((left, top, left + int(run) * SCALE - 1, top + SCALE - 1), fill=0)
    return image


@pytest.mark.parametrize(
    "url",
    [
        "https://v.qq.com/x/page/abc123.html",
        "https://example.org/新闻?id=7&part=2#末",
        "https://example.org/" + "x" * 400,
    ],
)
def test_a_code_decodes_to_its_address(url: str) -> None:
    result = zxingcpp.read_barcode(drawn(qr_svg(url, least_mm=22)))
    assert result is not None
    assert result.text == url


def test_long_addresses_get_larger_codes_so_that_modules_stay_readable() -> None:
    root = etree.fromstring(qr_svg("https://example.org/" + "x" * 400, least_mm=15))
    width = float(root.get("width", "").removesuffix("mm"))
    modules = int(root.get("viewBox", "").split()[2])
    assert width / modules >= 0.4
    assert width > 15


def test_white_of_four_modules_stands_around_a_code() -> None:
    svg = qr_svg("https://v.qq.com/x/page/abc123.html", least_mm=22)
    left, top, right, bottom = drawn(svg).point(lambda grey: 255 - grey).getbbox() or (0, 0, 0, 0)
    size = drawn(svg).width
    assert (left, top, size - right, size - bottom) == (4 * SCALE,) * 4


@pytest.mark.parametrize("url", ["", "ftp://example.org/", "https://example.org/" + "x" * MAX_URL_BYTES])
def test_what_cannot_be_scanned_gets_no_code(url: str) -> None:
    assert qr_svg(url, least_mm=15) == ""
