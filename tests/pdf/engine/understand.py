"""Writes `understood.json` anew from what is installed: `python -m tests.pdf.engine.understand`.

Run it after the table got a row, or after a new release was read: its digests are added to those of the
releases before, so that several of them count as known. With `--only` the file knows this release alone.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

from booklet.render.pdf.engine.library import sources, standing


def understood(before: dict[str, Any]) -> dict[str, Any]:
    """What is known now: as before, and of this release."""
    files: dict[str, list[str]] = {}
    digests: dict[str, list[str]] = {}
    for module, names in standing.rows_by_module().items():
        source = standing.source_of(module)
        found = sources.digests(source, names)
        missing = set(names) - found.keys()
        if missing:
            raise SystemExit(f"{module} has no {sorted(missing)}")
        files[module] = _with(before, "files", module, hashlib.sha256(source).hexdigest())
        for name, digest in found.items():
            place = f"{module}:{name}"
            digests[place] = _with(before, "sources", place, digest)
    releases = _with(before, "releases", "", standing.version())
    return {"releases": releases, "files": files, "sources": digests}


def _with(before: dict[str, Any], part: str, key: str, new: str) -> list[str]:
    known = before.get(part, {}) if key else {key: before.get(part, [])}
    return list(dict.fromkeys([*known.get(key, ()), new]))


if __name__ == "__main__":
    path = standing._UNDERSTOOD
    fresh = "--only" in sys.argv or not path.is_file()
    old = {} if fresh else json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(understood(old), indent=1) + "\n", encoding="utf-8")
