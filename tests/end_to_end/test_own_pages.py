"""A booklet with a foreword and pages that its theme adds: each is a page like any other."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from booklet.check import check
from booklet.config.flags import Flags
from booklet.config.load import load
from booklet.findings import BookletError
from booklet.pipeline import build
from booklet.render.formats import FORMATS
from booklet.results import BuildResult
from tests.pdf.chunks.books import cut_from

THEME = """
name = "house"
extends = "plain"
[parts.rules]
place = "front"
before = "toc"
landmark = "preface"
[parts.slip]
place = "back"
only = "pdf"
in_contents = false
[labels.zh-CN]
rules = "读书会约定"
slip = "回执"
"""
PAGE = """{% from "_macros.html.j2" import running with context %}
<section class="chapter matter" id="{{ id }}"{{ running(page_title) }}><h1>{{ page_title }}</h1></section>
"""
FOREWORD = """# 写在前面

先看**目录**，再挑两篇细读[^1]。

![齿轮](gear.png)

![没有的图](none.png)

[^1]: 不求快。
"""


def project(folder: Path, booklet: str) -> Path:
    (folder / "posts").mkdir()
    for number in (1, 2):
        (folder / f"posts/{number}.md").write_text(
            f"---\ntitle: 第{number}篇\ndate: 2021-10-2{number}\ncategories: [新媒体]\n---\n正文。\n",
            encoding="utf-8",
        )
    house = folder / "themes/house"
    house.mkdir(parents=True)
    (house / "theme.toml").write_text(THEME, encoding="utf-8")
    for name in ("rules", "slip"):
        (house / f"{name}.html.j2").write_text(PAGE, encoding="utf-8")
    (folder / "foreword.md").write_text(FOREWORD, encoding="utf-8")
    Image.new("RGB", (400, 300), (90, 40, 20)).save(folder / "gear.png")
    (folder / "booklet.toml").write_text(
        f'version = 1\nsources = ["posts"]\n[[booklets]]\nname = "n"\ntheme = "house"\n{booklet}\n',
        encoding="utf-8",
    )
    return folder


def built(folder: Path, formats: tuple[str, ...] = ("epub", "pdf")) -> BuildResult:
    flags = Flags(formats=formats, offline=True, no_cache=True)
    config = load(flags, cwd=folder, now=datetime.now(UTC), environ={}, formats=FORMATS).config
    return build(config, config.jobs[0])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return built(project(tmp_path_factory.mktemp("own"), 'foreword = "foreword.md"'))


@pytest.fixture(scope="module")
def epub(made: BuildResult) -> zipfile.ZipFile:
    path = next(output.path for output in made.outputs if output.format == "epub")
    return zipfile.ZipFile(BytesIO(path.read_bytes()))


def text(epub: zipfile.ZipFile, name: str) -> str:
    return epub.read(f"EPUB/{name}").decode()


def test_in_print_they_have_bookmarks_and_the_folios_of_their_place(made: BuildResult) -> None:
    path = next(output.path for output in made.outputs if output.format == "pdf")
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        labels = [str(label) for label in pdf.Root.PageLabels.Nums.as_list()]
    assert titles[2:5] == ["写在前面", "读书会约定", "目录"]
    assert titles[-1] == "回执"
    assert "/r" in labels[3]
    assert "/D" in labels[5]
    assert [label for label in labels if label.isdigit()] == ["0", "1", "6"]  # cover, i to vi, 1 …


def test_in_the_epub_they_have_navigation_landmarks_and_roles(epub: zipfile.ZipFile) -> None:
    nav = text(epub, "nav.xhtml")
    listed = re.findall(r'<a href="([a-z]+)\.xhtml">([^<]*)', nav)
    assert listed[:2] == [("foreword", "写在前面"), ("rules", "读书会约定")]
    landmarks = re.findall(r'<a epub:type="([a-z]+)" href="([a-z0-9-]+)\.xhtml', nav)
    text_begins = next(name for name in epub.namelist() if "/s1.x" in name or "/a-" in name)[5:-6]
    assert landmarks == [
        ("cover", "cover"),
        ("toc", "toc"),
        ("foreword", "foreword"),
        ("preface", "rules"),
        ("bodymatter", text_begins),
    ]
    assert 'epub:type="foreword" role="doc-foreword"' in text(epub, "foreword.xhtml")
    assert not [name for name in epub.namelist() if "slip" in name]


def test_the_foreword_is_cleaned_and_has_its_pictures(epub: zipfile.ZipFile, made: BuildResult) -> None:
    page = text(epub, "foreword.xhtml")
    assert "<strong>目录</strong>" in page
    assert page.count("写在前面") == 2  # in the head and as its title, not once more in the text
    assert 'role="doc-footnote"' in page
    assert re.search(r'<img alt="齿轮" src="images/[0-9a-f]+\.\w+"', page)
    missing = [found for found in made.findings if found.code == "image-missing"]
    assert [found.source for found in missing] == ["foreword.md"]
    assert [
        found for found in made.findings if found.source == "foreword.md" and found.level != "info"
    ] == missing


def test_epubcheck_takes_them(made: BuildResult) -> None:
    path = next(output.path for output in made.outputs if output.format == "epub")
    assert not [found for found in check(path) if found.level == "error"]


def test_named_parts_alone_stand_in_the_book(tmp_path: Path) -> None:
    folder = project(tmp_path, 'parts = ["cover", "articles", "rules"]\nforeword = "foreword.md"')
    result = built(folder, ("epub",))
    kinds = [part.kind for part in (*result.booklet.front_matter, *result.booklet.back_matter)]
    assert kinds == ["cover", "rules"]
    assert [found.code for found in result.findings if found.code.startswith("part")] == ["part-file-unused"]


@pytest.mark.parametrize(
    ("booklet", "code"),
    [
        ('foreword = "forword.md"', "part-file-unreadable"),
        ('foreword = "posts"', "part-file-unreadable"),
        ('parts = ["forewrod", "articles"]', "part-unknown"),
    ],
)
def test_what_is_not_there_ends_the_build_as_an_error_of_the_configuration(
    booklet: str, code: str, tmp_path: Path
) -> None:
    with pytest.raises(BookletError) as caught:
        built(project(tmp_path, booklet), ("epub",))
    assert (caught.value.code, caught.value.exit_code) == (code, 2)
    assert not (tmp_path / "build").exists()


def _print_of(result: BuildResult) -> tuple[list[str], list[str], int]:
    """Bookmarks, page labels and the number of pictures of the PDF."""
    with pikepdf.open(result.outputs[0].path) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        labels = [str(label) for label in pdf.Root.PageLabels.Nums.as_list()]
        pictures = sum(len(page.get_images()) for page in pdf.pages)
    return titles, labels, pictures


def test_a_booklet_that_is_set_in_chunks_has_them_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = 'foreword = "foreword.md"\nparts = ["cover", "toc", "foreword", "articles", "rules"]'
    house = project(tmp_path, book) / "themes/house"
    Image.new("RGB", (60, 40), (10, 90, 60)).save(house / "bg.png")
    (house / "print.css").write_text(
        '@import "parent/print.css";\n.article-head { background: url(bg.png); }\n', encoding="utf-8"
    )
    whole = built(tmp_path, ("pdf",))
    cut_from(monkeypatch, 1)
    chunks = built(tmp_path, ("pdf",))
    assert not [found for found in chunks.findings if found.code == "set-as-one-document"]
    assert _print_of(chunks) == _print_of(whole)
    titles, _, pictures = _print_of(chunks)
    assert titles[1:3] == ["目录", "写在前面"]
    assert titles[-1] == "读书会约定"
    assert pictures >= 3  # the foreword's, and the heads of both articles
