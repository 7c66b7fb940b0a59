"""Files are deflated on all processors, and the bytes are those of `zipfile` alone."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from booklet.render.epub import render_epub, writer

from .epub_sample import CSS, booklet, chapters, standard_articles


def made() -> bytes:
    whole = booklet(*standard_articles())
    return render_epub(
        whole, chapters(whole), css=CSS, cover=b"\xff\xd8 a picture that deflates to nothing less"
    )


def test_threads_change_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = made()
    monkeypatch.setattr(writer, "_LEAST_BYTES", 0)
    for batch in (1, 3, 1000):
        monkeypatch.setattr(writer, "_BATCH", batch)
        assert made() == alone
    with zipfile.ZipFile(BytesIO(alone)) as archive:
        assert archive.testzip() is None


def test_what_is_deflated_already_is_not_deflated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_LEAST_BYTES", 0)
    used: list[bytes] = []
    flush = writer._Deflated.flush

    def counted(self: writer._Deflated) -> bytes:
        used.append(flush(self))
        return used[-1]

    monkeypatch.setattr(writer._Deflated, "flush", counted)
    with zipfile.ZipFile(BytesIO(made())) as archive:
        assert len(used) == sum(name.startswith("EPUB/") for name in archive.namelist()) - 1  # the package
