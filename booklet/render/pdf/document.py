"""All chapters as one HTML document, with the metadata that the PDF takes from it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from booklet import __version__
from booklet.model import Booklet
from booklet.render.pdf.chapters import Sheet

_DATE = "%Y-%m-%dT%H:%M:%SZ"


def html_document(booklet: Booklet, sheets: Iterable[Sheet]) -> str:
    """The book as HTML. Its dates are the booklet's, never the clock's."""
    meta = booklet.meta
    body = "\n".join(sheet.html for sheet in sheets)
    return (
        f'<!DOCTYPE html><html lang="{escape(meta.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(meta.title)}</title>{_metadata(booklet)}</head><body>\n{body}\n</body></html>"
    )


def _metadata(booklet: Booklet) -> str:
    meta = booklet.meta
    modified = meta.modified.strftime(_DATE)
    keywords = [title for title in (meta.series, *(section.title for section in booklet.sections)) if title]
    values = [
        *(("author", name) for name in meta.creators or ((meta.publisher,) if meta.publisher else ())),
        ("description", meta.subtitle),
        ("keywords", ",".join(name.replace(",", "，") for name in keywords)),
        ("generator", f"booklet {__version__}"),
        ("dcterms.created", modified),
        ("dcterms.modified", modified),
    ]
    return "".join(
        f'<meta name="{name}" content="{escape(value)}">' for name, value in values if value.strip()
    )
