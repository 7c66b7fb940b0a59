"""No page shows the box of a missing glyph: by the engine's log, and by the ink of the page."""

from __future__ import annotations

from io import BytesIO
from unittest import mock

import pikepdf
import pytest

from booklet.fonts import Faces, doctor

from .glyphs import pages_of
from .printed import rasters
from .reading import text_of
from .sample import PRINT_CSS, make_pdf

SCRIPTS = "汉漢あカ한éßłЖΩ∑→①℃★"
KAWI = "\U00011f04"  # no face of ours has it
DPI = 144
LARGE = "p { font-size: 24pt; line-height: 40pt; text-indent: 0 }"


def test_the_engines_log_names_no_missing_glyph() -> None:
    result = make_pdf([f"<p>{SCRIPTS}😀{KAWI}</p>"])
    missing = [dict(found.params)["character"] for found in result.findings if found.code == "glyph-missing"]
    assert missing == ["U+11F04"]
    assert doctor.stand_in(KAWI) in text_of(result.data)


def test_without_the_doctor_the_log_would_name_it() -> None:
    with mock.patch.object(Faces, "missing", return_value=frozenset()):
        result = make_pdf([f"<p>{KAWI}</p>"])
    assert any(found.code == "glyph-missing" for found in result.findings)
    assert "〔" not in text_of(result.data)


def test_every_character_has_ink_of_its_own(pdftoppm: str) -> None:
    assert pdftoppm
    body = "".join(f"<p>{character}</p>" for character in SCRIPTS)
    data = make_pdf([body], print_css=PRINT_CSS + LARGE).data
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = pages_of(pdf)
    shapes: dict[bytes, str] = {}
    scale = DPI / 72
    for glyphs, picture in zip(pages, rasters(data, dpi=DPI), strict=True):
        for glyph in glyphs:
            if glyph.text not in SCRIPTS or glyph.size < 20:
                continue
            top, bottom = glyph.baseline - glyph.size, glyph.baseline + glyph.size * 0.2
            left, upper, right, lower = (
                round(edge * scale) for edge in (glyph.left, top, glyph.right, bottom)
            )
            ink = picture.crop((left, upper, right, lower))
            assert min(ink.tobytes()) < 128, glyph.text
            shape = ink.resize((24, 30)).tobytes()
            assert shapes.setdefault(shape, glyph.text) == glyph.text
    assert set(shapes.values()) == set(SCRIPTS)


@pytest.mark.parametrize("role", ["text", "heading", "kai", "fang", "mono"])
def test_every_role_prints_chinese_without_a_finding(role: str) -> None:
    css = PRINT_CSS + f"p {{ font-family: var(--face-{role}) }}"
    assert make_pdf([f"<p>{SCRIPTS}</p>"], print_css=css).findings == ()
