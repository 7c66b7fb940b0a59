"""Alters each thing of the table in a copy of the library, and asks which groups stand; answers in JSON.

Run with the copy first on the path: `python -m tests.pdf.engine.asked COPY`. The library is not imported.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from booklet.render.pdf.engine.library import standing
from booklet.render.pdf.engine.library.table import ROWS

from .altered import KINDS, changed


def main(folder: Path) -> None:
    """Ask for each row and each kind of change."""
    answers: dict[str, list[str]] = {}
    for row in ROWS:
        for kind in KINDS:
            with changed(folder, row.place, kind):
                standing._comparison.cache_clear()
                standing.groups.cache_clear()
                groups, places = standing.groups(), standing.changed()
            if row.place not in places:
                raise SystemExit(f"{row.place}: {kind} was not noticed")
            # A name that is changed everywhere changes functions that call it.
            others = {name for one in ROWS if one.place in places for name in one.groups}
            answers[f"{row.place} {kind}"] = sorted(groups)
            answers[f"{row.place} {kind} others"] = sorted(others)
    assert "weasyprint" not in sys.modules
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
