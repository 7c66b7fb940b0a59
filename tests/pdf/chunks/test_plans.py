"""Where books are cut and how their pages are counted: pure."""

from __future__ import annotations

from itertools import pairwise

from booklet.render.pdf.chunks.cutting import LEAST, MOST, cut
from booklet.render.pdf.finish.bookmarks import Bookmark, nested
from booklet.render.pdf.finish.numbering import Part, numbers_by_id, place
from booklet.render.pdf.values.jobs import BARE, Counter, Laid, LaidPage, Opening, Side

PAGE, RUN_ON, RIGHT = Opening(True, None), Opening(False, None), Opening(True, "right")


def ids(count: int) -> list[str]:
    return [f"a-{number}" for number in range(count)]


def test_chunks_hold_all_chapters_in_order_and_are_small() -> None:
    chunks = cut([PAGE] * 200, ids(200), [1000] * 200)
    assert [one for chunk in chunks for one in chunk] == list(range(200))
    assert all(len(chunk) <= MOST for chunk in chunks)
    assert all(len(chunk) >= LEAST for chunk in chunks[:-1])


def test_chapters_that_run_on_are_not_parted() -> None:
    openings = [PAGE, *[RUN_ON] * 30, PAGE, RUN_ON]
    assert cut(openings, ids(33), [10] * 33)[0] == range(31)


def test_one_article_more_leaves_the_other_chunks_as_they_are() -> None:
    before, names = cut([PAGE] * 100, ids(100), [10] * 100), ids(100)
    more = [*names[:20], "new", *names[20:]]
    after = cut([PAGE] * 101, more, [10] * 101)
    known = {tuple(names[one] for one in chunk) for chunk in before}
    changed = [chunk for chunk in after if tuple(more[one] for one in chunk) not in known]
    assert len(changed) <= 4


def test_a_chunk_of_any_side_holds_no_chapter_that_needs_one() -> None:
    openings = [PAGE, PAGE, RIGHT, PAGE, RIGHT, PAGE, PAGE]
    chunks = cut(openings, ids(7), [10] * 7)
    assert chunks[0] == range(2)
    for chunk in chunks:
        assert openings[chunk.start].side or not any(openings[one].side for one in chunk)


def laid(*pages: Counter, name: str = "") -> Laid:
    anchors = ((name, 0.0, 0.0),) if name else ()
    made = [LaidPage("right", counter, (100, 100), 0, BARE, False, anchors, (), ()) for counter in pages]
    return Laid(b"", tuple(made), BARE, (), (), ())


NOTHING: Counter = (None, None, None)


def test_pages_alternate_and_an_empty_one_comes_before_a_chunk_that_needs_the_other_side() -> None:
    first_of_body: Counter = (1, None, None)
    parts = [
        Part(laid(NOTHING, NOTHING, NOTHING), None),
        Part(laid(first_of_body, NOTHING, name="a"), "right"),
    ]
    placed = place(parts)
    sides: list[Side] = [one.side for one in placed]
    assert sides[0] == "right"
    assert all(one != other for one, other in pairwise(sides))
    assert [(one.part, one.page, one.number) for one in placed] == [
        (0, 0, 1),
        (0, 1, 2),
        (0, 2, 3),
        (1, None, 4),
        (1, 0, 1),
        (1, 1, 2),
    ]
    assert numbers_by_id(parts, placed) == {"a": 1}


def test_bookmarks_become_a_tree_and_skipped_levels_are_not_there() -> None:
    flat = [Bookmark(level, str(level), 0, (0, 0), closed=False) for level in (1, 2, 4, 3, 2, 1, 3)]
    top = nested(flat)
    assert [mark.label for mark in top] == ["1", "1"]
    assert [mark.label for mark in top[0].children] == ["2", "2"]
    assert [mark.label for mark in top[0].children[0].children] == ["4", "3"]
    assert [mark.label for mark in top[1].children] == ["3"]
