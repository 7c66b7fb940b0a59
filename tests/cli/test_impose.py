"""`booklet impose`: two files, and what is said when they are not what they should be."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest

from .conftest import Type


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A PDF of six blank A5 pages."""
    pdf = pikepdf.new()
    for _ in range(6):
        pdf.add_blank_page(page_size=(419.53, 595.28))
    target = io.BytesIO()
    pdf.save(target)
    path = tmp_path / "pages.pdf"
    path.write_bytes(target.getvalue())
    return path


def test_it_says_how_many_sheets_to_put_into_the_printer(typed: Type, pages: Path) -> None:
    answer = typed("impose", "pages.pdf", "folded.pdf")
    assert answer.code == 0
    assert answer.out.strip() == "folded.pdf"
    assert "6 pages = 2 sheets of A4" in answer.err
    with pikepdf.open(pages.with_name("folded.pdf")) as pdf:
        assert len(pdf.pages) == 4


def test_it_says_so_in_chinese(typed: Type, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKLET_LANG", "zh")
    assert "6 页 = 2 张 A3" in typed("impose", "pages.pdf", "folded.pdf", "--sheet", "a3").err


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 page = 1 sheet of A4"), (4, "4 pages = 1 sheet of A4"), (5, "5 pages = 2 sheets of A4")],
)
def test_one_is_said_as_one(typed: Type, pages: Path, count: int, said: str) -> None:
    with pikepdf.open(pages, allow_overwriting_input=True) as pdf:
        del pdf.pages[count:]
        pdf.save(pages)
    assert said in typed("impose", "pages.pdf", "folded.pdf").err


def test_damage_is_told_to_people_and_to_programs(typed: Type, pages: Path) -> None:
    data = pages.read_bytes()
    pages.write_bytes(data[: data.rindex(b"trailer")])
    answer = typed("impose", "pages.pdf", "folded.pdf")
    assert answer.code == 0
    assert "pages.pdf: is damaged; pages found in it: 6" in answer.err
    document = json.loads(typed("impose", "pages.pdf", "folded.pdf", "--json", "--force").out)
    (found,) = document["findings"]
    assert (found["code"], found["level"], found["source"]) == ("pdf-damaged", "warning", "pages.pdf")


def test_what_cannot_be_read_is_named(typed: Type, tmp_path: Path) -> None:
    tmp_path.joinpath("notes.pdf").write_text("no pages here", encoding="utf-8")
    answer = typed("impose", "notes.pdf", "folded.pdf")
    assert answer.err.startswith("error: notes.pdf cannot be read: unable to find")


def test_lost_pages_are_counted_in_words(typed: Type, pages: Path) -> None:
    with pikepdf.open(pages) as pdf:
        first = min(page.obj.Contents.objgen[0] for page in pdf.pages)
    data = pages.read_bytes()
    pages.write_bytes(data[: data.index(b"\n%d 0 obj" % first) + 5])
    answer = typed("impose", "pages.pdf", "folded.pdf")
    assert answer.code == 1
    assert "what stood on 6 of its pages is lost" in answer.err
    assert not pages.with_name("folded.pdf").exists()


def test_the_document_counts_for_programs(typed: Type, pages: Path) -> None:
    document = json.loads(typed("impose", "pages.pdf", "folded.pdf", "--json").out)
    assert {key: document[key] for key in ("path", "pages", "sheets", "sheet", "scale")} == {
        "path": "folded.pdf",
        "pages": 6,
        "sheets": 2,
        "sheet": "a4",
        "scale": 1.0,
    }


def test_a_file_that_is_there_is_kept_unless_forced(typed: Type, pages: Path) -> None:
    target = pages.with_name("folded.pdf")
    target.write_bytes(b"mine")
    assert typed("impose", "pages.pdf", "folded.pdf").code == 2
    assert target.read_bytes() == b"mine"
    assert typed("impose", "pages.pdf", "folded.pdf", "--force").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "two files"),
        (("pages.pdf",), 2, "two files"),
        (("pages.pdf", "b.pdf", "c.pdf"), 2, "two files"),
        (("absent.pdf", "b.pdf"), 2, "absent.pdf"),
        (("text.txt", "b.pdf"), 1, "cannot be read"),
        ((".", "b.pdf"), 1, "cannot be read"),
        (("pages.pdf", "b.pdf", "--sheet", "a9"), 2, "a9"),
        (("pages.pdf", "b.pdf", "--binding", "top"), 2, "top"),
        (("pages.pdf", "text.txt/b.pdf"), 1, "cannot write"),
    ],
)
def test_wrong_usage_ends_with_one_sentence_and_no_file(
    typed: Type, pages: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    pages.with_name("text.txt").write_text("no pages here", encoding="utf-8")
    answer = typed("impose", *words)
    assert answer.code == code
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert not pages.with_name("b.pdf").exists()
