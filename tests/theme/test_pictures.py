"""Pictures at their places in a body."""

from __future__ import annotations

import pytest
from lxml import etree

from booklet.model import CleanArticle, ImageAsset, ImageRef
from booklet.render.context import PictureView
from booklet.render.pictures import all_files, fill_pictures, picture_view

from .sample import article


def asset(name: str, width: int = 600, height: int = 400, **more: object) -> ImageAsset:
    return ImageAsset(name, "image/png", width, height, name.encode(), name, **more)  # type: ignore[arg-type]


LONG = asset("1.png", 800, 1000, rest=(asset("2.png", 800, 990), asset("3.png", 800, 700)))
IMAGES = {
    "long": LONG,
    "moving": asset("m.png", animated=True),
    "icon": asset("i.png", 30, 30, animated=True),
    "plain": asset("p.png"),
}


def filled(body: str) -> str:
    owner: CleanArticle = article(
        1, "t", body, images=[ImageRef("gone", "https://h.example/x.png", (), "", None, "")]
    )
    root = etree.fromstring(f"<div>{body}</div>")

    def missing(view: PictureView) -> etree._Element:
        return etree.Element("span", {"class": "image-missing", "title": view.host})

    fill_pictures(root, owner, IMAGES, missing=missing, animated="动图")
    return etree.tostring(root, encoding="unicode").removeprefix("<div>").removesuffix("</div>")


def test_pieces_of_a_figure_become_figures_and_the_caption_stays_with_the_last() -> None:
    assert filled(
        '<p>a</p><figure><img src="image:long" alt="长图"/><figcaption>图</figcaption></figure><p>b</p>'
    ) == (
        "<p>a</p>"
        '<figure class="piece"><img src="images/1.png" alt="长图 (1/3)" class="picture-piece"/></figure>'
        '<figure class="piece"><img src="images/2.png" class="picture-piece" alt="长图 (2/3)"/></figure>'
        '<figure class="pieces-end"><img src="images/3.png" class="picture-piece" alt="长图 (3/3)"/>'
        "<figcaption>图</figcaption></figure><p>b</p>"
    )


def test_a_link_around_a_long_picture_stays_around_its_top() -> None:
    text = filled('<figure><a href="https://h.example/"><img src="image:long" alt=""/></a></figure>')
    assert text.startswith('<figure class="piece"><a href="https://h.example/"><img src="images/1.png"')
    assert text.count("<figure") == 3
    assert text.endswith(
        '<figure class="pieces-end"><img src="images/3.png" class="picture-piece" alt=""/></figure>'
    )


@pytest.mark.parametrize("place", ["p", "td", "li", "a"])
def test_pieces_in_other_places_follow_each_other_before_the_text(place: str) -> None:
    text = filled(f'<{place}>x<img src="image:long" alt=""/>y</{place}>')
    names = [text.index(f"images/{number}.png") for number in (1, 2, 3)]
    assert names == sorted(names)
    assert text.endswith(f"/>y</{place}>")
    assert "<figure" not in text


def test_a_still_of_a_moving_picture_says_so_in_its_caption() -> None:
    note = '<span class="picture-animated">{}</span>'
    assert filled('<figure><img src="image:moving" alt=""/></figure>').endswith(
        f"<figcaption>{note.format('动图')}</figcaption></figure>"
    )
    assert filled('<figure><img src="image:moving" alt=""/><figcaption>跑马</figcaption></figure>').endswith(
        f"<figcaption>跑马{note.format('（动图）')}</figcaption></figure>"
    )
    assert "picture-animated" not in filled('<p>笑<img src="image:icon" alt=""/>了</p>')


def test_what_is_missing_gets_its_box_with_the_host() -> None:
    assert filled('<p>a<img src="image:gone" alt=""/>b</p>') == (
        '<p>a<span class="image-missing" title="h.example"/>b</p>'
    )


def test_shapes() -> None:
    shapes = [picture_view(key, "", "", IMAGES).shape for key in ("long", "moving", "icon", "plain")]
    assert shapes == ["piece", "", "icon", ""]
    assert picture_view("tall", "", "", {"tall": asset("t.png", 400, 900)}).shape == "tall"
    assert picture_view("long", "", "", IMAGES).rest == ("images/2.png", "images/3.png")


def test_all_files_are_the_pieces_too() -> None:
    assert [one.name for one in all_files({"long": LONG})] == ["1.png", "2.png", "3.png"]
