"""Marks in faces of other makers, and which face a quotation gets."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from booklet.fonts import families, find_faces

from .geometry import recorded
from .glyphs import Glyph, pages_of
from .measures import measure
from .reading import fonts_of, opened
from .sample import make_pdf

SPEECH = "《红楼梦》（第一回）、『旧版』；他说：“好，”又说：“《水浒》呢？”大家都不说话，的一是学习中国"
KAI_CSS = "blockquote { font-family: var(--face-kai); margin: 0 }"


@pytest.fixture(scope="module")
def plain_face(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Chinese face without any OpenType feature, as SimSun and the faces of Arphic are."""
    found = find_faces(configured={}, wanted={}).path_for("text")
    assert found
    path, index = found
    options = subset.Options(layout_features=[], drop_tables=["GPOS", "GSUB", "vhea", "vmtx", "VORG"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=SPEECH + "0123456789 ABCabc")
    target = tmp_path_factory.mktemp("faces") / "plain.otf"
    with TTFont(path, fontNumber=index, lazy=True) as font:
        subsetter.subset(font)
        font.save(target)
    return target


def set_in(face: Path, body: str) -> tuple[list[Glyph], dict[str, bool], object]:
    faces = find_faces(configured={"kai": str(face)}, wanted={})
    with recorded() as documents:
        result = make_pdf([body], faces=faces, print_css=_css())
    with pikepdf.open(BytesIO(result.data)) as pdf:
        pages = pages_of(pdf)
    measured = measure(documents[-1], pages)
    assert not measured.missing(), measured.missing()
    assert not measured.holes
    return pages[-1], fonts_of(opened(result.data)), documents[-1]


def _css() -> str:
    from .sample import PRINT_CSS

    return PRINT_CSS + KAI_CSS


def test_marks_lose_their_empty_half_without_the_faces_help(plain_face: Path) -> None:
    body = f"<blockquote><p>{SPEECH * 6}</p></blockquote>"
    glyphs, _, _ = set_in(plain_face, body)
    first = next(glyph for glyph in glyphs if glyph.text == "《")
    assert first.right - first.left == pytest.approx(0.5 * first.size, abs=0.25 * first.size)
    assert first.drawn == pytest.approx(first.left - 0.5 * first.size, abs=0.02 * first.size)
    pairs = [(a, b) for a, b in pairwise(glyphs) if a.text + b.text == "）、"]
    assert pairs
    assert all(b.drawn - a.drawn < 0.85 * a.size for a, b in pairs)


def test_a_quotation_is_set_in_the_kai_face_and_the_text_is_not(plain_face: Path) -> None:
    _, fonts, _ = set_in(plain_face, f"<p>{SPEECH}</p><blockquote><p>{SPEECH}</p></blockquote>")
    assert any("booklet-kai" in name for name in fonts)
    assert any("booklet-kai" not in name for name in fonts)


def test_a_role_without_a_face_of_its_own_says_so(plain_face: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(families.FAMILIES, "kai", ())
    assert not find_faces(configured={}, wanted={}).roles["kai"].own
    assert find_faces(configured={"kai": str(plain_face)}, wanted={}).roles["kai"].own
