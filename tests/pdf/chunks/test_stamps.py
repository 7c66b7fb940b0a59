"""Page numbers set into slots."""

from __future__ import annotations

import pytest

from booklet.render.pdf.finish.slots import Slot, UnfilledError, closing, fill, opening

GLYPHS = tuple(range(17, 27))
WIDTHS = (557.0, 471.0, 558.0, 557.0, 555.0, 558.0, 558.0, 549.0, 558.0, 562.0)


def marked(shown: str, *, digits: int, alignment: float = 0, target: str = "") -> bytes:
    slot = opening(Slot(target, digits, alignment, WIDTHS, GLYPHS))
    return b"q\n" + slot + f"\nBT\n/F 10 Tf\n[{shown}] TJ\nET\n".encode() + closing() + b"\nQ"


def test_a_slot_gets_the_pages_own_number() -> None:
    filled = fill(marked("<001900190019>", digits=3), lambda target: {"": 207}[target])
    assert filled == b"q\nBT\n/F 10 Tf\n[<001300110018>] TJ\nET\nQ"


def test_a_slot_gets_the_number_of_its_target() -> None:
    filled = fill(marked("<0019>", digits=1, target="a-文"), lambda target: {"a-文": 4}[target])
    assert b"[<0015>] TJ" in filled


@pytest.mark.parametrize(("alignment", "before"), [(0, b"["), (0.5, b"[-322.5"), (1, b"[-645")])
def test_a_narrower_number_stands_where_the_slots_text_would(alignment: float, before: bytes) -> None:
    filled = fill(marked("<00190019>", digits=2, alignment=alignment), lambda _: 1)
    assert before + b"<0012>] TJ" in filled


def test_text_around_a_number_goes_along_with_it_and_spacing_stays() -> None:
    filled = fill(marked("<0c30>-250<0019>12<0019>-250<0c31>", digits=2, alignment=1), lambda _: 42)
    assert b"[-3<0c30>-250<0015>12<0013>-250<0c31>] TJ" in filled


def test_what_is_no_slot_stays_as_it_is() -> None:
    content = b"BT\n[<00190019>] TJ\nET"
    assert fill(content, lambda _: 7) == content


def test_a_slot_without_its_placeholder_is_an_error() -> None:
    with pytest.raises(UnfilledError):
        fill(marked("<0019>", digits=2), lambda _: 7)
