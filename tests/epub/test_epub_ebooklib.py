"""EbookLib's traps: what it would do to our documents, names, times; and its methods, should they change."""

from __future__ import annotations

import hashlib
import inspect
import random
import re
from xml.etree import ElementTree

import ebooklib
import pytest
from ebooklib import epub

from booklet.render.epub import render_epub
from booklet.render.epub.documents.document import Document
from booklet.render.epub.package.writer import EBOOKLIB_VERSION

from .epub_sample import CSS, booklet, chapters, cover_picture, standard_articles, unpacked, with_body

XHTML = "{http://www.w3.org/1999/xhtml}"


def test_the_pinned_version_is_installed() -> None:
    assert ebooklib.VERSION[:2] == EBOOKLIB_VERSION[:2]
    assert epub.VERSION[:2] == EBOOKLIB_VERSION[:2]


@pytest.mark.parametrize(
    ("method", "digest"),
    [
        (epub.EpubWriter.write, "f2f28ead2851b502"),
        (epub.EpubWriter._write_opf_file, "9e6c54d9c7b8ad3b"),
        (epub.EpubWriter._write_container, "e2f213b663da58e5"),
        (epub.EpubWriter._write_items, "a7939873a001e3b2"),
        (epub.EpubWriter._write_opf, "838838f292729b8a"),
        (epub.EpubWriter._write_opf_metadata, "03424df4c6100d69"),
        (epub.EpubWriter._write_opf_manifest, "19ae5ad92b617538"),
        (epub.EpubWriter._write_opf_spine, "b1e6eda6bd097354"),
        (epub.EpubItem.get_content, "264325fb187c303b"),
        (epub.EpubBook.add_metadata, "b4534325caad3c99"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_methods_that_are_overridden_or_relied_on_are_those_that_were_read(
    method: object, digest: str
) -> None:
    """When this fails, read EbookLib's new version, adapt `writer.py`, then take the new digest."""
    source = inspect.getsource(method)  # type: ignore[arg-type]
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == digest


def test_our_bytes_go_in_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, bytes] = {}
    to_bytes = Document.to_bytes

    def spied(self: Document) -> bytes:
        made[f"EPUB/{self.name}"] = data = to_bytes(self)
        return data

    monkeypatch.setattr(Document, "to_bytes", spied)
    book = booklet(*standard_articles())
    files = unpacked(render_epub(book, chapters(book), css=CSS, cover=cover_picture()))
    assert len(made) == 10
    assert {name: files[name] for name in made} == made


def test_no_white_space_is_added_between_letters_in_ruby_or_in_code() -> None:
    """Random markup, all its text in Han letters and spaces of its own: the text comes out to the letter."""
    chance = random.Random(7)

    def markup(depth: int) -> str:
        if not depth:
            return "".join(chance.choices("汉字，。　 ", k=chance.randint(0, 4)))
        tag = chance.choice(("b", "i", "em", "span", "a", "ruby", "code"))
        inside = f"汉<rp>（</rp><rt>{markup(0)}</rt><rp>）</rp>" if tag == "ruby" else markup(depth - 1)
        return f"{markup(0)}<{tag}>{inside}</{tag}>{markup(depth - 1)}<br/>"

    body = "".join(
        f"<p>{markup(3)}</p><pre>\n  {markup(2)}\n\t\n</pre><ul><li>{markup(2)}</li></ul>" for _ in range(50)
    )
    book, made = with_body(body)
    page = unpacked(render_epub(book, made, css=CSS, cover=None))["EPUB/a-000000000001.xhtml"]
    root = ElementTree.fromstring(page)
    wanted = ElementTree.fromstring(f"<div>题{body}</div>")
    article = root.find(f".//{XHTML}article")
    assert article is not None
    assert "".join(article.itertext()) == "".join(wanted.itertext())
    assert f"<h1>题</h1>{body}" in page.decode().replace("></br>", "/>")


def test_ids_and_names_are_ascii_and_there_once() -> None:
    book = booklet(*standard_articles())
    files = unpacked(render_epub(book, chapters(book), css=CSS, cover=cover_picture()))
    package = files["EPUB/content.opf"].decode()
    for attribute in ("id", "href", "idref"):
        values = re.findall(f'<item(?:ref)? [^>]*\\b{attribute}="([^"]*)"', package)
        assert values
        assert len(set(values)) == len(values), attribute
        assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9._/-]*", value) for value in values), attribute
