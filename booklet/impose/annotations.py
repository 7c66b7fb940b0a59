"""What stands on pages beside their content, filled fields, stamps and marks, made part of what is printed.

The library moves the drawings (/AP) that annotations bring along; what has none is drawn by viewers alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

_PRINTED, _HIDDEN = 4, 2
"""Bits of /F (ISO 32000-2, table 167)."""
_BEYOND_ONE_LINE = pikepdf.FormFieldFlag.tx_multiline | pikepdf.FormFieldFlag.tx_password
_MARKS = frozenset(
    (
        *("/Circle", "/FreeText", "/Highlight", "/Ink", "/Line", "/PolyLine", "/Polygon"),
        *("/Square", "/Squiggly", "/Stamp", "/StrikeOut", "/Underline"),
    )
)
"""Annotations that are seen on paper; links, pop-ups and the like are not."""


def flatten_annotations(pdf: pikepdf.Pdf) -> int:
    """Make the annotations that print part of their pages.

    Returns:
        how many are not printed, because nothing here can draw them.
    """
    left_out = _draw_fields(pdf.acroform) if pdf.acroform.exists else 0
    left_out += sum(_is_seen(one) and not _is_drawn(one) for one in _marks(pdf))
    pdf.flatten_annotations("print")
    return left_out


def _draw_fields(form: pikepdf.AcroForm) -> int:
    """Draw what fields hold; how many hold something that cannot be drawn."""
    stale = form.needs_appearances
    left_out = 0
    for field in form.fields:
        if stale and (field.is_checkbox or field.is_radio_button) and isinstance(field.value, pikepdf.Name):
            # Its widgets show what it holds, as by qpdf --generate-appearances.
            field.set_value(field.value)
        elif (field.is_text or field.is_choice) and field.value_as_string:
            for widget in form.get_annotations_for_field(field):
                if _is_line_of_ascii(field) and (stale or not _is_drawn(widget.obj)):
                    field.generate_appearance(widget)
                left_out += _is_seen(widget.obj) and not _is_drawn(widget.obj)
    form.needs_appearances = False  # else the library leaves every field out
    return left_out


def _is_line_of_ascii(field: pikepdf.AcroFormField) -> bool:
    """The library writes one line, and question marks for other characters (qpdf's manual, "Limitations")."""
    return field.value_as_string.isascii() and not field.flags & _BEYOND_ONE_LINE


def _marks(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        for one in annotations if isinstance(annotations, pikepdf.Array) else ():
            if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") in _MARKS:
                yield one


def _is_seen(annotation: pikepdf.Object) -> bool:
    flags = annotation.get("/F")
    return isinstance(flags, int) and bool(flags & _PRINTED) and not flags & _HIDDEN


def _is_drawn(annotation: pikepdf.Object) -> bool:
    drawings = annotation.get("/AP")
    return isinstance(drawings, pikepdf.Dictionary) and "/N" in drawings
