"""Emphasis by the amendment for scripts without spaces: without these scripts nothing may differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from booklet.clean.markdown.emphasis import cjk_emphasis

THEIRS = MarkdownIt("commonmark").enable("strikethrough")
OURS = MarkdownIt("commonmark").enable("strikethrough").use(cjk_emphasis)


@given(st.text(alphabet='ab *_~.("“é—`\\\n', max_size=40))
def test_text_without_han_kana_and_hangul_is_read_as_the_library_reads_it(text: str) -> None:
    assert OURS.render(text) == THEIRS.render(text)


@given(
    st.text(alphabet="甲が각", min_size=1, max_size=3),
    st.sampled_from("。」）!)”…a"),
    st.sampled_from("甲が각"),
)
def test_a_bold_part_before_such_a_character_ends_where_it_says(words: str, end: str, after: str) -> None:
    expected = THEIRS.render(f"{words}{end}")[3:-5]
    assert OURS.render(f"**{words}{end}**{after}") == f"<p><strong>{expected}</strong>{after}</p>\n"


@pytest.mark.parametrize("mark", ["*", "**", "***", "~~"])
def test_runs_pair_from_left_to_right(mark: str) -> None:
    one = OURS.render(f"{mark}甲。{mark}")[3:-5]
    assert OURS.render(f"{mark}甲。{mark}乙{mark}甲。{mark}乙") == f"<p>{one}乙{one}乙</p>\n"


def test_an_emoji_is_no_character_of_these_scripts() -> None:
    assert OURS.render("a**🈁(b)**c") == THEIRS.render("a**🈁(b)**c")
