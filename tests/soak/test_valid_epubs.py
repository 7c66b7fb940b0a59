"""The EPUBs that people get, whole, by the tools that shops use: EPUBCheck and Ace. Prints their verdicts.

`make soak` runs it: the samples in every profile, the real posts, and twenty articles of those that
`test_thousand` makes (all thousand go through EPUBCheck there).
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from booklet.check import examine
from booklet.cli import run
from tests.ace import Ace
from tests.picture_server import picture_server

from .test_thousand import build, tell, write_articles

pytestmark = [pytest.mark.soak, pytest.mark.tools, pytest.mark.timeout(3600)]

PROFILES = ("default", "kindle", "kobo", "eink-grey")


def assert_valid(book: Path, ace: Ace, scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = examine(book)
    violations = ace.violations(book, scratch)
    (verdict,) = result.facts
    tell(capsys, f"{book.name}: {': '.join(verdict)}; Ace: {len(violations)} violations")
    assert result.findings == ()
    assert verdict[1] == "0 fatals / 0 errors / 0 warnings"
    assert violations == ()


def built(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Path:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(folder / "cache"))
    assert run(["build", "-f", "epub", "--quiet", *arguments]) == 0
    (book,) = (folder / "build").rglob("*.epub")
    return book


@pytest.mark.parametrize("profile", PROFILES)
def test_the_samples(
    profile: str,
    tmp_path: Path,
    java: str,
    ace: Ace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["init", str(tmp_path), "--quiet"]) == 0
    book = built(tmp_path, monkeypatch, "--offline", "--epub-profile", profile)
    tell(capsys, f"samples, {profile}:")
    assert_valid(book, ace, tmp_path / "ace", capsys)


@pytest.mark.corpus
@pytest.mark.parametrize("profile", PROFILES)
def test_the_real_posts_with_pictures(
    profile: str,
    tmp_path: Path,
    corpus_posts: tuple[Path, ...],
    java: str,
    ace: Ace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for post in corpus_posts:
        shutil.copy(post, tmp_path)
    with picture_server() as where:
        settings = f'[images]\nproxies = ["http://{where}/?{{url}}"]\nallow_hosts = ["{where}"]\n'
        (tmp_path / "booklet.toml").write_text(f"version = 1\n{settings}timeout_s = 2\n", encoding="utf-8")
        book = built(tmp_path, monkeypatch, ".", "--name", "posts", "--epub-profile", profile)
    with zipfile.ZipFile(book) as archive:
        pictures = sum(name.startswith("EPUB/images/") for name in archive.namelist())
    assert pictures > 30
    tell(capsys, f"{len(corpus_posts)} real posts, {pictures} pictures, {profile}:")
    assert_valid(book, ace, tmp_path / "ace", capsys)


def test_twenty_articles(tmp_path: Path, java: str, ace: Ace, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "posts")
    made = build(tmp_path, "-f", "epub", "--limit", "20", "--name", "twenty")
    assert len(made.report["articles"]) == 20
    tell(capsys, "20 articles:")
    assert_valid(tmp_path / made.report["outputs"][0]["path"], ace, tmp_path / "ace", capsys)
