from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from booklet.check.archive import read
from booklet.check.epub import check_epub as epubcheck
from booklet.check.epub import own_checks
from booklet.render.epub import render_epub

from .epub_sample import CSS, booklet, chapters, cover_picture, standard_articles, with_body

EVERYTHING = (
    '<p lang="ja">日<ruby>本<rt>ほん</rt></ruby>，<a href="http://例子.中国/文 章?a={b}|c#d[e]">外</a>'
    '<a href="http://example.org:99999/">坏</a><a href="mailto:a@b.example?subject=你 好">信</a>'
    '<a href="https://example.org/%zz\\x&amp;y=1">怪</a><a href="https://a_b.example.org/^`">怪</a></p>'
    '<pre><code class="language-x">a\n\tb</code></pre><p data-x="1">乙<br/><img src="images/0a1b.png"/></p>'
    "<table><thead><tr><th>甲</th></tr></thead><tbody><tr><td></td></tr></tbody></table>"
    '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg></p>'
    '<p id="标题"><a class="noteref" href="#fn-1">1</a><a href="#标题">内</a><a href="#无">无</a></p>'
    '<section class="footnotes"><aside class="footnote" id="fn-1"><p>注</p></aside></section>'
    "<p>坏<b>的<p>标记&nbsp;<img src='https://example.org/x.png'>"
)


def test_entries_are_in_order_and_know_no_time_and_no_machine() -> None:
    book = booklet(*standard_articles())
    data = render_epub(book, chapters(book), css=CSS, cover=cover_picture())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[:3]] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/content.opf",
    ]
    assert entries[0].compress_type == zipfile.ZIP_STORED
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    assert all(entry.filename.isascii() for entry in entries)
    assert len({entry.filename for entry in entries}) == len(entries)


def test_the_same_bytes_in_every_time_zone_and_with_every_hash_seed() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from epub_sample import *; from booklet.render.epub import render_epub; import hashlib\n"
        "book = booklet(*standard_articles())\n"
        "data = render_epub(book, chapters(book), css=CSS, cover=cover_picture())\n"
        "print(hashlib.sha256(data).hexdigest())\n"
    )
    digests = set()
    for zone, seed in (("UTC", "0"), ("Asia/Shanghai", "1"), ("America/St_Johns", "4294967295")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", program, str(Path(__file__).parent)]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        digests.add(run.stdout.strip())
    assert len(digests) == 1


@pytest.mark.tools
def test_epubcheck_finds_nothing_in_a_book_of_oddities(tmp_path: Path, java: str) -> None:
    long = "".join(f"<p>{'字' * 900}</p>" for _ in range(100))
    book, made = with_body(EVERYTHING, long + '<ol start="3"><li>甲</li></ol>', "<h2>乙</h2>")
    path = tmp_path / "book.epub"
    path.write_bytes(render_epub(book, made, css=CSS, cover=cover_picture()))
    assert own_checks(read(path)) == ()
    result = epubcheck(path)
    assert result.findings == ()
    assert result.facts == (("EPUBCheck 5.3.0", "0 fatals / 0 errors / 0 warnings"),)
