"""Which tests run a line of the product, fastest first: a run of the suite that is written down and kept.

A map is a folder with one or more layers. The first is a run of the whole suite; a later one is a run of the
test files that have changed since. Each keeps the product's text as it was, so that a line is found again
where it stands now.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from coverage import Coverage, CoverageData

from .covering import CACHED, CHILD, FIXTURE
from .tree import ROOT, Tree

_SUITE_LIMIT_S = 3 * 3600
_DEEPEST = 4
"""How many constants stand on each other before the trail is given up."""
_READ_THE_SOURCE = ("tests/architecture/", "tests/cli/test_messages.py", "tests/docs/test_configuration.py")
"""Tests that notice a line by its text, without running it."""


def tree_hash(root: Path) -> str:
    """A digest of all that decides which test runs which line."""
    digest = hashlib.sha256()
    for folder in ("booklet", "tests", "themes"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and "mutants" not in path.parts:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _texts(root: Path, folder: str, pattern: str) -> dict[str, str]:
    paths = sorted((root / folder).rglob(pattern))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _digests(root: Path) -> dict[str, str]:
    tests = _texts(root, "tests", "test_*.py")
    apart = ("tests/mutants/", "tests/soak/")  # this tool's own, and what a run of the suite leaves out
    return {
        path: hashlib.sha256(text.encode()).hexdigest()
        for path, text in tests.items()
        if not path.startswith(apart)
    }


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement that a line belongs to, without the statements inside it."""

    lines: range
    function: str
    """The innermost function around it, or ""."""
    cached: bool
    """That function keeps its results: only its first caller is seen to run it."""
    binds: tuple[str, ...]
    """The names by which what it makes on import is used."""


class Layer:
    """One run of tests that was written down."""

    def __init__(self, folder: Path) -> None:
        record = json.loads((folder / "layer.json").read_text(encoding="utf-8"))
        self.digests: dict[str, str] = record["digests"]
        self.seconds: dict[str, float] = record["seconds"]
        self._sources: dict[str, str] = record["sources"]
        self._root: str = record["root"]
        self._data = CoverageData(str(folder / "coverage"))
        self._data.read()
        self._users: dict[str, set[str]] = defaultdict(set)
        for context, used in record["uses"].items():
            for key in used:
                self._users[key].add(context)

    def tests(self, path: str, text: str, lines: Iterable[int]) -> set[str]:
        """The tests that ran these lines of the file's present text; "" stands for an import."""
        was = self._path_then(path, text)
        if was is None:
            return set()
        by_line = self._contexts(was)
        then = {old for line in lines for old in self._lines_then(was, text).get(line, ())}
        found = {context for line in then for context in by_line.get(line, ())}
        return {test for context in found for test in self._standing_on(context, frozenset())}

    def _standing_on(self, context: str, seen: frozenset[str]) -> Iterator[str]:
        starter, in_child, asker = context.partition(CHILD)
        if in_child:
            context = asker.removeprefix("|") or starter
        if context in seen:
            return
        if not context.startswith((FIXTURE, CACHED)):
            yield context
            return
        key, _, where = context.removeprefix(FIXTURE).partition("|")
        users = self._users.get(FIXTURE + key if context.startswith(FIXTURE) else context, ())
        for user in users:
            if context.startswith(CACHED) or user.startswith(where):
                yield from self._standing_on(user, seen | {context})

    def _path_then(self, path: str, text: str) -> str | None:
        if path in self._sources:
            return path
        name = PurePosixPath(path).name
        moved = [old for old in self._sources if PurePosixPath(old).name == name]
        likeness = {
            old: difflib.SequenceMatcher(None, self._sources[old], text).quick_ratio() for old in moved
        }
        return max((old for old in moved if likeness[old] > 0.6), key=lambda old: likeness[old], default=None)

    @cache  # noqa: B019  # a layer lives as long as the command
    def _contexts(self, path: str) -> dict[int, list[str]]:
        return self._data.contexts_by_lineno(f"{self._root}/{path}")

    @cache  # noqa: B019  # as above
    def _lines_then(self, path: str, text: str) -> dict[int, tuple[int, ...]]:
        """For each line, the lines that stood there: itself, what it replaced, or its neighbours."""
        then: dict[int, tuple[int, ...]] = {}
        old, new = self._sources[path].splitlines(), text.splitlines()
        for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            for place in range(c, d):
                if kind == "equal":
                    then[place + 1] = (a + place - c + 1,)
                else:
                    then[place + 1] = tuple(range(a + 1, b + 1)) or (a, a + 1)
        return then


class CoverageMap:
    """Which tests run which lines of the tree as it stands."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        self._layers = [Layer(path.parent) for path in sorted(folder.glob("*/layer.json"))]
        self._texts = _texts(root, "booklet", "*.py")
        newest = {file: layer for layer in self._layers for file in layer.digests}
        self.seconds = {
            test: seconds
            for layer in self._layers
            for test, seconds in layer.seconds.items()
            if newest.get(file := test.partition("::")[0]) is layer and (root / file).is_file()
        }
        self.digests = {file: layer.digests[file] for file, layer in newest.items()}

    def tests(self, path: str, lines: Sequence[int]) -> tuple[str, ...]:
        """The tests that can notice a change of these lines, fastest first, those that only read it last.

        None for lines that no test runs.
        """
        found = {test for line in lines for test in self._of_line(path, line, _DEEPEST)} & self.seconds.keys()
        readers = (
            {test for test in self.seconds if test.startswith(_READ_THE_SOURCE)} if found else set[str]()
        )
        by_time = sorted(found | readers, key=lambda test: (test in readers, self.seconds[test], test))
        return tuple(by_time)

    @cache  # noqa: B019  # a map lives as long as the command
    def _of_line(self, path: str, line: int, depth: int) -> frozenset[str]:
        statement = self._statements(path).get(line)
        if statement is None:
            return frozenset()
        found = self._of_lines(path, statement.lines)
        on_import = not statement.function or "" in found or statement.cached
        if on_import and depth:
            found |= {
                test for name in statement.binds for test in self._of_name(path, name, statement, depth)
            }
            if not found - {""}:
                found |= self._of_lines(path, self._in_functions(path))
        return frozenset(found)

    def _of_lines(self, path: str, lines: Iterable[int]) -> set[str]:
        return {test for layer in self._layers for test in layer.tests(path, self._texts[path], lines)}

    def _of_name(self, path: str, name: str, statement: Statement, depth: int) -> Iterator[str]:
        """The tests of the lines that use a name: of a private name, the lines of its file."""
        word = re.compile(rf"(?<![\w]){re.escape(name)}(?!\w)")
        for file in [path] if name.startswith("_") else self._texts:
            for number, text in enumerate(self._texts[file].splitlines(), start=1):
                if word.search(text) and not (file == path and number in statement.lines):
                    yield from self._of_line(file, number, depth - 1)

    @cache  # noqa: B019  # as above
    def _in_functions(self, path: str) -> tuple[int, ...]:
        return tuple(line for line, statement in self._statements(path).items() if statement.function)

    @cache  # noqa: B019  # as above
    def _statements(self, path: str) -> dict[int, Statement]:
        return dict(_statements(ast.parse(self._texts[path])))


def _statements(tree: ast.Module) -> Iterator[tuple[int, Statement]]:
    """Each line with its statement; the innermost comes last."""

    def inside(node: ast.AST, function: str, cached: bool, owner: str) -> Iterator[tuple[int, Statement]]:
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.stmt):
                if isinstance(child, ast.ExceptHandler | ast.match_case):
                    yield from inside(child, function, cached, owner)
                continue
            body = getattr(child, "body", None)
            decorators = getattr(child, "decorator_list", [])
            start = min([child.lineno, *(decorator.lineno for decorator in decorators)])
            end = max(start, body[0].lineno - 1) if body else child.end_lineno or start
            binds = (function, owner) if function else (*_bound(child), owner)
            statement = Statement(range(start, end + 1), function, cached, tuple(filter(None, binds)))
            yield from ((line, statement) for line in statement.lines)
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                kept = any("cache" in ast.unparse(decorator) for decorator in decorators)
                yield from inside(child, child.name, kept, owner)
            elif isinstance(child, ast.ClassDef):
                yield from inside(child, function, cached, child.name)
            else:
                yield from inside(child, function, cached, owner)

    yield from inside(tree, "", False, "")


def _bound(statement: ast.stmt) -> tuple[str, ...]:
    name = getattr(statement, "name", None)
    if isinstance(name, str):
        return (name,)
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    names = (
        node.id for target in targets if target for node in ast.walk(target) if isinstance(node, ast.Name)
    )
    return tuple(names)


def build(folder: Path, tree: Tree, files: Sequence[str] = ()) -> int | None:
    """Add a layer to a map: run these test files (the suite, if none is named); pytest's exit code.

    Raises:
        RuntimeError: the run was ended, or left no record.
    """
    layer = folder / f"{len(list(folder.glob('*/layer.json'))):03}"
    shutil.rmtree(layer, ignore_errors=True)
    layer.mkdir(parents=True)
    arguments = [
        "-n",
        "2",
        "--dist",
        "loadfile",
        "-m",
        "not soak",
        "-p",
        "tests.mutants.covering",
        "--timeout",
        "900",
    ]
    code = tree.pytest([*arguments, *files], variables={"MUTANTS_MAP": str(layer)}, limit_s=_SUITE_LIMIT_S)
    records = [json.loads(path.read_text(encoding="utf-8")) for path in layer.glob("tests-*.json")]
    if code is None or not records:
        raise RuntimeError(f"no map was made; pytest said:\n{tree.log()[-3000:]}")
    # Files that a test wrote and measured are not there any more.
    combined = Coverage(data_file=str(layer / "coverage"), config_file=False, messages=False)
    combined.combine([str(path) for path in layer.glob("coverage.*")])
    combined.save()
    failed = {test for record in records for test in record["failed"]}
    uses: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for context, used in record["uses"].items():
            uses[context].update(used)
    ran = {test.partition("::")[0] for record in records for test in record["seconds"]}
    whole = {
        "root": str(tree.root),
        "digests": {file: digest for file, digest in _digests(tree.root).items() if file in ran},
        "seconds": {
            test: seconds
            for record in records
            for test, seconds in record["seconds"].items()
            if test not in failed
        },
        "left_out": sorted(failed),
        "uses": {context: sorted(used) for context, used in uses.items()},
        "sources": _texts(tree.root, "booklet", "*.py"),
    }
    (layer / "layer.json").write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return code


def changed_since(folder: Path, root: Path = ROOT) -> tuple[str, ...]:
    """The test files whose text a map does not know."""
    known = CoverageMap(folder, root).digests
    return tuple(file for file, digest in _digests(root).items() if known.get(file) != digest)
