"""`--epub-profile` from the command line to the file and the report."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from booklet.cli import run

PICTURE = "![](a.png)"


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "posts").mkdir()
    Image.new("RGB", (2000, 1500), "#a8201a").save(tmp_path / "posts" / "a.png")
    text = f"---\ntitle: 一篇\ndate: 2026-10-20\n---\n\n第一句。第二句。\n\n{PICTURE}\n"
    (tmp_path / "posts" / "a.md").write_text(text, encoding="utf-8")
    return tmp_path


def build(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = run(["build", "posts", "-f", "epub", "--offline", "--timezone", "UTC", "--json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def pictures(path: str) -> dict[str, Image.Image]:
    with zipfile.ZipFile(path) as book:
        return {
            name: Image.open(BytesIO(book.read(name)))
            for name in book.namelist()
            if name.startswith("EPUB/images/")
        }


def pages(path: str) -> str:
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))


def test_a_book_for_kobo_has_its_ending_and_its_spans_and_may_be_built_again(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):  # the second time it is ours: report.json lists it
        code, report = build(capsys, "--epub-profile", "kobo")
        assert code == 0
        (output,) = report["outputs"]
        assert (output["format"], output["path"]) == ("epub", "build/posts/posts.kepub.epub")
    assert '<span class="koboSpan" id="kobo.' in pages(output["path"])


def test_the_name_of_the_file_asks_for_kobo(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["build", "posts", "--offline", "-o", "out/x.kepub.epub", "--json"])
    (output,) = json.loads(capsys.readouterr().out)["outputs"]
    assert (code, output["path"]) == (0, "out/x.kepub.epub")
    assert "koboSpan" in pages(output["path"])


def test_a_name_that_contradicts_the_profile_is_wrong_usage(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", "posts", "-o", "x.epub", "--epub-profile", "kobo"]) == 2
    assert run(["build", "posts", "-o", "x.kepub.epub", "--epub-profile", "kindle"]) == 2
    assert ".kepub.epub" in capsys.readouterr().err


def test_pictures_for_e_ink_are_grey_and_small(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, grey = build(capsys, "--epub-profile", "eink-grey")
    for image in pictures(grey["outputs"][0]["path"]).values():
        red, green, blue = image.convert("RGB").split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()
        assert image.width <= 1072
        assert image.height <= 1448
    _, colour = build(capsys)
    bands = [image.convert("RGB").split() for image in pictures(colour["outputs"][0]["path"]).values()]
    assert any(red.tobytes() != blue.tobytes() for red, _, blue in bands)


def test_pictures_without_words_are_told(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, report = build(capsys)
    (told,) = (found for found in report["findings"] if found["code"] == "alt-missing")
    assert told["level"] == "info"
    assert "a.md" in told["message"]


def test_a_book_too_large_to_mail_to_a_kindle_is_a_warning(
    posts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booklet.render.epub.notices.MAX_MAIL_BYTES", 1_000)
    code, report = build(capsys, "--epub-profile", "kindle", "--strict")
    assert "epub-too-large-to-mail" in [found["code"] for found in report["findings"]]
    assert code == 3
    assert Path(report["outputs"][0]["path"]).name == "posts.epub"
