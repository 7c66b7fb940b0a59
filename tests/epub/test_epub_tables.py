"""Tables on small screens: as they are, set smaller, or taken apart into records; nothing is lost."""

from __future__ import annotations

import pytest

from booklet.render.epub import render_epub

from .epub_sample import CSS, unpacked, with_body

LONG = "timeout_seconds_for_connection"


def page(body: str) -> str:
    book, made = with_body(body)
    return unpacked(render_epub(book, made, css=CSS, cover=None))["EPUB/a-000000000001.xhtml"].decode()


def table(*rows: str, head: str = "", attributes: str = "") -> str:
    head = f"<thead><tr>{head}</tr></thead>" if head else ""
    return f"<table{attributes}>{head}<tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def cells(*texts: str, tag: str = "td") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def test_a_narrow_table_stays_as_it_is() -> None:
    narrow = table(cells("教育", "1,260"), head=cells("项目", "金额", tag="th"))
    assert narrow in page(narrow)


def test_one_that_nearly_fits_is_set_smaller() -> None:
    nearly = table(cells("Average case", *["O(n)"] * 6), head=cells(*["Worst"] * 7, tag="th"))
    assert '<table class="tight">' in page(nearly)


def test_a_wide_one_becomes_records_with_a_label_before_each_cell() -> None:
    wide = table(
        cells(LONG, "integer", "连接的超时", "", *["无"] * 6),
        cells("retries", "<p>a <b>b</b></p>", "<ul><li>甲</li></ul>", "x", *["无"] * 6),
        head=cells("名称", "类型", "说明", "Note", *["栏"] * 6, tag="th"),
        attributes=' id="t"',
    )
    shown = page(f"{wide}<p>后</p>")
    assert "<table" not in shown
    assert (
        '<div class="records" id="t"><div class="record">'
        f'<p class="cell"><span class="cell-label">名称：</span>{LONG}</p>'
        '<p class="cell"><span class="cell-label">类型：</span>integer</p>'
    ) in shown
    assert '<p class="cell"><span class="cell-label">类型：</span>a <b>b</b></p>' in shown
    assert '<div class="cell"><span class="cell-label">说明：</span><ul><li>甲</li></ul></div>' in shown
    assert '<span class="cell-label">Note: </span>x' in shown
    assert shown.count("Note: ") == 1, "an empty cell says nothing"
    assert shown.endswith("</div></div><p>后</p></article></body></html>")


def test_what_a_head_holds_is_kept_once() -> None:
    wide = table(
        *[cells(LONG, LONG)] * 2, head='<th id="h">甲<a href="https://example.org/">链</a></th><th>乙</th>'
    )
    shown = page(wide)
    assert shown.count('href="https://example.org/"') == 1
    assert shown.count("甲链：") + shown.count("甲<a") == 2


def test_a_caption_stands_above_the_records() -> None:
    wide = table(cells(LONG, LONG), head=cells("甲", "乙", tag="th")).replace(
        "<thead>", "<caption>表一</caption><thead>"
    )
    assert '<div class="records"><p class="records-caption">表一</p><div class="record">' in page(wide)


@pytest.mark.parametrize(
    "odd",
    [
        table(cells(LONG, LONG), cells(LONG, LONG)),
        table(f"<td colspan='2'>{LONG}{LONG}</td>", head=cells("甲", "乙", tag="th")),
        table(cells(LONG), cells(LONG, LONG), head=cells("甲", "乙", tag="th")),
        table(cells(LONG, table(cells("内"))), head=cells("甲", "乙", tag="th")),
        table(cells(LONG, LONG), head="<th><p>甲</p></th><th>乙</th>"),
        table(head=cells(LONG, LONG, tag="th")),
    ],
)
def test_what_cannot_be_taken_apart_may_break_its_words(odd: str) -> None:
    assert '<table class="squeezed">' in page(odd)
