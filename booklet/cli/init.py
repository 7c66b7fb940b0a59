"""`booklet init`: writes a starter that builds as it is."""

from __future__ import annotations

from pathlib import Path

from booklet import Flags, write_samples
from booklet.cli.context import printer
from booklet.cli.options import Switches


def run(_flags: Flags, switches: Switches, folder: Path) -> int:
    """Write the samples into `folder`; nothing that exists is touched.

    Raises:
        BookletError: `would-overwrite` (exit code 2), which names what is there.
    """
    out = printer(switches)
    samples = write_samples(folder)
    out.result(str(folder / "booklet.toml"))
    if folder == Path():
        out.say(out.text("ui.next-here", count=len(samples)))
    else:
        out.say(out.text("ui.next", count=len(samples), folder=str(folder)))
    return 0
