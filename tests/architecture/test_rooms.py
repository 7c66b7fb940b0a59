"""The rooms keep their rules, and each rule sees what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from . import rooms
from .source import Sources, product

Rule = Callable[[Sources], Iterator[str]]

RULES: dict[str, tuple[Rule, dict[str, str]]] = {
    "imports": (
        rooms.forbidden_imports,
        {"clean.steps": "from booklet.images.store import Store", "images.store": "Store = 1"},
    ),
    "config knows nothing of collecting": (
        rooms.forbidden_imports,
        {"config.load": "from booklet.collect import collect", "collect": ""},
    ),
    "chapters know nothing of print": (
        rooms.forbidden_imports,
        {"render.chapters.body": "from booklet.render.pdf.trees import ruby", "render.pdf.trees.ruby": ""},
    ),
    "pure rooms read no files": (
        rooms.world_in_pure_rooms,
        {"select.order": "def order(path):\n    return path.read_text()"},
    ),
    "pure rooms start no process": (rooms.world_in_pure_rooms, {"clean.draft": "import subprocess"}),
    "connections": (rooms.libraries_elsewhere, {"images.network": "import aiohttp"}),
    "connections by sockets": (rooms.libraries_elsewhere, {"collect.walk": "import socket"}),
    "the engine": (rooms.libraries_elsewhere, {"render.pdf.chunks.book": "def f():\n    import weasyprint"}),
    "pydyf": (rooms.libraries_elsewhere, {"render.pdf.finish.slots": "import pydyf"}),
    "EbookLib": (rooms.libraries_elsewhere, {"check.epub": "from ebooklib import epub"}),
    "chance": (rooms.libraries_elsewhere, {"compose": "from uuid import uuid4"}),
    "clock": (
        rooms.clocks_below_the_command_line,
        {"compose": "from datetime import datetime\nnow = datetime.now()"},
    ),
    "printing": (rooms.prints_below_the_command_line, {"pipeline": "print('done')"}),
    "writing": (rooms.writes_elsewhere, {"render.epub": "def f(path):\n    path.write_bytes(b'')"}),
    "the command line": (
        rooms.command_line_below_the_interface,
        {"cli.build": "from booklet.pipeline import build", "pipeline": ""},
    ),
    "upward": (rooms.upward_imports, {"theme": "from booklet.pipeline import build", "pipeline": ""}),
}
"""Each rule with modules that break it."""


@pytest.mark.parametrize("name", RULES)
def test_the_house_keeps_its_rules(name: str) -> None:
    rule, _ = RULES[name]
    assert list(rule(product())) == []


@pytest.mark.parametrize("name", RULES)
def test_the_rule_sees_what_breaks_it(name: str) -> None:
    rule, broken = RULES[name]
    assert list(rule(broken))


def test_no_folders_import_each_other() -> None:
    assert rooms.cycles(product()) == []


def test_cycles_are_seen_across_several_folders() -> None:
    knot = {
        "a.one": "import booklet.b.two",
        "b.two": "from booklet.c import three",
        "c.three": "from booklet.a.one import x",
        "d.four": "import booklet.a.one",
    }
    assert rooms.cycles(knot) == [("a", "b", "c")]


def test_every_room_is_in_the_table_or_above_it() -> None:
    found = {rooms.room_of(module, product()) for module in product()}
    known = {*rooms.MAY_IMPORT, *rooms.ABOVE, "render", "samples"}
    assert found <= known
    assert set(rooms.MAY_IMPORT) <= found, "rooms of the table that are gone"
