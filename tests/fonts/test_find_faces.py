"""Which faces are chosen, from systems that these tests make up."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import fonts
from booklet.fonts import Face, Faces, find_faces
from booklet.fonts import faces as faces_module

HAN = frozenset(map(ord, "的一是学习中国，。"))
LATIN = frozenset(map(ord, "abcę"))


def face(family: str, *, weight: int = 80, charset: frozenset[int] = HAN, slanted: bool = False) -> Face:
    return Face((family,), Path(f"/fonts/{family}-{weight}.otf"), 0, weight, slanted, charset)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> list[Face]:
    installed: list[Face] = []
    for module in (fonts, faces_module):
        monkeypatch.setattr(module, "system_faces", lambda: tuple(installed))
    monkeypatch.setattr(fonts, "extra_faces", lambda: (None, None))
    return installed


def find() -> Faces:
    return find_faces(configured={}, wanted={})


def test_each_role_gets_the_best_known_family_and_the_text_face_stands_in(system: list[Face]) -> None:
    system += [face("SimSun"), face("Noto Serif CJK SC"), face("Noto Sans CJK SC"), face("FangSong")]
    faces = find()
    assert faces.chinese
    assert faces.roles["text"].families[0] == "Noto Serif CJK SC"
    assert faces.roles["heading"].families[0] == "Noto Sans CJK SC"
    assert faces.roles["fang"].families[:2] == ("FangSong", "Noto Serif CJK SC")
    assert faces.roles["kai"].families[0] == "Noto Serif CJK SC"
    assert faces.loaded == ()


def test_a_latin_face_follows_the_chinese_one_and_leads_where_mono_has_no_chinese(system: list[Face]) -> None:
    system += [
        face("Noto Serif CJK SC"),
        face("DejaVu Serif", charset=LATIN),
        face("DejaVu Sans Mono", charset=LATIN),
    ]
    faces = find()
    assert faces.roles["text"].families == ("Noto Serif CJK SC", "DejaVu Serif", "serif")
    assert faces.roles["mono"].families == ("DejaVu Sans Mono", "Noto Serif CJK SC", "monospace")


def test_emoji_families_are_never_named_because_digits_would_come_from_them(system: list[Face]) -> None:
    system += [face("Noto Serif CJK SC"), face("Noto Color Emoji", charset=frozenset(map(ord, "0123😀")))]
    for role in find().roles.values():
        assert "Noto Color Emoji" not in role.families


def test_a_themes_wanted_family_comes_first(system: list[Face]) -> None:
    system += [face("Noto Serif CJK SC"), face("FZShuSong")]
    faces = find_faces(configured={}, wanted={"text": ("Absent", "FZShuSong")})
    assert faces.roles["text"].families[0] == "FZShuSong"
    assert faces.path_for("text") == (Path("/fonts/FZShuSong-80.otf"), 0)


def test_configuration_wins_over_the_theme(system: list[Face]) -> None:
    system += [face("FZShuSong"), face("My Song")]
    faces = find_faces(configured={"text": "My Song"}, wanted={"text": ("FZShuSong",)})
    assert faces.path_for("text") == (Path("/fonts/My Song-80.otf"), 0)
    assert faces.roles["text"].families[0] == "My Song"
    assert faces.findings == ()


def test_a_configured_face_that_is_absent_is_a_finding_and_another_stands_in(system: list[Face]) -> None:
    system.append(face("Noto Serif CJK SC"))
    (found,) = find_faces(configured={"kai": "No Such Kai"}, wanted={}).findings
    assert found.code == "face-substituted"
    assert dict(found.params) == {"role": "kai", "family": "Noto Serif CJK SC"}


def test_a_family_without_han_is_not_taken_for_chinese_text(system: list[Face]) -> None:
    system += [face("SimSun", charset=LATIN), face("FandolSong")]
    assert find().path_for("text") == (Path("/fonts/FandolSong-80.otf"), 0)


def test_bold_and_upright_are_told_from_weights_and_slants(system: list[Face]) -> None:
    system += [
        face("Noto Serif CJK SC", weight=200),
        face("Noto Serif CJK SC", slanted=True),
        face("Noto Serif CJK SC", weight=80),
        face("Noto Serif CJK SC", weight=210),
    ]
    faces = find()
    assert faces.path_for("text") == (Path("/fonts/Noto Serif CJK SC-80.otf"), 0)
    assert faces.path_for("text", bold=True) == (Path("/fonts/Noto Serif CJK SC-200.otf"), 0)
    assert faces.path_for("kai", bold=True) == faces.path_for("text", bold=True)


def test_without_a_chinese_face_there_is_none_and_a_hint(system: list[Face]) -> None:
    system.append(face("DejaVu Serif", charset=LATIN))
    faces = find()
    assert not faces.chinese
    assert faces.path_for("text") is None
    assert faces.install_hint


def test_the_extra_serves_where_the_system_has_none_with_hei_as_bold(
    system: list[Face], monkeypatch: pytest.MonkeyPatch
) -> None:
    serif, sans = face("Noto Serif SC"), face("Noto Sans SC")
    monkeypatch.setattr(fonts, "extra_faces", lambda: (serif, sans))
    faces = find()
    assert faces.chinese
    assert faces.path_for("text") == (serif.path, 0)
    assert faces.path_for("text", bold=True) == (sans.path, 0)
    assert {(one.family, one.bold) for one in faces.loaded} == {
        ("booklet-text", False),
        ("booklet-text", True),
        ("booklet-heading", False),
    }
    assert faces.roles["kai"].families[0] == "booklet-text"


def test_other_languages_get_their_own_faces_where_there_are_any(system: list[Face]) -> None:
    system += [face("Noto Serif CJK SC"), face("Noto Serif CJK TC")]
    faces = find()
    assert faces.regional["zh-TW"]["text"][:2] == ("Noto Serif CJK TC", "Noto Serif CJK SC")
    assert "ja" not in faces.regional


def test_code_has_the_same_latin_face_in_all_languages(system: list[Face]) -> None:
    system += [face("Noto Sans Mono CJK SC"), face("Noto Sans Mono CJK TC")]
    system += [face("DejaVu Sans Mono", charset=LATIN)]
    faces = find_faces(configured={}, wanted={"mono": ("DejaVu Sans Mono",)})
    assert faces.roles["mono"].families[:2] == ("DejaVu Sans Mono", "Noto Sans Mono CJK SC")
    traditional = ("DejaVu Sans Mono", "Noto Sans Mono CJK TC", "Noto Sans Mono CJK SC")
    assert faces.regional["zh-TW"]["mono"][:3] == traditional


def test_missing_names_what_no_face_of_the_system_has(system: list[Face]) -> None:
    system += [face("Noto Serif CJK SC"), face("Other", charset=LATIN)]
    assert find().missing(["中国ę", "\U0001f9ff ஐ"]) == {"\U0001f9ff", "ஐ"}


def test_spaces_joiners_and_variation_selectors_need_no_glyph(system: list[Face]) -> None:
    system.append(face("Noto Serif CJK SC"))
    assert find().missing(["中\u3000\u00a0\u200b\u200d\ufe0f\u2060\n"]) == frozenset()
