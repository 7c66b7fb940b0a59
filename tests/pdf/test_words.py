"""Where a long Latin word may break: pure functions on text."""

from __future__ import annotations

import pytest

from booklet.render.pdf.engine.lines.words import WORST_BREAK, breaks, is_natural, word_at, worst_break


def shown(word: str, rank: int, *, code: bool = False) -> str:
    """The word with its breaks up to a rank."""
    for at in breaks(word, "zh-CN", code=code):
        if at.rank <= rank:
            word = word[: at.place] + ("-" if at.hyphen else "|") + word[at.place :]
    return word


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Internationalization", "In-ter-na-tion-al-iza-tion"),
        ("Kubernetes", "Ku-ber-netes"),
        ("RANDBETWEEN(100,200)", "RANDBETWEEN|(100,200)"),
        ("isocalendar().week", "isocalendar|().|week"),
        ("getElementById", "get|Element|By|Id"),
        ("window.innerWidth", "window.|inner|Width"),
        ("JavaScript", "JavaScript"),
        ("WiMAX", "WiMAX"),
        ("path/to_the-file", "path/|to_|the-|file"),
        ('src="logo"', 'src=|"logo"'),
        ("0.6495", "0.6495"),
        ("12:30:45", "12:30:45"),
    ],
)
def test_good_breaks(word: str, expected: str) -> None:
    assert shown(word, 2) == expected


def test_code_gets_no_hyphen() -> None:
    assert "-" not in shown("Internationalization", WORST_BREAK, code=True)
    assert "-" not in shown("RANDBETWEEN", WORST_BREAK)


def test_no_break_stands_before_a_last_letter_or_a_mark_or_after_a_bracket() -> None:
    word = shown("f(prototype);", WORST_BREAK, code=True)
    assert "(|" not in word
    assert "|)" not in word
    assert "|e)" not in word


def test_a_word_broken_anywhere_leaves_no_part_that_cannot_be_spoken_and_no_stub() -> None:
    assert shown("Periscope", WORST_BREAK) == "Pe-r-i-s-c-o-pe"
    assert shown("strengths", WORST_BREAK).count("-") > 3  # better than a line that misses its margin
    assert shown("breadths", WORST_BREAK) == "bre-adths"
    assert not shown("https://t.example/GjuON4pcckvw", WORST_BREAK).endswith(("|kvw", "|vw", "|w"))


def test_numbers_stay_whole_and_rows_of_digits_do_not() -> None:
    assert "|" not in shown("1,234,567.89", WORST_BREAK)
    assert "|" in shown("1234567890" * 3, WORST_BREAK)


def test_a_word_is_taken_with_the_brackets_before_it() -> None:
    assert word_at(" （Backpropagation）的") == (" （", "Backpropagation")
    assert word_at("中文") == ("", "")
    assert word_at("GDP 增长") == ("", "")


def test_a_word_breaks_at_its_syllables_and_elsewhere_only_if_the_line_cannot_be_filled() -> None:
    assert worst_break("Kubernetes", 0.3) == 0
    assert worst_break("Kubernetes", 0.5) == 2
    assert worst_break("Linux", 0.5) == 0
    assert worst_break("Linux", 0.9) == 2
    assert worst_break("Linux", 1.1) == WORST_BREAK
    assert worst_break("utf8_bom", 0.9) == 2
    assert worst_break("utf8_bom", 1.1) == WORST_BREAK
    assert all(at.hyphen for at in breaks("Linux", "zh-CN", code=False))


def test_words_are_told_from_names_in_programs() -> None:
    assert is_natural("Information,")
    assert is_natural("well-known")
    assert not is_natural("RANDBETWEEN")
    assert not is_natural("utf8")
    assert not is_natural("foo_bar")
