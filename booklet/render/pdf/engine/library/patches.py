"""The one place where something is put around functions of the library, while one booklet is set.

What is put there is written in modules of its own, which the table's groups name; in which order, its rows
say. Functions of a module are the same for all threads. So whoever sets pages holds the lock; a second thread
waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from threading import RLock
from typing import Any

from booklet.render.pdf.engine.library import NOTHING, Wrappers, owner_of
from booklet.render.pdf.engine.library.table import CHUNKS, GROUPS, ROWS

ALONE = RLock()
"""Held by the thread that sets pages. It may take it again."""


@contextmanager
def in_place(groups: Collection[str], chunk: Wrappers = NOTHING) -> Iterator[None]:
    """Put the wrappers of these groups in place while the block runs; afterwards all is as before.

    Args:
        groups: of the table.
        chunk: those of the group `chunks`, which depend on the job.
    """
    with ALONE, ExitStack() as stack:
        wrappers = {name: wrappers_of(name) for name in groups} | {CHUNKS: chunk}
        for row in ROWS:
            for name in row.around:
                wrap = wrappers.get(name, NOTHING).get(row.place)
                if wrap is not None:
                    owner, function = owner_of(row.place)
                    before = getattr(owner, function)
                    stack.callback(setattr, owner, function, before)
                    setattr(owner, function, wrap(before))
        yield


def wrappers_of(name: str) -> Wrappers:
    """What a group puts around functions; new ones, which remember nothing of other documents."""
    group = next(group for group in GROUPS if group.name == name)
    made: dict[str, Any] = {}
    for module in group.patches:
        made |= import_module(f"booklet.render.pdf.engine.{module}").wrappers()
    return made
