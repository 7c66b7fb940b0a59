"""Papers by name, in mm."""

from __future__ import annotations

import re

from booklet.config.values import Paper

PAPERS: dict[str, tuple[float, float]] = {
    "a4": (210, 297),  # ISO 216
    "a5": (148, 210),
    "b5": (182, 257),  # JIS P 0138: what offices in China and Japan call B5
    "iso-b5": (176, 250),
    "16k": (184, 260),  # 正度 16 开, GB/T 788
    "letter": (215.9, 279.4),  # ANSI Y14.1
}

SHEETS = (Paper("a4", 210, 297), Paper("a3", 297, 420))
"""What common printers take, for folded booklets, the smaller first."""

_CUSTOM = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)mm")
SMALLEST_MM, LARGEST_MM = 50, 1000
"""Below, no line of text fits; above, nobody prints."""


def parse_paper(text: str) -> Paper | None:
    """The paper called `text` (`a4`, `148x210mm`), or None if it is none."""
    name = text.strip().lower()
    if name in PAPERS:
        return Paper(name, *PAPERS[name])
    custom = _CUSTOM.fullmatch(name)
    if not custom:
        return None
    width, height = float(custom[1]), float(custom[2])
    if not all(SMALLEST_MM <= side <= LARGEST_MM for side in (width, height)):
        return None
    return Paper(name, width, height)
