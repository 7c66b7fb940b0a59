"""Each rule of real rejections: a book that breaks it, and its twin in which nothing else differs."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from booklet.check import preflight as rules
from booklet.check.archive import read
from booklet.check.epub import check_epub
from booklet.check.preflight import RULES, preflight

from .book_files import page, sound, write

Files = dict[str, str | bytes]
Change = Callable[[Files], None]


def replaced(name: str, old: str, new: str) -> Change:
    def change(files: Files) -> None:
        text = files[f"EPUB/{name}"]
        assert isinstance(text, str)
        assert old in text
        files[f"EPUB/{name}"] = text.replace(old, new, 1)

    return change


def renamed(old: str, new: str) -> Change:
    def change(files: Files) -> None:
        files[f"EPUB/{new}"] = files.pop(f"EPUB/{old}")
        for name, text in files.items():
            if isinstance(text, str):
                files[name] = text.replace(f'"{old}', f'"{new}')  # with a fragment behind it or without

    return change


def webp(files: Files) -> None:
    target = BytesIO()
    Image.new("RGB", (8, 8)).save(target, "WEBP")
    files["EPUB/p.webp"] = target.getvalue()
    del files["EPUB/p.jpg"]
    for name in ("content.opf", "a.xhtml"):
        replaced(name, "p.jpg", "p.webp")(files)
    replaced("content.opf", "image/jpeg", "image/webp")(files)


def swollen_picture(files: Files) -> None:
    picture = files["EPUB/p.jpg"]
    assert isinstance(picture, bytes)
    files["EPUB/p.jpg"] = picture + b"\0" * (rules.MAX_PICTURE_BYTES + 1 - len(picture))


def long_page(kilobytes: int) -> Change:
    return replaced("a.xhtml", "</body>", f"<p>{'x' * 1024 * kilobytes}</p></body>")


def nothing(_files: Files) -> None:
    pass


IN_BODY = replaced("a.xhtml", "</body>", '<p><a href="#body">首</a></p></body>')


def link_to_body(files: Files) -> None:
    IN_BODY(files)
    replaced("a.xhtml", "<body>", '<body id="body">')(files)


def link_to_block(files: Files) -> None:
    IN_BODY(files)
    replaced("a.xhtml", "</body>", '<p id="body">文</p></body>')(files)


NCX_ITEM = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
DEEPER = '</navLabel><content src="a.xhtml#b"/>'


def without_ncx(files: Files) -> None:
    del files["EPUB/toc.ncx"]
    replaced("content.opf", NCX_ITEM, "")(files)
    replaced("content.opf", ' toc="ncx"', "")(files)


def with_spans(files: Files) -> None:
    replaced("a.xhtml", ">甲</h1>", '><span class="koboSpan" id="kobo.1.1">甲</span></h1>')(files)


THIRD = f'{DEEPER}<navPoint id="x3"><navLabel><text>丙</text>{DEEPER}</navPoint>'
SECOND = '<dc:title id="t">副题</dc:title><meta refines="#t" property="title-type">subtitle</meta>'
CASES: dict[str, tuple[Change, Change, bool]] = {
    # what spoils it, the twin, whether EPUBCheck takes the spoiled one
    "preflight-titles": (
        replaced("content.opf", "<dc:language>", f"{SECOND}<dc:language>"),
        replaced("content.opf", "学习参考</dc:title>", "学习参考 副题</dc:title>"),
        True,
    ),
    "preflight-language": (
        replaced("content.opf", ">zh-CN<", ">us<"),
        replaced("content.opf", ">zh-CN<", ">en-US<"),
        True,
    ),
    "preflight-comments": (
        replaced("a.xhtml", "<h1", "<!-- a -- b --><h1"),
        replaced("a.xhtml", "<h1", "<!-- a - b --><h1"),
        False,
    ),
    "preflight-css-variables": (
        replaced("style.css", "margin: 0", "--gap: 0; margin: var(--gap)"),
        replaced("style.css", "margin: 0", "/* --gap: */ margin: 0"),
        True,
    ),
    "preflight-ncx": (without_ncx, nothing, True),
    "preflight-ncx-depth": (
        replaced("toc.ncx", DEEPER, THIRD),
        replaced("toc.ncx", "</navMap>", "</navMap>"),
        True,
    ),
    "preflight-entry-names": (renamed("a.xhtml", "甲.xhtml"), renamed("a.xhtml", "b.xhtml"), True),
    "preflight-picture-types": (webp, nothing, True),
    "preflight-picture-size": (swollen_picture, nothing, True),
    "preflight-page-size": (long_page(261), long_page(240), True),
    "preflight-encoding": (
        replaced("a.xhtml", '<?xml version="1.0" encoding="utf-8"?>\n', ""),
        replaced("a.xhtml", 'encoding="utf-8"', 'encoding="UTF-8"'),
        True,
    ),
    "preflight-fragments": (
        replaced("nav.xhtml", 'href="a.xhtml"', 'href="a.xhtml#c"'),
        replaced("nav.xhtml", 'href="a.xhtml"', 'href="a.xhtml#b"'),
        False,
    ),
    "preflight-body-links": (link_to_body, link_to_block, True),
    "preflight-picture-source": (
        replaced("a.xhtml", "</body>", '<p><img alt=""/></p></body>'),
        replaced("a.xhtml", "</body>", '<p><img src="p.jpg" alt=""/></p></body>'),
        False,
    ),
    "preflight-remnants": (
        replaced("a.xhtml", "<p>", '<p data-AmznRemoved="1">'),
        replaced("a.xhtml", "<p>", '<p data-removed="1">'),
        False,
    ),
    "preflight-cover": (replaced("content.opf", '<meta name="cover" content="p"/>', ""), nothing, True),
    "preflight-kobo": (with_spans, nothing, True),
}
BY_THE_FILE = {"preflight-mail", "preflight-file-name"}


def codes(path: Path) -> list[str]:
    return [one.code for one in preflight(read(path))]


def book(path: Path, change: Change = nothing) -> Path:
    files: Files = dict(sound())
    change(files)
    return write(path, files)


def test_every_rule_has_a_pair_of_books() -> None:
    assert set(CASES) | BY_THE_FILE == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_the_spoiled_book_is_told_and_its_twin_is_not(tmp_path: Path, code: str) -> None:
    spoil, mend, _ = CASES[code]
    assert codes(book(tmp_path / "spoiled.epub", spoil)) == [code]
    assert codes(book(tmp_path / "twin.epub", mend)) == []


@pytest.mark.tools
def test_epubcheck_takes_both_where_only_kindle_refuses(tmp_path: Path, java: str) -> None:
    """One pair here, all in `make soak`: Java takes its time to start."""
    through_epubcheck(tmp_path, "preflight-titles")


@pytest.mark.tools
@pytest.mark.soak
@pytest.mark.parametrize("code", CASES)
def test_epubcheck_takes_every_twin(tmp_path: Path, java: str, code: str) -> None:
    through_epubcheck(tmp_path, code)


def through_epubcheck(folder: Path, code: str) -> None:
    spoil, mend, valid = CASES[code]
    result = check_epub(book(folder / "spoiled.epub", spoil))
    assert code in [one.code for one in result.findings]
    assert ("0 fatals / 0 errors" in result.facts[0][1]) == valid, result.findings
    twin = check_epub(book(folder / "twin.epub", mend))
    assert (twin.findings, twin.facts[0][1]) == ((), "0 fatals / 0 errors / 0 warnings")


def test_a_book_too_large_to_mail_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "book.epub")
    assert codes(path) == []
    monkeypatch.setattr(rules, "MAX_MAIL_BYTES", path.stat().st_size - 1)
    assert codes(path) == ["preflight-mail"]


@pytest.mark.parametrize(
    ("name", "told"), [("1669106941392.epub", True), ("2021年.epub", False), ("a-1.epub", False)]
)
def test_a_file_name_without_letters_is_told(tmp_path: Path, name: str, told: bool) -> None:
    assert codes(book(tmp_path / name)) == (["preflight-file-name"] if told else [])


def test_kobos_ending_wants_its_spans_and_takes_long_pages(tmp_path: Path) -> None:
    assert codes(book(tmp_path / "a.kepub.epub")) == ["preflight-kobo"]

    def long_with_spans(files: Files) -> None:
        with_spans(files)
        long_page(300)(files)

    assert codes(book(tmp_path / "b.kepub.epub", long_with_spans)) == []


def test_variables_in_pages_are_seen_and_text_about_them_is_not(tmp_path: Path) -> None:
    in_head = replaced("a.xhtml", "</head>", "<style>p { color: var(--x) }</style></head>")
    assert codes(book(tmp_path / "a.epub", in_head)) == ["preflight-css-variables"]
    in_text = replaced("a.xhtml", "</p>", "<code>a { --x: 1; color: var(--x) }</code></p>")
    assert codes(book(tmp_path / "b.epub", in_text)) == []


def test_one_finding_names_the_first_place_and_counts_the_others(tmp_path: Path) -> None:
    path = book(tmp_path / "a.epub", lambda files: files.update({f"EPUB/{n} .css": "" for n in range(4)}))
    (found,) = preflight(read(path))
    assert dict(found.params)["where"] == "EPUB/0 .css +3"


def test_a_package_without_anything_breaks_no_rule_by_a_crash(tmp_path: Path) -> None:
    path = write(tmp_path / "a.epub", {"x.opf": "<package/>", "a.xhtml": page(""), "b.ncx": "<ncx/>"})
    assert "preflight-ncx" not in codes(write(tmp_path / "b.epub", {"a.txt": ""}))
    assert codes(path)
