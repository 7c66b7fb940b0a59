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
from booklet.render.text.page_map import PageMap
from booklet.words.failures import reason_of

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
        BookletError: `pango-missing`, the engine's libraries cannot be loaded; `engine-unusable`, it lacks
            what we need of it; `pdf-failed`, it gives up.
        MemoryError: this process can do no more.
    """
    load_engine()
    try:
        return _one_document(booklet, sheets, css, faces, report, bound=bound)
    except (BookletError, MemoryError):
        raise
    except Exception as error:  # a release that is another where we have not looked costs the PDF, no more
        raise BookletError("pdf-failed", reason=reason_of(error)) from error


def _one_document(
    booklet: Booklet,
    sheets: Sequence[PrintChapter],
    css: str,
    faces: Sequence[LoadedFace],
    report: Reporter,
    *,
    bound: bool,
) -> PdfResult:
    from booklet.render.pdf.engine.assets import AssetFetcher
    from booklet.render.pdf.engine.beyond import cut_texts
    from booklet.render.pdf.engine.book import set_book
    from booklet.render.pdf.engine.engine import Engine, library_findings, map_pages, printed_numbers
    from booklet.render.pdf.engine.library import standing
    from booklet.render.pdf.engine.library.table import ALL, CHUNKS, PAGE_MAP
    from booklet.render.pdf.engine.printed_folios import folios
    from booklet.render.pdf.finish.properties import finished
    from booklet.render.pdf.trees.long_lists import whole_id

    made = set_book(Engine(css, AssetFetcher(booklet.images, faces), report), booklet, sheets)
    lacking = standing.said_of(ALL - made.groups - {CHUNKS})  # chunks: this is none
    front = {part.id for part in booklet.front_matter}
    texts = frozenset(sheet.chapter.id for sheet in sheets if whole_id(sheet.chapter.id) not in front)
    ids = frozenset(entry.id for section in booklet.sections for entry in section.entries)
    if PAGE_MAP in made.groups:
        pages = folios(made.document, printed_numbers(made.document))
        page_map = map_pages(made.document, ids, texts)
        cut = tuple(cut_texts(made.document.pages, texts))
    else:
        pages, page_map, cut = (), PageMap(len(made.document.pages), {}, ()), ()
    data = finished(made.data, booklet, pages, bound=bound)
    return PdfResult(data, page_map, (*library_findings(), *lacking, *made.findings, *cut))


def load_engine() -> None:
    """Import WeasyPrint, quietly: it prints, and warns of a library that a finding names instead.

    Raises:
        BookletError: `pango-missing`, its system libraries; `engine-unusable`, something in itself.
    """
    from booklet.render.pdf.engine.library.patches import ALONE
    from booklet.render.pdf.engine.library.standing import version

    with ALONE, redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import weasyprint  # noqa: F401 - loads its system libraries
        except OSError as error:
            raise BookletError("pango-missing", library=_library_in(str(error))) from error
        except Exception as error:
            raise BookletError("engine-unusable", version=version(), reason=reason_of(error)) from error
        try:
            from booklet.render.pdf.engine import engine  # noqa: F401 - takes what is public of it
        except Exception as error:
            raise BookletError("engine-unusable", version=version(), reason=reason_of(error)) from error


def _library_in(said: str) -> str:
    """The library that cffi's message names: `cannot load library 'libpango-1.0-0': …`."""
    named = re.search(r"'([^']+)'", said)
    return named[1] if named else said.partition("\n")[0]
