"""A picture that just fails to fit is set smaller; one that lacks much room moves and has its full size."""

from __future__ import annotations

from base64 import b64encode

import pytest
import weasyprint
from PIL import Image
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, replaced

from booklet.render.pdf.engine.library.patches import in_place
from booklet.render.pdf.engine.library.table import PICTURES
from booklet.render.pdf.engine.pages.fit import LEAST_SCALE
from tests.images.samples import encoded

PICTURE_PX = 200
PAGE_PX = 400
PICTURE = "data:image/png;base64," + b64encode(encoded(Image.new("L", (20, 20), 90), "PNG")).decode()


def heights(text_px: int, *, figure_class: str = "", caption: int = 0) -> list[list[float]]:
    """The pictures' heights page by page: text, a figure of 200 px, more text, on pages of 400 px."""
    css = weasyprint.CSS(
        string=f"""
        @page {{ size: 300px {PAGE_PX}px; margin: 0 }}
        body, figure, div {{ margin: 0; line-height: 0 }}
        figure {{ break-inside: avoid }}
        img {{ height: {PICTURE_PX}px }}
        figcaption {{ display: block; height: {caption}px }}
    """
    )
    html = (
        f'<div style="height: {text_px}px"></div>'
        f'<figure class="{figure_class}"><img src="{PICTURE}"><figcaption></figcaption></figure>'
        '<div style="height: 50px"></div>'
    )
    document = weasyprint.HTML(string=html).render(stylesheets=[css])
    return [
        [box.height for box in page._page_box.descendants() if box.element_tag == "img"]
        for page in document.pages
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestFit:
    def test_picture_that_fits_keeps_its_size(self) -> None:
        with in_place([PICTURES]):
            assert heights(190)[0] == [PICTURE_PX]

    @pytest.mark.parametrize("room", [198, 170, 141])
    def test_picture_that_nearly_fits_is_smaller(self, room: int) -> None:
        with in_place([PICTURES]):
            (height,) = heights(PAGE_PX - room)[0]
        assert LEAST_SCALE * PICTURE_PX <= height <= room

    def test_caption_needs_its_room_too(self) -> None:
        with in_place([PICTURES]):
            (height,) = heights(PAGE_PX - 190, caption=30)[0]
        assert height <= 160

    def test_picture_that_lacks_too_much_room_moves_at_its_full_size(self) -> None:
        with in_place([PICTURES]):
            assert heights(PAGE_PX - 95)[:2] == [[], [PICTURE_PX]]

    def test_pieces_of_a_long_screenshot_are_never_made_smaller(self) -> None:
        with in_place([PICTURES]):
            assert heights(PAGE_PX - 190, figure_class="piece")[:2] == [[], [PICTURE_PX]]

    def test_library_is_as_before_afterwards(self) -> None:
        before = block.block_level_layout, replaced.inline_replaced_box_width_height
        with in_place([PICTURES]):
            assert block.block_level_layout is not before[0]
        assert (block.block_level_layout, replaced.inline_replaced_box_width_height) == before
        assert heights(PAGE_PX - 190)[0] == []


FIGURE = f'<figure><img src="{PICTURE}"></figure>'
CARD = '<div class="video-card" style="height: 200px; break-inside: avoid"><p>片</p></div>'


def order_on_pages(
    room: int,
    *,
    before: str = "前文。",
    after: str = "<p>一</p><p>二</p>",
    end: str = "",
    figure: str = FIGURE,
) -> list[list[str]]:
    """The blocks of a body page by page; `room` is left where a figure of 200 px comes; a line has 20 px."""
    css = weasyprint.CSS(
        string=f"""
        @page {{ size: 300px {PAGE_PX}px; margin: 0 }}
        body, figure, div, p, h2 {{ margin: 0; line-height: 20px; font-size: 10px }}
        figure {{ break-inside: avoid; line-height: 0 }}
        h2 {{ break-after: avoid }}
        .end {{ break-before: avoid }}
        img {{ height: {PICTURE_PX}px }}
    """
    )
    html = (
        f'<article><div class="body"><div style="height: {PAGE_PX - room - 20}px"></div><p>{before}</p>'
        f"{figure}{after}</div>{end}</article>"
    )
    document = weasyprint.HTML(string=html).render(stylesheets=[css])
    return [
        [
            box.element_tag if box.element_tag == "img" else "".join(box.element.itertext())
            for box in page._page_box.descendants()
            if (box.element_tag in ("p", "h2") and isinstance(box, boxes.BlockBox))
            or box.element_tag == "img"
        ]
        for page in document.pages
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestFloating:
    def test_text_behind_a_picture_fills_the_page_that_the_picture_leaves(self) -> None:
        with in_place([PICTURES]):
            assert order_on_pages(130, after="<p>一</p><p>二</p>" + "<p>满</p>" * 6) == [
                ["前文。", "一", "二", "满", "满", "满", "满"],
                ["img", "满", "满"],
            ]

    def test_picture_stays_behind_the_words_that_announce_it(self) -> None:
        with in_place([PICTURES]):
            assert order_on_pages(130, before="如图：")[0][:2] == ["如图：", "img"]

    @pytest.mark.parametrize(
        ("room", "expected"),
        [(90, [["如图：", "一", "二"], ["img"]]), (50, [["如图："], ["img", "一", "二"]])],
        ids=["a hole", "a few lines"],
    )
    def test_text_passes_an_announced_picture_only_where_else_a_hole_would_stay(
        self, room: int, expected: list[list[str]]
    ) -> None:
        with in_place([PICTURES]):
            assert order_on_pages(room, before="如图：") == expected

    @pytest.mark.parametrize(
        ("room", "pages"),
        [(130, [["前文。", "三点：", "一", "二"], ["img"]]), (50, [["前文。"], ["img", "三点："]])],
    )
    def test_words_that_announce_a_list_pass_with_it(self, room: int, pages: list[list[str]]) -> None:
        after = "<p>三点：</p><ul><li><p>一</p></li><li><p>二</p></li></ul>"
        with in_place([PICTURES]):
            found = order_on_pages(room, after=after)
        assert [found[0], found[1][: len(pages[1])]] == pages

    def test_words_that_announce_a_listing_do_not_pass(self) -> None:
        with in_place([PICTURES]):
            found = order_on_pages(130, after="<p>代码：</p><pre>a</pre>")
        assert found[0] == ["前文。", "img"]

    @pytest.mark.parametrize("after", ["<p>▲ 图为河岸</p><p>文</p>", "<h2>下一节</h2><p>文</p>", ""])
    def test_captions_and_headings_do_not_pass(self, after: str) -> None:
        with in_place([PICTURES]):
            blocks = [block for page in order_on_pages(130, after=after) for block in page]
        assert blocks[:2] == ["前文。", "img"]

    def test_caption_in_the_text_stays_below_its_picture(self) -> None:
        with in_place([PICTURES]):
            assert order_on_pages(130, after="<p>▲ 图为河岸</p><p>文</p>")[0] == [
                "前文。",
                "img",
                "▲ 图为河岸",
            ]

    def test_last_picture_leaves_room_for_what_ends_the_article(self) -> None:
        with in_place([PICTURES]):
            pages = order_on_pages(230, after="", end='<section class="end"><p>来源</p><p>二</p></section>')
        assert pages == [["前文。", "img", "来源", "二"]]

    @pytest.mark.parametrize("after", ["<p>一</p><p>二</p>", "<ul><li><p>一</p></li><li><p>二</p></li></ul>"])
    def test_last_picture_leaves_room_for_a_few_lines_and_what_ends_the_article(self, after: str) -> None:
        end = '<section class="end"><p>来源</p><p>二</p></section>'
        with in_place([PICTURES]):
            pages = order_on_pages(270, after=after, end=end)
        assert pages == [["前文。", "img", "一", "二", "来源", "二"]]

    def test_last_picture_is_not_made_much_smaller_for_a_few_lines(self) -> None:
        with in_place([PICTURES]):
            pages = order_on_pages(
                210, after="<p>一</p>" * 6, end='<section class="end"><p>来源</p></section>'
            )
        assert pages[0] == ["前文。", "img"]

    def test_text_behind_a_video_card_fills_the_page_that_the_card_leaves(self) -> None:
        with in_place([PICTURES]):
            assert order_on_pages(130, figure=CARD) == [["前文。", "一", "二"], ["片"]]

    @pytest.mark.parametrize("before", ["看视频：", "戳下面↓"])
    def test_video_card_stays_behind_the_words_that_announce_it(self, before: str) -> None:
        with in_place([PICTURES]):
            assert order_on_pages(130, before=before, figure=CARD) == [[before], ["片", "一", "二"]]
