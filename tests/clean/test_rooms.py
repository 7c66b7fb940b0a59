"""The rooms of `booklet.clean` build on one another in one direction, and on its shared modules."""

from __future__ import annotations

from graphlib import TopologicalSorter
from pathlib import Path

import booklet.clean
from tests.architecture.source import imported

CLEAN = Path(booklet.clean.__file__).parent
ROOMS = {path.parent.name for path in CLEAN.glob("*/__init__.py")}
ABOVE = {"steps.py", "__init__.py"}
"""They know every room: the table of steps, and what runs it."""


def rooms_used(path: Path) -> set[str]:
    """The rooms of `clean` that a module imports from."""
    every = imported(path.read_text(encoding="utf-8"))
    named = (name.split(".") for name in every if name.startswith("booklet.clean."))
    return {parts[2] for parts in named} & ROOMS


def test_there_are_the_rooms_that_are_spoken_of() -> None:
    assert sorted(ROOMS) == [
        *("blocks", "formulas", "inline", "markdown", "media", "page_junk", "tags", "text", "validity"),
    ]


def test_no_rooms_build_on_each_other_in_a_circle() -> None:
    graph = {
        room: set().union(*(rooms_used(path) for path in (CLEAN / room).glob("*.py"))) - {room}
        for room in ROOMS
    }
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_what_all_rooms_share_knows_none_of_them() -> None:
    shared = {path.name: rooms_used(path) for path in CLEAN.glob("*.py") if path.name not in ABOVE}
    assert {name: rooms for name, rooms in shared.items() if rooms} == {}
