"""Moving pictures become stills, of a frame that shows something."""

from __future__ import annotations

import pytest
from PIL import Image, ImageStat

from booklet.model import ImageAsset

from .samples import converted, decoded, encoded, photo


def moving(*frames: Image.Image, kind: str = "GIF") -> bytes:
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


def is_blank(asset: ImageAsset) -> bool:
    return float(ImageStat.Stat(decoded(asset.data).convert("L")).stddev[0]) < 8


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_first_frame_is_taken_if_it_shows_something(kind: str) -> None:
    asset = converted(moving(photo(seed=1), photo().rotate(180), kind=kind))
    still = converted(encoded(photo(seed=1), "PNG"))
    assert asset.animated
    assert asset.media_type != "image/gif"
    shown, wanted = (decoded(one.data).convert("L").resize((8, 8)).tobytes() for one in (asset, still))
    assert all(abs(one - other) < 20 for one, other in zip(shown, wanted, strict=True))


@pytest.mark.parametrize("ground", ["white", "black", "#808080"])
def test_blank_first_frame_is_passed_over(ground: str) -> None:
    assert not is_blank(converted(moving(Image.new("RGB", (240, 160), ground), photo())))


def test_of_a_picture_that_fades_in_the_frame_that_shows_most_is_taken() -> None:
    blank = Image.new("RGB", (240, 160), "white")
    asset = converted(moving(blank, *(Image.blend(blank, photo(), share) for share in (0.2, 0.5, 1.0))))
    lowest, _ = decoded(asset.data).convert("L").getextrema()
    assert isinstance(lowest, int)
    assert lowest < 60


def test_frames_of_one_colour_are_a_picture_of_that_colour() -> None:
    asset = converted(moving(*(Image.new("RGB", (50, 50), colour) for colour in ("red", "blue"))))
    assert decoded(asset.data).convert("RGB").getpixel((25, 25)) == (255, 0, 0)


def test_a_broken_later_frame_does_not_lose_the_picture() -> None:
    data = moving(Image.new("RGB", (240, 160), "white"), photo(), photo(seed=1))
    assert converted(data[: len(data) // 2]).width_px == 240


def test_stills_are_not_called_moving() -> None:
    for kind in ("GIF", "PNG", "WEBP"):
        assert not converted(encoded(photo(), kind)).animated
