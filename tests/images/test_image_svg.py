"""Drawings are kept as vector, without anything that acts or looks elsewhere."""

from __future__ import annotations

import io
import time
from contextlib import suppress

import pytest
from lxml import etree

from booklet.fetch.failure import PictureError

from .samples import converted

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def cleaned(inner: str, head: str = 'viewBox="0 0 100 50"') -> str:
    return converted(f"<svg {NS} {head}>{inner}</svg>".encode()).data.decode()


def reason(text: str) -> str:
    with pytest.raises(PictureError) as caught:
        converted(text.encode())
    return caught.value.reason


def test_drawing_is_kept() -> None:
    asset = converted(
        f'<?xml version="1.0"?><!-- made by hand --><svg {NS} viewBox="0 0 100 50"><defs>'
        '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
        '<g id="s"><path d="M0 0h9"/></g></defs><rect width="9" height="9" fill="url(#g)"/>'
        '<use xlink:href="#s"/><text x="1">图 <tspan>一</tspan></text>'
        "</svg>".encode()
    )
    assert asset.media_type == "image/svg+xml"
    assert asset.name.endswith(".svg")
    assert (asset.width_px, asset.height_px) == (100, 50)
    for part in ('fill="url(#g)"', 'xlink:href="#s"', "图 <tspan>一</tspan>", 'stop-color="red"'):
        assert part in asset.data.decode()


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script><p/>",
        '<rect onload="alert(1)" width="1"/>',
        '<a href="javascript:alert(1)"><text>alert(1)</text></a>'.replace(">alert(1)<", ">x<"),
        '<rect style="fill:url(http://evil.example/alert(1))"/>',
        '<rect fill="url(//evil.example/alert(1))"/>',
        "<style>@import 'http://evil.example/alert(1)';</style>",
        "<style>rect{background:url( 'data:alert(1)')}</style>",
        "<style>rect{fill:u\\72l(alert(1))}</style>",
        '<rect style="fill:url(http://evil.example/alert(1"/>',
        "<rect fill='url(\"//evil.example/alert(1)'/>",
        '<rect fill="url(#a) url(\'//evil.example/alert(1"/>',
        '<animate attributeName="href" values="alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        '<use xlink:href="http://evil.example/alert(1)#x"/>',
        "<handler>alert(1)</handler>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        "<metadata>alert(1)</metadata>",
        "<?xml-stylesheet href='alert(1)'?>",
    ],
)
def test_what_acts_or_looks_elsewhere_goes(inner: str) -> None:
    out = cleaned(f"<rect width='5' height='5'/>{inner}")
    assert "alert" not in out
    assert "evil" not in out
    assert "<rect" in out


def test_text_behind_something_dropped_stays() -> None:
    assert "after" in cleaned("<text>before<metadata/>after</text>")


def test_entities_are_refused() -> None:
    assert reason(f'<!DOCTYPE svg [<!ENTITY x "y">]><svg {NS}><text>&x;</text></svg>') == "svg-unsafe"
    outside = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg {NS}><text>&x;</text></svg>'
    assert reason(outside) == "svg-unsafe"


def test_plain_doctype_is_not_an_entity() -> None:
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    data = converted(f"{doctype}<svg {NS} width='10' height='10'><rect/></svg>".encode()).data
    assert b"DOCTYPE" not in data


def test_endless_references_are_refused() -> None:
    doubling = "".join(
        f'<g id="l{n}"><use xlink:href="#l{n - 1}"/><use xlink:href="#l{n - 1}"/></g>' for n in range(1, 30)
    )
    assert reason(f'<svg {NS}><g id="l0"><rect/></g>{doubling}<use xlink:href="#l29"/></svg>') == "svg-unsafe"
    assert reason(f'<svg {NS}><g id="a"><use xlink:href="#a"/></g></svg>') == "svg-unsafe"


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [("mask", "mask"), ("clipPath", "clip-path"), ("marker", "marker-mid"), ("pattern", "fill")],
)
def test_references_that_multiply_are_refused_and_few_are_not(kind: str, attribute: str) -> None:
    def chain(length: int) -> str:
        parts = "".join(
            f'<{kind} id="k{n}">'
            + f'<path d="M0 0L5 5L9 2" {attribute}="url(#k{n + 1})"/>' * 2
            + f"</{kind}>"
            for n in range(length)
        )
        last = f'<{kind} id="k{length}"><rect/></{kind}>'
        return f'<svg {NS} width="9" height="9">{parts}{last}<path d="M0 0" {attribute}="url(#k0)"/></svg>'

    assert reason(chain(30)) == "svg-unsafe"
    assert b"url(#k2)" in converted(chain(3).encode()).data


def test_circles_through_styles_are_cut() -> None:
    assert reason(f'<svg {NS}><mask id="m"><rect mask="url(#m)"/></mask></svg>') == "svg-unsafe"
    assert (
        reason(f'<svg {NS}><g id="a"/><mask id="m"><rect style="mask:url(#m)"/></mask></svg>') == "svg-unsafe"
    )
    out = cleaned('<style>.c{mask:url(#m)}</style><mask id="m"><rect class="c"/></mask><rect class="c"/>')
    assert "url(#m)" not in out


def test_long_chain_of_references_is_followed_without_recursion() -> None:
    groups = "".join(f'<g id="g{n}"><use xlink:href="#g{n + 1}"/></g>' for n in range(3000))
    assert reason(f'<svg {NS}>{groups}<g id="g3000"><rect/></g></svg>') == "svg-unsafe"


@pytest.mark.parametrize("depth", [200, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    assert reason(f"<svg {NS}>" + "<g>" * depth + "</g>" * depth + "</svg>") in ("svg-unsafe", "damaged")


def test_flood_of_elements_is_refused_quickly() -> None:
    begun = time.process_time()
    assert reason(f"<svg {NS}>" + "<g/>" * 300_000 + "</svg>") == "svg-unsafe"
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "part", ["<foreignObject><p>text</p></foreignObject>", '<image href="data:image/png;base64,A"/>']
)
def test_drawing_that_would_lose_content_is_refused(part: str) -> None:
    assert reason(f"<svg {NS}><rect/>{part}</svg>") == "svg-unsupported"


def test_fallback_beside_foreign_content_is_taken() -> None:
    out = cleaned("<switch><foreignObject><p>rich</p></foreignObject><text>plain</text></switch>")
    assert "plain" in out
    assert "rich" not in out


@pytest.mark.parametrize(
    "text", ["<svg><script/></svg>", f"<svg {NS}/>", f"<svg {NS}><defs><rect/></defs></svg>"]
)
def test_drawing_of_nothing_is_refused(text: str) -> None:
    assert reason(text) == "svg-unsafe"


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="200" height="100"', (200, 100)),
        ('width="2in" height="10mm"', (192, 38)),
        ('viewBox="0 0 30 60"', (30, 60)),
        ('viewBox="0 0 30 60" width="100%"', (30, 60)),
        ('viewBox="0 0 30 60" width="60"', (60, 120)),
        ('viewBox="0 0 0 0"', (300, 150)),
        ('viewBox="1e999 0 1e999 5" width="NaN"', (300, 150)),
        ('width="-5" height="1e300"', (300, 20_000)),
        ("", (300, 150)),
    ],
)
def test_size_in_css_pixels(head: str, size: tuple[int, int]) -> None:
    asset = converted(f"<svg {NS} {head}><rect/></svg>".encode())
    assert (asset.width_px, asset.height_px) == size
    root = etree.fromstring(asset.data)
    assert root.get("viewBox")


def test_svg_written_without_namespace_gets_it() -> None:
    root = etree.parse(
        io.BytesIO(converted(b'<svg width="9" height="9"><rect id="r"/></svg>').data)
    ).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root[0].tag == "{http://www.w3.org/2000/svg}rect"


def test_ids_are_names_and_unique() -> None:
    out = cleaned('<rect id="1st"/><rect id="a:b"/><rect id="r"/><rect id="r"/><rect id="名字"/>')
    assert [found for found in ("1st", "a:b", "名字") if f'id="{found}"' in out] == ["名字"]
    assert out.count('id="r"') == 1


def test_references_without_target_go() -> None:
    out = cleaned(
        '<rect/><use xlink:href="#nowhere"/><text><textPath xlink:href="#nowhere">words</textPath></text>'
    )
    assert "nowhere" not in out
    assert "<use" not in out
    assert "words" in out


@pytest.mark.parametrize("sheet", [".a,b > c{fill:red;stroke:url(#g)}", "/* x{ */ .a { } #b{font:1px 'x'}"])
def test_plain_styles_stay(sheet: str) -> None:
    assert "</style>" in cleaned(f"<style>{sheet}</style><rect/>")


@pytest.mark.parametrize(
    "sheet", ["p{", "}p{}", "p{fill}", "p{a:b:c}", "p{a:'}", "p{a:f(}", "", "{a:b}", "p{a{b:c}}"]
)
def test_styles_that_a_strict_parser_refuses_go(sheet: str) -> None:
    assert "<style" not in cleaned(f"<style>{sheet}</style><rect/>")


def test_page_that_holds_an_svg_is_no_picture() -> None:
    assert reason("<!DOCTYPE html><html><body><svg></svg></body></html>") == "not-a-picture"


def test_mutilated_drawings_never_crash() -> None:
    whole = (
        f'<svg {NS} viewBox="0 0 9 9"><style>a{{fill:red}}</style><g id="a"><use xlink:href="#b"/></g></svg>'
    )
    for cut in range(len(whole)):
        for middle in ("", "<", "&", '"', "\0", "{}", "url("):
            with suppress(PictureError):
                converted((whole[:cut] + middle + whole[cut + 1 :]).encode())


@pytest.mark.parametrize(
    "part",
    [
        '<rect width="1e999" height="4"/>',
        '<text font-size="1e30">字</text>',
        '<path d="M0 0 A1e300 1e300 0 0 1 9 9"/>',
        '<g transform="scale(1e200)"><rect width="4" height="4"/></g>',
        f'<circle r="{"9" * 400}"/>',
        '<rect style="stroke-width:1e99" width="4" height="4"/>',
        "<style>rect { stroke-width: 1e99 }</style>",
    ],
)
def test_numbers_that_no_page_can_hold_go_and_the_rest_stays(part: str) -> None:
    text = cleaned(f'{part}<rect width="9" height="9" fill="#1e5000"/>')
    assert not any(number in text for number in ("e999", "e30", "e99", "e200", "9" * 12))
    assert 'fill="#1e5000"' in text


def test_a_view_box_next_to_nothing_is_none() -> None:
    text = cleaned('<rect width="9" height="9"/>', head='width="60" height="40" viewBox="0 0 1e-300 1"')
    assert 'viewBox="0 0 60 40"' in text


@pytest.mark.parametrize(
    "part",
    [
        '<path stroke="red" stroke-dasharray="0.00001" d="M0 0L9000 9000"/>',
        '<path style="stroke-dasharray: 4 1e-7" d="M0 0L9000 9000"/>',
        "<style>path { stroke-dasharray: 1e-5 }</style><path d='M0 0L9 9'/>",
        '<pattern id="p" width="0.001" height="2" patternUnits="userSpaceOnUse"/><rect fill="url(#p)"/>',
        '<pattern id="p" width="1e-5" height="0.1"/><rect fill="url(#p)"/>',
    ],
)
def test_what_keeps_a_viewer_busy_for_minutes_is_refused(part: str) -> None:
    assert reason(f'<svg {NS} viewBox="0 0 100 50">{part}</svg>') == "svg-unsafe"


def test_ordinary_dashes_and_patterns_stay() -> None:
    text = cleaned(
        '<pattern id="p" width=".05" height=".05"/><pattern id="q" width="4" height="4" '
        'patternUnits="userSpaceOnUse"/><path stroke-dasharray="0 2.5 1" d="M0 0h9" fill="url(#p)"/>'
    )
    assert text.count("<pattern") == 2
    assert 'stroke-dasharray="0 2.5 1"' in text


ELEMENTS = (
    "g a defs symbol path rect circle ellipse line polyline polygon text switch linearGradient "
    "radialGradient pattern clipPath mask marker filter"
)
IN_FILTERS = (
    "feBlend feColorMatrix feComponentTransfer feComposite feFlood feGaussianBlur feMerge feOffset "
    "feDropShadow feMorphology"
)
ATTRIBUTES = (
    "x x1 x2 y1 y2 y dx dy cx cy r rx ry fx fy fr width height pathLength rotate textLength startOffset "
    "method spacing side offset spreadMethod markerWidth markerHeight refX refY orient in in2 result mode "
    "type values tableValues slope intercept amplitude exponent operator k1 k2 k3 k4 stdDeviation radius "
    "edgeMode fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-dashoffset opacity color display visibility overflow clip-rule "
    "stop-color stop-opacity flood-color flood-opacity paint-order vector-effect shape-rendering "
    "text-rendering font-family font-size font-style font-variant font-weight font-stretch letter-spacing "
    "word-spacing text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift "
    "writing-mode direction unicode-bidi preserveAspectRatio lengthAdjust gradientUnits patternUnits "
    "patternContentUnits clipPathUnits maskUnits maskContentUnits markerUnits filterUnits primitiveUnits"
)


@pytest.mark.parametrize("name", ELEMENTS.split())
def test_what_draws_stays(name: str) -> None:
    assert f"<{name}" in cleaned(f'<rect width="9" height="9"/><{name} id="a"/>')


@pytest.mark.parametrize("name", IN_FILTERS.split())
def test_effects_stay(name: str) -> None:
    assert f"<{name}" in cleaned(
        f'<filter id="a"><{name}/></filter><rect width="9" height="9" filter="url(#a)"/>'
    )


@pytest.mark.parametrize("name", ATTRIBUTES.split())
def test_attributes_that_draw_stay(name: str) -> None:
    assert f' {name}="1"' in cleaned(f'<g {name}="1"><rect width="9" height="9"/></g>')


@pytest.mark.parametrize("name", ["onclick", "href2", "data-x", "src", "begin", "attributeName"])
def test_attributes_that_do_not_draw_go(name: str) -> None:
    assert name not in cleaned(f'<g {name}="1"><rect width="9" height="9"/></g>')
