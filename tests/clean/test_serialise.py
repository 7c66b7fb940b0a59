"""What may leave the cleaning, whatever the steps before let through."""

from __future__ import annotations

import pytest

from booklet.clean.serialise import serialise
from booklet.clean.tree import Element


def written(name: str, **attributes: str) -> str:
    return serialise(Element("div", {}, [Element(name, attributes)]))


def test_a_picture_is_named_by_its_hash() -> None:
    assert (
        written("img", src="image:0123456789abcdef", alt="渠")
        == '<img alt="渠" src="image:0123456789abcdef"/>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/p.png",
        "//a.example/p.png",
        "p.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "image:0123456789ABCDEF",
        "image:0123456789abcde",
        "image:0123456789abcdef0",
        "",
    ],
)
def test_no_other_address_of_a_picture_leaves(address: str) -> None:
    assert written("img", src=address, alt="渠") == '<img alt="渠"/>'


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "p.html", "//a.example/", "#1", "http://"]
)
def test_links_lead_to_the_web_to_mail_or_to_a_place_in_the_booklet(address: str) -> None:
    assert written("a", href=address) == "<a></a>"
    for kept in ("https://a.example/p?x=1", "mailto:a@b.example", "#a-1"):
        assert written("a", href=kept) == f'<a href="{kept}"></a>'


@pytest.mark.parametrize(
    ("name", "attribute", "value"),
    [
        ("p", "href", "https://a.example/"),
        ("p", "src", "image:0123456789abcdef"),
        ("div", "colspan", "2"),
        ("ul", "start", "2"),
        ("td", "scope", "row"),
        ("p", "onclick", "x()"),
        ("p", "style", "color: red"),
        ("td", "colspan", "0"),
        ("td", "colspan", "1000"),
        ("ol", "type", "x"),
    ],
)
def test_attributes_stand_only_where_they_mean_something(name: str, attribute: str, value: str) -> None:
    assert written(name, **{attribute: value}).strip() == f"<{name}></{name}>"


def test_what_is_not_allowed_leaves_its_content() -> None:
    root = Element(
        "div", {}, [Element("p", {}, ["甲", Element("script", {}, ["乙"]), Element("br", {}), "丙"])]
    )
    assert serialise(root) == "<p>甲乙<br/>丙</p>"
