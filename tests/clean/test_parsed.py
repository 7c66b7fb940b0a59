"""The tree that cleaning hands on is the one that a parser makes of the body, and is for that body alone."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from lxml import etree

from booklet.clean import clean
from booklet.model import CleanArticle

from .articles import article
from .case_files import Case, read_cases
from .test_properties import _fuzzed, bodies


def parsed(body: str) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    return etree.tostring(etree.fromstring(f"<div>{body}</div>", parser))


def handed_on(cleaned: CleanArticle) -> bytes:
    root = cleaned.parsed.copy(cleaned.body) if cleaned.parsed else None
    assert root is not None, cleaned.body
    return etree.tostring(root)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_the_tree_of_a_case_is_that_of_its_body(case: Case) -> None:
    cleaned = clean(article(case.given, "markdown" if case.step in ("markdown", "shortcodes") else "html"))
    assert handed_on(cleaned) == parsed(cleaned.body)


@given(bodies)
@_fuzzed
def test_the_tree_of_any_soup_is_that_of_its_body(body: str) -> None:
    cleaned = clean(article(body))
    assert handed_on(cleaned) == parsed(cleaned.body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>一\r\n二\r三</p>",
        '<p><a href="https://a.example/" title="一\n二\t三">文</a><abbr title="甲\r\n乙">丙</abbr></p>',
        "<pre>\n\n  x\r\n</pre>",
        "<p>{{ 一 }} {% 二 %} [caption]三[/caption]</p><pre><code>{% raw %}</code></pre>",
        "<p>当 $x^2$ 时，</p>$$\\frac{1}{2}$$<p>末</p>",
        "<p>&#0;&#xFFFE;\x0b字\U0001f600</p>",
        "",
        "没有元素",
    ],
)
def test_line_ends_tabs_templates_and_formulas_are_as_a_parser_reads_them(body: str) -> None:
    cleaned = clean(article(body, "markdown" if "$" in body else "html"))
    assert handed_on(cleaned) == parsed(cleaned.body)


def test_a_body_that_was_changed_has_no_tree() -> None:
    cleaned = clean(article("<p>一</p>"))
    changed = replace(cleaned, body="<p>二</p>")
    assert changed.parsed is not None
    assert changed.parsed.copy(changed.body) is None


def test_nobody_changes_the_tree_of_another() -> None:
    cleaned = clean(article("<p>一</p>"))
    assert cleaned.parsed is not None
    own = cleaned.parsed.copy(cleaned.body)
    assert own is not None
    own.clear()
    assert handed_on(cleaned) == b"<div><p>&#19968;</p></div>"


def test_other_processes_get_the_text_alone() -> None:
    cleaned = clean(article("<p>一</p>"))
    again = pickle.loads(pickle.dumps(cleaned))
    assert again == cleaned
    assert again.parsed is None
