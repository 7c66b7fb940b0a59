"""What `import booklet` gives: the same names to programs, to type checkers and to `import *`."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import booklet

PACKAGE = Path(booklet.__file__).parent


def typed_names() -> set[str]:
    """What a type checker sees: the imports that never run."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    return {alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_every_public_name_is_there_and_has_its_type() -> None:
    assert set(booklet.__all__) == typed_names()
    assert all(getattr(booklet, name) is not None for name in booklet.__all__)
    assert set(booklet.__all__) <= set(dir(booklet))


def test_no_public_name_is_hidden_by_a_room_of_the_same_name() -> None:
    """Importing `booklet.check` puts that module under the name `check`."""
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert not rooms & set(booklet.__all__)


def test_an_unknown_name_is_an_attribute_error_as_of_any_module() -> None:
    assert not hasattr(booklet, "no_such_thing")


def test_importing_costs_nothing_until_a_name_is_used() -> None:
    script = "import sys, booklet; print([name for name in sys.modules if name.startswith('booklet.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
