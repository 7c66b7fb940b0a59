"""Font files and the real fontconfig, with tiny faces made here."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from booklet.findings import finding
from booklet.fonts import find_faces
from booklet.fonts.files import face_of_file, single_face_bytes
from booklet.fonts.fontconfig import faces_of_file, load_library, system_faces
from booklet.fonts.system import install_hint
from booklet.words.messages import describe

CHARACTERS = "的一是学习中国"


def tiny_font(family: str) -> TTFont:
    """A face of empty glyphs."""
    glyphs = [".notdef", *(f"uni{ord(character):04X}" for character in CHARACTERS)]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(dict(zip(map(ord, CHARACTERS), glyphs[1:], strict=True)))
    builder.setupGlyf({name: Glyph() for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    fonts = TTCollection()
    fonts.fonts = [tiny_font("Tiny JP"), tiny_font("Tiny SC")]
    path = tmp_path / "tiny.ttc"
    fonts.save(path)
    return path


def test_fontconfig_is_loaded_and_knows_faces() -> None:
    assert load_library() is not None
    faces = system_faces()
    assert any(face.covers("a") for face in faces)
    assert all(face.path.is_file() for face in faces)


def test_a_file_that_the_system_does_not_know_tells_its_families_and_coverage(collection: Path) -> None:
    first, second = faces_of_file(collection)
    assert (first.families, second.families) == (("Tiny JP",), ("Tiny SC",))
    assert second.covers("学")
    assert not second.covers("a")


def test_of_a_collection_the_simplified_face_is_taken_and_loaded_alone(collection: Path) -> None:
    face = face_of_file(collection)
    assert face is not None
    assert face.index == 1
    alone = TTFont(BytesIO(single_face_bytes(face.path, face.index)))
    assert alone["name"].getBestFamilyName() == "Tiny SC"
    assert ord("学") in alone.getBestCmap()


def test_a_configured_file_is_given_to_the_engine(collection: Path) -> None:
    faces = find_faces(configured={"text": str(collection)}, wanted={})
    (loaded,) = faces.loaded
    assert (loaded.family, loaded.index, loaded.bold) == ("booklet-text", 1, False)
    assert faces.roles["text"].families[0] == "booklet-text"


@pytest.mark.parametrize("content", [b"", b"no font at all", b"ttcf\x00"])
def test_a_file_that_is_no_font_is_a_finding(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.otf"
    path.write_bytes(content)
    faces = find_faces(configured={"text": str(path)}, wanted={})
    if faces.chinese:
        assert [found.code for found in faces.findings] == ["face-substituted"]
    assert faces.loaded == ()


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ("ID=debian\n", "apt-get install fonts-noto-cjk"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "apt-get install fonts-noto-cjk"),
        ("ID=manjaro\nID_LIKE=arch\n", "pacman -S noto-fonts-cjk"),
        ("ID=unheard-of\n", ""),
    ],
)
def test_the_hint_is_the_systems_own_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, command: str
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    path = tmp_path / "os-release"
    path.write_text(release)
    assert install_hint(path) == command


def test_off_linux_only_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert install_hint() == ""
    _, hint = describe(finding("face-missing", command=install_hint()), "en")
    assert hint == "pip install 'study-booklet[fonts]'"


def test_the_hint_names_a_way_that_needs_no_administrator() -> None:
    for language in ("en", "zh"):
        _, hint = describe(finding("face-missing", command="apt-get install fonts-noto-cjk"), language)
        assert "apt-get install fonts-noto-cjk" in hint
        assert "pip install 'study-booklet[fonts]'" in hint
