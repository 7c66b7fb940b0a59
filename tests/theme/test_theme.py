from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from booklet.config.papers import PAPERS, parse_paper
from booklet.config.values import OptionValue, Paper
from booklet.findings import BookletError
from booklet.render.chapters import render_chapters
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.theme import Theme, available, load, nearest_language
from booklet.theme.toml import PageGeometry

from .faults import said
from .sample import sample_booklet


def write_theme(project: Path, name: str, manifest: str = "", **files: str) -> Path:
    folder = project / "themes" / name
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text(f'name = "{name}"\n{manifest}', encoding="utf-8")
    for file, text in files.items():
        (folder / file.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def fault(project: Path, name: str) -> BookletError:
    with pytest.raises(BookletError) as caught:
        load(name, project_dir=project)
    return caught.value


@pytest.mark.parametrize("name", ["plain", "study"])
def test_bundled_themes_are_whole(name: str, tmp_path: Path) -> None:
    theme = load(name, project_dir=tmp_path)
    kinds = ("cover", "colophon", "toc", "section", "article", "notes", "sources")
    assert {f"{kind}.html.j2" for kind in kinds} <= set(theme.templates)
    assert {"a4", "a5", "b5"} <= set(theme.pages)
    assert theme.base_css
    assert theme.epub_css
    assert theme.print_css
    for file in ("README.md", "preview.png"):
        assert (theme.folder / file).is_file()


def test_labels_of_all_languages_have_the_same_keys(tmp_path: Path) -> None:
    labels = load("study", project_dir=tmp_path).labels
    assert {"zh-CN", "zh-TW", "en"} <= set(labels)
    assert len({frozenset(words) for words in labels.values()}) == 1


def test_study_has_the_agreed_options(tmp_path: Path) -> None:
    options = load("study", project_dir=tmp_path).options
    assert {name: option.default for name, option in options.items()} == {
        "accent": "#a8201a",
        "study_box": True,
        "notes": "end",
        "cover_picture": False,
        "reading_minutes": True,
        "qr": True,
        "series_line": "",
        "hygiene": "safe",
        "toc_dates": True,
        "article_start": "auto",
        "print_size": "normal",
    }
    for option in options.values():
        assert option.help["en"]
        assert option.help["zh-CN"]


@pytest.mark.parametrize("name", ["plain", "study"])
def test_readme_names_every_option(name: str, tmp_path: Path) -> None:
    theme = load(name, project_dir=tmp_path)
    readme = (theme.folder / "README.md").read_text(encoding="utf-8")
    for option in theme.options:
        assert f"| `{option}` |" in readme


def test_a_project_theme_hides_a_bundled_one_and_may_extend_it(tmp_path: Path) -> None:
    write_theme(tmp_path, "study", 'extends = "study"\n[labels.zh-CN]\nnotes = "札记"')
    theme = load("study", project_dir=tmp_path)
    assert theme.folder == tmp_path / "themes" / "study"
    assert theme.labels_for("zh-CN")["notes"] == "札记"
    assert theme.labels_for("zh-CN")["toc"] == "目录"
    assert [one.name for one in available(tmp_path)[0]] == ["plain", "study"]
    assert available(tmp_path)[0][1].folder == theme.folder


def test_files_fall_back_one_by_one_and_the_parents_own_stay_reachable(tmp_path: Path) -> None:
    write_theme(
        tmp_path,
        "office",
        'extends = "study"',
        cover__html__j2="own",
        print__css='@import "parent/print.css";\nh1 { color: red; }',
    )
    study, office = load("study", project_dir=tmp_path), load("office", project_dir=tmp_path)
    assert office.templates["cover.html.j2"] == "own"
    assert office.templates["parent/toc.html.j2"] == study.templates["toc.html.j2"]
    assert office.templates["toc.html.j2"] == study.templates["toc.html.j2"]
    assert study.print_css in office.print_css
    assert office.print_css.endswith("h1 { color: red; }")
    assert office.epub_css == study.epub_css


def test_a_grandchild_renders_with_each_ancestors_own_templates(tmp_path: Path) -> None:
    cover = '{% extends "parent/cover.html.j2" %}'
    write_theme(tmp_path, "mine", 'extends = "study"')
    write_theme(tmp_path, "ours", 'extends = "mine"', cover__html__j2=cover)
    study, ours = load("study", project_dir=tmp_path), load("ours", project_dir=tmp_path)
    assert _cover(ours) == _cover(study)


def _cover(theme: Theme) -> str:
    booklet = sample_booklet()
    return render_chapters(
        booklet, theme=theme, options=theme.resolve_options({})[0], target="pdf", adapt=adapt_body
    )[0].xhtml


def test_an_option_with_a_new_default_keeps_the_parents_help(tmp_path: Path) -> None:
    write_theme(tmp_path, "blue", 'extends = "study"\n[options.accent]\ntype = "colour"\ndefault = "#0b4f6c"')
    study, blue = load("study", project_dir=tmp_path), load("blue", project_dir=tmp_path)
    assert blue.options["accent"].default == "#0b4f6c"
    assert blue.options["accent"].help == study.options["accent"].help


def test_a_path_to_a_folder_is_loaded(tmp_path: Path) -> None:
    folder = write_theme(tmp_path / "elsewhere", "mine", 'extends = "plain"')
    assert load(str(folder), project_dir=tmp_path).name == "mine"
    assert load("./elsewhere/themes/mine", project_dir=tmp_path).name == "mine"


def test_a_missing_theme_names_those_that_are_there(tmp_path: Path) -> None:
    error = fault(tmp_path, "studdy")
    assert (error.code, error.exit_code, error.params["known"]) == ("theme-missing", 2, "plain, study")


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ("lables = 1", "did you mean “labels”?"),
        ("[page.a4]\nwidht = 1", "did you mean “width”?"),
        ("[page.a4]\nwidth = 0", "page.a4.width must be a number above 0"),
        ('[options.x]\ntype = "color"\ndefault = ""', "options.x.type must be one of"),
        ('[options.x]\ntype = "bool"\ndefault = "yes"', "options.x.default must be true | false"),
        ('[options.x]\ntype = "choice"\ndefault = "a"', "`choices` goes with the type choice"),
        ('[options.x]\ntype = "bool"\ndefault = true\nhelps = "x"', "did you mean “help”?"),
        ('[fonts]\nsong = ["SimSun"]', "unknown key “song”"),
        ('[fonts]\ntext = "SimSun"', "must be a list of family names"),
        ("[labels.en]\ntoc = 3", "labels.en.toc must be a string"),
        ("= broken", "theme.toml line 2 cannot be read as TOML: = broken"),
        ('extends = "nobody"', "is not there"),
    ],
)
def test_a_faulty_manifest_says_where_and_what(manifest: str, reason: str, tmp_path: Path) -> None:
    write_theme(tmp_path, "bad", manifest)
    error = fault(tmp_path, "bad")
    assert (error.code, error.exit_code, error.params["theme"]) == ("theme-broken", 2, "bad")
    assert reason in said(error)


def test_themes_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write_theme(tmp_path, "one", 'extends = "two"')
    write_theme(tmp_path, "two", 'extends = "one"')
    assert "extends it in turn" in said(fault(tmp_path, "one"))


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    folder = write_theme(tmp_path, "bytes")
    (folder / "print.css").write_bytes(b"\xff\xfe\x00")
    assert "print.css" in said(fault(tmp_path, "bytes"))


OPTIONS = """
[options.colour]
type = "colour"
default = "#000000"
[options.width]
type = "float"
default = 1.5
[options.count]
type = "int"
default = 3
[options.line]
type = "string"
default = ""
[options.where]
type = "choice"
choices = ["left", "right"]
default = "left"
[options.on]
type = "bool"
default = false
"""


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    write_theme(tmp_path, "opts", f'extends = "plain"\n{OPTIONS}')
    return load("opts", project_dir=tmp_path)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, {"colour": "#000000", "width": 1.5, "count": 3, "where": "left", "on": False}),
        ({"colour": "#AbC"}, {"colour": "#aabbcc"}),
        ({"width": 2, "line": "内部学习资料"}, {"width": 2.0, "line": "内部学习资料"}),
        ({"where": "right", "on": True, "count": 0}, {"where": "right", "on": True, "count": 0}),
    ],
)
def test_options_given_win_over_defaults(
    theme: Theme, given: Mapping[str, OptionValue], wanted: dict[str, OptionValue]
) -> None:
    values, findings = theme.resolve_options(given)
    assert wanted.items() <= values.items()
    assert findings == ()


@pytest.mark.parametrize(
    "given",
    [
        {"colour": "red; } body { display: none"},
        {"colour": "red"},
        {"width": "wide"},
        {"width": True},
        {"count": 1.5},
        {"count": False},
        {"line": "two\nlines"},
        {"line": "x" * 201},
        {"where": "middle"},
        {"on": "true"},
    ],
)
def test_an_option_of_the_wrong_type_is_a_usage_error_that_names_it(
    theme: Theme, given: Mapping[str, OptionValue]
) -> None:
    with pytest.raises(BookletError) as caught:
        theme.resolve_options(given)
    assert (caught.value.code, caught.value.exit_code) == ("theme-option-invalid", 2)
    assert caught.value.params["option"] in given


def test_an_unknown_option_is_a_finding_and_the_rest_goes_on(theme: Theme) -> None:
    values, findings = theme.resolve_options({"colur": "#fff", "count": 4})
    assert values["count"] == 4
    assert [(one.code, dict(one.params)["option"], dict(one.params)["near"]) for one in findings] == [
        ("theme-option-unknown", "colur", "colour")
    ]


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("zh-CN", "zh-CN"),
        ("zh-cn", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-Hans-HK", "zh-CN"),
        ("zh-Hant", "zh-TW"),
        ("zh-HK", "zh-TW"),
        ("en-GB", "en"),
        ("pl", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_is_found(wanted: str, nearest: str) -> None:
    assert nearest_language(wanted, {"zh-CN": 0, "zh-TW": 0, "en": 0}) == nearest


def whole_ems(page: PageGeometry) -> float:
    return (page.width - page.inner - page.outer) / 25.4 * 72 / page.font_pt


def test_a_paper_without_geometry_takes_the_nearest_scaled(tmp_path: Path) -> None:
    theme = load("plain", project_dir=tmp_path)
    page = theme.geometry(Paper("105x148mm", 105, 148), large=False)
    a5 = theme.pages["a5"]
    assert (page.width, page.height, page.font_pt) == (105, 148, a5.font_pt)
    assert page.inner == pytest.approx(a5.inner * 105 / 148, abs=2)
    assert theme.geometry(Paper("b5", 182, 257), large=False).top == theme.pages["b5"].top


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", [*PAPERS, "105x148mm"])
def test_a_measure_is_of_whole_ems(name: str, large: bool, tmp_path: Path) -> None:
    paper = parse_paper(name)
    assert paper
    page = load("study", project_dir=tmp_path).geometry(paper, large=large)
    assert whole_ems(page) == pytest.approx(round(whole_ems(page)), abs=0.005)
    assert whole_ems(page) >= round(whole_ems(page))
    assert page.font_pt >= (18 if large else 10)
    assert 1.5 < page.leading_pt / page.font_pt < 1.8


@pytest.mark.parametrize(("paper", "least", "most"), [("a4", 41, 44), ("b5", 35, 38), ("a5", 29, 31.5)])
def test_the_measure_holds_the_designed_number_of_han(
    paper: str, least: float, most: float, tmp_path: Path
) -> None:
    page = load("study", project_dir=tmp_path).pages[paper]
    han = (page.width - page.inner - page.outer) / 25.4 * 72 / page.font_pt
    assert least <= han <= most
