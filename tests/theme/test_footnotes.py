"""Footnotes in print: which float to the foot of their page, which stay at the article's end."""

from __future__ import annotations

from lxml import etree

from booklet.render.pdf.trees.footnotes import MOST_EM, set_page_notes


def with_notes(text: str, *notes: str) -> etree._Element:
    asides = "".join(
        f'<aside class="footnote" id="fn-{number}">{note}</aside>'
        for number, note in enumerate(notes, start=1)
    )
    root = etree.fromstring(f'<div>{text}<section class="footnotes">{asides}</section></div>')
    set_page_notes(root)
    return root


def call(number: int) -> str:
    return f'<a class="noteref" href="#fn-{number}">{number}</a>'


def written(root: etree._Element) -> str:
    return etree.tostring(root, encoding="unicode")


def test_note_stands_behind_its_call_with_its_number_and_the_section_goes() -> None:
    root = with_notes(f"<p>前{call(1)}后</p>", '<p data-at="4">注</p>')
    assert written(root) == (
        '<div><p>前<a class="noteref" href="#fn-1">1</a>'
        '<span class="page-note" id="fn-1" data-number="1"><span class="note-part">注</span></span>'
        "后</p></div>"
    )


def test_second_call_leads_to_the_one_note() -> None:
    root = with_notes(f"<p>一{call(1)}</p><p>二{call(1)}</p>", "<p>注</p>")
    assert written(root).count("page-note") == 1
    assert len(root.findall(".//a")) == 2


def test_note_of_several_paragraphs_has_parts() -> None:
    root = with_notes(f"<p>前{call(1)}</p>", "<p>一</p><p>二 <em>三</em></p>")
    assert [part.text for part in root.iterfind(".//span[@class='note-part']")] == ["一", "二 "]


def test_what_a_foot_cannot_hold_stays_at_the_end() -> None:
    for note in (f"<p>{'长' * (MOST_EM + 1)}</p>", "<ul><li>一</li></ul>", "<p>甲</p><table></table>"):
        root = with_notes(f"<p>前{call(1)}{call(2)}</p>", note, "<p>短</p>")
        assert [aside.get("id") for aside in root.iter("aside")] == ["fn-1"]
        assert "page-note" in written(root)


def test_note_of_a_repeated_table_head_stays_at_the_end() -> None:
    head, body = f"<tr><th>月{call(1)}</th></tr>", f"<tr><td>三{call(2)}</td></tr>"
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    root = with_notes(table, "<p>头</p>", "<p>身</p>")
    assert [aside.get("id") for aside in root.iter("aside")] == ["fn-1"]


def test_call_inside_a_note_that_stays_has_its_note_at_the_end_too() -> None:
    root = with_notes(f"<p>前{call(1)}</p>", f"<ul><li>一{call(2)}</li></ul>", "<p>二</p>")
    assert [aside.get("id") for aside in root.iter("aside")] == ["fn-1", "fn-2"]
