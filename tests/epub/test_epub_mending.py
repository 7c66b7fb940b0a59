from __future__ import annotations

from pathlib import Path

import pytest

from booklet.check.epub import check_epub
from booklet.render.epub import render_epub
from booklet.render.epub.documents.strings import language_tag
from tests.ace import Ace

from .epub_sample import CSS, cover_picture, unpacked, with_body

CASES = [
    ("<dl><dt>甲</dt><dd>乙</dd></dl>", "<dl><dt>甲</dt><dd>乙</dd></dl>"),
    ("<dl><dd>乙</dd></dl>", "<div><div>乙</div></div>"),
    ("<dl><dt>甲</dt></dl>", "<div><div>甲</div></div>"),
    ("<dl><div><dt>甲</dt><dd>乙</dd></div></dl>", "<dl><div><dt>甲</dt><dd>乙</dd></div></dl>"),
    ("<details><p>文</p></details>", "<div><p>文</p></div>"),
    ("<details><summary> </summary><p>文</p></details>", "<div><div> </div><p>文</p></div>"),
    (
        "<details><summary>题</summary><p>文</p></details>",
        '<details open="open"><summary>题</summary><p>文</p></details>',
    ),
    ("<p><ruby>汉</ruby></p>", "<p><span>汉</span></p>"),
    ("<p><ruby>汉<rp>(</rp></ruby></p>", "<p><span>汉<span>(</span></span></p>"),
    ("<p><ruby>汉<rt>h</rt></ruby></p>", "<p><ruby>汉<rp>（</rp><rt>h</rt><rp>）</rp></ruby></p>"),
    (
        '<table><tr><th scope="col"></th><th>甲</th></tr></table>',
        "<table><tr><td></td><th>甲</th></tr></table>",
    ),
    ("<p><time>昨天</time></p>", "<p><span>昨天</span></p>"),
    (
        '<p><time datetime="2021-10-20">昨天</time></p>',
        '<p><time datetime="2021-10-20">昨天</time></p>',
    ),
    ("<h2> </h2><p>文</p>", "<p> </p><p>文</p>"),
    ('<p><a href="https://e.org/"></a>文</p>', "<p><a></a>文</p>"),
    ('<p><a href="https://e.org/">文</a></p>', '<p><a href="https://e.org/">文</a></p>'),
    (
        '<p><a href="https://e.org/"><img src="images/0a1b.png" alt="红"/></a></p>',
        '<p><a href="https://e.org/"><img src="images/0a1b.png" alt="红"/></a></p>',
    ),
    (
        '<p><a href="https://e.org/"><img src="images/0a1b.png" alt=""/></a></p>',
        '<p><a href="https://e.org/" aria-label="https://e.org/"><img src="images/0a1b.png" alt=""/></a></p>',
    ),
]


@pytest.mark.parametrize(("markup", "wanted"), CASES)
def test_what_is_invalid_or_nameless_becomes_simpler(markup: str, wanted: str) -> None:
    book, made = with_body(markup)
    page = unpacked(render_epub(book, made, css=CSS, cover=None))["EPUB/a-000000000001.xhtml"]
    assert f"<h1>题</h1>{wanted}</article>" in page.decode()


@pytest.mark.tools
def test_both_tools_find_nothing_in_what_was_mended(tmp_path: Path, java: str, ace: Ace) -> None:
    markup = "".join(before for before, _ in CASES) + '<p lang="us">a</p><p lang="xx-YY">b</p>'
    book, made = with_body(markup)
    path = tmp_path / "book.kepub.epub"  # in which every text is in a span, too
    path.write_bytes(render_epub(book, made, css=CSS, cover=cover_picture(), profile="kobo"))
    assert check_epub(path).facts == (("EPUBCheck 5.3.0", "0 fatals / 0 errors / 0 warnings"),)
    assert ace.violations(path, tmp_path) == ()


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("zh_CN", "zh-CN"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("yue", "yue"),
        ("us", ""),
        ("C", ""),
        ("und", ""),
        ("xx-YY", ""),
        ("qqq", ""),
        ("中文", ""),
    ],
)
def test_only_languages_that_there_are_are_told(given: str, tag: str) -> None:
    assert language_tag(given) == tag
