"""Formats, by flag and by the endings of files, and the papers of folded booklets."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.config.formats import format_asked
from booklet.model import Format
from booklet.render.formats import FORMATS

from .project import failure, loaded


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.epub", "epub"),
        ("a.PDF", "pdf"),
        ("周报-booklet.pdf", "booklet"),
        ("booklet.pdf", "pdf"),
        ("a.doc", "doc"),
    ],
)
def test_a_files_ending_names_its_format(name: str, form: str) -> None:
    assert format_asked(Path(name), FORMATS) == form


@pytest.mark.parametrize(
    ("formats", "paper", "pages"),
    [
        (("booklet",), None, "a5"),
        (("epub", "booklet"), None, "a5"),
        (("pdf", "booklet"), None, "a4"),
        (("booklet",), "b5", "b5"),
        (("pdf",), None, "a4"),
    ],
)
def test_a_booklet_alone_has_pages_of_a5(
    tmp_path: Path, formats: tuple[Format, ...], paper: str | None, pages: str
) -> None:
    config = loaded(tmp_path, sources=(".",), formats=formats, paper=paper).config
    assert config.jobs[0].paper.name == pages


def test_the_files_paper_is_for_its_own_formats(tmp_path: Path) -> None:
    (tmp_path / "booklet.toml").write_text(
        'version = 1\nsources = ["."]\n[[booklets]]\nname = "n"\npaper = "a4"\n', encoding="utf-8"
    )
    assert loaded(tmp_path, formats=("booklet",)).config.jobs[0].paper.name == "a5"
    assert loaded(tmp_path, formats=("pdf", "booklet")).config.jobs[0].paper.name == "a4"


def test_the_sheet_is_a_paper_of_printers(tmp_path: Path) -> None:
    job = loaded(tmp_path, sources=(".",), formats=("booklet",), sheet="A3").config.jobs[0]
    assert job.sheet
    assert (job.sheet.name, job.sheet.width_mm) == ("a3", 297)
    assert failure(tmp_path, sources=(".",), sheet="letter").params["known"] == "a4, a3"
