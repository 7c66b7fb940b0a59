"""What commands share: the configuration of this run, with its clock."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING

from booklet import NO_EXTENSIONS, Cancel, Flags, find_extensions, load_config, load_settings, project_folder
from booklet.cli.options import Switches
from booklet.cli.output import Printer
from booklet.words.messages import user_language

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import Config, Extensions, Loaded


def now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)


def extensions(switches: Switches) -> Extensions:
    """What installed packages add, unless it is to be left out."""
    return NO_EXTENSIONS if switches.no_plugins else find_extensions()


def loaded(flags: Flags, added: Extensions) -> Loaded:
    """The configuration of this run.

    Raises:
        BookletError: exit code 2.
    """
    return load_settings(flags, now=now(), extensions=added)


def config_with_sources(flags: Flags, added: Extensions) -> Config:
    """The configuration of a run that reads articles; one missing source among several is a finding later.

    Raises:
        BookletError: exit code 2, also `no-sources`, `sources-missing`.
    """
    return load_config(flags, now=now(), extensions=added)


def project_dir(flags: Flags) -> Path:
    """The folder whose `themes/` count, for commands that need no sources.

    Raises:
        BookletError: `booklet.toml` is faulty (exit code 2).
    """
    return project_folder(flags)


@contextmanager
def stopping() -> Iterator[Cancel]:
    """A token that Ctrl-C stops while the block runs: what is being built ends and leaves nothing.

    A second Ctrl-C ends it wherever it is. Where Ctrl-C was ignored before, it still is.
    """
    cancel = Cancel()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancel.stopped:
            raise KeyboardInterrupt
        cancel.stop()

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or current_thread() is not main_thread():
        yield cancel
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def printer(switches: Switches) -> Printer:
    """The printer that the switches ask for."""
    return Printer(user_language(), json=switches.json, quiet=switches.quiet, verbose=switches.verbose)
