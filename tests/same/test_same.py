"""`make same` notices a changed byte, page, member or key and a missing file, and knows what is meant."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from tests.same import __main__ as told
from tests.same import builds, listed
from tests.same.__main__ import describe, main
from tests.same.builds import ROOT, Side, check_side, resolve
from tests.same.compare import Difference, changed_keys, differences
from tests.same.listed import Row, reason, rows


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return made(tmp_path / "before")


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return made(tmp_path / "after")


def made(folder: Path) -> Path:
    folder.mkdir()
    (folder / "exit-code.txt").write_text("0\n", encoding="utf-8")
    epub(folder / "a.epub", {"mimetype": "application/epub+zip", "one.xhtml": "one", "two.xhtml": "two"})
    pdf(folder / "a.pdf", (20, 40, 60))
    report = {"articles": [{"pages": [1, 2]}], "timings_s": {"total": 1.0}}
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return folder


def epub(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as book:
        for name, text in members.items():
            book.writestr(zipfile.ZipInfo(name), text)


def pdf(path: Path, lefts: tuple[int, ...], *, title: str = "") -> None:
    """One page for each number: a square that far from the left edge, in points."""
    with pikepdf.new() as book:
        for left in lefts:
            page = book.add_blank_page(page_size=(100, 100))
            page.Contents = book.make_stream(f"{left} 20 10 10 re f".encode())
        if title:
            book.docinfo["/Title"] = pikepdf.String(title)
        book.save(path, deterministic_id=True)


def test_two_folders_with_the_same_files_do_not_differ(before: Path, after: Path) -> None:
    assert differences(before, after) == ()


def test_a_changed_byte_of_any_file_is_noticed(before: Path, after: Path) -> None:
    (after / "exit-code.txt").write_text("1\n", encoding="utf-8")
    (found,) = differences(before, after, prefix="posts-a4/")
    assert found.name == "posts-a4/exit-code.txt"
    assert found.before != found.after


def test_a_file_lost_and_a_file_that_is_new_are_noticed(before: Path, after: Path) -> None:
    (after / "a.pdf").rename(after / "b.pdf")
    lost, new = differences(before, after)
    assert (lost.name, lost.after) == ("a.pdf", None)
    assert (new.name, new.before) == ("b.pdf", None)
    assert "→ none" in describe(lost)


def test_the_pages_that_look_otherwise_are_named(before: Path, after: Path, pdftoppm: str) -> None:
    pdf(after / "a.pdf", (20, 41, 60))
    (found,) = differences(before, after)
    assert found.parts == ("page 2",)
    assert found.note == "of 3 pages"


def test_pages_lost_are_named(before: Path, after: Path, pdftoppm: str) -> None:
    pdf(after / "a.pdf", (20, 40))
    (found,) = differences(before, after)
    assert found.parts == ("page 3",)
    assert found.note == "3 pages, now 2"


def test_a_pdf_whose_bytes_alone_differ_is_a_difference(before: Path, after: Path, pdftoppm: str) -> None:
    pdf(after / "a.pdf", (20, 40, 60), title="other")
    (found,) = differences(before, after)
    assert found.parts == ()
    assert found.note == "all 3 pages look the same"


def test_a_pdf_that_cannot_be_read_is_a_difference(before: Path, after: Path, pdftoppm: str) -> None:
    (after / "a.pdf").write_bytes(b"no PDF")
    (found,) = differences(before, after)
    assert "cannot be read" in found.note


def test_members_of_an_epub_that_differ_are_named(before: Path, after: Path) -> None:
    epub(after / "a.epub", {"mimetype": "application/epub+zip", "one.xhtml": "1", "three.xhtml": "3"})
    (found,) = differences(before, after)
    assert found.parts == ("one.xhtml", "three.xhtml", "two.xhtml")
    assert found.note == "members lost: 1, new: 1"


def test_an_epub_packed_in_another_order_is_a_difference(before: Path, after: Path) -> None:
    epub(after / "a.epub", {"mimetype": "application/epub+zip", "two.xhtml": "two", "one.xhtml": "one"})
    (found,) = differences(before, after)
    assert found.parts == ()
    assert "packed otherwise" in found.note


def test_a_report_differs_by_values_and_lost_keys_but_not_by_timings_or_new_keys(
    before: Path, after: Path
) -> None:
    report = {"articles": [{"pages": [1, 2], "words": 3}], "timings_s": {"total": 2.0}, "plugins": []}
    (after / "report.json").write_text(json.dumps(report), encoding="utf-8")
    assert differences(before, after) == ()
    (after / "report.json").write_text(json.dumps({"articles": [{"pages": [1, 3]}]}), encoding="utf-8")
    (found,) = differences(before, after)
    assert found.parts == ("articles.0.pages.1",)


def test_keys_of_a_report_that_are_gone_or_lists_of_another_length_are_named() -> None:
    old = {"a": 1, "outputs": [{"sha256": "1", "pages": 3}], "findings": [{"code": "x"}]}
    new = {"outputs": [{"sha256": "2", "pages": 4}], "findings": []}
    assert list(changed_keys(old, new)) == ["a", "outputs.0.pages", "findings"]


def test_a_change_is_meant_only_if_a_row_names_all_that_differs() -> None:
    found = Difference("posts-a4/posts.pdf", "1", "2", ("page 3", "page 7"))
    listed = (Row("samples-*", "no"), Row("posts-*/*.pdf", "part", ("page 3",)))
    assert reason(found, listed) is None
    whole = Row("posts-*/*.pdf", "whole", ("page 3", "page 7"))
    assert reason(found, (*listed, whole)) is whole
    unseen = Difference("posts-a4/posts.pdf", "1", "2", (), "all 9 pages look the same")
    assert reason(unseen, (whole,)) is None


def test_a_row_without_a_reason_or_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "changed.toml"
    path.write_text('[[changed]]\nfiles = "a"\nreason = " "\n', encoding="utf-8")
    with pytest.raises(ValueError, match="no reason"):
        rows(path)
    path.write_text('[[changed]]\nfiles = "a"\nreason = "b"\npages = "c"\n', encoding="utf-8")
    with pytest.raises(TypeError):
        rows(path)


def test_the_list_of_this_tree_can_be_read() -> None:
    assert isinstance(rows(), tuple)


def test_an_unknown_commit_is_said_so() -> None:
    with pytest.raises(RuntimeError, match="no commit nosuch"):
        resolve("nosuch")


def test_code_of_another_folder_than_asked_for_is_refused(tmp_path: Path) -> None:
    check_side(Side("this tree", ROOT), tmp_path)
    with pytest.raises(RuntimeError, match="instead of"):
        check_side(Side("other", tmp_path / "nothing"), tmp_path)


@pytest.fixture
def two_sides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """`main` without builds: both sides give the same files, but for what a test changes in this folder."""
    after = made(tmp_path / "after")

    def run(_side: Side, arguments: Sequence[str], work: Path) -> subprocess.CompletedProcess[bytes]:
        (work / "booklet.toml").write_text("version = 1\n", encoding="utf-8")
        return subprocess.CompletedProcess([], 0, b"", b"")

    monkeypatch.setattr(builds, "resolve", lambda commit: commit)
    monkeypatch.setattr(builds, "unpack", lambda commit, folder: Side(commit[:7], folder))
    monkeypatch.setattr(builds, "check_side", lambda side, work: None)
    monkeypatch.setattr(builds, "run", run)
    monkeypatch.setattr(builds, "kept", lambda *_: made(tmp_path / secrets.token_hex(4)))
    monkeypatch.setattr(builds, "make", lambda _side, _build, _work, results: shutil.copytree(after, results))
    monkeypatch.setattr(told, "CORPUS", tmp_path / "no corpus")
    monkeypatch.delenv("BOOKLET_NO_SKIP", raising=False)
    return after


def test_it_ends_with_0_if_all_is_the_same_and_says_what_was_left_out(
    two_sides: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--against", "HEAD"]) == 0
    assert capsys.readouterr().out.endswith("(without dialects, posts): every file\n")


def test_it_ends_with_1_if_a_file_differs_and_with_0_if_that_is_meant(
    two_sides: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    epub(two_sides / "a.epub", {"mimetype": "application/epub+zip", "one.xhtml": "1", "two.xhtml": "two"})
    arguments = ["--against", "HEAD", "--only", "frozen"]
    assert main(arguments) == 1
    told_once = capsys.readouterr().out
    assert "frozen/a.epub: " in told_once
    assert "  one.xhtml\n" in told_once
    monkeypatch.setattr(listed, "rows", lambda: (Row("frozen/*", "better so", ("one.xhtml",)),))
    assert main(arguments) == 0
    assert "changed, as listed: better so" in capsys.readouterr().out


def test_what_is_asked_for_by_name_and_not_there_is_no_success(two_sides: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--against", "HEAD", "--only", "posts"])
    assert ended.value.code == 2
