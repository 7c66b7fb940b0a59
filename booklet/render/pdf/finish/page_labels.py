"""Page labels (ISO 32000-2, 12.4.2): what viewers call a page is what is printed on it."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from booklet.render.pdf.values.folios import Folio

_PDF_STYLES = {"decimal": Name.D, "lower-roman": Name.r, "upper-roman": Name.R}


def label_pages(pdf: pikepdf.Pdf, pages: Sequence[Folio], *, first: str = "") -> None:
    """Write the labels, if the folios are known.

    A page without a printed number is labelled as its neighbours are printed, those before it first.

    Args:
        pdf: with as many pages.
        pages: their folios, in order; none where they could not be read.
        first: the first page's name, if no number is printed on it: a cover's.
    """
    if not pages:
        return
    entries: list[Object | int] = []
    expected: Folio | None = None
    for index, folio in enumerate(_styled(pages)):
        if index == 0 and first and pages[0].style is None:
            entries += [0, Dictionary(P=String(first))]
            continue
        if folio != expected:
            entries += [index, _range(folio)]
        expected = Folio(folio.number + 1, folio.style) if folio.number >= 1 else None
    pdf.Root.PageLabels = Dictionary(Nums=Array(entries))


def _range(folio: Folio) -> Object:
    if folio.number < 1 or folio.style is None:  # /St begins at 1: such pages are named one by one
        return Dictionary(P=String(str(folio.number)))
    start = {"/St": folio.number} if folio.number != 1 else {}
    return Dictionary({"/S": _PDF_STYLES[folio.style], **start})


def _styled(pages: Sequence[Folio]) -> list[Folio]:
    """The folios with a style each."""
    shown = list(pages)
    for steps in (range(1, len(shown)), range(len(shown) - 2, -1, -1)):
        for index in steps:
            by = 1 if steps.step > 0 else -1
            beside = shown[index - by]
            if shown[index].style is None and shown[index].number == beside.number + by:
                shown[index] = Folio(shown[index].number, beside.style)
    return [Folio(one.number, one.style or "decimal") for one in shown]
