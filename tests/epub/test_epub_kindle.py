from __future__ import annotations

from pathlib import Path

import pytest

from booklet.check.epub import check_epub
from booklet.model import EpubProfile
from booklet.render.epub import notices, remarks, render_epub
from booklet.render.epub.systems.kindle import supported_css

from .epub_sample import CSS, booklet, cover_picture, standard_articles, unpacked, with_body
from .test_epub_writer import EVERYTHING


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("p { margin: 1em; color: red }", "p { margin: 1em; color: red; }\n"),
        (":root { --a: 1px } p { color: var(--a); margin: 0 }", "p { margin: 0; }\n"),
        ("p { width: calc(1em + var(--b)) }", ""),
        (
            "div { display: flex; margin: 0 } i { display: block }",
            "div { margin: 0; }\ni { display: block; }\n",
        ),
        ("p { text-indent: -2em; margin: 0 -1px; line-height: 1.5 }", "p { line-height: 1.5; }\n"),
        ("p { position: absolute; top: 1em; padding: 0 }", "p { padding: 0; }\n"),
        ("@supports (display: grid) { p { margin: 0 } } b { color: red }", "b { color: red; }\n"),
        (
            "@media amzn-kf8 { p { margin: 0; --x: 1 } i { --y: 2 } }",
            "@media amzn-kf8 { p { margin: 0; } }\n",
        ),
        ("@import url(a.css); p::before { content: '；}' }", 'p::before { content: "；}"; }\n'),
        ("/* -- */ p { margin: 0 !important }", "p { margin: 0 !important; }\n"),
        ("p { margin: 0", "p { margin: 0; }\n"),
        ("}}} p {", ""),
        ("", ""),
    ],
)
def test_what_kindle_lacks_is_left_out(css: str, wanted: str) -> None:
    assert supported_css(css) == wanted


def test_only_the_profile_for_kindle_is_filtered() -> None:
    book, made = with_body("<p>文</p>")
    for profile in ("default", "kobo", "eink-grey", "kindle"):
        data = render_epub(book, made, css="p { --x: 1px }", cover=None, profile=profile)
        assert (b"--x" in unpacked(data)["EPUB/style.css"]) == (profile != "kindle")


@pytest.mark.tools
def test_epubcheck_finds_nothing_in_a_book_for_kindle(tmp_path: Path, java: str) -> None:
    book, made = with_body(EVERYTHING)
    path = tmp_path / "book.epub"
    path.write_bytes(render_epub(book, made, css=CSS, cover=cover_picture(), profile="kindle"))
    assert check_epub(path).facts == (("EPUBCheck 5.3.0", "0 fatals / 0 errors / 0 warnings"),)


@pytest.mark.parametrize(
    ("profile", "size", "told"), [("kindle", 51, True), ("kindle", 50, False), ("default", 51, False)]
)
def test_a_book_too_large_to_mail_is_told(
    profile: EpubProfile, size: int, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "MAX_MAIL_BYTES", 50)
    book = booklet(*standard_articles())
    codes = [one.code for one in remarks(book, b"x" * size, profile=profile)]
    assert ("epub-too-large-to-mail" in codes) == told


def test_the_limit_is_what_send_to_kindle_takes() -> None:
    assert notices.MAX_MAIL_BYTES == 50_000_000
