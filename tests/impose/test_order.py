"""The order of a saddle-stitched booklet, proven by folding it."""

from __future__ import annotations

import pytest

from booklet.impose.order import Binding, saddle_stitch

from .fold import fold


@pytest.mark.parametrize("binding", ["left", "right"])
@pytest.mark.parametrize("pages", range(1, 201))
def test_a_folded_pile_reads_in_order_with_blanks_at_the_end(pages: int, binding: Binding) -> None:
    sheets = saddle_stitch(pages, binding)
    halves = [
        ((sheet.front.left, sheet.front.right), (sheet.back.left, sheet.back.right)) for sheet in sheets
    ]
    read = fold(halves, opens=binding)
    assert read[:pages] == list(range(1, pages + 1))
    assert read[pages:] == [None] * (4 * len(sheets) - pages)
    assert len(sheets) == (pages + 3) // 4


def test_eight_pages_as_a_printer_knows_them() -> None:
    outer, inner = saddle_stitch(8)
    assert [outer.front.left, outer.front.right, outer.back.left, outer.back.right] == [8, 1, 2, 7]
    assert [inner.front.left, inner.front.right, inner.back.left, inner.back.right] == [6, 3, 4, 5]
