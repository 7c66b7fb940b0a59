"""What was filled in and marked is printed; what cannot be is counted."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from booklet.impose.place import Imposed, impose

BLACK_BOX = b"0 0 9 9 re f"
MULTILINE = 1 << 12


def drawing(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    form = pdf.make_stream(BLACK_BOX)
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 200, 30])
    return pikepdf.Dictionary(N=form)


def page_with(pdf: pikepdf.Pdf, **keys: Any) -> pikepdf.Object:
    page = pdf.add_blank_page(page_size=(420, 595))
    box = pikepdf.Array([50, 450, 250, 480])
    one = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=box, **keys))
    page.obj.Annots = pikepdf.Array([one])
    return one


def written(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def field_pdf(value: str, *, stale: bool = True, drawn: bool = False, flags: int = 0) -> bytes:
    """A page with a text field; `stale`: viewers are asked to draw it themselves."""
    pdf = pikepdf.new()
    kind = {"Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Tx, "T": "name", "F": 4, "Ff": flags}
    field = page_with(pdf, **kind, V=value, DA="/Helv 12 Tf 0 g")
    if drawn:
        field.AP = drawing(pdf)
    face = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([field]),
        NeedAppearances=stale,
        DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=pdf.make_indirect(face))),
    )
    return written(pdf)


def mark_pdf(subtype: str, flags: int = 4) -> bytes:
    pdf = pikepdf.new()
    page_with(pdf, Subtype=pikepdf.Name(f"/{subtype}"), F=flags)
    return written(pdf)


def drawn_by(imposed: Imposed) -> bytes:
    """The operators of everything that the first sheet draws inside its pages."""
    with pikepdf.open(io.BytesIO(imposed.data)) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    return b"\n".join(streams)


def counted(imposed: Imposed) -> list[tuple[str, object]]:
    return [(found.code, dict(found.params)["count"]) for found in imposed.findings]


@pytest.mark.parametrize("stale", [True, False])
def test_a_field_without_drawing_is_printed_as_filled(stale: bool) -> None:
    imposed = impose(field_pdf("Agreed", stale=stale))
    assert b"(Agreed)" in drawn_by(imposed)
    assert imposed.findings == ()


def test_a_drawing_of_chinese_is_kept_where_viewers_would_draw_anew() -> None:
    imposed = impose(field_pdf("同意", drawn=True))
    assert BLACK_BOX in drawn_by(imposed)
    assert b"?" not in drawn_by(imposed).partition(b"BT")[2].partition(b"ET")[0]
    assert imposed.findings == ()


@pytest.mark.parametrize(("value", "flags"), [("同意", 0), ("one line\rand another", MULTILINE)])
def test_a_field_that_cannot_be_drawn_is_counted(value: str, flags: int) -> None:
    imposed = impose(field_pdf(value, flags=flags))
    assert counted(imposed) == [("annotations-not-printed", 1)]
    assert b"Tj" not in drawn_by(imposed)


def test_a_mark_without_drawing_is_counted() -> None:
    assert counted(impose(mark_pdf("Highlight"))) == [("annotations-not-printed", 1)]


@pytest.mark.parametrize(("subtype", "flags"), [("Link", 4), ("Highlight", 0), ("Highlight", 6)])
def test_what_no_viewer_prints_is_not_counted(subtype: str, flags: int) -> None:
    assert impose(mark_pdf(subtype, flags)).findings == ()


def test_an_empty_field_is_not_counted() -> None:
    assert impose(field_pdf("")).findings == ()
