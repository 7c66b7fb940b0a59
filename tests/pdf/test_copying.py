"""What is copied from a page is what was written."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from booklet.render.pdf.engine.lines.copying import DrawnGlyph, with_spans

from .books import book_of, print_book, write_samples
from .reading import text_of
from .sample import PRINT_CSS, make_pdf

LINES = (
    "用A4纸打印第3期共12篇Python3代码，调用RANDBETWEEN函数，再用 B5 纸印一遍",
    "图片未能取得，“看，”他说：“好。”《红楼梦》（第一回）、『旧版』",
    "在这一行里有一个特别特别长的词Internationalization和另一个词",
)


_LABEL = re.compile(r"^\f?(?:[一二三四]|[来來]源) ", re.MULTILINE)
"""Of a section or an article's foot: a box of its own, with room after it."""


def plain(text: str) -> str:
    """Without the ends of lines, and hyphens at them."""
    return re.sub(r"-?\n", "", text)


@pytest.mark.parametrize("css", ["", "p { width: 13em }", "p { font-size: 18pt; line-height: 30pt }"])
@pytest.mark.parametrize("line", LINES)
def test_the_text_is_the_source(line: str, css: str) -> None:
    data = make_pdf([f"<p>{line}。</p>" * 3], print_css=PRINT_CSS + css).data
    text = plain(text_of(data).split("第 1 篇")[-1].split("第1篇")[-1])
    assert text.count(line + "。") == 3, text


def test_a_dash_in_a_title_is_copied_wherever_it_stands(tmp_path: Path) -> None:
    title = "Telescope——Container的观察和记录系统"
    (tmp_path / "one.md").write_text(f"---\ntitle: {title}\ndate: 2026-10-20\n---\n正文。", encoding="utf-8")
    pages = text_of(print_book(book_of(tmp_path), "a4").result.data).split("\f")
    copied = ["".join(page.split()) for page in pages]
    assert sum("Telescope——Container" in page for page in copied) >= 2  # in the contents, above the article
    assert not any("TelescopeContainer" in page for page in copied)


def test_tracked_text_has_even_gaps_and_no_spaces() -> None:
    data = make_pdf(["<p>甲乙丙图片未能取得</p>"], print_css=PRINT_CSS + "p { letter-spacing: 0.06em }").data
    assert "甲乙丙图片未能取得" in text_of(data)


def test_no_stray_space_stands_between_han_in_the_samples(tmp_path: Path) -> None:
    book = book_of(write_samples(tmp_path))
    written = re.sub(r"<[^>]*>", "", "".join(chapter.xhtml for chapter in book.chapters))
    typed = set(re.findall("[一-鿿] (?=[一-鿿])", written))
    text = _LABEL.sub("", text_of(print_book(book, "a5").result.data))
    copied = set(re.findall("[一-鿿] (?=[一-鿿])", text))
    assert copied <= typed


def test_spans_leave_the_file_sound(tmp_path: Path) -> None:
    path = tmp_path / "copied.pdf"
    path.write_bytes(make_pdf([f"<p>{LINES[0]}</p>" * 9]).data)
    with pikepdf.open(path) as pdf:
        content = pdf.pages[-1].Contents.read_bytes()
    assert content.count(b"BDC") == content.count(b"EMC") > 0
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def test_a_span_holds_the_glyphs_that_gaps_join_with_their_widths() -> None:
    data = "用A4纸".encode()
    glyphs = [DrawnGlyph(0, is_followed=True), DrawnGlyph(3, is_followed=False)]
    glyphs += [DrawnGlyph(4, is_followed=False), DrawnGlyph(5, is_followed=False)]
    written = with_spans([b"BT", b"[<0001>-250<>0.0<00020003>-10<0004>] TJ"], glyphs, data)
    assert written == [
        b"BT",
        b"/Span <</ActualText <feff75280041>>> BDC",
        b"[<0001>-250 <0002>] TJ",
        b"EMC",
        b"[<0003>-10 <0004>] TJ",
    ]


def test_what_does_not_fit_the_text_stays_as_it_is() -> None:
    items = [b"[<0001>] TJ"]
    assert with_spans(items, [DrawnGlyph(0, is_followed=True)] * 2, b"ab") == items
