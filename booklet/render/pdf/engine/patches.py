"""The one place where functions of WeasyPrint are replaced, and where its version is checked.

What is changed is written in modules of its own: lines (`justify`, `paragraphs`), `leaders`, notes, the grid
of lines, pictures (`fit`), `openings` and `ends` of articles, `blank_lines` of listings, how numbers
are written (`short_numbers`), and for chunks page numbers, faces and margins. Each says what it puts
in whose place; here it is put there, while one booklet is set and never longer. With another version nothing
is touched, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import weasyprint

from booklet.findings import Finding, finding
from booklet.render.pdf.engine import short_numbers
from booklet.render.pdf.engine.lines import justify, leaders, paragraphs
from booklet.render.pdf.engine.pages import blank_lines, ends, fit, grid, openings, page_notes

SUPPORTED_VERSION = "70.0"
Replacements = Mapping[tuple[Any, str], Any]
"""By owner (a module or a class) and name: what stands there meanwhile."""


@contextmanager
def our_layout(*more: Callable[[], Replacements]) -> Iterator[tuple[Finding, ...]]:
    """Lay out our way, and as `more` says besides, while the block runs; gives what could not be done."""
    if weasyprint.__version__ != SUPPORTED_VERSION:
        yield (finding("justification-unpatched", version=weasyprint.__version__),)
        return
    ours = (justify, paragraphs, leaders, page_notes, grid, fit, ends, openings, blank_lines, short_numbers)
    with in_place(*(module.replacements for module in ours), *more):
        yield ()


@contextmanager
def in_place(*makers: Callable[[], Replacements]) -> Iterator[None]:
    """Put functions in place, each over what those before it have put there; afterwards all is as before."""
    with ExitStack() as stack:
        for make in makers:
            for (owner, name), ours in make().items():
                stack.callback(setattr, owner, name, getattr(owner, name))
                setattr(owner, name, ours)
        yield
