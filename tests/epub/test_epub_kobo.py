from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from booklet.check.epub import check_epub
from booklet.model import Chapter
from booklet.render.epub import render_epub
from booklet.render.epub.documents.document import XHTML, Document, document
from booklet.render.epub.systems.kobo import sentences, wrap

from .epub_sample import CSS, cover_picture, unpacked, with_body
from .test_epub_writer import EVERYTHING

HTML = {"x": XHTML}
UNMARKED = "ancestor::x:pre or ancestor::x:rp or ancestor::*[local-name()='math' or local-name()='svg']"


def made(markup: str) -> Document:
    chapter = Chapter("a-1", "article", "题", "zh-CN", f"<article>{markup}</article>")
    return document(chapter, name="a-1.xhtml", language="zh-CN")


def wrapped(markup: str) -> etree._Element:
    one = made(markup)
    wrap(one)
    return one.html[1]


def spans(body: etree._Element) -> list[tuple[str | None, str]]:
    found = body.iterfind(".//x:span[@class='koboSpan']", HTML)
    return [(span.get("id"), "".join(map(str, span.itertext()))) for span in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲说完了。乙没有！丙？", ["甲说完了。", "乙没有！", "丙？"]),
        ("他说：“走吧。”她说：“好！”于是走了", ["他说：“走吧。”", "她说：“好！”", "于是走了"]),
        ("（完。）下一句", ["（完。）", "下一句"]),
        ("『好。』「行。」《书》", ["『好。』", "「行。」", "《书》"]),
        ("等等……然后；再然后", ["等等……", "然后；", "再然后"]),
        ("真的？！当然", ["真的？！", "当然"]),
        ("Yes, it is. No! Why?  Because", ["Yes, it is. ", "No! ", "Why?  ", "Because"]),
        ("共 3.5 元，10:30 见 example.org。完", ["共 3.5 元，10:30 见 example.org。", "完"]),
        ('He said "no." Then left.', ['He said "no." ', "Then left."]),
        ("  首有空格。\n 次", ["  首有空格。\n ", "次"]),
        ("没有标点", ["没有标点"]),
        ("。", ["。"]),
    ],
)
def test_sentences_end_with_their_marks(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_paragraphs_and_sentences_are_numbered() -> None:
    body = wrapped("<h1>题</h1><p>一。二。</p><ul><li>三</li><li>四</li></ul><p>五<b>六。</b>七</p>")
    assert spans(body) == [
        ("kobo.1.1", "题"),
        ("kobo.2.1", "一。"),
        ("kobo.2.2", "二。"),
        ("kobo.3.1", "三"),
        ("kobo.3.2", "四"),
        ("kobo.4.1", "五"),
        ("kobo.4.2", "六。"),
        ("kobo.4.3", "七"),
    ]


def test_a_picture_is_a_paragraph_of_its_own() -> None:
    body = wrapped('<p>前<img src="images/a.png" alt="图"/>后</p>')
    (picture,) = body.iter(f"{{{XHTML}}}img")
    holder = picture.getparent()
    assert holder is not None
    assert (holder.get("class"), holder.get("id"), holder.tail) == ("koboSpan", "kobo.2.1", None)
    assert [one for one, _ in spans(body)] == ["kobo.1.1", "kobo.2.1", "kobo.2.2"]


def test_the_page_stands_in_two_boxes() -> None:
    (columns,) = wrapped("<p>文</p>")
    (inner,) = columns
    assert (columns.get("id"), inner.get("id"), inner[0].get("id")) == ("book-columns", "book-inner", "a-1")


def test_nothing_is_added_where_no_span_may_stand() -> None:
    markup = (
        "<ul> <li>甲</li> </ul><table> <tbody> <tr> <td>乙</td> </tr> </tbody> </table>"
        "<pre><code>a. b. c</code></pre><p><ruby>汉<rp>（</rp><rt>hàn</rt><rp>）</rp></ruby></p>"
    )
    body = wrapped(markup)
    for parent in ("ul", "table", "tbody", "tr", "pre", "code", "rp"):
        assert body.findall(f".//x:{parent}/x:span", HTML) == [], parent


def test_no_letter_is_changed_and_all_stand_in_spans() -> None:
    """Random markup: the text stays the same, and each text outside of code and formulas is in one span."""
    chance = random.Random(42)
    words = ["汉字。", "a. ", "“引”", " ", "\n", "3.5", "：", "……", "😀", "e\u0301"]

    def inline(depth: int) -> str:
        parts = []
        for _ in range(chance.randint(1, 4)):
            kind = chance.randrange(7 if depth else 3)
            text = "".join(chance.choices(words, k=chance.randint(0, 5)))
            tag = ("b", "a", "em", "span")[kind % 4]
            parts.append(text if kind < 3 else f"<{tag}>{inline(depth - 1)}</{tag}>")
            if kind == 2:
                parts.append(chance.choice(["<br/>", '<img src="x" alt=""/>', "<code>x. y</code>"]))
        return "".join(parts)

    for _ in range(200):
        markup = "".join(
            f"<p>{inline(3)}</p><ol> <li>{inline(2)}</li></ol><pre>{inline(0)}</pre>" for _ in range(3)
        )
        one = made(markup)
        before = "".join(map(str, one.html[1].itertext()))
        wrap(one)
        body = one.html[1]
        assert "".join(map(str, body.itertext())) == before
        ids = [identifier for identifier, _ in spans(body)]
        assert len(set(ids)) == len(ids)
        loose = body.xpath(
            f".//text()[normalize-space() and not(parent::x:span[@class='koboSpan']) and not({UNMARKED})]",
            namespaces=HTML,
        )
        assert loose == []
        assert body.xpath(".//x:span[@class='koboSpan']//x:span[@class='koboSpan']", namespaces=HTML) == []


def test_a_long_text_without_an_end_takes_no_long_time() -> None:
    assert sentences("字" * 300_000) == ["字" * 300_000]
    assert len(sentences(".“" * 100_000)) == 1


def test_only_the_profile_for_kobo_has_spans() -> None:
    book, chapters = with_body("<p>文。</p>")
    for profile, wanted in (("default", False), ("kindle", False), ("eink-grey", False), ("kobo", True)):
        data = render_epub(book, chapters, css=CSS, cover=None, profile=profile)  # type: ignore[arg-type]
        assert (b"koboSpan" in unpacked(data)["EPUB/a-000000000001.xhtml"]) == wanted


@pytest.mark.tools
def test_epubcheck_finds_nothing_in_a_book_for_kobo(tmp_path: Path, java: str) -> None:
    long = "".join(f"<p>{'字，字。' * 50}</p>" for _ in range(60))
    book, chapters = with_body(EVERYTHING, long)
    path = tmp_path / "book.kepub.epub"
    path.write_bytes(render_epub(book, chapters, css=CSS, cover=cover_picture(), profile="kobo"))
    result = check_epub(path)
    assert result.facts == (("EPUBCheck 5.3.0", "0 fatals / 0 errors / 0 warnings"),)
