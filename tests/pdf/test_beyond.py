"""No text of a finished page is cut off: what would be is a finding, and what once was is set whole."""

from __future__ import annotations

import pytest
import weasyprint

from booklet.render.pdf.engine.beyond import cut_texts

from .printed import page_texts, print_bodies

CSS = "@page { size: 200px 200px; margin: 20px } body { margin: 0; font-size: 10px; line-height: 20px }"


def said(markup: str, *, chapter: str = "a") -> list[str]:
    """The texts of this chapter that are said to be cut on the pages of this; the markup is chapter `a`."""
    html = f'<style>{CSS}</style><div id="a">{markup}</div>'
    pages = weasyprint.HTML(string=html).render().pages
    return [str(dict(one.params)["text"]) for one in cut_texts(pages, frozenset({chapter}))]


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="white-space: nowrap">' + "long " * 20 + "</p>",
        '<p style="position: relative; left: -40px">words</p>',
        '<p style="overflow: hidden; width: 30px; white-space: nowrap">hidden words</p>',
        '<p style="overflow: hidden; height: 5px; margin-top: 9px">first<br/>second</p>',
    ],
)
def test_text_beyond_the_paper_or_its_box_is_told(markup: str) -> None:
    assert len(said(markup)) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<p>words</p>",
        '<p style="overflow: hidden; white-space: pre">words     </p>',
        '<p style="overflow: hidden; width: 30px; white-space: nowrap">a<i style="margin: 30px">·</i></p>',
        '<p style="overflow: hidden; width: 30px; white-space: nowrap; visibility: hidden">hidden words</p>',
        '<div style="transform: rotate(-90deg); width: 160px">turned words</div>',
    ],
)
def test_text_that_is_seen_and_marks_hidden_at_a_line_end_are_not_told(markup: str) -> None:
    assert said(markup) == []


def test_text_outside_the_chapters_is_the_themes_own() -> None:
    beyond = '<p style="white-space: nowrap">' + "long " * 20 + "</p>"
    assert said(beyond)
    assert said(beyond, chapter="b") == []


def test_a_list_of_suffixes_and_a_coloured_line_of_code_stay_on_the_page() -> None:
    suffixes = " ".join(f".{letter * 3}," for letter in "abcdefghijklmnopqrstuvwxyz")
    code = 'x = long_name.<b>another_one</b>(<i>"text"</i>[<b>a_third_name</b>]).one_more_name(<i>"end"</i>)'
    made = print_bodies(f"<p>{suffixes}</p><pre><code>{code}</code></pre>")
    text = "".join("".join(page_texts(made.data)).split())
    assert "zzz," in text
    assert '"end")' in text
    assert not [one for one in made.findings if one.code == "text-cut"]


def test_a_folded_line_of_code_is_full_although_a_space_no_longer_fits() -> None:
    width = "x" * 6
    lines = [
        f"<span><b>def</b> <b>{width}</b>(" + "y" * count + ", zzzzzzzzzzzzzzzzzzzzzzzzzzzz, last)</span>"
        for count in range(1, 24)
    ]
    made = print_bodies("<pre><code>" + "\n".join(lines) + "</code></pre>")
    text = "\n".join(page_texts(made.data))
    assert text.count(f"def {width}(") == len(lines)
