"""`booklet cache`: how large it is; make it smaller; empty it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from booklet.cli.context import now, own_cache_dir, printer
from booklet.cli.options import Switches
from booklet.cli.output import Printer
from booklet.config.convert import choice
from booklet.config.flags import Flags
from booklet.report import VERSION

ACTIONS = ("info", "prune", "clear")
UNUSED_DAYS = 90
"""What `prune` removes: pictures that no booklet of the last quarter used, and what is beyond the limit."""
MB = 1_000_000


def run(_flags: Flags, switches: Switches, action: str) -> int:
    """Do `info`, `prune` or `clear`."""
    out = printer(switches)
    done = choice(action, "ACTION", ACTIONS)
    folder = own_cache_dir()
    if done == "info":
        _info(folder, out)
    else:
        _remove(folder, out, everything=done == "clear")
    return 0


def _info(folder: Path, out: Printer) -> None:
    from booklet.cache import upkeep

    found = upkeep.info(folder)
    if out.json:
        out.document({"version": VERSION, "folder": str(folder), **asdict(found)})
    out.result(str(folder))
    values = asdict(found) | {"size_mb": f"{found.bytes / MB:.1f}"}
    out.result(out.text("ui.cache-info", **values))


def _remove(folder: Path, out: Printer, *, everything: bool) -> None:
    from booklet.cache import upkeep

    if everything:
        gone = upkeep.clear(folder)
    else:
        gone = upkeep.prune(folder, now=now(), max_mb=upkeep.LIMIT_MB, unused_days=UNUSED_DAYS)
    if out.json:
        out.document({"version": VERSION, "folder": str(folder), "removed": asdict(gone)})
    out.result(out.text("ui.cache-removed", files=gone.files, size_mb=f"{gone.bytes / MB:.1f}"))
