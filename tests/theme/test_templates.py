"""What a theme's templates may and may not do."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from lxml import etree

from booklet.findings import BookletError
from booklet.model import Section
from booklet.render.chapters import render_chapters
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.render.templates import context
from booklet.render.text.titles import TitlePart
from booklet.theme import Theme, load

from .faults import said
from .sample import article, entry, sample_booklet

README = Path(__file__).parents[2] / "themes" / "plain" / "README.md"


def theme_with(**templates: str) -> Theme:
    theme = load("study", project_dir=Path())
    changed = {f"{name}.html.j2": text for name, text in templates.items()}
    return replace(theme, templates={**theme.templates, **changed})


def render(theme: Theme) -> str:
    options, _ = theme.resolve_options({})
    chapters = render_chapters(sample_booklet(), theme=theme, options=options, target="pdf", adapt=adapt_body)
    return next(chapter.xhtml for chapter in chapters if chapter.kind == "toc")


def reason(theme: Theme) -> str:
    with pytest.raises(BookletError) as caught:
        render(theme)
    assert (caught.value.code, caught.value.exit_code) == ("theme-broken", 2)
    return said(caught.value)


@pytest.mark.parametrize(
    ("prefix", "view"),
    [
        ("", context.TemplateContext),
        ("booklet.", context.BookletView),
        ("section.", context.SectionView),
        ("entry.", context.EntryView),
        ("picture.", context.PictureView),
        ("video.", context.VideoView),
        ("link.", context.LinkView),
        ("source.", context.SourceView),
        ("part.", TitlePart),
    ],
)
def test_the_readme_lists_exactly_the_fields_that_templates_see(prefix: str, view: type) -> None:
    readme = README.read_text(encoding="utf-8").partition("## What templates see")[2]
    if prefix:
        listed = set(re.findall(rf"`{re.escape(prefix)}(\w+)`", readme))
    else:
        names = readme.partition("### The names")[2].partition("###")[0]
        listed = set(re.findall(r"^\| `(\w+)` \|", names, re.MULTILINE))
    assert listed == {field.name for field in fields(view)}


def test_an_unknown_name_is_an_error_with_template_and_line() -> None:
    toc = '<p id="{{ id }}">\n{{ bookelt.title }}</p>'
    assert reason(theme_with(toc=toc)) == (
        "toc.html.j2 line 2: there is no “bookelt” here; did you mean “booklet”?"
    )


def test_a_missing_label_is_an_error() -> None:
    said_of = reason(theme_with(toc='<p id="{{ id }}">{{ labels.nothing }}</p>'))
    assert said_of.startswith("toc.html.j2 line 1: there is no “nothing” here")


def test_a_syntax_error_names_template_and_line() -> None:
    assert (
        reason(theme_with(toc="<p>\n\n{% if %}</p>"))
        == "toc.html.j2 line 3 cannot be understood: {% if %}</p>"
    )


@pytest.mark.parametrize("markup", ['<p id="{{ id }}">', '<p id="{{ id }}">&nbsp;</p>', "<p/><p/>", ""])
def test_output_that_is_not_well_formed_is_an_error(markup: str) -> None:
    assert reason(theme_with(toc=markup)).startswith("toc.html.j2")


def test_a_root_without_the_chapters_id_is_an_error() -> None:
    assert "root element" in reason(theme_with(toc="<p>x</p>"))


@pytest.mark.parametrize(
    "expression",
    [
        "id.__class__.__mro__",
        "booklet.__init__.__globals__",
        "body.__class__.__subclasses__()",
        "range.__self__",
        "''.__class__.__base__.__subclasses__()",
        "labels.update({'toc': 'x'})",
        "cycler",
        "lipsum()",
        "id|safe",
        "[1, 2]|random",
    ],
)
def test_the_sandbox_holds(expression: str) -> None:
    assert reason(theme_with(toc=f'<p id="{{{{ id }}}}">{{{{ {expression} }}}}</p>'))


def test_a_template_reaches_only_the_themes_files() -> None:
    assert reason(theme_with(toc='{% include "../../pyproject.toml" %}'))


def test_a_block_of_the_parent_can_be_filled() -> None:
    article = (
        '{% extends "parent/article.html.j2" %}'
        "{% block after_body %}<p>{{ entry.extra.column }}</p>{% endblock %}"
    )
    theme = theme_with(article=article)
    options, _ = theme.resolve_options({})
    chapters = render_chapters(sample_booklet(), theme=theme, options=options, target="epub")
    assert "<p>本期专题</p>" in next(one.xhtml for one in chapters if one.kind == "article")


def test_front_matter_is_never_a_template() -> None:
    booklet = sample_booklet()
    meta = replace(booklet.meta, title="{{ 7 * 7 }}{% for x in y %}")
    theme = theme_with()
    options, _ = theme.resolve_options({})
    cover = render_chapters(replace(booklet, meta=meta), theme=theme, options=options, target="epub")[0]
    assert "{{ 7 * 7 }}{% for x in y %}" in cover.xhtml


def test_a_macro_that_makes_no_element_is_an_error() -> None:
    macros = load("plain", project_dir=Path()).templates["_macros.html.j2"]
    broken = macros.replace('<div class="video-card">', '<div class="video-card"></div><div>')
    assert reason(theme_with(_macros=broken)).startswith("_macros.html.j2")


@pytest.mark.parametrize(
    "around",
    [
        "<div>{{ body }}</div>",
        "<div> 前{{ body }}后 </div>",
        "<p/>前{{ body }}后<p/>",
        "<div>{{ body }}</div><div>{{ body }}</div>",
        "<div>{{ body|length }}</div>",
        "<div>{{ body|striptags }}</div>",
        "<div>{{ body|replace('一', '壹') }}</div>",
        "<!-- 注 --><?x y?>{{ body }}<!-- 注 -->",
    ],
)
@pytest.mark.parametrize(
    "body", ["<p>一</p>\n<p>二</p>", "没有元素 &amp; “记号”", "首<p>一</p>尾", "<p/>", ""]
)
def test_a_chapters_tree_is_its_markup_wherever_the_theme_puts_the_body(around: str, body: str) -> None:
    theme = theme_with(article=f'<article id="{{{{ id }}}}">{around}</article>')
    options, _ = theme.resolve_options({})
    sections = (Section("s1", 1, "", (), (entry(1, article(1, "题", body)),)),)
    booklet = replace(sample_booklet(notes="none"), sections=sections)
    for one in render_chapters(booklet, theme=theme, options=options, target="epub"):
        root = one.parsed.copy(one.xhtml) if one.parsed else None
        assert root is not None
        assert etree.tostring(root) == etree.tostring(etree.fromstring(one.xhtml))
