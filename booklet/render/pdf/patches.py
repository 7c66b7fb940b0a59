"""All that is changed in WeasyPrint while a book is set, together: one place for everybody who lays out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from booklet.findings import Finding
from booklet.render.pdf.fit import pictures_fit
from booklet.render.pdf.grid import text_on_grid
from booklet.render.pdf.justify import chinese_justification
from booklet.render.pdf.notes import notes_stay


@contextmanager
def our_layout() -> Iterator[tuple[Finding, ...]]:
    """Lay out our way while the block runs; with an unknown version of the library a finding says so."""
    with chinese_justification() as unpatched, notes_stay(), text_on_grid(), pictures_fit():
        yield unpatched
