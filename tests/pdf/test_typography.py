"""Invisible characters that allow and forbid breaks: pure functions on text."""

from __future__ import annotations

from math import inf

import pytest
from lxml import etree

from booklet.render.pdf.engine.lines.spacing import Letter, letters_of, share_out
from booklet.render.pdf.trees.breaks.typography import ALLOW, FORBID, bind_end, break_text, set_breaks
from booklet.render.text.marks import (
    classify,
    ends_loosely,
    gap_ranges,
    is_border,
    narrow_ranges,
    tight_marks,
    width_with_mark,
)


def shown(text: str) -> str:
    """The text with its break characters made visible."""
    return text.replace(ALLOW, "|").replace(FORBID, "_")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说“好”吗", "他说|“好”|吗"),
        ("好——真的……", "好_——真的_……"),
        ("10月", "10__月"),
        ("30 公里", "30 _公_里"),
        ("30公里", "30__公_里"),
        ("几百公里", "几百公_里"),
        ("12 %", "12 _%"),
        ("5 km", "5 _km"),
        ("5 kinds", "5 kinds"),
        ("第 3 期", "第 _3 _期"),
        ("图 3", "图 _3"),
        ("如图3，", "如图__3，"),
        (".aa, .bb", ".aa,| .bb"),
        ("cd ../x", "cd| ../x"),
        ("甲 /乙", "甲 /乙"),
        ("（见表 2）", "（见表 _2）"),
        ("地图 3 张", "地图 3 _张"),
        ("No. 5", "No. _5"),
        ("see Fig. 12 and Table 3", "see Fig. _12 and Table _3"),
        ("page 3 nop. 5", "page 3 nop. 5"),
        ("卡尔·马克思", "卡尔_·马克思"),
        ("他说，“好”（真）", "他说，|“好”|（真）"),
        ("“好”Python“好”", "“好”|Python|“好”"),
        ("“ok”no", "“ok”no"),
        ('他说："OK吧"的', '他说：|"OK||吧"|的'),
        ('甲"乙"(丙)', '甲|"乙"(丙)'),
        ('屏27"的', '屏||27"的'),
        ('说 " 好 " 吧', '说 " 好 " 吧'),
        ("用A4纸", "用||A4||纸"),
        ("用 A4 纸", "用 A4 纸"),
        ("中，A", "中，A"),
        ("short/a/b", "short/a/b"),
        ("https://example.org/a?b=1", "https://example|._org/|a?_b_=_1"),
        ("https://e.org/0123456789abcdefABCDEF", "https://e|._org/|01234|56789|abcde|fABC_D_E_F"),
        ("https://e.org/an/extraordinarily/long", "https://e|._org/|an/|extraordinarily/|l_o_n_g"),
        ("见https://demo.shared.example.com。", "见||https://demo|._shared|._example|._c_o_m。"),
        ("(www.example.org/a_b-cdefgh/i.html).", "(www|._example|._org/|a_|b-|cdefgh/|i|._h_t_m_l_)_."),
        ("some_module.extraordinary_function", "some_|module.|extraordinary_|function"),
        ("extraordinarilylongcompound", "extraordinarilylongcompound"),
    ],
)
def test_breaks(text: str, expected: str) -> None:
    assert shown(break_text(text)) == expected


def test_a_word_without_end_may_break_and_loses_no_letter() -> None:
    text = break_text("a" * 5_000)
    assert max(map(len, text.split(ALLOW))) < 60
    assert text.replace(ALLOW, "") == "a" * 5_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习资料。", "学习资_料_。"),
        ("见图5）。", "见图_5_）_。"),
        ("好", "好"),
        ("the end.", "the end."),
        ("", ""),
    ],
)
def test_a_paragraphs_end_is_bound(text: str, expected: str) -> None:
    assert shown(bind_end(text)) == expected


def broken(markup: str) -> str:
    root = etree.fromstring(markup)
    set_breaks(root)
    return shown(etree.tostring(root, encoding="unicode"))


def test_code_formulas_and_drawings_stay_as_they_are() -> None:
    text = broken("<div><p>用A4<code>用A4纸</code>用A4</p><pre>第3期<b>第3期</b></pre>第3期</div>")
    assert "<code>用A4纸</code>" in text
    assert "<pre>第3期<b>第3期</b></pre>第__3__期" in text


def test_rules_hold_across_markup_and_leave_their_characters_outside_it() -> None:
    assert broken("<p>用<b>A4</b>纸张</p>") == "<p>用||<b>A4</b>||纸_张</p>"
    assert broken("<p>共<b>30</b>公里路，走完</p>") == "<p>共||<b>30</b>__公_里路，走_完</p>"
    assert broken("<p>好<b>——</b>真的吗</p>") == "<p>好_<b>——</b>真的_吗</p>"
    assert broken("<p>他说<i>“好”</i>吗，是的</p>") == "<p>他说|<i>“好”</i>|吗，是_的</p>"


def test_a_raised_number_stays_with_what_it_is_to() -> None:
    assert broken('<p>文章<a class="noteref" href="#n">1</a>里写</p>').startswith("<p>文章_<a")
    assert broken('<p>文章<a href="u">链接</a><sup class="link-number">1</sup></p>').count("_") == 2


def test_a_blocks_own_end_is_bound_whatever_its_markup_but_not_within_code() -> None:
    assert broken("<p>前文后文<b>粗体字</b></p>") == "<p>前文后文<b>粗体_字</b></p>"
    assert broken("<p>前文后文<b>粗</b>。</p>") == "<p>前文后文_<b>粗</b>_。</p>"
    assert broken("<p>前文 A。</p>") == "<p>前文_ _A_。</p>"
    assert broken("<p>运行<code>make</code></p>") == "<p>运行||<code>make</code></p>"


def test_a_line_that_a_break_ends_is_bound_too() -> None:
    assert broken("<p>甲乙丙<br/>丁戊己</p>") == "<p>甲乙_丙<br/>丁戊_己</p>"


def test_a_footnote_within_its_paragraph_is_a_text_of_its_own() -> None:
    text = broken('<p>甲<span class="page-note">注A</span>B乙丙</p>')
    assert text == '<p>甲||<span class="page-note">注__A</span>B||乙_丙</p>'


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("中", "wide"),
        ("，", "wide"),
        ("あ", "wide"),
        ("😀", "wide"),
        ("한", "narrow"),
        ("“", "mark"),
        ("—", "mark"),
        ("a", "narrow"),
        (" ", "space"),
        ("\u00a0", "space"),
        ("\ufe0f", "attached"),
        ("\U0001f3fb", "attached"),
        ("\u200d", "joiner"),
        ("\u200b", "invisible"),
    ],
)
def test_classes(character: str, kind: str) -> None:
    assert classify(character) == kind


def test_a_border_is_where_han_and_letters_or_digits_meet() -> None:
    assert is_border("中", "A")
    assert is_border("9", "中")
    assert not is_border("，", "A")
    assert not is_border("中", "(")
    assert not is_border("A", "9")


def test_a_mark_loses_its_empty_half_at_another_mark() -> None:
    assert tight_marks("好。”") == [1]
    assert tight_marks("：“《好") == [0, 2]
    assert tight_marks(f"好。{ALLOW}“") == [1]
    assert tight_marks("好。吗") == []


def test_a_mark_loses_its_empty_half_at_the_ends_of_a_line() -> None:
    assert tight_marks("《好。", first=True, last=True) == [0, 2]
    assert tight_marks(f"《好。{FORBID}", last=True) == [2]
    assert tight_marks("好《好。吗", first=True, last=True) == []


def test_narrow_forms_are_byte_ranges() -> None:
    assert list(narrow_ranges("中don’t", "zh-CN")) == [(3, 10)]
    assert list(narrow_ranges("“ok”", "en")) == [(0, 8)]
    assert list(narrow_ranges("“好”", "zh-CN")) == []


def test_the_width_of_what_a_closing_mark_binds() -> None:
    assert width_with_mark("好。吗") == 1.5
    assert width_with_mark(f"协{FORBID}议{FORBID}。”") == 3
    assert width_with_mark("好吗。") == inf
    assert width_with_mark("（WHO）对") == pytest.approx(1 + 3 * 0.3 + 0.5)


def test_a_gap_at_a_lines_end_does_not_count() -> None:
    text = f"中{ALLOW * 2}A{ALLOW * 2}"
    assert list(gap_ranges(text)) == [(3, 9), (10, 16)]
    assert list(gap_ranges(text, ends_line=True)) == [(3, 9)]
    assert ends_loosely(text)
    assert ends_loosely("好。")
    assert not ends_loosely("好")


def spread(text: str, slack: float, *, fill: bool = True, em: float = 10.0) -> tuple[list[float], float]:
    letters = letters_of(text, 1, em)
    given = share_out(letters, slack, fill=fill)
    return [round(letter.gap, 3) for letter in letters], given


def test_slack_goes_evenly_between_han_and_none_after_the_last() -> None:
    gaps, given = spread("中文字", 1.0)
    assert gaps == [0.5, 0.5, 0.0]
    assert given == pytest.approx(1.0)


def test_slack_goes_first_to_borders_of_han_and_latin() -> None:
    assert spread("中A文", 4.0)[0] == [2.0, 2.0, 0.0]
    assert spread("中A文", 20.0, fill=False) == ([2.5, 2.5, 0.0], 5.0)


@pytest.mark.parametrize("figure", ["①", "⑳", "❿"])
def test_a_circled_figure_is_set_as_a_han_is(figure: str) -> None:
    assert spread(f"中{figure}文", 20.0, fill=False) == ([0.0, 0.0, 0.0], 0.0)
    assert spread(f"中{figure}文", 4.0)[0] == [2.0, 2.0, 0.0]
    assert break_text(f"中{figure}文") == f"中{figure}文"


def test_a_border_that_has_its_quarter_em_gets_no_second_one() -> None:
    assert spread(f"中{ALLOW * 2}A", 20.0, fill=False) == ([0.0, 0.0], 0.0)


def test_latin_letters_get_no_slack_while_there_are_gaps() -> None:
    assert spread("ab cd", 1.0)[0] == [0.0, 0.0, 1.0, 0.0, 0.0]


def test_no_gap_exceeds_its_limit() -> None:
    gaps, given = spread("中文A b", 99.0)
    third, quarter = 3.33, 2.5  # a border without its quarter em gets that besides
    assert gaps[:4] == pytest.approx([third, quarter + third / 2, 0.5, 2 * third], abs=0.02)
    assert given == pytest.approx(sum(gaps))


def test_a_typed_space_beside_han_takes_as_much_as_a_border_without_one() -> None:
    gaps, _ = spread(f"用 A{ALLOW * 2}纸 b c", 1.0)
    assert gaps[1] == pytest.approx(gaps[2], abs=0.011)
    assert gaps[1] < gaps[6]


def test_a_line_without_any_gap_is_tracked_unseen() -> None:
    gaps, given = spread("abcdefgh", 2.0)
    assert max(gaps) < 0.31
    assert given == pytest.approx(2.0, abs=0.01)


def test_gaps_are_whole_units_and_lose_nothing() -> None:
    gaps, given = spread("一二三四五六七", 1.0, em=14.0)
    assert given == pytest.approx(1.0, abs=0.014)
    assert all(abs(gap / 0.014 - round(gap / 0.014)) < 0.08 for gap in gaps)


def test_emoji_sequences_are_one_letter() -> None:
    assert [letter.character for letter in letters_of("👨‍👩‍👧中❤️", 1, 10.0)] == ["👨", "中", "❤"]


def test_a_line_without_letters_takes_nothing() -> None:
    assert share_out([], 5.0, fill=True) == 0.0
    assert share_out([Letter(1, 0, "", 0.0)], 5.0, fill=True) == 0.0


def test_no_gap_parts_a_raised_number_from_its_word() -> None:
    letters = [*letters_of("注释", 1, 10.0), *letters_of("12", 2, 6.6), *letters_of("又", 1, 10.0)]
    assert share_out(letters, 2.0, fill=True) == pytest.approx(2.0, abs=0.01)
    gaps = [letter.gap for letter in letters]
    assert gaps[1] == 0
    assert gaps[0] > 0
