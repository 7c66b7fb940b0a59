"""`booklet init`: writes a starter that builds as it is."""

from __future__ import annotations

from pathlib import Path

from booklet.cli.context import printer
from booklet.cli.options import Switches
from booklet.config.flags import Flags
from booklet.files import write_atomic
from booklet.findings import BookletError

NAMED = 5
"""Existing files named in the complaint; the rest is counted."""


def run(_flags: Flags, switches: Switches, folder: Path) -> int:
    """Write the samples into `folder`; nothing that exists is touched.

    Raises:
        BookletError: `would-overwrite` (exit code 2), which names what is there.
    """
    from booklet.samples import files

    out = printer(switches)
    samples = files()
    existing = sorted(name for name in samples if (folder / name).exists())
    if existing:
        named = ", ".join(existing[:NAMED]) + (", …" if len(existing) > NAMED else "")
        raise BookletError(
            "would-overwrite", exit_code=2, source=str(folder), files=named, count=len(existing)
        )
    for name, data in samples.items():
        write_atomic(folder / name, data)
    out.result(str(folder / "booklet.toml"))
    if folder == Path():
        out.say(out.text("ui.next-here", count=len(samples)))
    else:
        out.say(out.text("ui.next", count=len(samples), folder=str(folder)))
    return 0
