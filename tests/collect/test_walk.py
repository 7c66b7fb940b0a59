from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from booklet.collect.walk import walk


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def sources(*roots: Path, skip: tuple[Path, ...] = ()) -> list[str]:
    return [ref.source for ref in walk(roots, skip=skip).refs]


def link(path: Path, target: Path) -> None:
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this system does not let us make links")


def test_articles_are_found_at_any_depth_in_the_order_of_names(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a/z.MARKDOWN", "a/新/c.Html", "c.htm", "d.txt", "e.md.bak", "a.png")
    assert sources(tmp_path) == ["a/z.MARKDOWN", "a/新/c.Html", "b.md", "c.htm"]


def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    put(tmp_path, "/".join(["d"] * 300) + "/x.md")
    assert len(sources(tmp_path)) == 1


def test_hidden_and_made_folders_are_not_entered(tmp_path: Path) -> None:
    put(tmp_path, ".git/a.md", "node_modules/p/readme.md", "_site/a.html", "build/a.md", ".hidden.md", "a.md")
    put(tmp_path, "public/b.md", "~$c.md")
    assert sources(tmp_path, skip=(tmp_path / "build",)) == ["a.md", "public/b.md"]


def test_a_sites_templates_and_output_are_not_entered(tmp_path: Path) -> None:
    put(
        tmp_path,
        "_config.yml",
        "public/a.html",
        "themes/next/readme.md",
        "scaffolds/post.md",
        "source/_posts/a.md",
    )
    put(tmp_path, "source/themes/b.md")
    assert sources(tmp_path) == ["source/_posts/a.md", "source/themes/b.md"]


def test_a_file_is_a_source_and_every_file_is_taken_once(tmp_path: Path) -> None:
    put(tmp_path, "in/a.md", "in/b.md")
    inner = tmp_path / "in"
    assert sources(inner / "b.md", tmp_path, inner, inner / ".." / "in" / "a.md") == ["b.md", "in/a.md"]


def test_sources_that_are_none_are_findings(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    walked = walk((tmp_path / "missing", tmp_path / "a.txt", Path("a\0b")))
    assert [found.code for found in walked.findings] == [
        "source-missing",
        "source-unsupported",
        "file-unreadable",
    ]
    assert walked.refs == []


def test_links_are_not_followed_out_of_the_source_nor_in_circles(tmp_path: Path) -> None:
    put(tmp_path, "out/secret.md", "in/a.md", "in/sub/b.md")
    root = tmp_path / "in"
    link(root / "loop", root)
    link(root / "out", tmp_path / "out")
    link(root / "same.md", root / "a.md")
    link(root / "secret.md", tmp_path / "out" / "secret.md")
    link(root / "nowhere.md", root / "gone.md")
    walked = walk((root,))
    assert [ref.source for ref in walked.refs] == ["a.md", "sub/b.md"]
    assert [(found.code, found.source) for found in walked.findings] == [
        ("file-unreadable", "nowhere.md"),
        ("link-not-followed", "out"),
        ("link-not-followed", "secret.md"),
    ]


def test_a_source_may_itself_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, "real/a.md")
    link(tmp_path / "posts", tmp_path / "real")
    assert sources(tmp_path / "posts") == ["a.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_folder_without_rights_is_a_finding(tmp_path: Path) -> None:
    put(tmp_path, "shut/a.md", "b.md")
    (tmp_path / "shut").chmod(0)
    walked = walk((tmp_path,))
    (tmp_path / "shut").chmod(0o700)
    assert [ref.source for ref in walked.refs] == ["b.md"]
    assert [(found.code, found.source) for found in walked.findings] == [("folder-unreadable", "shut")]


def test_a_folder_that_cannot_be_listed_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "shut/a.md", "b.md")
    scan = os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    walked = walk((tmp_path,))
    assert [ref.source for ref in walked.refs] == ["b.md"]
    assert [(found.code, found.source) for found in walked.findings] == [("folder-unreadable", "shut")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert sources(tmp_path) == []


def test_names_are_shown_composed(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "é が.md"))
    (ref,) = walk((tmp_path,)).refs
    assert ref.source == unicodedata.normalize("NFC", "é が.md")
    assert ref.path.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("folder", ["page_files", "page.files", "page_文件"])
def test_what_a_saved_page_shows_is_no_article(tmp_path: Path, folder: str) -> None:
    put(tmp_path, "page.html", f"{folder}/frame.html", "other_files/note.md")
    assert sources(tmp_path) == ["other_files/note.md", "page.html"]
