"""A glyph is copied as what is seen; an ellipsis never as the text that it stands for."""

from __future__ import annotations

import pikepdf
import pytest

from booklet.render.pdf.finish.glyph_texts import meant, mend


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("…", "…"),
        ("中", "中"),
        ("ffi", "ffi"),
        ("e\u0301", "e\u0301"),
        ("动\u2060并同步推进……", "…"),
        ("进……", "…"),
        ("the rest of a title", "…"),
        ("👩\u200d👩\u200d👧\u200d👦", "👩\u200d👩\u200d👧\u200d👦"),
        ("🇨🇳", "🇨🇳"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("——", "——"),
        ("क्ष्म्य", "क्ष्म्य"),
        ("后面还有❤️很多字", "…"),
        ("a\u0301" * 20, "…"),
    ],
)
def test_a_glyph_stands_for_a_ligature_at_most(text: str, copied: str) -> None:
    assert meant(text) == copied


def test_maps_of_a_pdf_are_mended_and_sound_ones_keep_their_bytes() -> None:
    cut = "很长的标题" * 20
    codes = [text.encode("utf-16-be").hex() for text in (cut, "好")]
    maps = [f"1 beginbfchar\n<0003> <{code}>\nendbfchar".encode() for code in codes]
    pdf = pikepdf.new()
    for data in maps:
        pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=pikepdf.Stream(pdf, data)))
    mend(pdf)
    found = [
        one.ToUnicode.read_bytes()
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one
    ]
    assert found == [b"1 beginbfchar\n<0003> <2026>\nendbfchar", maps[1]]
