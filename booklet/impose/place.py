"""Puts the pages of a PDF on sheets: each page becomes a form XObject (ISO 32000-2, 8.10), untouched.

A page stands against the fold, in the middle of the sheet's height; what is larger than its half is reduced,
nothing is enlarged. Links, bookmarks and page labels are for screens and stay behind.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pikepdf

from booklet.config.papers import SHEETS
from booklet.config.values import Paper
from booklet.findings import BookletError, Finding, finding
from booklet.impose.annotations import flatten_annotations
from booklet.impose.order import Binding, Sheet, Side, saddle_stitch

TOLERANCE_MM = 1.0
"""Printers do not reach the paper's last millimetre: a page that much larger than its half is not reduced."""

_PT_PER_MM = 72 / 25.4
_OF_PAPER = ("/Lang", "/Metadata", "/OCProperties", "/OutputIntents")
"""What sheets keep of the document: which layers print, and in which colours."""
_MENDED = "file is damaged"
"""What qpdf 12 says first where it has to search a file for its objects (`reconstruct_xref`)."""
_OF_A_STREAM = re.compile(r"^stream <[^>]*>:? ?")
"""What the library calls a file that it did not open itself."""


@dataclass(frozen=True, slots=True)
class Imposed:
    """Sheets ready for a printer that prints both sides."""

    data: bytes
    pages: int
    sheets: int
    paper: Paper
    """The sheet, upright as papers are named; printed lying."""
    scale: float
    """Of the page that was reduced most; 1: none was."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A page as a form, with its visible box in points."""

    form: pikepdf.Object
    box: pikepdf.Rectangle


def impose(
    data: bytes, *, name: str = "PDF", sheet: Paper | None = None, binding: Binding = "left"
) -> Imposed:
    """Two pages beside each other on each side of each sheet, in the order of a saddle-stitched booklet.

    Args:
        data: any PDF. A page is its trim box, turned as the page says.
        name: of the file, for what is said of it.
        sheet: None: the smallest of `SHEETS` whose half holds every page, else a sheet of two pages' size.
        binding: the side of the fold.

    Raises:
        BookletError: `pdf-unreadable`, `pdf-locked`, `pdf-without-pages` (exit code 1).
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _imposed(pdf, name, sheet, binding)
    except pikepdf.PasswordError as error:
        raise BookletError("pdf-locked", name=name) from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, RuntimeError) as error:
        reason = _OF_A_STREAM.sub("", str(error).partition("\n")[0])[:200]
        raise BookletError("pdf-unreadable", name=name, reason=reason) from error


def _imposed(pdf: pikepdf.Pdf, name: str, wanted: Paper | None, binding: Binding) -> Imposed:
    if not len(pdf.pages):
        raise BookletError("pdf-without-pages", name=name)
    empty = sum("/Contents" not in page.obj for page in pdf.pages)
    left_out = flatten_annotations(pdf)
    placed = [_as_form(page) for page in pdf.pages]
    paper = wanted or _sheet_for(placed)
    half_mm = (max(paper.width_mm, paper.height_mm) / 2, min(paper.width_mm, paper.height_mm))
    scales = [_scale(one.box, half_mm) for one in placed]
    order = saddle_stitch(len(placed), binding)
    sheets = _document_for(pdf)
    copies = [replace(one, form=sheets.copy_foreign(one.form)) for one in placed]
    for side in _sides(order):
        _add_side(sheets, side, copies, scales, half_mm)
    target = io.BytesIO()
    sheets.save(
        target,
        min_version=pdf.pdf_version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    # Last of all: some damage is met only when a page is copied.
    findings = (*_damage(pdf, name, empty), *_not_printed(name, left_out))
    return Imposed(target.getvalue(), len(placed), len(order), paper, min(scales), findings)


def _document_for(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """A document for the sheets; a new one, for of a damaged one not even the trailer may be whole."""
    sheets = pikepdf.Pdf.new()
    for name in _OF_PAPER:
        if name in pdf.Root:
            sheets.Root[name] = sheets.copy_foreign(pdf.make_indirect(pdf.Root[name]))
    if "/Info" in pdf.trailer:
        sheets.trailer.Info = sheets.copy_foreign(pdf.make_indirect(pdf.trailer.Info))
    # What a printing dialogue should offer: no fitting to the page, both sides, turned over the short edge.
    sheets.Root.ViewerPreferences = pikepdf.Dictionary(
        PrintScaling=pikepdf.Name.None_, Duplex=pikepdf.Name.DuplexFlipShortEdge
    )
    return sheets


def _damage(pdf: pikepdf.Pdf, name: str, empty: int) -> Iterator[Finding]:
    """What is wrong with a file that could be read after a fashion.

    Raises:
        BookletError: `pdf-unreadable`, pages have lost what they show.
    """
    if not any(_MENDED in str(warning) for warning in pdf.get_warnings()):
        return
    if empty:
        raise BookletError("pdf-unreadable", name=name, reason="pages-lost", lost=empty)
    yield finding("pdf-damaged", name, pages=len(pdf.pages))


def _not_printed(name: str, count: int) -> Iterator[Finding]:
    if count:
        yield finding("annotations-not-printed", name, count=count)


def _as_form(page: pikepdf.Page) -> _Placed:
    form = page.as_form_xobject()
    matrix = pikepdf.Matrix(form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
    left, bottom, right, top = (float(value) for value in form.BBox.as_list())
    return _Placed(form, matrix.transform(pikepdf.Rectangle(left, bottom, right, top)))


def _sheet_for(placed: Sequence[_Placed]) -> Paper:
    width = max(one.box.width for one in placed) / _PT_PER_MM
    height = max(one.box.height for one in placed) / _PT_PER_MM
    for paper in SHEETS:
        if width <= paper.height_mm / 2 + TOLERANCE_MM and height <= paper.width_mm + TOLERANCE_MM:
            return paper
    return Paper(f"{2 * width:g}x{height:g}mm", 2 * width, height)


def _scale(box: pikepdf.Rectangle, half_mm: tuple[float, float]) -> float:
    sizes = zip(half_mm, (box.width, box.height), strict=True)
    fit = min((limit * _PT_PER_MM / size for limit, size in sizes if size > 0), default=1.0)
    allowed = 1 - TOLERANCE_MM / max(half_mm)
    return 1.0 if fit >= allowed else fit


def _sides(sheets: Sequence[Sheet]) -> Iterator[Side]:
    for sheet in sheets:
        yield sheet.front
        yield sheet.back


def _add_side(
    pdf: pikepdf.Pdf,
    side: Side,
    placed: Sequence[_Placed],
    scales: Sequence[float],
    half_mm: tuple[float, float],
) -> None:
    fold, height = (length * _PT_PER_MM for length in half_mm)
    page = pdf.add_blank_page(page_size=(2 * fold, height))
    forms = pikepdf.Dictionary()
    operators = []
    for name, number in (("/Left", side.left), ("/Right", side.right)):
        if number is None:
            continue
        one, scale = placed[number - 1], scales[number - 1]
        x = fold - scale * one.box.urx if name == "/Left" else fold - scale * one.box.llx
        y = (height - scale * one.box.height) / 2 - scale * one.box.lly
        forms[name] = one.form
        operators.append(f"q {scale:.6f} 0 0 {scale:.6f} {x:.4f} {y:.4f} cm {name} Do Q")
    page.obj.Resources = pikepdf.Dictionary(XObject=forms)
    page.obj.Contents = pdf.make_stream("\n".join(operators).encode())
