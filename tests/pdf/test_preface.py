"""The rules before the theme's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from booklet import model, parts
from booklet.config.values import Paper, Role
from booklet.fonts import ROLES, Faces, LoadedFace, RoleFaces, find_faces
from booklet.model import Part
from booklet.parts import Folios, PartRow
from booklet.render.pdf.trees.preface import css_preface, folio_rules

from .reading import fonts_of, opened
from .sample import A5, make_booklet, make_pdf, theme

FOLIOS: dict[str, Folios | None] = {"agenda": "roman", "map": "none", "plain": None}


def faces() -> Faces:
    roles: dict[Role, RoleFaces] = {
        role: RoleFaces((f"booklet-{role}", 'Odd "name" \\', "serif"), None, None) for role in ROLES
    }
    loaded = LoadedFace("booklet-text", bold=True, path=Path("/x/Some.otf"), index=0)
    return Faces(roles, {"ja": {"text": ("Mincho", "serif")}}, (loaded,), chinese=True, install_hint="")


def preface(paper: Paper = A5) -> str:
    return css_preface(theme=theme(), options={"accent": "#123456"}, paper=paper, faces=faces())


def test_a_row_of_ours_may_say_its_folios(monkeypatch: pytest.MonkeyPatch) -> None:
    booklet, chapters = make_booklet(["<p>今天</p>"])
    rows = {name: PartRow(name=name, place="front", folios=folios) for name, folios in FOLIOS.items()}
    monkeypatch.setattr(model, "BY_NAME", {**parts.BY_NAME, **rows})
    matter = tuple(Part(name, name) for name in rows)
    css = folio_rules(replace(booklet, front_matter=matter, back_matter=()), chapters)
    assert ":where(#agenda) { page: front; }" in css
    assert ":where(#map) { page: inside; }" in css
    assert "#plain" not in css


def test_paper_and_mirrored_margins() -> None:
    css = preface()
    assert "size: 148mm 210mm" in css
    # 18 and 14 mm, and what is left of 116 mm beside 32 characters of 10 pt.
    assert "@page :right { margin-left: 19.5506mm; margin-right: 15.5506mm; }" in css
    assert "@page :left { margin-left: 15.5506mm; margin-right: 19.5506mm; }" in css


def test_a_paper_that_the_theme_does_not_know_gets_scaled_margins() -> None:
    css = preface(Paper("296x420mm", 296, 420))
    assert "size: 296mm 420mm" in css
    assert "margin-top: 36mm" in css


def test_colours_sizes_and_faces_are_variables() -> None:
    css = preface()
    assert "--accent: #123456;" in css
    assert "--leading: 16pt;" in css
    assert '--face-kai: "booklet-kai", "Odd \\"name\\" \\\\", serif;' in css
    assert ':lang(ja) { --face-text: "Mincho", serif; }' in css


def test_a_face_from_a_file_is_named_by_url() -> None:
    rule = 'font-weight: bold; src: url("https://booklet.invalid/faces/booklet-text-bold.otf")'
    assert rule in preface()


def test_other_languages_are_set_in_their_own_faces_inside_a_chinese_article() -> None:
    if "ja" not in find_faces(configured={}, wanted={}).regional:
        pytest.skip("no Japanese face on this machine")
    names = " ".join(fonts_of(opened(make_pdf(["<p>中文</p><p lang='ja'>骨の直角</p>"]).data)))
    assert "-JP" in names
    assert "-SC" in names
