"""Pictures that a theme brings: found below its folder alone, embedded once, drawn on the cover."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from booklet import theme
from booklet.config.flags import Flags
from booklet.config.load import load
from booklet.findings import BookletError
from booklet.model import Booklet, ImageAsset
from booklet.pipeline import build
from booklet.render.formats import FORMATS
from booklet.render.pdf.chunks.pictures import Pictures
from booklet.results import BuildResult
from booklet.theme.pictures import locate, references, with_pictures

from .faults import said
from .sample import sample_booklet

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
RED = (200, 16, 16)
MANIFEST = 'name = "{name}"\nextends = "{parent}"\n'
COVER = """{% extends "parent/cover.html.j2" %}
{% block ornament %}<img class="mark" src="{{ theme_picture("img/logo.svg") }}" alt="徽标"/>{% endblock %}
"""


def red(path: Path) -> None:
    Image.new("RGB", (300, 100), RED).save(path)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A theme with a logo for print, EPUB and cover."""
    folder = tmp_path / "themes/house"
    (folder / "img").mkdir(parents=True)
    (folder / "theme.toml").write_text(
        MANIFEST.format(name="house", parent="plain") + 'cover_logo = "mark.png"\n', encoding="utf-8"
    )
    (folder / "img/logo.svg").write_text(SVG, encoding="utf-8")
    red(folder / "mark.png")
    (folder / "cover.html.j2").write_text(COVER, encoding="utf-8")
    for name in ("print", "epub"):
        (folder / f"{name}.css").write_text(
            f'@import "parent/{name}.css";\n.article-head {{ background: url(mark.png); }}\n',
            encoding="utf-8",
        )
    return folder


def built(folder: Path, *, theme: str) -> BuildResult:
    (folder / "posts").mkdir()
    (folder / "posts/a.md").write_text("---\ntitle: 甲\ndate: 2021-10-20\n---\n正文。\n", encoding="utf-8")
    (folder / "booklet.toml").write_text(
        f'version = 1\nsources = ["posts"]\n[[booklets]]\nname = "n"\ntheme = "{theme}"\n', encoding="utf-8"
    )
    flags = Flags(offline=True, no_cache=True)
    config = load(flags, cwd=folder, now=datetime.now(UTC), environ={}, formats=FORMATS).config
    return build(config, config.jobs[0])


def refusal(folder: Path) -> BookletError:
    with pytest.raises(BookletError) as caught:
        theme.load(str(folder), project_dir=folder.parent)
    assert (caught.value.code, caught.value.exit_code) == ("theme-broken", 2)
    return caught.value


def test_a_logo_stands_in_print_in_the_epub_and_on_its_cover(house: Path, tmp_path: Path) -> None:
    made = {output.format: output.path for output in built(tmp_path, theme="house").outputs}
    with pikepdf.open(made["pdf"]) as pdf:
        pages = [str(page.get("/Resources", "")) for page in pdf.pages]
        streams = [page.Contents.read_bytes() for page in pdf.pages]
    assert "/XObject" in pages[-1]  # the head's background
    assert b" re" in streams[0] or b"m\n" in streams[0]
    book = zipfile.ZipFile(BytesIO(made["epub"].read_bytes()))
    package = book.read("EPUB/content.opf").decode()
    pictures = [name for name in book.namelist() if name.startswith("EPUB/images/")]
    assert sorted(Path(name).suffix for name in pictures) == [
        ".jpg",
        ".png",
    ]  # the drawn cover, the background
    (mark,) = (name for name in pictures if name.endswith(".png"))
    assert (
        package.count(f'href="images/{Path(mark).name}" ')
        + package.count(f'href="images/{Path(mark).name}"/')
        == 1
    )
    assert 'media-type="image/png"' in package
    assert f'url("images/{Path(mark).name}")' in book.read("EPUB/style.css").decode()
    with Image.open(BytesIO(book.read("EPUB/images/cover.jpg"))) as cover:
        corner = cover.getpixel((1440, 2400))
    assert isinstance(corner, tuple)
    assert all(abs(one - wanted) < 12 for one, wanted in zip(corner, RED, strict=True))


def test_a_child_takes_its_own_picture_and_else_its_parents(house: Path, tmp_path: Path) -> None:
    child = tmp_path / "themes/child"
    child.mkdir()
    (child / "theme.toml").write_text(MANIFEST.format(name="child", parent="house"), encoding="utf-8")
    red(child / "mark.png")
    found = theme.load("child", project_dir=tmp_path)
    assert found.pictures["mark.png"] == (child / "mark.png").resolve()
    assert found.pictures["img/logo.svg"] == (house / "img/logo.svg").resolve()
    assert found.cover_logo == "mark.png"


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "/etc/secret.png", "img/../../secret.png", "a\\b.png", "C:/x.png", "theme.toml", ""],
)
def test_only_pictures_below_the_folder_are_found(name: str, house: Path) -> None:
    red(house.parent / "secret.png")
    assert locate(name, [house]) is None


def test_a_link_that_leads_out_is_not_followed(house: Path) -> None:
    red(house.parent / "secret.png")
    try:
        (house / "link.png").symlink_to(house.parent / "secret.png")
    except OSError:
        pytest.skip("links need a right here")
    assert locate("link.png", [house]) is None


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("cover.html.j2", 'x\n\n<img src="{{ theme_picture("nope.png") }}"/>', 3),
        ("print.css", '/* url(no.png) */\n.a { background: url("nope.png"); }', 2),
        ("epub.css", ".a { background: url( nope.png ); }", 1),
    ],
)
def test_a_picture_that_is_missing_is_named_with_file_and_line(
    file: str, text: str, line: int, house: Path
) -> None:
    (house / file).write_text(text, encoding="utf-8")
    error = refusal(house)
    assert (error.params["file"], error.params["line"], error.params["name"]) == (file, line, "nope.png")
    assert said(error).startswith(f"{file} line {line}: there is no picture")
    assert said(error, "zh").startswith(f"{file} 第 {line} 行")


def test_other_addresses_of_a_style_sheet_are_none_of_pictures() -> None:
    css = 'a { background: url(data:image/png;base64,x) } b { src: url("x.woff2") } c { fill: url(#p) }'
    css += " d { background: url(https://example.org/x.png) }"
    assert list(references({"print.css": css})) == []
    assert with_pictures(css, {"x.png": "images/1.png"}) == css


def test_a_file_that_is_no_picture_ends_the_build_with_a_sentence(house: Path, tmp_path: Path) -> None:
    (house / "mark.png").write_bytes(b"not a picture")
    with pytest.raises(BookletError) as caught:
        built(tmp_path, theme="house")
    assert caught.value.code == "theme-broken"
    assert "mark.png is no picture" in said(caught.value)


def test_only_pictures_of_pixels_are_drawn_on_the_cover(house: Path) -> None:
    (house / "theme.toml").write_text(
        MANIFEST.format(name="house", parent="plain") + 'cover_logo = "img/logo.svg"\n', encoding="utf-8"
    )
    assert "cover_logo" in said(refusal(house))


def test_a_name_that_is_put_together_is_refused_with_the_templates_line(house: Path, tmp_path: Path) -> None:
    (house / "colophon.html.j2").write_text(
        '<div id="{{ id }}">\n<img src="{{ theme_picture("img/" ~ "other.svg") }}" alt=""/></div>',
        encoding="utf-8",
    )
    with pytest.raises(BookletError) as caught:
        built(tmp_path, theme="house")
    assert (
        said(caught.value)
        == "colophon.html.j2 line 2: “img/other.svg” must stand in quotes where it is called"
    )


def test_every_chunk_has_the_pictures_of_the_style_sheet() -> None:
    asset = ImageAsset("bg.png", "image/png", 1, 1, b"x", "0")
    booklet: Booklet = sample_booklet(images={"k": asset})
    pictures = Pictures(booklet, 'a { background: url("images/bg.png") }')
    assert [one.name for one in pictures.of("<p/>")] == ["bg.png"]
