"""A book as one document of the engine, in the process that calls."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from booklet.events import Reporter
from booklet.findings import BookletError
from booklet.fonts import LoadedFace
from booklet.model import Booklet
from booklet.render.pdf.values.result import PdfResult

if TYPE_CHECKING:  # not needed to say that the engine is missing
    from booklet.render.pdf.trees.chapters import PrintChapter


def one_document(
    booklet: Booklet,
    sheets: Sequence[PrintChapter],
    css: str,
    faces: Sequence[LoadedFace],
    report: Reporter,
    *,
    bound: bool,
) -> PdfResult:
    """Set all chapters at once.

    Args:
        booklet: with the pictures.
        sheets: its chapters.
        css: its style sheet.
        faces: that the style sheet loads.
        report: is told of pages.
        bound: left and right pages differ.

    Raises:
        BookletError: `pango-missing`, the engine's libraries cannot be loaded; `pdf-failed`, it gives up.
    """
    load_engine()
    from booklet.render.pdf.engine.assets import AssetFetcher
    from booklet.render.pdf.engine.book import set_book
    from booklet.render.pdf.engine.engine import Engine, library_findings, map_pages, printed_numbers
    from booklet.render.pdf.engine.patches import our_layout
    from booklet.render.pdf.engine.printed_folios import folios
    from booklet.render.pdf.finish.properties import finished
    from booklet.render.pdf.trees.long_lists import whole_id

    engine = Engine(css, AssetFetcher(booklet.images, faces), report)
    with engine.listening() as heard, our_layout() as unpatched:
        document, data, failures = set_book(engine, booklet, sheets)
    pages = folios(document, printed_numbers(document))
    data = finished(data, booklet, pages, bound=bound)
    front = {part.id for part in booklet.front_matter}
    texts = frozenset(sheet.chapter.id for sheet in sheets if whole_id(sheet.chapter.id) not in front)
    ids = frozenset(entry.id for section in booklet.sections for entry in section.entries)
    return PdfResult(
        data, map_pages(document, ids, texts), (*library_findings(), *unpatched, *failures, *heard)
    )


def load_engine() -> None:
    """Import WeasyPrint, quietly: it prints, and warns of a library that a finding names instead.

    Raises:
        BookletError: `pango-missing`.
    """
    with redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import weasyprint  # noqa: F401 - loads its system libraries
        except OSError as error:
            raise BookletError("pango-missing", library=_library_in(str(error))) from error


def _library_in(said: str) -> str:
    """The library that cffi's message names: `cannot load library 'libpango-1.0-0': …`."""
    named = re.search(r"'([^']+)'", said)
    return named[1] if named else said.partition("\n")[0]
