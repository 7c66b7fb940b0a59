"""Pictures of every kind, from files beside a post to both books."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from booklet.cli import run
from booklet.images.decoding.forms import PRINT_DPI
from tests.conftest import absent
from tests.images.gallery import line_art, photograph, screenshot
from tests.images.samples import encoded


def long_screenshot() -> Image.Image:
    image = Image.new("RGB", (1080, 5200), "#f5f5f5")
    pen = ImageDraw.Draw(image)
    for top in range(20, 5180, 60):
        pen.rectangle((60, top, 900 - top % 300, top + 30), fill="#333333")
    return image


def sources() -> dict[str, bytes]:
    photo = encoded(photograph(1600, 1200), "JPEG", quality=90)
    frames = [Image.new("RGB", (480, 270), "white"), photograph(480, 270)]
    return {
        "photo.jpg": photo,
        "again.jpg": photo,
        "portrait.heic": encoded(photograph(900, 1200), "HEIF"),
        "screen.webp": encoded(screenshot(), "WEBP", quality=90),
        "lines.png": encoded(line_art(600, 400), "PNG"),
        "photo.avif": encoded(photograph(800, 600), "AVIF"),
        "scan.tif": encoded(photograph(700, 500), "TIFF"),
        "moving.gif": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "long.png": encoded(long_screenshot(), "PNG"),
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="6"><circle r="3"/></svg>',
    }


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "posts"
    folder.mkdir()
    pictures = sources()
    for name, data in pictures.items():
        (folder / name).write_bytes(data)
    for number, language in enumerate(("zh-CN", "en")):
        body = "".join(f"\n\nSome words before it.\n\n![what {name} shows]({name})" for name in pictures)
        head = f"---\ntitle: Pictures {number}\nlang: {language}\ndate: 2026-10-2{number}\n---\n"
        (folder / f"{number}.md").write_text(head + body + "\n\nAnd after.\n", encoding="utf-8")
    return tmp_path


def build(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code = run(
        ["build", "posts", *arguments, "--offline", "--timezone", "Asia/Shanghai", "--json", "--force"]
    )
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == 0
    return report


def epub_parts() -> dict[str, bytes]:
    with zipfile.ZipFile("build/posts/posts.epub") as book:
        return {name: book.read(name) for name in book.namelist()}


def test_both_books_hold_every_picture_once_and_in_their_own_form(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = build(capsys, "--paper", "a5")
    assert report["images"]["missing"] == 0
    parts = epub_parts()
    pictures = {name: data for name, data in parts.items() if name.startswith("EPUB/images/")}
    assert {name.rpartition(".")[2] for name in pictures} == {"jpg", "png", "svg"}
    assert len({hashlib.sha256(data).digest() for data in pictures.values()}) == len(pictures)
    text = b"".join(data for name, data in parts.items() if name.endswith("html")).decode()
    for name in pictures:
        uses = text.count(f'src="images/{name.rpartition("/")[2]}"')
        assert uses >= 1 if name.endswith("cover.jpg") else uses >= 2  # two posts show each
    for name, data in pictures.items():
        if name.endswith(("jpg", "png")) and "cover" not in name:
            assert max(Image.open(io.BytesIO(data)).size) <= 1600

    with pikepdf.open("build/posts/posts.pdf") as pdf:
        stored = [
            bytes(found.read_raw_bytes())
            for found in pdf.objects
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"
        ]
    photographs = [Image.open(io.BytesIO(data)) for data in stored if data.startswith(b"\xff\xd8")]
    assert len(photographs) >= 6
    # The engine, if it had encoded them again, would have made plain ones.
    assert all(picture.info.get("progressive") for picture in photographs)
    assert len(set(stored)) == len(stored) >= 9


@pytest.mark.tools
@pytest.mark.parametrize("paper", ["a4", "a5", "16k"])
def test_print_has_300_dots_an_inch_and_no_more(
    posts: Path, capsys: pytest.CaptureFixture[str], paper: str
) -> None:
    pdfimages = shutil.which("pdfimages")
    if pdfimages is None:
        absent("poppler-utils is not installed")
    build(capsys, "--paper", paper, "-f", "pdf")
    listed = subprocess.run(
        [pdfimages, "-list", "build/posts/posts.pdf"], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    places: dict[str, list[int]] = {}
    for row in rows:
        if row[2] == "image":
            places.setdefault(row[10], []).append(int(row[12]))
    resolutions = [min(of_one) for of_one in places.values()]  # what its largest place asks for
    assert max(resolutions) <= PRINT_DPI + 1
    assert resolutions.count(max(resolutions)) >= 4


def drawn(page: pikepdf.Page) -> Iterator[tuple[int, int]]:
    """The sizes, in pixels, of the pictures that a page draws."""
    for instruction in pikepdf.parse_content_stream(page, "Do"):
        part = page.Resources.XObject.get(str(instruction.operands[0]))
        if part is not None and part.get("/Subtype") == "/Image":
            yield int(part.Width), int(part.Height)


def test_long_screenshots_go_on_from_page_to_page(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(capsys, "--paper", "a5")
    with pikepdf.open("build/posts/posts.pdf") as pdf:
        by_page = [[height for width, height in drawn(page) if width == 944] for page in pdf.pages]
    with_pieces = [heights for heights in by_page if heights]
    assert sum(map(sum, with_pieces)) == 2 * round(5200 * 944 / 1080)  # 80 mm wide, in each of two posts
    assert 2 * 3 <= len(with_pieces) <= 2 * 4
    text = b"".join(data for name, data in epub_parts().items() if name.endswith("html")).decode()
    pieces = re.findall(r'<img[^>]*class="picture-piece"[^>]*>', text)
    assert len(pieces) >= 2 * 8
    assert all(re.search(r'alt="what long.png shows \(\d+/\d+\)"', piece) for piece in pieces)


def test_a_moving_picture_says_that_it_is_a_still(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(capsys, "-f", "epub")
    text = b"".join(data for name, data in epub_parts().items() if name.endswith("html")).decode()
    assert text.count("动图") == 1
    assert text.count("animated; one frame is shown") == 1


def test_the_cache_changes_time_only(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def books() -> list[str]:
        return [output["sha256"] for output in build(capsys)["outputs"]]

    cold = books()
    warm = books()
    shutil.rmtree("cache")
    assert cold == warm == books()
    for path in Path("cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-7] + b"garbage")
    assert books() == cold


def test_grey_readers_get_small_grey_pictures(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(capsys, "-f", "epub", "--epub-profile", "eink-grey")
    (book,) = Path("build/posts").glob("*.epub")
    with zipfile.ZipFile(book) as opened:
        pictures = [
            Image.open(io.BytesIO(opened.read(name)))
            for name in opened.namelist()
            if name.startswith("EPUB/images/") and not name.endswith(("svg", "cover.jpg"))
        ]
    assert pictures
    for picture in pictures:
        assert picture.convert("RGB").convert("L").tobytes() == picture.convert("L").tobytes()
        assert picture.mode in ("L", "P", "1")
        assert picture.width <= 1072
        assert picture.height <= 1448
