"""Leaders (css-content-3 §4.2) as one text each: WeasyPrint makes a text of every dot.

The contents of a thousand articles had 80,000 of them: half of a worker's memory, and a tenth of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.layout import inline
from weasyprint.layout.leader import leader_index

from booklet.render.pdf.engine.lines.glyphs import Edges, measured

_TOLERANCE = 0.01
"""CSS px, of one dot: the face may set two of them closer than one and one."""


def replacements() -> dict[tuple[Any, str], Any]:
    """What stands in whose place while lines are set."""
    return {(inline, "handle_leader"): _joined(inline.handle_leader)}


def _joined(original: Callable[..., None]) -> Callable[..., None]:
    def handle_leader(context: Any, line: Any, containing_block: Any) -> None:
        """As the library's; then the dots become one text, if that is as wide as all of them."""
        original(context, line, containing_block)
        _, leader = leader_index(line)
        if leader is None or len(leader.children) < 2:  # noqa: PLR2004 - one is one already
            return
        dots = leader.children
        leftmost = min(dots, key=lambda dot: dot.position_x)
        width = sum(dot.width for dot in dots)
        whole = leftmost.copy_with_text(leftmost.text * len(dots))
        whole.pango_layout, whole.width = measured(whole.text, whole.style, Edges(), None)
        if abs(whole.width - width) <= _TOLERANCE * len(dots):
            leader.children = (whole,)

    return handle_leader
