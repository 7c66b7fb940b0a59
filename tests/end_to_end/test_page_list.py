"""One numbering: the EPUB's page list stands at the words with which the PDF's pages begin."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from booklet.cli import run

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
WORDS = 12
"""Characters compared after each break."""


@dataclass(frozen=True)
class Built:
    epub: Path
    pdf: Path
    pages: int


def build(capsys: pytest.CaptureFixture[str], *arguments: str) -> Built:
    capsys.readouterr()
    assert run(["build", *arguments, "--offline", "--json", "--force"]) == 0
    report = json.loads(capsys.readouterr().out)
    outputs = {output["format"]: output for output in report["outputs"]}
    return Built(Path(outputs["epub"]["path"]), Path(outputs["pdf"]["path"]), outputs["pdf"]["pages"])


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))


def page_list(epub: Path) -> list[tuple[str, str]]:
    """Number and place of every page, as the navigation document has them."""
    with zipfile.ZipFile(epub) as book:
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
    return [
        (link.text or "", link.get("href", ""))
        for part in nav.iter(f"{XHTML}nav")
        if part.get(f"{EPUB}type") == "page-list"
        for link in part.iter(f"{XHTML}a")
    ]


def words_after(epub: Path, href: str) -> str:
    """What a reader reads from a break on, without white space and what print draws otherwise."""
    name, _, identifier = href.partition("#")
    with zipfile.ZipFile(epub) as book:
        root = etree.fromstring(book.read(f"EPUB/{name}"))
    parts = [text for text, begun in _read(root, identifier, begun=[False]) if begun]
    return _folded("".join(parts))


def _read(element: etree._Element, identifier: str, begun: list[bool]) -> Iterator[tuple[str, bool]]:
    if element.get("id") == identifier:
        begun[0] = True
    if etree.QName(element).localname not in ("math", "rt", "rp", "head"):
        yield element.text or "", begun[0]
        for child in element:
            yield from _read(child, identifier, begun)
            yield child.tail or "", begun[0]


def printed(pdf: Path, page: int) -> str:
    """The words of a page between its running head and its folio."""
    area = ["-x", "0", "-y", "68", "-W", "600", "-H", "706"]
    command = ["pdftotext", "-f", str(page), "-l", str(page), *area, str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # Numbers of links and of list items are print's own.
    return re.sub(r"^\d+\.", "", _folded(re.sub(r"\[\d+\]", "", text)))


def _folded(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060\[\]·]+", "", text)


def check(built: Built) -> None:
    listed = page_list(built.epub)
    opening = words_after(built.epub, listed[0][1])[:6]
    front = next(page for page in range(3, built.pages) if opening in printed(built.pdf, page))
    misses = []
    for label, href in listed:
        begin = words_after(built.epub, href)[:WORDS]
        page = printed(built.pdf, front - 1 + int(label))
        if not page.startswith(begin[: len(page)]):
            misses.append((label, begin, page[:40]))
    assert misses == []
    assert len(listed) >= built.pages - front
    with zipfile.ZipFile(built.epub) as book:  # the book, whatever the file is called
        assert re.search(rb'"pageBreakSource">[^<]+ \(PDF\)<', book.read("EPUB/content.opf"))


@pytest.mark.tools
def test_each_page_number_of_the_samples_stands_at_the_words_of_its_page(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pdftoppm: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "."]) == 0
    check(build(capsys))


@pytest.mark.tools
@pytest.mark.corpus
def test_each_page_number_of_the_real_posts_stands_at_the_words_of_its_page(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    corpus_posts: tuple[Path, ...],
    pdftoppm: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    check(build(capsys, str(corpus_posts[0].parent), "--timezone", "Asia/Shanghai"))


def test_without_a_pdf_there_is_no_page_list(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "."]) == 0
    capsys.readouterr()
    assert run(["build", "-f", "epub", "--offline", "--json"]) == 0
    epub = Path(json.loads(capsys.readouterr().out)["outputs"][0]["path"])
    assert page_list(epub) == []
    with zipfile.ZipFile(epub) as book:
        assert not any(b"data-at" in book.read(name) for name in book.namelist())
        assert b"pageBreakMarkers" not in book.read("EPUB/content.opf")
