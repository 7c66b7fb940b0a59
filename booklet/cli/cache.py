"""`booklet cache`: how large it is; make it smaller; empty it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from booklet import REPORT_VERSION, Flags, cache_folder, cache_info, choice, clear_cache, prune_cache
from booklet.cli.context import now, printer
from booklet.cli.options import Switches
from booklet.cli.output import Printer

ACTIONS = ("info", "prune", "clear")
MB = 1_000_000


def run(_flags: Flags, switches: Switches, action: str) -> int:
    """Do `info`, `prune` or `clear`."""
    out = printer(switches)
    action = choice(action, "booklet cache", ACTIONS)
    folder = cache_folder()
    if action == "info":
        _info(folder, out)
    else:
        _remove(folder, out, everything=action == "clear")
    return 0


def _info(folder: Path, out: Printer) -> None:
    found = cache_info(folder)
    if out.json:
        out.document({"version": REPORT_VERSION, "folder": str(folder), **asdict(found)})
    out.result(str(folder))
    values = asdict(found) | {"size_mb": f"{found.bytes / MB:.1f}"}
    out.result(out.text("ui.cache-info", **values))


def _remove(folder: Path, out: Printer, *, everything: bool) -> None:
    gone = clear_cache(folder) if everything else prune_cache(folder, now=now())
    if out.json:
        out.document({"version": REPORT_VERSION, "folder": str(folder), "removed": asdict(gone)})
    out.result(out.text("ui.cache-removed", files=gone.files, size_mb=f"{gone.bytes / MB:.1f}"))
