"""What a PDF says of itself: title, people, language, dates, page labels, how viewers open it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, ObjectStreamMode, String

from booklet.model import Booklet
from booklet.parts import COVER
from booklet.render.pdf.finish.glyph_texts import mend
from booklet.render.pdf.finish.page_labels import label_pages
from booklet.render.pdf.values.folios import Folio
from booklet.version import __version__
from booklet.words.catalogue import catalogue_words


def finished(data: bytes, booklet: Booklet, pages: Sequence[Folio], *, bound: bool) -> bytes:
    """`finish` for the file of one document."""
    with pikepdf.open(BytesIO(data)) as pdf:
        finish(pdf, booklet, pages, bound=bound)
        mend(pdf)
        return saved(pdf)


def finish(pdf: pikepdf.Pdf, booklet: Booklet, pages: Sequence[Folio], *, bound: bool) -> None:
    """Write metadata, page labels and viewer preferences into an assembled book.

    Args:
        pdf: with all its pages and its outline.
        booklet: whose metadata it gets; its dates are the booklet's, never the clock's.
        pages: the folios of all its pages.
        bound: left and right pages differ: viewers show spreads, the cover alone.
    """
    meta = booklet.meta
    has_cover = any(part.row == COVER for part in booklet.front_matter)
    label_pages(pdf, pages, first=catalogue_words(meta.language).cover if has_cover else "")
    pdf.Root.Lang = String(meta.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.PageLayout = Name.TwoPageRight if bound else Name.SinglePage
    _describe(pdf, booklet)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file; equal contents give equal bytes. The first half of its `/ID` stays (ISO 32000-2, 14.4)."""
    target = BytesIO()
    pdf.save(target, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def _describe(pdf: pikepdf.Pdf, booklet: Booklet) -> None:
    """The document information, and the same as XMP, where PDF 2.0 and libraries look for it."""
    meta = booklet.meta
    people = list(meta.creators or ((meta.publisher,) if meta.publisher else ()))
    subjects = [title for title in (meta.series, *(section.title for section in booklet.sections)) if title]
    keywords = ", ".join(name.replace(",", "，") for name in dict.fromkeys(subjects))
    creator = f"booklet {__version__}"
    info = {
        "/Title": meta.title,
        "/Author": ", ".join(people),
        "/Subject": meta.subtitle,
        "/Keywords": keywords,
        "/Creator": creator,
        "/Producer": str(pdf.docinfo.get("/Producer", "")),
        "/CreationDate": _pdf_date(meta.modified),
        "/ModDate": _pdf_date(meta.modified),
    }
    pdf.docinfo = pdf.make_indirect(Dictionary({key: String(text) for key, text in info.items() if text}))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = meta.title
        xmp["dc:language"] = [meta.language]
        xmp["dc:identifier"] = meta.identifier
        if people:
            xmp["dc:creator"] = people
        if meta.publisher:
            xmp["dc:publisher"] = [meta.publisher]
        if meta.subtitle:
            xmp["dc:description"] = meta.subtitle
        if meta.rights:
            xmp["dc:rights"] = meta.rights
        if subjects:
            xmp["dc:subject"] = list(dict.fromkeys(subjects))
            xmp["pdf:Keywords"] = keywords
        xmp["pdf:Producer"] = info["/Producer"]
        xmp["xmp:CreatorTool"] = creator
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = meta.modified.isoformat()


def _pdf_date(moment: datetime) -> str:
    """Of a moment in UTC (ISO 32000-2, 7.9.4)."""
    return moment.strftime("D:%Y%m%d%H%M%SZ")
