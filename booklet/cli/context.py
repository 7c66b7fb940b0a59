"""What commands share: the configuration of this run, with the one clock of the house."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from booklet.cli.options import Switches
from booklet.cli.output import Printer
from booklet.config.flags import Flags
from booklet.config.load import Loaded, cache_dir, load
from booklet.config.toml_file import find, read
from booklet.messages import user_language


def now() -> datetime:
    """The present, aware: the only place that looks at a clock."""
    return datetime.now(UTC)


def own_cache_dir() -> Path:
    """Where this user's pictures are kept."""
    return cache_dir(os.environ)


def loaded(flags: Flags) -> Loaded:
    """The configuration of this run.

    Raises:
        BookletError: exit code 2.
    """
    return load(flags, cwd=Path.cwd(), now=now(), environ=os.environ)


def project_dir(flags: Flags) -> Path:
    """The folder whose `themes/` count, for commands that need no sources.

    Raises:
        BookletError: `booklet.toml` is faulty (exit code 2).
    """
    here = Path.cwd()
    path = here / flags.config if flags.config else find(here)
    return read(path).project_dir if path else here


def printer(switches: Switches) -> Printer:
    """The printer that the switches ask for."""
    return Printer(user_language(), json=switches.json, quiet=switches.quiet, verbose=switches.verbose)
