"""The table names every use of the library's insides, and in which order things are put around functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import booklet
from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.chunks import number_slots, unembedded
from booklet.render.pdf.engine.chunks.margin_boxes import MarginBoxMaker
from booklet.render.pdf.engine.library import sources, standing
from booklet.render.pdf.engine.library.patches import in_place, wrappers_of
from booklet.render.pdf.engine.library.table import ALL, CHUNKS, GROUPS, ROWS
from booklet.words.messages import table

PACKAGE = Path(booklet.__file__).parent
ENGINE = PACKAGE / "render/pdf/engine"
MODULES = sorted(PACKAGE.rglob("*.py"))
PUBLIC = {
    "weasyprint",
    "weasyprint.document.Document",
    "weasyprint.document.Page",
    "weasyprint.text.fonts.FontConfiguration",
    "weasyprint.urls.URLFetcher",
    "weasyprint.urls.URLFetcherResponse",
}
"""What the library's documentation promises (API reference)."""
PLACES = {row.place for row in ROWS}


def imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Dotted names of the library that import statements name."""
    for node in nodes:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in ("weasyprint", "pydyf"))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_the_library_is_imported_in_one_room_and_only_what_it_promises() -> None:
    for path in MODULES:
        found = set(imported(ast.walk(tree_of(path))))
        assert not found or path.is_relative_to(ENGINE), path
        assert found <= PUBLIC, path


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.stem)
def test_what_is_used_of_private_modules_is_in_the_table(path: Path) -> None:
    own = set(vars(library)) - set(library.MODULES) | {"NOTHING"}
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id="library"), attr=module), attr=name):
                place = f"{library.MODULES[module]}:{name}"
                assert place in PLACES, f"{path.name}:{node.lineno}: {place}"
            case ast.Attribute(value=ast.Name(id="library"), attr=name):
                assert name in library.MODULES or name in own
            case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(), *_]):
                assert path.name == "patches.py"
            case _:
                pass


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.stem)
def test_functions_that_pango_is_asked_by_are_in_the_table(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Attribute(value=ast.Name(id="pango" | "harfbuzz"), attr=name) if name != (
                "pango_attr_list_copy"  # we declare it ourselves
            ):
                assert f"weasyprint.text.ffi:C {name}" in PLACES
            case _:
                pass


def test_each_group_puts_in_place_what_the_table_says_and_nothing_else() -> None:
    chunk = {
        **number_slots.wrappers({}),
        **unembedded.wrappers(()),
        **MarginBoxMaker(SimpleNamespace(), "").wrappers(),
    }
    for group in GROUPS:
        rows = {row.place for row in ROWS if group.name in row.around}
        assert set(chunk if group.name == CHUNKS else wrappers_of(group.name)) == rows


def test_no_place_stands_twice_and_groups_stand_behind_what_they_need() -> None:
    assert len(PLACES) == len(ROWS)
    names = [group.name for group in GROUPS]
    assert all(names.index(need) < at for at, group in enumerate(GROUPS) for need in group.needs)
    assert {name for row in ROWS for name in row.groups} == ALL


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_each_group_is_said_what_pages_lack_without_it(language: str) -> None:
    messages = table("zh" if language == "zh" else "en")
    assert all(f"reason.engine-{name}" in messages for name in ALL)


def test_the_installed_release_is_known_and_all_groups_stand() -> None:
    assert standing.is_known()
    assert standing.groups() == ALL
    assert standing.changed() == frozenset()


def test_what_is_kept_of_layouts_is_kept_for_this_state_of_the_library_alone() -> None:
    from booklet.render.pdf.engine.chunks.chunk import versions

    assert standing.state() in versions()


def test_functions_are_wrapped_in_the_order_of_the_row_and_are_as_before_afterwards() -> None:
    block = library.block
    before = {row.place: getattr(*library.owner_of(row.place)) for row in ROWS if row.around}
    with in_place(ALL):
        names = []
        function = block.block_level_layout
        while function is not before["weasyprint.layout.block:block_level_layout"]:
            names.append(function.__module__.rpartition(".")[2])
            function = inner_of(function)
    assert names == ["blank_lines", "openings", "ends", "fit", "grid"]
    assert before == {row.place: getattr(*library.owner_of(row.place)) for row in ROWS if row.around}


def inner_of(function: object) -> object:
    """What a wrapper of `block_level_layout` is put around."""
    if hasattr(function, "__self__"):
        return function.__self__._lay_out
    cells = getattr(function, "__closure__", None) or ()
    return next(cell.cell_contents for cell in cells if callable(cell.cell_contents))


class TestDigests:
    SOURCE = b'''
"""Doc."""
from .inner import one, two as other
SIZE = 3
try:
    import fast
except ImportError:
    fast = None

class Box(Base):
    """Doc."""

    def area(self, side=2):
        """Doc."""
        return side * f"{side}"  # why

def told(log):
    log.warning("Page %d", 3)

ffi.cdef("""
    typedef struct { int width; char *name; } Item;
    void draw (Item *item);
""")
'''
    NAMES = ("one", "other", "SIZE", "fast", "Box", "Box.area", "told", "'Page", "C Item", "C draw")

    def test_everything_that_is_named_is_found(self) -> None:
        assert set(sources.digests(self.SOURCE, self.NAMES)) == set(self.NAMES)

    def test_what_is_not_there_is_absent(self) -> None:
        assert sources.digests(self.SOURCE, ["two", "area", "Box.other", "'Page 3", "C name", "C raw"]) == {}
        assert sources.digests(b"def broken(:", ["broken"]) == {}

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"        return side *", b"        # another comment\n\n        return side*"),
            (b'"""Doc."""\n        return', b'"""Better said."""\n        return'),
            (b"SIZE = 3", b"SIZE = (3)"),
            (b"{ int width; char *name; }", b"{ int width;\n         char *name; }"),
        ],
    )
    def test_comments_docstrings_and_white_space_do_not_count(self, old: bytes, new: bytes) -> None:
        assert old in self.SOURCE
        changed = self.SOURCE.replace(old, new)
        assert sources.digests(changed, self.NAMES) == sources.digests(self.SOURCE, self.NAMES)

    @pytest.mark.parametrize(
        ("old", "new", "name"),
        [
            (b"return side *", b"return side +", "Box.area"),
            (b"side=2", b"side=3", "Box.area"),
            (b"Box(Base)", b"Box(Other)", "Box"),
            (b"SIZE = 3", b"SIZE = 4", "SIZE"),
            (b".inner import", b".outer import", "one"),
            (b'"Page %d", 3', b'"Page %d", 4', "'Page"),
            (b"int width;", b"long width;", "C Item"),
            (b"(Item *item)", b"(Item *item, int at)", "C draw"),
        ],
    )
    def test_what_is_executed_counts(self, old: bytes, new: bytes, name: str) -> None:
        assert old in self.SOURCE
        before, after = (sources.digests(one, [name]) for one in (self.SOURCE, self.SOURCE.replace(old, new)))
        assert after
        assert after != before
