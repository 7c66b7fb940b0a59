"""The house rules that a machine can check: who imports whom, who touches the world, how long files are."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "booklet"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

LINE = [
    "model",
    "collect",
    "select",
    "clean",
    "fetch",
    "images",
    "compose",
    "render",
    "check",
    "pipeline",
    "cli",
]
"""The stages, in order: none imports a later one (`render` and `check` stand side by side)."""

PURE = ["model.py", "findings.py", "events.py", "compose.py", "clean", "impose/order.py"]
WORLD = {
    "aiohttp",
    "httpx",
    "requests",
    "socket",
    "subprocess",
    "urllib.request",
    "asyncio",
    "shutil",
    "tempfile",
}


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    """The stage that a module belongs to: `clean` for `booklet/clean/steps.py` and for `booklet/clean.py`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_stage_imports_a_later_one(path: Path) -> None:
    here = room(path)
    if here not in LINE:
        return
    later = set(LINE[LINE.index(here) + 1 :])
    named = {name.split(".")[1] for name in imports(path) if name.startswith("booklet.")}
    assert not named & later


@pytest.mark.parametrize("pure", PURE)
def test_pure_rooms_touch_no_network_no_file_no_process(pure: str) -> None:
    place = PACKAGE / pure
    for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
        assert not WORLD & set(imports(path)), path
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "open" not in calls, path


def test_only_fetch_opens_connections() -> None:
    for path in MODULES:
        if "aiohttp" in {name.split(".")[0] for name in imports(path)}:
            assert path.relative_to(PACKAGE).parts[0] == "fetch", path


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        if room(path) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            )
            assert not called, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_functions_of_the_pdf_engine_are_replaced_in_one_place(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    theirs = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (getattr(node, "module", None) or alias.name).split(".")[0] == "weasyprint"
    }
    targets = [
        target
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        for target in (target.elts if isinstance(target, ast.Tuple) else [target])
        if isinstance(target, ast.Attribute)
    ]
    for target in targets:
        root: ast.expr = target
        while isinstance(root, ast.Attribute):
            root = root.value
        assert not (isinstance(root, ast.Name) and root.id in theirs), f"line {target.lineno}: in patches.py"
    if path.name != "patches.py":
        assert "SUPPORTED_VERSION" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_files_and_functions_fit_in_a_readers_head(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limit = 330
    assert len(text.splitlines()) <= limit, "some 300 lines at most; split it by what it does"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < 60, f"{node.name} is too long"


def test_help_needs_no_heavy_engine() -> None:
    """`booklet --help` answers in under half a second because none of these is imported for it."""
    heavy = ["weasyprint", "ebooklib", "PIL", "aiohttp", "lxml", "bs4", "fontTools", "pikepdf", "nh3"]
    script = (
        "import sys; from booklet.cli import run\n"
        "code = run(['--help'])\n"
        f"print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("0 []")
