"""Where the product can be mutated, and the mutated text: mutmut's operators on libcst's tree.

Only mutmut's table of operators is used. Its own runner mutates bodies of undecorated functions alone, but
most of our thresholds are constants of modules.
"""

from __future__ import annotations

import ast
import difflib
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

LEFT_OUT: Mapping[str, str] = {
    "booklet/words/messages": "sentences for people: another word is no defect that a test should pin",
    "booklet/words/labels.py": "the same",
    "booklet/__main__.py": "two lines that start the command",
}
"""Folders and files that are not mutated, and why. Themes and samples are no Python: left out anyway."""

_TYPES_ONLY_CALLS = {"cast", "TypeVar", "NewType", "overload"}
_ALWAYS_RAISING_CALLS = {"len", "isinstance", "issubclass"}
"""With an argument less, or None for one, these raise in every test: such a mutant says nothing."""


_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
"""A character by its number, also in a raw string that is a regular expression: in either case the same."""


def _lower(found: re.Match[str]) -> str:
    return found[0].lower()


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file."""

    path: str
    """From the root of the tree, with `/`."""
    line: int
    """The first line that is changed, from 1."""
    last_line: int
    was: str
    """The lines that the change takes away, stripped, joined by line feeds."""
    becomes: str
    text: str
    """The whole mutated file."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A node that an operator would replace."""

    line: int
    node: cst.CSTNode
    mutated: cst.CSTNode


def product_files(root: Path) -> tuple[str, ...]:
    """The Python files of the product that are mutated."""
    found = sorted(path.relative_to(root).as_posix() for path in (root / "booklet").rglob("*.py"))
    return tuple(
        path for path in found if not any(path == out or path.startswith(out + "/") for out in LEFT_OUT)
    )


class _Sites(cst.CSTVisitor):
    """Collects what the operators offer; skips what only types or readers of the source see."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.sites: list[Site] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
            return False
        if (
            isinstance(node, cst.If)
            and isinstance(node.test, cst.Name)
            and node.test.value == "TYPE_CHECKING"
        ):
            return False
        if isinstance(node, cst.Assign) and _assigned_name(node) in {"__all__", "__slots__"}:
            return False
        called = node.func.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) else ""
        if called in _TYPES_ONLY_CALLS:
            return False
        if called not in _ALWAYS_RAISING_CALLS:
            self._offer(node)
        return True

    def _offer(self, node: cst.CSTNode) -> None:
        position = self.get_metadata(PositionProvider, node, None)
        if position is None:
            return
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.sites += [Site(position.start.line, node, mutated) for mutated in operator(node)]


def _assigned_name(node: cst.Assign) -> str:
    target = node.targets[0].target
    return target.value if isinstance(target, cst.Name) else ""


class Source:
    """One file of the product with all its sites."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        visitor = _Sites()
        self._module = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True).visit(visitor)
        self.sites = tuple(visitor.sites)

    def at(self, line: int) -> tuple[Site, ...]:
        """The sites of one line."""
        return tuple(site for site in self.sites if site.line == line)

    def mutant(self, site: Site) -> Mutant | None:
        """The file with that site replaced; None where that is no Python or the same file."""
        replaced = self._module.visit(_Replace(site.node, site.mutated))
        return mutant_of(self.path, self.text, replaced.code) if isinstance(replaced, cst.Module) else None


class _Replace(cst.CSTTransformer):
    """Replaces one node, found by identity: operators share nodes like `cst.Name("None")` between places."""

    def __init__(self, old: cst.CSTNode, new: cst.CSTNode) -> None:
        super().__init__()
        self._old, self._new = old, new

    def on_visit(self, node: cst.CSTNode) -> bool:
        return node is not self._old

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]  # libcst's union is wider than a node
        return self._new if original_node is self._old else updated_node


def mutant_of(path: str, text: str, mutated: str, *, name: str = "") -> Mutant | None:
    """The change from one text of a file to another; None where it does not compile or changes nothing."""
    if mutated == text:
        return None
    try:
        same = _ESCAPE.sub(_lower, mutated) == _ESCAPE.sub(_lower, text)
        same = same or ast.dump(ast.parse(mutated)) == ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return None
    if same:
        return None
    old, new = text.splitlines(), mutated.splitlines()
    blocks = [
        block
        for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if block[0] != "equal"
    ]
    first, last = blocks[0][1], max(blocks[-1][2], blocks[0][1] + 1)
    was = "\n".join(line.strip() for _, start, end, _, _ in blocks for line in old[start:end])
    becomes = "\n".join(line.strip() for _, _, _, start, end in blocks for line in new[start:end])
    return Mutant(path, first + 1, last, was, becomes, mutated, name)


def drawn(root: Path, seed: int, only: Iterable[str] = ()) -> Iterator[Mutant]:
    """Mutants in the order in which the seed draws them: a line of the product, then one change of that line.

    Lines are drawn, not changes: a line with twenty possible changes weighs no more than one with one.
    Files are read when a line of theirs is drawn: to read all takes a minute.
    """
    kept = tuple(one.rstrip("/") for one in only) or ("booklet",)
    paths = [
        path for path in product_files(root) if any(path == one or path.startswith(one + "/") for one in kept)
    ]
    texts = {path: (root / path).read_text(encoding="utf-8") for path in paths}
    places = [(path, line) for path, text in texts.items() for line in range(1, text.count("\n") + 2)]
    random.Random(seed).shuffle(places)
    read: dict[str, Source] = {}
    for path, line in places:
        source = read.get(path) or read.setdefault(path, Source(path, texts[path]))
        sites = list(source.at(line))
        random.Random(f"{seed} {path} {line}").shuffle(sites)
        found = next((mutant for site in sites if (mutant := source.mutant(site)) is not None), None)
        if found is not None:
            yield found
