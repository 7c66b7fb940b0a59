"""Lines as they stand on paper, measured from the PDF."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout

from booklet.render.pdf.engine.library import standing

from .geometry import Line, glyph_boxes, line_texts, misses, recorded
from .reading import text_of
from .sample import make_pdf

TOLERANCE_PT = 0.5

MIXED = (
    "<p>读书会上，<b>王老师</b>用 WeasyPrint 70 与 Pango 1.50 排了一页样张，“看，”他说，"
    "“这 362 行都到了边上。”"
    "大家传阅 <a href='https://example.org/a/b?c=1'>https://example.org/a/b?c=1</a> 之后发现，"
    "第3期共12篇文章里有Python3代码（见附录）、《红楼梦》、《三国演义》，还有——谁也没想到——一首长诗……"
    "<em>春天</em>到了，we went out into the quiet streets，买了 3.5 公斤苹果与 2021 年的日历。</p>"
)
TRADITIONAL = "<p>讀書會上，老師說：「這一頁排得很好，」大家都同意；於是又讀了兩段，再寫三行字作為紀念。</p>"


def rendered(tmp_path: Path, bodies: list[str], lang: str = "zh-CN", css: str = "") -> tuple[Any, Path]:
    from .sample import PRINT_CSS

    with recorded() as documents:
        result = make_pdf(bodies, lang=lang, print_css=PRINT_CSS + css)
    path = tmp_path / "lines.pdf"
    path.write_bytes(result.data)
    return documents[-1], path


def assert_at_margin(measured: list[tuple[float, Line]], *, least: int) -> None:
    """So many lines at least were judged, and none misses the margin."""
    assert len(measured) >= least
    worst = max(measured, key=lambda miss: abs(miss[0]))
    assert abs(worst[0]) <= TOLERANCE_PT, worst


@pytest.mark.parametrize("body", [MIXED, TRADITIONAL])
@pytest.mark.parametrize("css", ["", "p { font-size: 18pt; line-height: 30pt }", "p { margin-right: 3.3mm }"])
def test_justified_lines_end_at_the_margin(tmp_path: Path, body: str, css: str) -> None:
    measured = misses(*rendered(tmp_path, [body * 12], css=css))
    assert_at_margin(measured, least=12)


def test_without_our_spacing_the_same_lines_miss_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "groups", frozenset)
    measured = misses(*rendered(tmp_path, [MIXED * 12], css="p { margin-right: 3.3mm }"))
    assert sum(abs(miss) > TOLERANCE_PT for miss, _ in measured) > len(measured) / 10


def test_latin_words_are_not_torn_apart(tmp_path: Path) -> None:
    _, path = rendered(tmp_path, [MIXED * 12])
    gaps = []
    for page in glyph_boxes(path):
        for (text, _, end, y), (_, start, _, next_y) in pairwise(page):
            if text in {"quiet", "Pango"} and y == next_y:
                gaps.append(start - end)
    assert gaps
    assert max(gaps) < 10  # pt; one em of the text


def test_copied_text_is_the_text_that_was_written() -> None:
    text = text_of(make_pdf([TRADITIONAL * 6]).data).replace("\n", "")
    assert (
        text.count("讀書會上，老師說：「這一頁排得很好，」大家都同意；於是又讀了兩段，再寫三行字作為紀念。")
        == 6
    )


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(tmp_path: Path) -> None:
    # Each paragraph is one character longer, so that every mark comes to every place of a line.
    bodies = "".join(f"{'<p>'}{'字' * n}{MIXED[3:]}" for n in range(1, 30))
    document, _ = rendered(tmp_path, [bodies])
    lines = [texts for texts in line_texts(document) if len(texts) > 1]
    assert sum(map(len, lines)) > 100
    for texts in lines:
        assert not [line for line in texts[1:] if line[0] in "，。、；：！？）》」』”’…—"]
        assert not [line for line in texts[:-1] if line[-1] in "（《「『“‘"]


def test_numbers_keep_their_unit_and_dashes_stay_whole(tmp_path: Path) -> None:
    bodies = "".join(f"<p>{'字' * n}于2021年10月22日完成了50%的工作——真的……好。</p>" for n in range(1, 60))
    document, _ = rendered(tmp_path, [bodies])
    for texts in line_texts(document):
        for before, after in pairwise(texts):
            assert not (before[-1].isdigit() and after[0] in "年月日%")
            assert before[-1] + after[0] not in {"——", "……"}


def test_no_paragraph_ends_in_a_line_of_one_character(tmp_path: Path) -> None:
    bodies = "".join(f"<p>{'字' * n}学习<b>资料</b>到此结束。</p>" for n in range(20, 70))
    document, _ = rendered(tmp_path, [bodies])
    paragraphs = [texts for texts in line_texts(document) if len(texts) > 1]
    assert len(paragraphs) > 30
    assert all(len(texts[-1].strip("。")) > 1 for texts in paragraphs)


def test_marks_side_by_side_are_set_tight(tmp_path: Path) -> None:
    _, path = rendered(tmp_path, ["<p>甲。”乙</p><p>甲》、《乙</p><p>甲乙丙丁</p>"])
    *_, page = glyph_boxes(path)
    widths = {text: end - start for text, start, end, _ in page}
    full = widths["甲乙丙丁"] / 4
    assert widths["甲。”乙"] == pytest.approx(3.5 * full, abs=0.3)
    assert widths["甲》、《乙"] == pytest.approx(4 * full, abs=0.3)


def test_a_quarter_em_stands_between_han_and_latin(tmp_path: Path) -> None:
    _, path = rendered(tmp_path, ["<p>用A4纸</p><p>用</p><p>A4</p><p>纸</p>"])
    *_, page = glyph_boxes(path)
    words = [(text, start, end) for text, start, end, _ in page]
    em = next(end - start for text, start, end in words if text == "纸")
    latin = next(end - start for text, start, end in words if text == "A4")
    spaced = [(start, end) for text, start, end in words if text in {"用", "A4", "纸", "用A4纸"}][:3]
    whole = max(end for _, end in spaced) - min(start for start, _ in spaced)
    assert whole == pytest.approx(2 * em + latin + 0.5 * em, abs=0.3)


def test_curly_marks_are_wide_in_chinese_and_narrow_in_english_and_inside_words(tmp_path: Path) -> None:
    def widths(body: str, lang: str) -> dict[str, float]:
        _, path = rendered(tmp_path, [body], lang)
        *_, page = glyph_boxes(path)
        return {text: end - start for text, start, end, _ in page}

    chinese = widths("<p>“好”</p><p>don’t</p><p>dont</p>", "zh-CN")
    english = widths("<p>“ok”</p><p>ok</p>", "en")
    assert chinese["“好”"] == pytest.approx(30, abs=0.3)  # three ems of 10 pt
    assert chinese["don’t"] - chinese["dont"] < 4
    assert english["“ok”"] - english["ok"] < 10


def test_a_long_address_breaks(tmp_path: Path) -> None:
    url = "https://example.org/" + "section-of-things/" * 8 + "a1b2c3d4e5" * 6
    document, path = rendered(tmp_path, [f"<p>原文：{url}完</p>"])
    texts = max(line_texts(document), key=len)
    assert len(texts) > 2
    assert all(abs(miss) <= 10 for miss, _ in misses(document, path))


def test_columns_of_code_stay_columns(tmp_path: Path) -> None:
    body = "<pre>用A4纸。”“印，（第3期）\n一二三四五六七八九十甲乙a</pre>"
    document, _ = rendered(
        tmp_path, [body], css="pre { font-family: var(--face-mono); white-space: pre-wrap }"
    )
    widths = [
        round(box.width, 2)
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox) and box.element_tag == "pre"
    ]
    assert widths[0] == widths[1]


def test_the_library_is_as_it_was_afterwards() -> None:
    before = (
        inline.split_inline_box,
        inline.text_align,
        Layout.set_text,
        Layout.get_first_line,
    )
    make_pdf([MIXED])
    after = (
        inline.split_inline_box,
        inline.text_align,
        Layout.set_text,
        Layout.get_first_line,
    )
    assert before == after


def test_right_to_left_text_and_inline_blocks_are_set(tmp_path: Path) -> None:
    body = (
        "<p dir='rtl' style='direction: rtl'>שלום עולם 中文 שלום</p>"
        "<p>图<span style='display: inline-block; width: 30pt'>中A文</span>"
        "在行里，然后继续写下去，写到第二行为止，再写几个字。</p>"
        "<p><ruby>漢<rt>かん</rt></ruby>字 مرحبا بالعالم 与 Latin fi ffi 混排在一行里，"
        "直到这一行写满并且折到下一行为止。</p>"
    )
    document, path = rendered(tmp_path, [body * 3])
    assert all(abs(miss) <= TOLERANCE_PT for miss, _ in misses(document, path))
    assert any(isinstance(box, boxes.InlineBlockBox) for box in document.pages[-1]._page_box.descendants())


LARGE = "p { font-size: 18pt; line-height: 30pt }"


@pytest.mark.parametrize(
    "end",
    [
        # A word fits, but not the dash that no line may begin with.
        "<a href='https://example.org/'>Periscope</a>——它是仪表板，可以查看集群的状态，也能告警。",
        # An opening mark fits, but not the word that it opens.
        "r=r+1一直改变，因此第1行“<strong>Sheets(&quot;B&quot;).Cells(r, c) = r</strong>”是第二张表。",
    ],
)
@pytest.mark.parametrize("margin", ["10mm", "22mm"])
def test_lines_reach_the_margin_before_a_word_of_other_markup(tmp_path: Path, margin: str, end: str) -> None:
    bodies = "".join(f"<p>{'字' * n}{end}</p>" for n in range(4, 24))
    measured = misses(*rendered(tmp_path, [bodies], css=f"{LARGE} p {{ margin-right: {margin} }}"))
    assert_at_margin(measured, least=30)


def test_a_line_before_a_long_number_gets_words_of_the_line_before_it(tmp_path: Path) -> None:
    bodies = "".join(f"<p>{'字' * n}今年 HSBC 新开了 50,000 个账户，比前一年多。</p>" for n in range(6, 26))
    measured = misses(*rendered(tmp_path, [bodies], css=f"{LARGE} p {{ margin-right: 22mm }}"))
    assert_at_margin(measured, least=20)


def test_a_line_is_not_one_word_because_a_link_follows_its_last_space(tmp_path: Path) -> None:
    # The line fits but for that space, at some of these widths.
    text = (
        "stiff, bouncy or spongy, slippery or sticky. No wonder that <a href='#'>four kinds</a> of sensors."
    )
    widths = [f"<p lang='en' style='margin-right: {quarter / 4}mm'>{text}</p>" for quarter in range(160)]
    document, _ = rendered(tmp_path, ["".join(widths)])
    starts = [texts[0] for texts in line_texts(document) if texts[0].startswith("stiff")]
    assert len(starts) == len(widths)
    assert not [line for line in starts if len(line) < 20]
