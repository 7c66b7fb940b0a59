"""The table of parts: which pages a booklet has, in which order, and what a theme or a user may add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from booklet import parts, theme
from booklet.findings import BookletError
from booklet.parts import PARTS, Asked, PartRow, Where, arranged, with_added

from .faults import said

NO_OPTIONS = Asked(2, {})
HOUSE = """
name = "house"
extends = "plain"
[parts.rules]
place = "front"
before = "toc"
landmark = "preface"
[labels.zh-CN]
rules = "读书会约定"
"""
PAGE = '<section class="chapter" id="{{ id }}"><h1>{{ page_title }}</h1></section>\n'


def names(
    rows: Sequence[PartRow] = PARTS, wanted: Sequence[str] = (), asked: Asked = NO_OPTIONS
) -> dict[Where, list[str]]:
    return {where: [row.name for row in those] for where, those in arranged(rows, wanted, asked).items()}


def folder(at: Path, manifest: str = HOUSE, **templates: str) -> Path:
    at.mkdir(parents=True, exist_ok=True)
    (at / "theme.toml").write_text(manifest, encoding="utf-8")
    for name, text in templates.items():
        (at / f"{name}.html.j2").write_text(text, encoding="utf-8")
    return at


def refusal(at: Path) -> str:
    with pytest.raises(BookletError) as caught:
        theme.load(str(at), project_dir=at.parent)
    assert (caught.value.code, caught.value.exit_code) == ("theme-broken", 2)
    return said(caught.value)


@pytest.mark.parametrize(
    ("asked", "sections", "back"),
    [
        (Asked(2, {}), [], ["sources"]),
        (Asked(1, {}), [], []),
        (Asked(2, {"notes": "end"}), [], ["notes", "sources"]),
        (Asked(2, {"notes": "section"}), ["notes"], ["sources"]),
    ],
)
def test_where_nobody_names_parts_the_table_decides(
    asked: Asked, sections: list[str], back: list[str]
) -> None:
    front = ["cover", "colophon", *(["toc"] if asked.articles > 1 else [])]
    assert names(asked=asked) == {"front": front, "sections": sections, "back": back}


def test_a_foreword_stands_before_the_contents_where_a_file_is_named() -> None:
    front = names(asked=Asked(2, {}, frozenset({"foreword"})))["front"]
    assert front == ["cover", "colophon", "foreword", "toc"]


def test_named_parts_stand_in_the_order_given_around_the_articles() -> None:
    asked = Asked(2, {"notes": "none"}, frozenset({"foreword"}))
    found = names(wanted=["toc", "cover", "articles", "notes", "foreword"], asked=asked)
    assert found == {"front": ["toc", "cover"], "sections": [], "back": ["notes", "foreword"]}


def test_named_notes_stay_behind_each_section_where_the_theme_has_them_there() -> None:
    found = names(wanted=["articles", "notes"], asked=Asked(2, {"notes": "section"}))
    assert found == {"front": [], "sections": ["notes"], "back": []}


@pytest.mark.parametrize(
    ("wanted", "code", "params"),
    [
        (["cover", "forword", "articles"], "part-unknown", {"near": "foreword"}),
        (["article", "articles"], "part-unknown", {"near": "articles"}),
        (["cover", "toc"], "part-without-articles", {"name": "articles"}),
        (["foreword", "articles"], "part-without-file", {"name": "foreword"}),
    ],
)
def test_parts_that_cannot_be_had_are_errors_of_the_configuration(
    wanted: list[str], code: str, params: dict[str, str]
) -> None:
    with pytest.raises(BookletError) as caught:
        parts.refuse_faulty(PARTS, wanted, NO_OPTIONS)
    assert (caught.value.code, caught.value.exit_code) == (code, 2)
    assert {name: caught.value.params[name] for name in params} == params


def test_a_themes_page_stands_where_theme_toml_says(tmp_path: Path) -> None:
    loaded = theme.load(str(folder(tmp_path / "house", rules=PAGE)), project_dir=tmp_path)
    assert names(loaded.rows)["front"] == ["cover", "colophon", "rules", "toc"]


@pytest.mark.parametrize(
    ("place", "front", "sections", "back"),
    [
        ("front", ["cover", "colophon", "toc", "own"], [], ["sources"]),
        ("sections", ["cover", "colophon", "toc"], ["own"], ["sources"]),
        ("back", ["cover", "colophon", "toc"], [], ["sources", "own"]),
    ],
)
def test_a_page_without_a_neighbour_is_the_last_of_its_place(
    place: Where, front: list[str], sections: list[str], back: list[str]
) -> None:
    found = names(with_added([PartRow(name="own", place=place)]))
    assert found == {"front": front, "sections": sections, "back": back}


def test_a_page_that_is_not_default_stands_only_where_it_is_named() -> None:
    rows = with_added([PartRow(name="own", place="back", default=False)])
    assert "own" not in names(rows)["back"]
    assert names(rows, ["articles", "own"])["back"] == ["own"]


def test_a_child_has_its_parents_pages_and_may_change_them(tmp_path: Path) -> None:
    folder(tmp_path / "themes/house", rules=PAGE)
    child = folder(
        tmp_path / "themes/child", 'name = "child"\nextends = "house"\n[parts.rules]\nplace = "back"\n'
    )
    loaded = theme.load(str(child), project_dir=tmp_path)
    assert names(loaded.rows)["back"] == ["sources", "rules"]
    assert loaded.labels_for("en")["rules"] == "读书会约定"


@pytest.mark.parametrize(
    ("table", "names_it"),
    [
        ('[parts.rules]\nplaec = "front"', "place"),
        ('[parts.rules]\nplace = "middle"', "front, sections, back"),
        ('[parts.rules]\nlandmark = "chapter"', "foreword"),
        ('[parts.rules]\nfolios = "greek"', "roman, arabic, none"),
        ('[parts.rules]\nonly = "print"', "epub, pdf"),
        ("[parts.rules]\nin_contents = 1", "true or false"),
        ('[parts.rules]\ntemplate = "rules.txt"', ".html.j2"),
        ('[parts.rules]\nbefore = "glance"', "glance"),
        ("[parts.toc]", "parts.toc"),
        ("[parts.articles]", "parts.articles"),
    ],
)
def test_a_wrong_key_or_value_is_refused_and_what_is_valid_is_named(
    table: str, names_it: str, tmp_path: Path
) -> None:
    manifest = f'name = "x"\nextends = "plain"\n{table}\n[labels.zh-CN]\nrules = "约定"\n'
    assert names_it in refusal(folder(tmp_path / "x", manifest, rules=PAGE))


def test_a_page_without_template_or_title_is_refused(tmp_path: Path) -> None:
    assert "rules.html.j2" in refusal(folder(tmp_path / "a"))
    untitled = HOUSE.partition("[labels")[0]
    assert "rules" in refusal(folder(tmp_path / "b", untitled, rules=PAGE))
