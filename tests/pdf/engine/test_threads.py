"""Several threads of one process set pages: each gets what it would have got alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library.patches import ALONE, in_place
from booklet.render.pdf.engine.library.table import ALL
from booklet.render.pdf.engine.lines import glyphs
from tests.pdf.sample import make_pdf

BODIES = [
    [f"<p>{'基层治理，要“实”字当头。Python 3.11 也一样，' * (20 + 7 * index)}</p>"] * 2 for index in range(3)
]
"""Of other lengths each, so that no two threads are at the same place."""


def test_two_threads_set_different_documents_as_one_would() -> None:
    alone = [make_pdf(bodies) for bodies in BODIES]
    with ThreadPoolExecutor(len(BODIES)) as executor:
        assert list(executor.map(make_pdf, BODIES)) == alone


def test_a_second_thread_waits_until_the_library_is_as_before() -> None:
    seen: list[object] = []
    before = library.block.block_level_layout

    def look() -> None:
        with ALONE:
            seen.append(library.block.block_level_layout)

    with in_place(ALL):
        other = Thread(target=look)
        other.start()
        other.join(0.2)
        assert not seen
    other.join()
    assert seen == [before]


def test_layouts_within_each_other_and_after_an_exception_leave_nothing_behind() -> None:
    before = library.inline.split_text_box
    for _ in range(2):
        with pytest.raises(KeyError):
            _fail_at_work()
        assert library.inline.split_text_box is before
    assert make_pdf(BODIES[0]).findings == ()


def _fail_at_work() -> None:
    with in_place(ALL), in_place(ALL):
        glyphs._copy_function.cache_clear()  # declares it to Pango once more
        make_pdf(BODIES[0])
        raise KeyError
