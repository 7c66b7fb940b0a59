"""A drawing that stands in the page is a picture of the article, and its words are text."""

from __future__ import annotations

from base64 import b64decode
from typing import Literal

import pytest
from lxml import etree

from booklet.clean import clean
from booklet.clean.text.inline_svg import with_pictures
from booklet.clean.vocabulary import IN_PAGE
from booklet.images.vector.svg import sanitise

from .articles import article

CHART = (
    '<svg viewbox="0 0 200 60" width="200" height="60"><defs><lineargradient id="g"><stop offset="0"/>'
    '</lineargradient></defs><rect width="90" height="60" fill="url(#g)"/>{}'
    '<text x="100" y="30">产量&nbsp;三成</text></svg>'
)


def drawing(address: str) -> etree._Element:
    assert address.startswith(IN_PAGE)
    return etree.fromstring(b64decode(address.removeprefix(IN_PAGE)))


@pytest.mark.parametrize("body_format", ["html", "markdown"])
def test_a_drawing_becomes_a_picture_with_its_words(body_format: Literal["html", "markdown"]) -> None:
    cleaned = clean(article(f"<p>前</p>\n\n{CHART.format('')}\n\n<p>后</p>", body_format))
    (picture,) = cleaned.images
    assert picture.alt == "产量 三成"
    root = drawing(picture.url)
    assert root.get("viewBox") == "0 0 200 60"
    assert root.find(".//{*}linearGradient") is not None


def test_an_empty_line_in_a_drawing_ends_it_not() -> None:
    cleaned = clean(article("前\n\n" + CHART.format("\n\n    <circle r='3'/>\n\n") + "\n\n后", "markdown"))
    (picture,) = cleaned.images
    assert drawing(picture.url).find(".//{*}circle") is not None
    assert "circle" not in cleaned.body


def test_what_a_drawing_may_do_is_decided_where_all_drawings_are_read() -> None:
    hostile = CHART.format(
        '<script>alert(1)</script><a href="file:///etc/passwd"><path d="M0 0" onload="x()"/></a>'
    )
    (picture,) = clean(article(hostile, "html")).images
    safe = sanitise(b64decode(picture.url.removeprefix(IN_PAGE))).data.decode()
    assert "产量" in safe
    assert not [word for word in ("script", "alert", "passwd", "onload") if word in safe]


def test_drawings_in_drawings_end_together_and_one_that_never_ends_leaves_its_words() -> None:
    inner = '<svg x="1"><rect width="5"/></svg>'
    assert with_pictures(f'<svg width="99">{inner}<text>字</text></svg>后').endswith('">后')
    assert with_pictures('甲<svg width="99"><text>字') == "甲<text>字"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<svg>", '<svg a="', "<svg/>", "<svg><foreignObject>", "</svg>"])
def test_drawings_without_end_cost_no_time(piece: str) -> None:
    with_pictures(piece * 30_000)


def test_an_enormous_drawing_leaves_its_words() -> None:
    huge = CHART.format('<path d="' + "M0 0" * 60_000 + '"/>')
    assert with_pictures(huge) == "产量 三成"
