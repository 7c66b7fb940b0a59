"""Page labels (ISO 32000-2, 12.4.2): what viewers call a page is what is printed on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

if TYPE_CHECKING:  # books in chunks are put together without the engine
    from weasyprint.document import Document

Style = Literal["decimal", "lower-roman", "upper-roman"]

_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_PDF_STYLES = {"decimal": Name.D, "lower-roman": Name.r, "upper-roman": Name.R}


@dataclass(frozen=True, slots=True)
class Folio:
    """The number of a page."""

    number: int
    style: Style | None
    """None: it is counted, not printed."""


def roman(number: int) -> str:
    """A number in small Roman numerals; empty below 1."""
    text = ""
    for value, letters in _NUMERALS:
        count, number = divmod(max(number, 0), value)
        text += letters * count
    return text


def printed_style(page: Any, number: int) -> Style | None:
    """How the number of a laid-out page is printed in one of its margins; None: it is not.

    Args:
        page: of WeasyPrint's `Document.pages`.
        number: its `page` counter.
    """
    forms: dict[str, Style] = {str(number): "decimal"}
    if numeral := roman(number):
        forms |= {numeral: "lower-roman", numeral.upper(): "upper-roman"}
    found = (forms.get(text) for text in _margin_texts(page))
    return next((style for style in found if style), None)


def _margin_texts(page: Any) -> Iterator[str]:
    """What stands in the margins, without the marks around it."""
    for box in page._page_box.children:
        if type(box).__name__ == "MarginBox":
            text = "".join(str(part.text) for part in box.descendants() if hasattr(part, "text"))
            yield text.strip(" \u3000·•—–-|/()[]〔〕（）")


def folios(document: Document, numbers: Iterable[int]) -> tuple[Folio, ...]:
    """The folios of a document whose pages have these numbers."""
    return tuple(
        Folio(number, printed_style(page, number))
        for page, number in zip(document.pages, numbers, strict=True)
    )


def label_pages(pdf: pikepdf.Pdf, pages: Sequence[Folio], *, first: str = "") -> None:
    """Write the labels.

    A page without a printed number is labelled as its neighbours are printed, those before it first.

    Args:
        pdf: with as many pages.
        pages: their folios, in order.
        first: the first page's name, if no number is printed on it: a cover's.
    """
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
