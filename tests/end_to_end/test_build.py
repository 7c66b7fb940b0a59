"""The main job, as a user types it: posts in, an EPUB and a PDF out, and a report that leaves nothing out."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from booklet.cli import run


def post(title: str, categories: str, day: int, body: str) -> bytes:
    date = f"2026-10-{day} 08:00:00"
    return f"---\ntitle: {title}\ncategories: [{categories}]\ndate: {date}\n---\n\n{body}\n".encode()


PICTURE = '<div><p>第二篇的正文</p><img src="http://pictures.example/a.jpg" alt="远处的图"></div>'
POSTS = {
    "source/_posts/甲/one.md": post("第一篇", "甲, 子", 20, "第一篇的**正文**。"),
    "source/_posts/甲/two.md": post("第二篇", "甲, 丑", 21, PICTURE),
    "source/_posts/乙/three.md": post("第三篇", "乙, 寅", 22, "第三篇的正文。"),
    "source/_posts/乙/broken.md": b"\x00\x01\x02\xff binary",
}


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, text in POSTS.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return tmp_path


def build(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = run(["build", *arguments, "--offline", "--timezone", "Asia/Shanghai", "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_every_article_is_in_the_books_or_named_by_a_finding(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = build(capsys, "source")
    assert code == 0
    assert [article["title"] for article in report["articles"]] == ["第一篇", "第二篇", "第三篇"]
    named = {article["source"] for article in report["articles"]} | {
        found["source"] for found in report["findings"]
    }
    assert {path.relative_to("source").as_posix() for path in Path("source").rglob("*.md")} <= named
    assert {output["format"] for output in report["outputs"]} == {"epub", "pdf"}
    assert all(Path(output["path"]).stat().st_size == output["bytes"] for output in report["outputs"])


def test_findings_are_those_of_what_was_selected_and_of_files_that_gave_no_article(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("source/_posts/乙/untitled.md").write_bytes(post("", "乙", 23, "没有题目。"))

    def sources(*selected: str) -> set[str]:
        assert run(["list", "source", *selected, "--timezone", "Asia/Shanghai", "--json"]) == 0
        return {found["source"] for found in json.loads(capsys.readouterr().out)["findings"]}

    assert sources() == {"_posts/乙/broken.md", "_posts/乙/untitled.md"}
    assert sources("--category", "甲") == {"_posts/乙/broken.md"}


def test_a_folded_booklet_is_made_of_the_pdf_and_both_can_be_had(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = build(capsys, "source", "-f", "booklet")
    assert code == 0
    (folded,) = report["outputs"]
    assert (folded["format"], folded["path"]) == ("booklet", "build/source/source-booklet.pdf")
    with pikepdf.open(folded["path"]) as pdf:
        assert [round(float(side) * 25.4 / 72) for side in pdf.pages[0].mediabox] == [0, 0, 297, 210]
        assert len(pdf.pages) == 2 * -(-folded["pages"] // 4)
    assert report["articles"][0]["pages"] is not None

    code, report = build(capsys, "source", "-f", "pdf", "-f", "booklet", "--sheet", "a4")
    assert code == 0
    assert [output["format"] for output in report["outputs"]] == ["pdf", "booklet"]


def test_a_missing_picture_is_a_finding_and_a_box_never_a_failed_build(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = build(capsys, "source", "-f", "epub")
    assert code == 0
    assert report["images"] == {"wanted": 1, "embedded": 0, "cached": 0, "missing": 1}
    assert [found["source"] for found in report["findings"] if found["code"] == "image-missing"] == [
        "_posts/甲/two.md"
    ]
    with zipfile.ZipFile(report["outputs"][0]["path"]) as book:
        texts = "".join(book.read(name).decode() for name in book.namelist() if name.endswith("xhtml"))
    assert "远处的图" in texts
    assert not re.search(r'src="[^"]*pictures\.example', texts)


def test_strict_makes_warnings_an_exit_code(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = build(capsys, "source", "-f", "epub", "--strict")
    assert code == 3
    assert report["outputs"]


def test_nothing_selected_is_exit_4_and_names_what_there_is(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = build(capsys, "source", "--category", "甲子")
    assert code == 4
    assert "甲" in json.dumps(answer, ensure_ascii=False)
    assert not Path("build").exists()


def test_the_same_input_gives_the_same_bytes(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = {output["format"]: output["sha256"] for output in build(capsys, "source")[1]["outputs"]}
    second = {
        output["format"]: output["sha256"]
        for output in build(capsys, "source", "--output-dir", "elsewhere")[1]["outputs"]
    }
    assert first == second


def test_a_file_that_booklet_did_not_write_is_not_overwritten(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = Path("build/source/source.epub")
    foreign.parent.mkdir(parents=True)
    foreign.write_text("precious")
    assert build(capsys, "source", "-f", "epub")[0] == 2
    assert foreign.read_text() == "precious"
    assert build(capsys, "source", "-f", "epub", "--force")[0] == 0
    assert build(capsys, "source", "-f", "epub")[0] == 0, "its own file is overwritten without being forced"


@pytest.mark.corpus
def test_the_seed_week_of_the_real_posts(
    corpus_posts: tuple[Path, ...],
    pdftoppm: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    folder = corpus_posts[0].parent
    code, report = build(capsys, str(folder), "--since", "2021-10-13", "--until", "2021-10-22")
    assert code == 0
    of_these_days = [post.name for post in corpus_posts[:10]]
    named = {article["source"] for article in report["articles"]} | {
        found["source"] for found in report["findings"]
    }
    assert set(of_these_days) <= named
    seed = next(article for article in report["articles"] if article["source"].startswith("000-"))
    assert seed["published"].startswith("2021-10-20T00:26:50"), "20 October in Shanghai"
    outputs = {output["format"]: output["path"] for output in report["outputs"]}
    text = subprocess.run(
        ["pdftotext", outputs["pdf"], "-"], capture_output=True, text=True, check=True
    ).stdout
    last_line = re.findall(r"<p>([^<>]+)</p>", corpus_posts[0].read_text(encoding="utf-8"))[-1]
    assert last_line in text.replace("\n", "").replace(" ", "")
    watch = next(video["url"] for video in report["videos"] if video["article"] == seed["id"])
    assert watch in qr_codes(outputs["pdf"], pdftoppm, tmp_path)
    with zipfile.ZipFile(outputs["epub"]) as book:
        assert any(f'href="{watch}"' in book.read(name).decode() for name in book.namelist() if "a-" in name)


@pytest.mark.corpus
@pytest.mark.tools
def test_all_real_posts_in_one_booklet(
    corpus_posts: tuple[Path, ...],
    java: str,
    qpdf: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    code, report = build(capsys, str(corpus_posts[0].parent))
    assert code == 0
    assert {article["source"] for article in report["articles"]} == {post.name for post in corpus_posts}
    assert not [found for found in report["findings"] if found["level"] == "error"]
    paths = [output["path"] for output in report["outputs"]]
    assert run(["check", "--strict", *paths]) == 0
    pdf = next(path for path in paths if path.endswith(".pdf"))
    assert subprocess.run([qpdf, "--check", pdf], capture_output=True, check=False).returncode == 0
    with pikepdf.open(pdf) as document:
        assert len(document.pages) == next(one["pages"] for one in report["outputs"] if one["pages"])


def qr_codes(pdf: str, pdftoppm: str, folder: Path) -> set[str]:
    """What a telephone reads from the printed pages, at 150 dpi."""
    subprocess.run([pdftoppm, "-r", "150", "-gray", pdf, str(folder / "page")], check=True)
    texts: set[str] = set()
    for page in sorted(folder.glob("page*.pgm")):
        with Image.open(page) as image:
            texts.update(code.text for code in zxingcpp.read_barcodes(image))
    return texts


def test_an_older_pdf_of_other_articles_is_named_stale_and_stays_ours(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(*arguments: str) -> tuple[list[str], list[str], dict[str, Any]]:
        code, said = build(capsys, "source", "--name", "w", *arguments)
        assert code == 0
        told = [dict(one)["message"] for one in said["findings"] if one["code"] == "output-stale"]
        kept = json.loads(Path("build/w/report.json").read_text(encoding="utf-8"))
        return told, [Path(one["path"]).name for one in kept["outputs"]], kept

    assert made("-f", "pdf")[:2] == ([], ["w.pdf"])
    told, listed, kept = made("-f", "epub")
    assert (told, listed) == ([], ["w.epub", "w.pdf"]), "of the same articles"
    assert "stale" not in kept
    (posts / "source/_posts/甲/one.md").write_bytes(post("第一篇", "甲, 子", 20, "改过的正文，长了一些。"))
    told, listed, kept = made("-f", "epub")
    assert (len(told), listed) == (1, ["w.epub"])
    assert "w.pdf" in told[0]
    assert [Path(one["path"]).name for one in kept["stale"]] == ["w.pdf"]
    told, listed, kept = made("-f", "epub")
    assert len(told) == 1, "it is as stale as before"
    told, listed, kept = made("-f", "pdf")
    assert (told, listed) == ([], ["w.pdf", "w.epub"]), "replaced without --force"
    assert "stale" not in kept
