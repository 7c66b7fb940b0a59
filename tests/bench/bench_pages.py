"""How full the printed pages are: `python -m tests.bench.bench_pages [CONFIG]`.

A booklet is printed on several papers; told are its pages and those with a white band of more than a quarter
of their height, the last page of a chapter left out. Without a CONFIG it is the sample project.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from booklet.cli import run
from booklet.config.papers import parse_paper
from booklet.theme import load
from tests.pdf.pages import holes

from .bench_clean import say

PAPERS = ("a4", "a5", "b5")
MOST_WHITE = 0.25


def main() -> None:
    """Measure."""
    theme = load("study", project_dir=Path())
    with tempfile.TemporaryDirectory() as folder:
        config = Path(sys.argv[1]) if len(sys.argv) > 1 else _sample(Path(folder))
        for paper in PAPERS:
            target = Path(folder) / f"{paper}.pdf"
            run(["build", "--config", str(config), "--paper", paper, "--output", str(target), "--quiet"])
            sheet = parse_paper(paper)
            assert sheet is not None
            measured = holes(target.read_bytes(), theme.geometry(sheet, large=False))
            worst = [hole for hole in measured if hole.share > MOST_WHITE]
            say(f"{paper}: {len(measured)} pages go on, {len(worst)} with a hole above {MOST_WHITE:.0%}")
            for hole in worst:
                say(f"  page {hole.page}: {hole.share:.0%}")


def _sample(folder: Path) -> Path:
    run(["init", str(folder / "sample"), "--quiet"])
    return folder / "sample" / "booklet.toml"


if __name__ == "__main__":
    main()
