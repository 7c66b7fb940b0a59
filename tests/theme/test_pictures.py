"""Pictures at their places in a body."""

from __future__ import annotations

import pytest
from lxml import etree

from booklet.model import CleanArticle, ImageAsset, ImageRef
from booklet.render.chapters.missing import MOST_QR
from booklet.render.chapters.pictures import all_files, fill_pictures, picture_view
from booklet.render.pdf.trees.picture_rows import set_rows
from booklet.render.templates.context import PictureView

from .sample import article


def asset(name: str, width: int = 600, height: int = 400, **more: object) -> ImageAsset:
    return ImageAsset(name, "image/png", width, height, name.encode(), name, **more)  # type: ignore[arg-type]


LONG = asset("1.png", 800, 1000, rest=(asset("2.png", 800, 990), asset("3.png", 800, 700)))
IMAGES = {
    "long": LONG,
    "moving": asset("m.png", animated=True),
    "icon": asset("i.png", 30, 30, animated=True),
    "plain": asset("p.png"),
    "line": asset("l.png", 900, 12),
    "badge": asset("b.png", 90, 20),
}


def filled(body: str) -> str:
    owner: CleanArticle = article(
        1, "t", body, images=[ImageRef("gone", "https://h.example/x.png", (), "", None, "")]
    )
    root = etree.fromstring(f"<div>{body}</div>")

    def missing(view: PictureView) -> etree._Element:
        return etree.Element("span", {"class": "image-missing", "title": view.host})

    fill_pictures(root, owner, IMAGES, missing=missing, animated="动图", codes=False)
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


def boxes(body: str, *, codes: bool = True) -> tuple[list[PictureView], str]:
    """What the theme is asked to draw, and the body with each box as `<box/>`."""
    owner = article(
        1,
        "t",
        body,
        images=[
            ImageRef("far", "https://i0.wp.com/h.example/x.png?ssl=1", (), "", None, ""),
            ImageRef("near", "img/x.png", ("img/x.png", "https://b.example/img/x.png"), "", None, ""),
            ImageRef("small", "https://h.example/s.png", (), "", 24, ""),
        ],
    )
    root = etree.fromstring(f"<div>{body}</div>")
    drawn: list[PictureView] = []

    def draw(view: PictureView) -> etree._Element:
        drawn.append(view)
        return etree.Element("box")

    fill_pictures(root, owner, {}, missing=draw, animated="", codes=codes)
    return drawn, etree.tostring(root, encoding="unicode")


def test_box_codes_has_a_code_of_the_pictures_own_address() -> None:
    (view,), _ = boxes('<figure><img src="image:far" alt="桥"/></figure>')
    assert (view.alt, view.host, view.url, view.inline) == (
        "桥",
        "h.example",
        "https://h.example/x.png",
        False,
    )
    assert view.qr.startswith("<svg")
    (view,), _ = boxes('<figure><img src="image:far" alt="桥"/></figure>', codes=False)
    assert (view.url, view.qr) == ("https://h.example/x.png", "")


def test_box_of_a_local_picture_leads_to_where_the_article_was_published() -> None:
    (view,), _ = boxes('<figure><img src="image:near" alt=""/></figure>')
    assert view.url == "https://b.example/img/x.png"


@pytest.mark.parametrize(
    "body",
    [
        '<p>上<img src="image:far" alt=""/>下</p>',
        '<figure><img src="image:small" alt=""/></figure>',
        '<table><tr><td><img src="image:far" alt=""/></td></tr></table>',
    ],
)
def test_missing_picture_in_a_line_or_as_small_as_a_letter_gets_a_word(body: str) -> None:
    (view,), _ = boxes(body)
    assert view.inline
    assert not view.qr


def test_missing_pictures_in_a_row_share_one_box_that_keeps_their_captions() -> None:
    figure = '<figure><img src="image:far" alt="甲"/><figcaption>说明<em>一</em></figcaption></figure>'
    drawn, text = boxes(
        f'<p>上</p>{figure}<figure><img src="image:near" alt="乙"/></figure>{figure}<p>下</p>'
    )
    assert [[one.alt for one in view.group] for view in drawn] == [["说明一", "乙", "说明一"]]
    assert text == "<div><p>上</p><figure><box/></figure><p>下</p></div>"


def test_missing_pictures_with_text_between_keep_their_places() -> None:
    figure = '<figure><img src="image:far" alt=""/></figure>'
    drawn, _ = boxes(f'{figure}<p>间</p>{figure}<figure id="x"><img src="image:far" alt=""/></figure>')
    assert [view.group for view in drawn] == [(), (), ()]


def test_many_missing_pictures_have_no_codes() -> None:
    body = '<p>间</p><figure><img src="image:far" alt=""/></figure>'
    assert all(view.qr for view in boxes(body * MOST_QR)[0])
    assert not any(view.qr for view in boxes(body * (MOST_QR + 1))[0])


def rowed(*sizes: tuple[int, int], between: str = "") -> str:
    root = etree.fromstring(
        "<div>" + between.join(f'<figure><img src="{n}"/></figure>' for n in range(len(sizes))) + "</div>"
    )
    set_rows(root, {str(n): size for n, size in enumerate(sizes)})
    return "".join(str(len(child)) if child.tag == "div" else "-" for child in root)


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ([(800, 1200)] * 2, "2"),
        ([(800, 1200)] * 3, "3"),
        ([(800, 1200)] * 4, "22"),
        ([(800, 1200)] * 5, "32"),
        ([(800, 1200)] * 7, "322"),
        ([(300, 200)] * 2, "2"),
        ([(1200, 800)] * 2, "--"),
        ([(800, 1200), (1200, 800), (800, 1200)], "---"),
        ([(800, 1200)], "-"),
    ],
)
def test_small_and_high_pictures_in_a_row_stand_side_by_side(sizes: list[tuple[int, int]], rows: str) -> None:
    assert rowed(*sizes) == rows


def test_text_between_high_pictures_keeps_them_apart() -> None:
    assert rowed((800, 1200), (800, 1200), between="<p>文</p>") == "---"
    assert rowed((800, 1200), (800, 1200), between="文") == "--"


def test_formula_that_is_a_picture_has_the_texts_size_and_stands_on_the_baseline() -> None:
    owner = article(1, "t", "", images=[ImageRef("f", "https://h.example/f.png", (), "", 80, "")])
    root = etree.fromstring('<p>令<img src="image:f" alt="" class="inline-formula down-38"/>为真</p>')
    fill_pictures(
        root,
        owner,
        {"f": asset("f.png", 320, 80)},
        missing=lambda _: etree.Element("x"),
        animated="",
        codes=True,
    )
    assert etree.tostring(root, encoding="unicode") == (
        '<p>令<img src="images/f.png" alt="" class="picture-formula" '
        'style="width: 5.00em; vertical-align: -0.38em"/>为真</p>'
    )


def test_long_thin_lines_without_words_are_rules() -> None:
    figure = '<figure><img src="image:line" alt="{}"/></figure>'
    assert filled(f"<p>a</p>{figure.format('')}<p>b</p>") == "<p>a</p><hr/><p>b</p>"
    assert "images/l.png" in filled(figure.format("时间轴"))


def test_badges_that_follow_each_other_share_a_line() -> None:
    figure = '<figure><img src="image:badge" alt="构建"/></figure>'
    badge = '<img src="images/b.png" alt="构建" class="picture-icon"/>'
    assert filled(f"{figure}\n{figure}<p>a</p>{figure}") == (
        f"<figure>{badge} {badge}</figure><p>a</p><figure>{badge}</figure>"
    )
