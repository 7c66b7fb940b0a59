"""The table of source kinds: its rows alone decide what is read, and how."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from booklet.collect import collect
from booklet.collect.sources import SOURCES, Read, Reader, SourceRow, read_markdown
from booklet.model import ArticleRef

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, tzinfo=SHANGHAI)
TEXTS = SourceRow(name="texts", endings=(".txt",), read=read_markdown)
POST = "---\ntitle: {}\ndate: 2026-11-20\n---\n文\n"


def entries(ref: ArticleRef, reader: Reader) -> Read:
    """A folder of entries as one source: each a file of its own, read by its own table."""
    inner = collect((ref.path,), timezone=reader.timezone, now=reader.now, rows=(TEXTS,))
    return Read(inner.articles, inner.findings)


DIARY = SourceRow(name="diary", marker="diary.json", read=entries)


def titles(folder: Path, *rows: SourceRow) -> list[str]:
    collected = collect((folder,), timezone=SHANGHAI, now=NOW, rows=(*SOURCES, *rows))
    return [article.title for article in collected.articles]


def test_a_row_takes_files_by_their_endings_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST.format("甲"), encoding="utf-8")
    (tmp_path / "b.TXT").write_text(POST.format("乙"), encoding="utf-8")
    assert titles(tmp_path) == ["甲"]
    assert titles(tmp_path, TEXTS) == ["甲", "乙"]
    assert titles(tmp_path / "b.TXT", TEXTS) == ["乙"]


def test_of_two_rows_the_first_of_the_table_takes_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST.format("甲"), encoding="utf-8")
    never = SourceRow(name="never", endings=(".md",), read=lambda _ref, _reader: Read(()))
    assert titles(tmp_path, never) == ["甲"]


def test_a_folder_with_a_rows_marker_is_read_as_a_whole_wherever_it_lies(tmp_path: Path) -> None:
    diary = tmp_path / "deep" / "diary"
    diary.mkdir(parents=True)
    (diary / "diary.json").write_text("{}")
    (diary / "one.txt").write_text(POST.format("日记"), encoding="utf-8")
    (diary / "note.md").write_text(POST.format("不读"), encoding="utf-8")
    assert titles(tmp_path) == ["不读"]
    assert titles(tmp_path, DIARY) == ["日记"]
    assert titles(diary, DIARY) == ["日记"]


def test_a_row_that_fails_costs_its_file_and_no_other(tmp_path: Path) -> None:
    def fail(_ref: ArticleRef, _reader: Reader) -> Read:
        raise ZeroDivisionError("half a file")

    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.md").write_text(POST.format("乙"), encoding="utf-8")
    broken = SourceRow(name="broken", endings=(".txt",), read=fail)
    collected = collect((tmp_path,), timezone=SHANGHAI, now=NOW, rows=(*SOURCES, broken))
    assert [article.title for article in collected.articles] == ["乙"]
    (found,) = collected.findings
    assert (found.code, found.source, dict(found.params)["kind"]) == ("source-failed", "a.txt", "broken")


def test_what_is_asked_for_by_name_is_told_by_the_rows_endings(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    collected = collect((tmp_path / "a.pdf",), timezone=SHANGHAI, now=NOW, rows=(TEXTS,))
    assert dict(collected.findings[0].params)["endings"] == ".txt"
