"""Files that lost their end: what is left of them is folded soundly and said, or refused."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from booklet.findings import BookletError
from booklet.impose.place import impose

from .test_place import text_pdf


def unpacked(data: bytes) -> bytes:
    """The same pages as most programs write them: objects one by one, the list of them at the end."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def without_end(data: bytes) -> bytes:
    """All objects, but no trailer."""
    return data[: data.rindex(b"trailer")]


def without_what_pages_show(data: bytes) -> bytes:
    """The pages are there, the streams that draw them are not."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        lost = min(page.obj.Contents.objgen[0] for page in pdf.pages)
    return data[: data.index(b"\n%d 0 obj" % lost) + 5]


def test_sheets_of_a_file_without_end_are_sound_and_it_is_said(qpdf: str, tmp_path: Path) -> None:
    imposed = impose(without_end(unpacked(text_pdf(6))), name="pages.pdf")
    (found,) = imposed.findings
    assert (found.code, found.level, found.source) == ("pdf-damaged", "warning", "pages.pdf")
    assert dict(found.params) == {"pages": 6}
    path = tmp_path / "sheets.pdf"
    path.write_bytes(imposed.data)
    subprocess.run([qpdf, "--check", path], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    assert all(f"folio-{number}" in text for number in range(1, 7))


def test_a_file_whose_pages_lost_what_they_show_is_refused() -> None:
    with pytest.raises(BookletError) as caught:
        impose(without_what_pages_show(unpacked(text_pdf(6))), name="pages.pdf")
    assert caught.value.code == "pdf-unreadable"
    params = caught.value.params
    assert (params["name"], params["reason"]) == ("pages.pdf", "pages-lost")
    assert 1 <= int(str(params["lost"])) <= 6


def test_a_blank_page_of_a_whole_file_is_no_loss() -> None:
    with pikepdf.open(io.BytesIO(text_pdf(2))) as pdf:
        del pdf.pages[1].obj.Contents
        target = io.BytesIO()
        pdf.save(target)
    imposed = impose(target.getvalue())
    assert (imposed.pages, imposed.findings) == (2, ())


def test_a_reason_names_no_object_of_the_program() -> None:
    with pytest.raises(BookletError) as caught:
        impose(b"no pages here")
    assert caught.value.params["reason"] == "unable to find trailer dictionary while recovering damaged file"


def test_layers_that_are_not_printed_stay_hidden() -> None:
    with pikepdf.open(io.BytesIO(text_pdf(1))) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="draft"))
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        )
        pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(draft=layer)
        target = io.BytesIO()
        pdf.save(target)
    with pikepdf.open(io.BytesIO(impose(target.getvalue()).data)) as pdf:
        used = pdf.pages[0].obj.Resources.XObject.Right.Resources.Properties.draft
        assert pdf.Root.OCProperties.D.OFF[0].objgen == used.objgen
