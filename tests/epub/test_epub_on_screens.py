"""A book's pages in foliate-js as phones and e-readers show them, light and dark: all seen, all readable."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from booklet.check import check
from tests.ace import Ace, find_ace
from tests.conftest import absent

from .screens import has_foliate, looks
from .screens_book import make_book

LOOKS_EACH = 6
CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>'
    "<dc:title>x</dc:title><dc:language>zh</dc:language></metadata><manifest>"
    '<item id="p" href="bad.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="p"/></spine></package>'
)
BAD = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
    '<p style="white-space: nowrap">wide{wide}</p><p style="color: #222; background: #333">dark</p>'
    '<p style="margin: 0">first</p><p style="margin: -2em 0 0">second</p>'
    '<p><img src="none.png" alt="none"/></p>'
    '<p>{long}<br/><a class="noteref">1</a></p></body></html>'
).format(wide="w" * 300, long="长" * 9)


FAULTS = ("outside the screen: p", "unreadable: p", "overlap: p", "not drawn: img", "begins a line: a")


@pytest.fixture(scope="module")
def browser() -> Ace:
    ace = find_ace()
    if ace is None or not has_foliate():
        absent("no Chromium, no Node, or no foliate-js (.ci/setup-system test)")
    return ace


@pytest.mark.tools
@pytest.mark.parametrize("theme", ["study", "plain"])
def test_every_page_fits_and_can_be_read(
    theme: str, browser: Ace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    seen, note = looks(browser, make_book(tmp_path, theme), tmp_path / "profile")
    assert len(seen) >= 5 * LOOKS_EACH
    assert [look for look in seen if look.faults] == []
    assert note.startswith("1 第一条脚注，出处很长：《某书》")
    assert "第二条" not in note


@pytest.mark.tools
def test_both_tools_find_nothing_in_it(
    ace: Ace, java: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = make_book(tmp_path, "study")
    assert check(book) == ()
    assert ace.violations(book, tmp_path / "ace") == ()


@pytest.mark.tools
def test_the_look_finds_what_does_not_fit(browser: Ace, tmp_path: Path) -> None:
    book = tmp_path / "bad.epub"
    with zipfile.ZipFile(book, "w") as archive:
        for name, text in (("META-INF/container.xml", CONTAINER), ("p.opf", PACKAGE), ("bad.xhtml", BAD)):
            archive.writestr(name, text)
    seen, _ = looks(browser, book, tmp_path / "profile")
    assert len(seen) == LOOKS_EACH
    for look in seen:
        said = " ".join(look.faults)
        for fault in FAULTS:
            assert fault in said, look
