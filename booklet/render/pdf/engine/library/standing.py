"""Which groups of the table stand: the library's sources on disk are compared with what we know of them.

Nothing of the library is imported for that, so that it does not matter what is gone. A module whose file is
that of a release we know needs no further look; of any other only the functions in the table are compared.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from booklet.findings import Finding, finding
from booklet.render.pdf.engine.library import sources
from booklet.render.pdf.engine.library.table import GROUPS, ROWS

_VERSION = re.compile(rb"""__version__ = ['"]([^'"]+)""")
_UNDERSTOOD = Path(__file__).with_name("understood.json")


@dataclass(frozen=True, slots=True)
class _Comparison:
    changed: frozenset[str]
    """Places of rows that are gone, or whose source says something else."""
    known: bool
    """Every file is that of a release that we know."""
    state: str
    """Stands for all files."""


@cache
def _comparison() -> _Comparison:
    understood: dict[str, Any] = json.loads(_UNDERSTOOD.read_text(encoding="utf-8"))
    changed: set[str] = set()
    known = True
    state = hashlib.sha256()
    for module, names in rows_by_module().items():
        source = source_of(module)
        digest = hashlib.sha256(source).hexdigest()
        state.update(digest.encode())
        if digest in understood["files"].get(module, ()):
            continue
        known = False
        found = sources.digests(source, names)
        places = {f"{module}:{name}": found.get(name) for name in names}
        changed |= {place for place, one in places.items() if one not in understood["sources"].get(place, ())}
    return _Comparison(frozenset(changed), known, state.hexdigest())


def rows_by_module() -> Mapping[str, tuple[str, ...]]:
    """The names of all rows, by the modules that they stand in."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in ROWS:
        module, _, name = row.place.partition(":")
        names[module].append(name)
    return {module: tuple(found) for module, found in names.items()}


def source_of(module: str) -> bytes:
    """The source of a module of the library; empty where there is none to read."""
    package, *inner = module.split(".")
    with suppress(ImportError, ValueError, OSError):
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            folder = Path(spec.origin).parent
            path = folder.joinpath(*inner[:-1], f"{inner[-1]}.py") if inner else folder / "__init__.py"
            return (path if path.is_file() else folder.joinpath(*inner, "__init__.py")).read_bytes()
    return b""


@cache
def groups() -> frozenset[str]:
    """The groups that stand, nothing being changed that they use or need."""
    lost = {name for row in ROWS if row.place in _comparison().changed for name in row.groups}
    for group in GROUPS:  # what a group needs stands before it
        if lost.intersection(group.needs):
            lost.add(group.name)
    return frozenset(group.name for group in GROUPS if group.name not in lost)


def changed() -> frozenset[str]:
    """The places of the table at which the library is not what we know."""
    return _comparison().changed


def is_known() -> bool:
    """Whether the library is a release that we know, to the letter."""
    return _comparison().known


def state() -> str:
    """Stands for what was compared and what came of it; part of the keys of all that is kept."""
    return f"{_comparison().state} {','.join(sorted(groups()))}"


def said_of(lacking: frozenset[str]) -> tuple[Finding, ...]:
    """What the pages lack without these groups, a finding for each."""
    return tuple(
        finding("engine-changed", reason=f"engine-{group.name}", version=version())
        for group in GROUPS
        if group.name in lacking
    )


def version() -> str:
    """The release that is installed, as its source says."""
    found = _VERSION.search(source_of("weasyprint"))
    return found[1].decode() if found else "?"
