"""Mistakes of a theme's author are told: with the file, the line and what was meant, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from booklet import theme
from booklet.findings import BookletError, Finding
from booklet.render.chapters import render_chapters
from booklet.theme.mistakes import dropped_lines, mistakes, unused_templates
from booklet.theme.toml import text_of
from booklet.words.messages import describe, table

from .faults import said
from .sample import sample_booklet

BUNDLED = Path(__file__).parents[2] / "themes"
MANIFEST = 'name = "own"\nextends = "plain"\n'
ARTICLE = '{% extends "parent/article.html.j2" %}\n'


def folder(at: Path, manifest: str = MANIFEST, **files: str) -> Path:
    own = at / "own"
    own.mkdir(parents=True, exist_ok=True)
    (own / "theme.toml").write_text(manifest, encoding="utf-8")
    for name, text in files.items():
        (own / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return own


def found(at: Path, manifest: str = MANIFEST, **files: str) -> tuple[Finding, ...]:
    own = folder(at, manifest, **files)
    return theme.load(str(own), project_dir=at).findings


def told(one: Finding) -> tuple[str, str, int | None]:
    return one.code, Path(one.source).name, one.line


@pytest.mark.parametrize("name", ["plain", "study"])
def test_the_bundled_themes_make_none(name: str) -> None:
    loaded = theme.load(name, project_dir=Path())
    files = {
        path.name: text_of(path, name)
        for path in (BUNDLED / name).iterdir()
        if path.name.endswith(".html.j2") or path.suffix == ".css"
    }
    assert mistakes(loaded, files) == ()
    assert unused_templates(loaded) == ()


def test_a_template_that_nobody_uses_is_told(tmp_path: Path) -> None:
    findings = found(
        tmp_path,
        artcle__html__j2="<p/>",
        _used__html__j2="{% macro mark() %}{% endmacro %}",
        article__html__j2=ARTICLE
        + '{% block before_body %}{% import "_used.html.j2" as used %}{% endblock %}',
    )
    assert [told(one) for one in findings] == [("theme-template-unused", "artcle.html.j2", None)]


def test_a_template_of_a_part_of_its_own_is_used(tmp_path: Path) -> None:
    manifest = MANIFEST + '[parts.rules]\ntemplate = "r.html.j2"\n[labels.zh-CN]\nrules = "约定"\n'
    assert found(tmp_path, manifest, r__html__j2="<p/>", foreword__html__j2="<p/>") == ()


def test_a_block_that_no_parent_has_is_told_with_the_nearest(tmp_path: Path) -> None:
    text = f"{ARTICLE}\n{{% block befor_body %}}x{{% endblock %}}\n"
    (one,) = found(tmp_path, article__html__j2=text)
    assert told(one) == ("theme-block-unknown", "article.html.j2", 3)
    assert dict(one.params) == {"name": "befor_body", "near": "before_body"}


def test_a_block_within_a_block_of_the_parents_is_none(tmp_path: Path) -> None:
    inside = "{% block before_body %}{% block mark %}{% endblock %}{{ super() }}{% endblock %}"
    assert found(tmp_path, article__html__j2=ARTICLE + inside) == ()


def test_a_block_of_a_grandparent_is_known(tmp_path: Path) -> None:
    middle = tmp_path / "themes/middle"
    middle.mkdir(parents=True)
    (middle / "theme.toml").write_text('name = "middle"\nextends = "plain"\n', encoding="utf-8")
    (middle / "article.html.j2").write_text(ARTICLE, encoding="utf-8")
    manifest = 'name = "own"\nextends = "middle"\n'
    text = ARTICLE + "{% block after_body %}x{% endblock %}"
    assert found(tmp_path, manifest, article__html__j2=text) == ()


@pytest.mark.parametrize(
    ("css", "lines"),
    [
        ('@import "parent/print.css";\n.a { color: red; }\n@page :left { @top-left { content: "x"; } }', ()),
        ("@media print { .a { color: red } }\n@font-face { font-family: x; }", ()),
        (".a { --x: 1mm; width: calc(2 * var(--x)); }\n.b { & .c { color: red } }", ()),
        (".a { color red; }\n.b { color: red; }", (1,)),
        ('@import "parent/print.css";\n.a { color red; }', (2,)),
        (".a { color: red;\n  widht 3mm; }", (2,)),
        ("\n.a", (2,)),
        (".a { color: red; }\n}\n.b { color: red; }", (2,)),
        ('.a { content: "x;\n }', (1,)),
        ("@paeg { margin: 0 }", (1,)),
        ('.a { color: red; }\n@import "parent/print.css";', (2,)),
        ('@import "https://example.org/x.css";', (1,)),
        ("@media print {\n.a { color red }\n}", (2,)),
        ("@page {\n@top-lift { content: none }\n}", (2,)),
    ],
)
def test_what_a_parser_drops_is_found_by_its_line(css: str, lines: tuple[int, ...]) -> None:
    assert dropped_lines(css) == lines


@pytest.mark.parametrize("name", ["print__css", "epub__css", "base__css", "narrow__css"])
def test_dropped_rules_of_every_style_sheet_are_told_with_what_stands_there(
    name: str, tmp_path: Path
) -> None:
    (one,) = found(tmp_path, **{name: "\n.a { color red; }\n"})
    assert told(one) == ("theme-css-dropped", name.replace("__", "."), 2)
    for language in ("en", "zh"):
        assert describe(one, language)[0].endswith(".a { color red; }")


FAULTS = [
    ("toc.html.j2 line 2", "<p id='{{ id }}'>\n{{ entri.title }}</p>"),
    ("toc.html.j2 line 2", "<p id='{{ id }}'>\n{{ booklet.titel }}</p>"),
    ("toc.html.j2 line 3", "<p id='{{ id }}'>\n\n{% for x %}</p>"),
    ("toc.html.j2 line 2", "<p id='{{ id }}'>\n{{ booklet.title + 3 }}</p>"),
    ("toc.html.j2 line 2", "<p id='{{ id }}'>\n{{ entry.title }}</p>"),
    ("toc.html.j2 line 2", "<p id='{{ id }}'>\n{{ sections.x.y }}</p>"),
    ("toc.html.j2 line 2", "<p id='{{ id }}'>\n{{ booklet.__class__ }}</p>"),
    ("toc.html.j2 line 1", '{% include "nothing.html.j2" %}'),
    ("toc.html.j2", "<p id='{{ id }}'><b></p>"),
    ("toc.html.j2", "<p>x</p>"),
]


@pytest.mark.parametrize(("place", "toc"), FAULTS)
def test_a_fault_of_a_template_names_file_and_line_and_no_class(place: str, toc: str, tmp_path: Path) -> None:
    own = folder(tmp_path, toc__html__j2=toc)
    loaded = theme.load(str(own), project_dir=tmp_path)
    options, _ = loaded.resolve_options({})
    with pytest.raises(BookletError) as caught:
        render_chapters(sample_booklet(), theme=loaded, options=options, target="epub")
    english, chinese = said(caught.value), said(caught.value, "zh")
    assert english.startswith(place)
    assert chinese.startswith(
        place.replace(" line 2", " 第 2 行").replace(" line 3", " 第 3 行").replace(" line 1", " 第 1 行")
    )
    for sentence in (english, chinese):
        assert not re.search(r"View|booklet\.render|object|Error|jinja|NoneType|tuple", sentence)


def test_the_fault_of_a_key_names_its_line(tmp_path: Path) -> None:
    manifest = MANIFEST + '\n[options.x]\ntype = "bool"\ndefault = true\n\n[options.y]\ntpye = "bool"\n'
    own = folder(tmp_path, manifest)
    with pytest.raises(BookletError) as caught:
        theme.load(str(own), project_dir=tmp_path)
    assert said(caught.value) == "theme.toml line 9: unknown key “tpye”; did you mean “type”?"
    assert said(caught.value, "zh") == "theme.toml 第 9 行：没有“tpye”这一项；是不是“type”？"


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    codes = set()
    for path in (Path(theme.__file__).parent).glob("*.py"):
        text = path.read_text(encoding="utf-8")
        codes |= set(re.findall(r"""broken\(\s*(?:[\w.]+,\s*)*"([a-z0-9-]+)\"""", text))
        codes |= set(re.findall(r"""yield "([a-z-]+)", \{""", text))
    assert len(codes) > 15
    for language in ("en", "zh"):
        assert {f"reason.theme-{code}" for code in codes} <= set(table(language))
