"""All chapters as one HTML document."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from booklet.model import Booklet
from booklet.render.pdf.trees.chapters import PrintChapter

END = "\n</body></html>"


def html_document(booklet: Booklet, sheets: Iterable[PrintChapter]) -> str:
    """The book as HTML."""
    return html_head(booklet) + "\n".join(sheet.html for sheet in sheets) + END


def html_head(booklet: Booklet) -> str:
    """What stands before the chapters of the book; `finish` says in the PDF what it is."""
    return _head(booklet.meta.language, f"<title>{escape(booklet.meta.title)}</title>")


def plain_head(language: str) -> str:
    """What stands before chapters that are a part of some book."""
    return _head(language, "")


def _head(language: str, content: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><head><meta charset="utf-8">{content}</head><body>\n'
    )
