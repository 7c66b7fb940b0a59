"""The product's modules as text, by dotted name; and what a module imports and calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "booklet"

Sources = Mapping[str, str]
"""Source text by module: `clean.steps`, without `booklet`. A package's is named as the package."""


@cache
def product() -> Sources:
    """All modules of the product."""
    return {_name(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "booklet"


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def imported(text: str) -> frozenset[str]:
    """The dotted names that a module imports anywhere in it; `a.b` for `from a import b`."""
    return frozenset(_imported(text))


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(_tree(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def called(text: str) -> frozenset[str]:
    """What a module calls: `print`, `datetime.now`, `.read_text` (of anything)."""
    return frozenset(_called(text))


def _called(text: str) -> Iterator[str]:
    for node in ast.walk(_tree(text)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node.func, ast.Attribute):
            yield f".{node.func.attr}"
            if isinstance(node.func.value, ast.Name):
                yield f"{node.func.value.id}.{node.func.attr}"


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Functions with their lengths in lines."""
    for node in ast.walk(_tree(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def ours(text: str, modules: Sources) -> Iterator[str]:
    """The modules of the product that a module imports."""
    for name in imported(text):
        if name.partition(".")[0] != "booklet":
            continue
        inner = name.partition(".")[2]
        if inner in modules:
            yield inner
        else:
            yield inner.rpartition(".")[0] or "booklet"
