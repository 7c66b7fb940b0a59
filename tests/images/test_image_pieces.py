"""Long screenshots are cut between their lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageDraw

from booklet.images.decoding.forms import EPUB, MOST_PAGES, form_for_print
from booklet.images.decoding.pieces import cuts

from .samples import converted, decoded, encoded, photo

A5 = form_for_print(115, 172, picture_mm=57, tall_mm=176, tall_from=2.0)
LINE, PITCH = 30, 50


def page(width: int = 1080, lines: int = 150, ground: str = "#f5f5f5", border: int = 0) -> Image.Image:
    """Lines of ink, each `LINE` px high, every `PITCH` px."""
    image = Image.new("RGB", (width, lines * PITCH), ground)
    pen = ImageDraw.Draw(image)
    for number in range(lines):
        top = number * PITCH + (PITCH - LINE) // 2
        for x in range(60, width - 60 - (number * 37) % 300, 24):
            pen.rectangle((x, top, x + 12, top + LINE - 1), fill="black" if number % 7 else "#c00000")
    if border:
        pen.rectangle((20, 0, width - 21, image.height), outline="#888888", width=border)
    return image


def in_a_line(row: int) -> bool:
    margin = (PITCH - LINE) // 2
    return margin <= row % PITCH < PITCH - margin


@pytest.mark.parametrize("ground", ["#f5f5f5", "#202020", "#07c160"])
@pytest.mark.parametrize("border", [0, 3])
@pytest.mark.parametrize("tallest", [1000, 1440, 1733])
def test_no_line_is_cut_through(ground: str, border: int, tallest: int) -> None:
    image = page(ground=ground, border=border)
    pieces = cuts(image, tallest)
    assert pieces[0][0] == 0
    assert pieces[-1][1] == image.height
    assert all(above[1] == below[0] for above, below in pairwise(pieces))
    assert all(bottom - top <= tallest for top, bottom in pieces)
    assert not any(in_a_line(cut) or in_a_line(cut - 1) for _, cut in pieces[:-1])


def test_pieces_are_short_so_that_pages_fill() -> None:
    pieces = cuts(page(), 1440)
    heights = [bottom - top for top, bottom in pieces]
    assert max(heights) < 0.3 * 1440
    assert min(heights[:-1]) > 0.19 * 1440


def test_photographs_between_the_lines_stay_whole_if_a_page_holds_them() -> None:
    image = page(lines=120)
    image.paste(photo(900, 1300), (90, 900))
    assert not any(900 < cut < 2200 for _, cut in cuts(image, 1500))


def test_what_has_no_gap_is_cut_all_the_same() -> None:
    noise = Image.effect_noise((400, 3000), 80)
    pieces = cuts(noise, 900)
    assert all(0 < bottom - top <= 900 for top, bottom in pieces)
    assert pieces[-1][1] == 3000


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_long_screenshots_come_in_pieces_of_the_width_that_their_text_needs(kind: str) -> None:
    data = encoded(page(), kind, quality=80)
    for form, width in ((A5, 944), (EPUB, 800)):
        asset = converted(data, form)
        pieces = (asset, *asset.rest)
        assert {piece.width_px for piece in pieces} == {width}
        assert all(piece.height_px <= form.piece_height_px for piece in pieces)
        assert len(pieces) > 5
        assert sum(piece.height_px for piece in pieces) == round(150 * PITCH * width / 1080)
        assert not any(piece.rest for piece in asset.rest)


def test_the_pieces_are_the_picture() -> None:
    image = page(width=500, lines=60)
    asset = converted(encoded(image, "PNG"))
    joined = Image.new("RGB", image.size)
    top = 0
    for piece in (asset, *asset.rest):
        joined.paste(decoded(piece.data).convert("RGB"), (0, top))
        top += piece.height_px
    assert ImageChops.difference(joined, image).getbbox() is None


def test_pictures_that_fit_a_page_stay_whole() -> None:
    for size in ((1080, 2160), (600, 1500), (1000, 3000)):
        assert converted(encoded(photo(*size), "JPEG"), A5).rest == ()


@pytest.mark.parametrize("size", [(10, 40), (60, 300), (150, 520)])
def test_small_high_pictures_are_not_cut(size: tuple[int, int]) -> None:
    data = encoded(photo(*size), "PNG")
    for form in (EPUB, A5):
        asset = converted(data, form)
        assert (asset.width_px, asset.height_px, asset.rest) == (*size, ())


def test_narrow_pictures_are_cut_at_the_height_of_a_page() -> None:
    data = encoded(page(width=400, lines=48), "PNG")  # 2,400 px high
    for form, most in ((EPUB, 1000), (A5, 801)):  # in print 80 mm wide, at most 160 mm high
        asset = converted(data, form)
        assert asset.width_px == 400
        assert all(0.19 * most < piece.height_px < 0.45 * most for piece in (asset, *asset.rest))


def test_endless_pictures_take_a_bounded_number_of_pages() -> None:
    asset = converted(encoded(Image.new("L", (1080, 60_000), 255), "PNG"), A5)
    assert len(asset.rest) + 1 <= 5 * MOST_PAGES + 2
    assert 500 < asset.width_px < 944
