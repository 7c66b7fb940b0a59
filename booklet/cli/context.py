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
from booklet.config.values import Config
from booklet.findings import BookletError
from booklet.render.formats import FORMATS
from booklet.words.messages import user_language


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
    return load(flags, cwd=Path.cwd(), now=now(), environ=os.environ, formats=FORMATS)


def config_with_sources(flags: Flags) -> Config:
    """The configuration of a run that reads articles; one missing source among several is a finding later.

    Raises:
        BookletError: exit code 2, also `no-sources`, `sources-missing`.
    """
    config = loaded(flags).config
    sources = config.jobs[0].sources
    if not sources:
        raise BookletError("no-sources", exit_code=2)
    if not any(source.exists() for source in sources):
        paths = ", ".join(map(str, sources))
        raise BookletError("sources-missing", exit_code=2, paths=paths)
    return config


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
