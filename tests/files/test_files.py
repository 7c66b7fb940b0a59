from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from booklet import files
from booklet.findings import BookletError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("每周学习参考 2021年第42周", "每周学习参考 2021年第42周"),
        ("weekly/2021\\42", "weekly-2021-42"),
        ('a<b>c"d?e*f', "abcdef"),
        ("时间 10:30｜北京", "时间 10-30｜北京"),
        ("..隐藏. ", "隐藏"),
        ("--output", "output"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("com¹", "com¹_"),
        ("Console", "Console"),
        ("两\n行\t字\x00", "两 行 字"),
        ("倒\u202e着", "倒着"),
        ("\ud800孤", "孤"),
        ("cafe\u0301", "café"),
        ("", "booklet"),
        (" /. ", "booklet"),
    ],
)
def test_names_are_safe_everywhere(text: str, name: str) -> None:
    assert files.safe_name(text) == name


def test_long_names_are_cut_between_characters() -> None:
    name = files.safe_name("学" * 300)
    assert set(name) == {"学"}
    assert 175 < len(name.encode()) <= files.MAX_NAME_BYTES


def test_a_cut_leaves_no_half_of_a_joined_emoji() -> None:
    family = "👨\u200d👩\u200d👧"
    for padding in range(12):
        name = files.safe_name("a" * (files.MAX_NAME_BYTES - 1 - padding) + family)
        assert not name.endswith("\u200d")
        assert len(name.encode()) <= files.MAX_NAME_BYTES


def test_writes_and_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "新" / "书.epub"
    files.write_atomic(target, b"one")
    files.write_atomic(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["书.epub"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_a_written_file_has_the_rights_that_new_files_get(tmp_path: Path) -> None:
    files.write_atomic(tmp_path / "ours", b"")
    (tmp_path / "usual").write_bytes(b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_full_disk_leaves_the_old_file_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "book.pdf"
    target.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BookletError) as caught:
        files.write_atomic(target, b"new")
    assert caught.value.code == "write-failed"
    assert caught.value.params["reason"] == "os-enospc", "which has a sentence in every language"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_real_write_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from booklet import files\n"
        "from booklet.findings import BookletError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: files.write_atomic(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except BookletError as error: print(error.code)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "big")], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "write-failed"
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_nothing_and_goes_on_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write_atomic(tmp_path / "x", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_a_write_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BookletError) as caught:
        files.write_atomic(tmp_path / "file" / "book.epub", b"")
    assert caught.value.code == "write-failed"


def listing(path: str, data: bytes) -> dict[str, object]:
    return {"version": 1, "outputs": [{"path": path, "sha256": hashlib.sha256(data).hexdigest()}]}


@pytest.mark.parametrize("printed", ["书.epub", "build/w42/书.epub", "build\\w42\\书.epub", "/srv/书.epub"])
@pytest.mark.parametrize("several", [False, True])
def test_a_listed_file_with_its_bytes_may_be_overwritten(tmp_path: Path, printed: str, several: bool) -> None:
    target, report = tmp_path / "书.epub", tmp_path / "report.json"
    target.write_bytes(b"ours")
    one = listing(printed, b"ours")
    report.write_text(json.dumps([listing("other.pdf", b""), one] if several else one), encoding="utf-8")
    assert files.is_ours(target, report)
    files.refuse_foreign(target, (report,))
    files.refuse_foreign(report, (report,))


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"outputs": 7}',
        b'{"outputs": [7, {"path": 1}, {"path": "book.epub"}]}',
        b'{"outputs": [{"path": "book.epub", "sha256": "0"}]}',
        b"\xff\xfe" + b"[" * 10_000,
        b"[" * 100_000,
    ],
)
def test_any_other_file_is_not_overwritten(tmp_path: Path, content: bytes | None) -> None:
    target, report = tmp_path / "book.epub", tmp_path / "report.json"
    target.write_bytes(b"somebody's")
    if content is not None:
        report.write_bytes(content)
    with pytest.raises(BookletError) as caught:
        files.refuse_foreign(target, (report,))
    assert (caught.value.code, caught.value.exit_code) == ("not-ours", 2)


def test_a_file_changed_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    target, report = tmp_path / "book.epub", tmp_path / "report.json"
    report.write_text(json.dumps(listing("book.epub", b"ours")), encoding="utf-8")
    target.write_bytes(b"ours, with notes")
    assert not files.is_ours(target, report)


def test_nothing_in_the_way_is_fine(tmp_path: Path) -> None:
    files.refuse_foreign(tmp_path / "new.epub", ())


def test_a_foreign_report_json_is_not_overwritten(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text('{"coverage": 98}', encoding="utf-8")
    with pytest.raises(BookletError):
        files.refuse_foreign(report, (report,))
