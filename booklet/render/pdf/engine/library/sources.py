"""Digests of single functions, classes, constants and C declarations in a module's source. Pure.

A digest stands for what is executed: it is made from the syntax tree, without comments, white space and
docstrings, so that a release that only explains itself better counts as unchanged. The tree is written out
here, because `ast.dump` and `ast.unparse` write differently from one Python to the next.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator, Sequence

_DIGITS = 16
_NOT_EXECUTED = frozenset({"ctx", "kind", "type_comment"})
_MEMBERS = re.compile(r"\{.*\}", re.DOTALL)
C_NAME = "C "
"""Begins the name of a declaration in the C that cffi reads: `C pango_layout_set_text`."""
LOGGED = "'"
"""Begins the name of a call that logs a text with this beginning: `'Page %d`; of an f-string or not."""


def digests(source: bytes, names: Sequence[str]) -> dict[str, str]:
    """The digest of each name that the module defines; what it does not define is absent.

    Args:
        source: of a module; one that is no Python defines nothing.
        names: `function`, `Class`, `Class.method`, `CONSTANT`, an imported name, `C name`, `'logged text`.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {}
    found = {name: _found(tree, name) for name in names}
    return {name: _digest(text) for name, text in found.items() if text}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _found(tree: ast.Module, name: str) -> str:
    if name.startswith(C_NAME):
        return _declaration(tree, name.removeprefix(C_NAME))
    if name.startswith(LOGGED):
        return _logging_call(tree, name.removeprefix(LOGGED))
    holder: ast.AST = tree
    *classes, last = name.split(".")
    for one in classes:
        inner = next((node for node in _bound(holder, one) if isinstance(node, ast.ClassDef)), None)
        if inner is None:
            return ""
        holder = inner
    return "".join(_shape(_head(node, last)) for node in _bound(holder, last))


def _bound(holder: ast.AST, name: str) -> Iterator[ast.AST]:
    """The statements that give a name its value in a module or class, those below `if` and `try` too."""
    for node in ast.iter_child_nodes(holder):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name == name:
                yield node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            if any((alias.asname or alias.name) == name for alias in node.names):
                yield node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                yield node
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.ExceptHandler):
            yield from _bound(node, name)


def _head(node: ast.AST, name: str) -> ast.AST:
    """What counts: of an import the one name, of a class what it inherits (its methods have own rows)."""
    if isinstance(node, ast.ImportFrom):
        alias = next(one for one in node.names if (one.asname or one.name) == name)
        return ast.ImportFrom(node.module, [alias], node.level)
    if isinstance(node, ast.ClassDef):
        return ast.ClassDef(node.name, node.bases, node.keywords, [], node.decorator_list)
    return node


def _shape(value: object) -> str:
    """A part of a syntax tree as text, the same in every Python."""
    if isinstance(value, list):
        return "[" + ",".join(map(_shape, value)) + "]"
    if not isinstance(value, ast.AST):
        return repr(value)
    fields = []
    for name, inner in ast.iter_fields(value):
        shown = inner[1:] if name == "body" and isinstance(inner, list) and _is_text(inner[:1]) else inner
        if shown is not None and shown != [] and name not in _NOT_EXECUTED:
            fields.append(f"{name}={_shape(shown)}")
    return f"{type(value).__name__}({','.join(fields)})"


def _is_text(first: Sequence[object]) -> bool:
    """Whether a body begins with a docstring."""
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for node in first
    )


def _logging_call(tree: ast.Module, beginning: str) -> str:
    """The first call that is given such a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and str(first.value).startswith(beginning):
                return _shape(node)
    return ""


def _declaration(tree: ast.Module, name: str) -> str:
    """What the module's C texts say of a name: a function's signature, a type with its members."""
    word = re.compile(rf"\b{re.escape(name)}\b(?=\s*[(;=]|\s*$)")
    texts = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cdef"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    found = [
        " ".join(statement.split())
        for text in texts
        for statement in _statements(str(text))
        if word.search(_MEMBERS.sub("", statement))
    ]
    return ";".join(found)


def _statements(text: str) -> Iterator[str]:
    """C declarations; the semicolons within braces part members, not declarations."""
    depth, statement = 0, ""
    for part in re.split(r"([{};])", text):
        depth += (part == "{") - (part == "}")
        if part == ";" and not depth:
            yield statement
            statement = ""
        else:
            statement += part
