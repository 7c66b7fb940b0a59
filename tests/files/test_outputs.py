"""Outputs that a run wrote before it ended are its own for the next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import files, outputs
from booklet.findings import BookletError
from booklet.results import Made


def made(text: str) -> list[Made]:
    return [Made("epub", f"epub {text}".encode(), ()), Made("pdf", f"pdf {text}".encode(), ())]


def test_a_run_that_fails_between_two_files_locks_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: outputs.Targets = (("epub", tmp_path / "a.epub"), ("pdf", tmp_path / "a.pdf"))

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".pdf":
            raise BookletError("write-failed", path=str(path), reason="full")
        path.write_bytes(data)

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_atomic", full)
        for text in ("one", "two"):
            with pytest.raises(BookletError):
                outputs.write(made(text), places)
    assert (tmp_path / "a.epub").read_bytes() == b"epub two"
    outputs.refuse_foreign(places, folder=tmp_path, force=False)

    outputs.settle(outputs.write(made("three"), places))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.epub", "a.pdf"]
    with pytest.raises(BookletError, match="not-ours"):
        outputs.refuse_foreign(places, folder=tmp_path, force=False)  # no report was written


def test_a_run_that_could_write_nothing_does_not_disown_what_the_run_before_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: outputs.Targets = (("epub", tmp_path / "a.epub"), ("pdf", tmp_path / "a.pdf"))
    write_atomic = files.write_atomic

    def full(path: Path, data: bytes) -> None:
        if path.suffix in (".epub", ".pdf"):
            raise BookletError("write-failed", path=str(path), reason="full")
        write_atomic(path, data)

    outputs.write(made("one"), places)  # and ends before its report
    with monkeypatch.context() as patched:
        patched.setattr(files, "write_atomic", full)
        with pytest.raises(BookletError, match="write-failed"):
            outputs.write(made("two"), places)
    outputs.refuse_foreign(places, folder=tmp_path, force=False)
