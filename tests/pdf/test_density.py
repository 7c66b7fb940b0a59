"""Pictures in print are as dense as their places ask, whatever layout makes of them."""

from __future__ import annotations

import io
from typing import NamedTuple

import pikepdf
import pytest
import weasyprint
from PIL import Image, ImageChops, ImageStat, JpegImagePlugin
from weasyprint.urls import URLFetcher, URLFetcherResponse

from booklet.render.pdf.engine.density import thin_out
from tests.images.gallery import line_art, photograph, screenshot
from tests.images.samples import encoded

from .printed import rasters
from .reading import opened

FILES = {
    "photo.jpg": encoded(photograph(1600, 1200), "JPEG", quality=82, progressive=True),
    "lines.png": encoded(line_art(1600, 1200), "PNG"),
    "screen.jpg": encoded(screenshot(1600, 1200), "JPEG", quality=90, subsampling=0),
    "grey.png": encoded(photograph(1600, 1200).convert("L"), "PNG"),
    "few.png": encoded(line_art(1600, 1200).convert("L").point(lambda grey: grey // 64 * 64), "PNG"),
}
NAMES = ("photo.jpg", "screen.jpg", "lines.png", "grey.png")


class Files(URLFetcher):  # type: ignore[misc]
    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        kind = {"jpg": "image/jpeg", "png": "image/png"}[url[-3:]]
        return URLFetcherResponse(url, FILES[url.rpartition("/")[2]], {"Content-Type": kind})


class Printed(NamedTuple):
    width: int
    data: bytes
    filter: str
    colours: str


def printed(*places: tuple[str, float]) -> list[Printed]:
    """The pictures of a PDF that shows files so many inches wide."""
    shown = "".join(f'<p><img src="{name}" style="width: {inches}in"></p>' for name, inches in places)
    page = weasyprint.HTML(string=shown, base_url="https://book.invalid/", url_fetcher=Files())
    document = page.render(stylesheets=[weasyprint.CSS(string="@page { size: 8in 12in; margin: 0 }")])
    thin_out(document)
    with opened(document.write_pdf()) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return [
            Printed(int(one.Width), one.read_raw_bytes(), str(one.Filter), str(one.ColorSpace))
            for one in streams
            if one.get("/Subtype") == "/Image"
        ]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_in_small_places_get_300_dots_an_inch(name: str) -> None:
    assert [one.width for one in printed((name, 2.0))] == [600]


def test_pictures_that_fit_are_left_as_they_are() -> None:
    (picture,) = printed(("photo.jpg", 1600 / 304))
    assert picture.data == FILES["photo.jpg"]


def test_a_picture_in_two_places_is_stored_once_for_the_larger_one() -> None:
    found = printed(("photo.jpg", 1.0), ("photo.jpg", 4.0), ("photo.jpg", 2.0))
    assert [one.width for one in found] == [1200]


def test_reduced_pictures_are_encoded_as_all_are() -> None:
    photo, screen, lines, grey = (printed((name, 3.0))[0] for name in NAMES)
    first, second = (Image.open(io.BytesIO(one.data)) for one in (photo, screen))
    assert first.info["progressive"]
    assert JpegImagePlugin.get_sampling(second) == 0  # colour at full resolution
    assert lines.filter == "/FlateDecode"
    assert (grey.filter, grey.colours) == ("/DCTDecode", "/DeviceGray")


def test_a_picture_of_few_greys_keeps_its_greys() -> None:
    page = weasyprint.HTML(
        string='<img src="few.png" style="width: 2in">', base_url="https://book.invalid/", url_fetcher=Files()
    )
    document = page.render(stylesheets=[weasyprint.CSS(string="@page { size: 2in 1.5in; margin: 0 }")])
    thin_out(document)
    (raster,) = rasters(document.write_pdf(), dpi=60)
    whole = Image.open(io.BytesIO(FILES["few.png"])).convert("L").resize(raster.size)
    assert ImageStat.Stat(ImageChops.difference(raster, whole)).mean[0] < 16
