from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from lxml import etree
from PIL import Image

from booklet.check import check
from booklet.clean.formulas.mathml import from_tex, markup_of
from booklet.model import EpubProfile
from booklet.render.drawn.qr import qr_place
from booklet.render.epub import render_epub

from .epub_sample import CSS, cover_picture, package, unpacked, with_body

MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a/b" display="{display}"><mfrac><mi>a</mi>'
    "<mi>b</mi></mfrac></math>"
)
INLINE, DISPLAY = MATH.format(display="inline"), MATH.format(display="block")
UNDRAWABLE = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><maction><mi>x</mi></maction></math>'
)
ADDRESS = "https://example.org/视频?a=1&b=2"


def files(body: str, *more: str, profile: EpubProfile = "default") -> dict[str, bytes]:
    book, chapters = with_body(body, *more)
    return unpacked(render_epub(book, chapters, css=CSS, cover=None, profile=profile))


def pages(found: dict[str, bytes]) -> str:
    return "".join(data.decode() for name, data in sorted(found.items()) if "/a-" in name)


def test_a_videos_code_is_a_picture_that_a_camera_reads_on_a_dark_page() -> None:
    found = files(f"<p>{qr_place(ADDRESS, alt='扫码观看')}</p>")
    (name,) = (name for name in found if "/qr-" in name)
    assert f'src="{name.removeprefix("EPUB/")}" alt="扫码观看"' in pages(found)
    code = Image.open(BytesIO(found[name])).convert("RGB")
    assert code.getpixel((0, 0)) == (255, 255, 255)
    dark = Image.new("RGB", (code.width + 80, code.height + 80), "#121212")
    dark.paste(code, (40, 40))
    (read,) = zxingcpp.read_barcodes(dark)
    assert read.text == ADDRESS


def test_no_code_is_drawn_for_what_is_no_address() -> None:
    assert not qr_place("javascript:alert(1)", alt="")
    assert not qr_place("https://example.org/" + "a" * 700, alt="")


def test_an_address_with_marks_stays_an_attribute() -> None:
    place = etree.fromstring(str(qr_place('https://example.org/?a="<b>&c', alt='"<')))
    assert place.get("src") == 'qr:https://example.org/?a="<b>&c'
    assert place.get("alt") == '"<'


def test_a_formula_keeps_its_markup_and_has_a_picture_equal_ones_share_a_file() -> None:
    found = files(f"<p>甲{INLINE}乙{INLINE}</p>", f"<p>{INLINE}</p>")
    drawings = [name for name in found if "/formula-" in name]
    assert len(drawings) == 1
    assert pages(found).count("<math") == 3
    src = drawings[0].removeprefix("EPUB/")
    assert pages(found).count(f'</math></span><img class="picture-formula" src="{src}"') == 3
    svg = etree.fromstring(found[drawings[0]])
    assert svg[0].get("fill") == "#fff"
    assert svg.get("width")
    types = {item.get("href"): item.get("media-type") for item in package(_book(INLINE)).iter("{*}item")}
    assert types[drawings[0].removeprefix("EPUB/")] == "image/svg+xml"


def _book(body: str, profile: EpubProfile = "default") -> bytes:
    book, chapters = with_body(f"<p>{body}</p>")
    return render_epub(book, chapters, css=CSS, cover=cover_picture(), profile=profile)


def test_kindle_gets_the_picture_alone_on_the_line_with_its_words() -> None:
    page = pages(files(f"<p>甲{INLINE}乙</p><p>{DISPLAY}</p>", profile="kindle"))
    assert "<math" not in page
    assert '甲<span class="formula"><img class="picture-formula" src="images/formula-' in page
    assert '<span class="formula-display"><img' in page
    assert page.count('alt="a/b"') == 2
    assert "vertical-align" in page


def formula(tex: str, *, display: bool = True) -> str:
    made = from_tex(tex, display=display)
    assert made is not None
    made.attrs["alttext"] = tex
    return markup_of(made)


@pytest.mark.parametrize(
    "tex", [r"\begin{cases}a\\b\end{cases}", r"\sqrt{x}", r"\overline{AB}", r"\sum_{i}^{n} i", r"\cancel{x}"]
)
def test_what_must_grow_is_drawn_in_the_text_and_in_its_colour(tex: str) -> None:
    found = files(f"<p>{formula(tex)}</p>")
    (svg,) = etree.fromstring(pages(found).encode()).iter("{*}svg")
    assert svg.get("fill") == "currentColor"
    assert svg.get("aria-label") == tex
    assert not [part for part in svg.iter() if part.get("fill") not in (None, "currentColor", "none")]
    assert "<math" not in pages(found)
    assert not [name for name in found if "/formula-" in name]


def test_a_formula_wider_than_a_telephone_is_drawn_in_pieces_that_are_read_once() -> None:
    tex = "f(x)=" + "+".join(f"a_{number}x^{number}" for number in range(14))
    page = etree.fromstring(pages(files(f"<p>{formula(tex)}</p>")).encode())
    drawings = [*page.iter("{*}svg")]
    assert len(drawings) > 5
    assert [svg.get("aria-label") for svg in drawings] == [tex, *[None] * (len(drawings) - 1)]
    assert {svg.get("aria-hidden") for svg in drawings[1:]} == {"true"}
    widths = [float(svg.get("style", "").split(":")[1].partition("em")[0]) for svg in drawings]
    assert max(widths) < 12


def test_kindle_gets_one_picture_of_whatever_formula() -> None:
    tex = "f(x)=" + "+".join(f"a_{number}x^{number}" for number in range(9)) + r"\sqrt{x}"
    page = pages(files(f"<p>{formula(tex)}</p>", profile="kindle"))
    assert page.count("<img") == 1
    assert "<svg" not in page


def test_what_cannot_be_drawn_stays_as_it_can() -> None:
    assert "picture-formula" not in pages(files(f"<p>{UNDRAWABLE}</p>"))
    assert '<code class="tex undrawn">x</code>' in pages(files(f"<p>{UNDRAWABLE}</p>", profile="kindle"))


@pytest.mark.parametrize("profile", ["default", "kindle"])
def test_epubcheck_takes_the_drawings(profile: EpubProfile, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("drawn") / "book.epub"
    path.write_bytes(
        _book(INLINE + formula(r"a=\sqrt{b}", display=False) + str(qr_place(ADDRESS, alt="扫码")), profile)
    )
    assert [found for found in check(path) if not found.code.startswith("preflight-cover")] == []
