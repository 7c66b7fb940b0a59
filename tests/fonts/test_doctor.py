"""The font doctor: which characters have no glyph, where they stand, what is printed for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booklet.clean import clean
from booklet.fonts import find_faces
from booklet.fonts.doctor import diagnose, glyph_findings, once_for_each_script, stand_in
from tests.clean.articles import article


@pytest.mark.parametrize(
    ("character", "printed"),
    [
        ("\u2728", "〔SPARKLES〕"),
        ("\U0002a6d6", "〔U+2A6D6〕"),  # its name only repeats the code point
        ("\ue123", "〔U+E123〕"),  # private use: no name
    ],
)
def test_a_character_without_a_glyph_is_printed_as_its_name(character: str, printed: str) -> None:
    assert stand_in(character) == printed


def test_each_character_is_named_with_its_article_and_line() -> None:
    faces = find_faces(configured={}, wanted={})
    kawi = "\U00011f04"  # KAWI LETTER A: no face of ours has it
    post = replace(article(f"第一段。\n\n第二段{kawi}，又一个{kawi}。", "markdown"), body_line=7)
    (found,) = diagnose([clean(post)], faces)
    assert (found.code, found.source, found.line) == ("glyph-missing", post.source, 9)
    assert dict(found.params)["character"] == "U+11F04"


def test_markup_is_not_looked_through() -> None:
    faces = find_faces(configured={}, wanted={})
    post = article('<p data-mark="\U00011f04">文</p>')
    assert diagnose([clean(post)], faces) == ()


def test_a_character_is_named_once_where_it_stands_first() -> None:
    faces = find_faces(configured={}, wanted={})
    kawi = "\U00011f04"
    posts = [article(f"<p>{kawi}</p>") for _ in range(3)]
    assert len(diagnose([clean(post) for post in posts], faces)) == 1


def test_very_many_characters_are_told_in_one_sentence() -> None:
    """A machine without a face for a script would name each of its thousands."""
    faces = find_faces(configured={}, wanted={})
    kawi = "".join(map(chr, range(0x11F04, 0x11F34)))  # KAWI LETTER A and on
    post = article(f"<p>{kawi}</p>")
    (found,) = diagnose([clean(post), clean(article("<p>文</p>"))], faces)
    assert found.code == "glyphs-missing"
    assert (dict(found.params)["articles"], int(dict(found.params)["count"]) > 20) == (1, True)


def test_a_script_without_a_face_is_said_once_for_the_booklet() -> None:
    """Each of its letters would be a line of the report otherwise."""
    letters = "\U0001e922\U0001e923\U0001e924"
    post = article(f"<p>{letters}✨</p>")
    found = [*glyph_findings(letters, post), *glyph_findings(letters, replace(post, source="b.md"))]
    assert [(one.code, dict(one.params)["script"], dict(one.params)["count"]) for one in found] == [
        ("script-missing", "Adlam", 3),
        ("script-missing", "Adlam", 3),
    ]
    assert list(once_for_each_script(found)) == found[:1]


def test_signs_of_no_script_and_han_are_named_one_by_one() -> None:
    codes = [one.code for one in glyph_findings("✨\U0002a6d6\U0002a6d7", None)]
    assert codes == ["glyph-missing"] * 3
