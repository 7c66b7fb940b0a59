"""The folios of laid-out pages, read from their margin boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.document import Document

from booklet.render.pdf.values.folios import Folio, Style, roman


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
