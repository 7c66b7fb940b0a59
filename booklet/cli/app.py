"""The application: its commands, and what becomes of errors. Exit codes are DESIGN's."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from booklet import BookletError, error_object
from booklet.cli import build, cache, check, fold, init, listing, settings, themes
from booklet.cli.options import BUILD_OTHER, OUTPUTS, SELECT, SWITCHES, TALK, Argument, add_command, add_main
from booklet.cli.outcome import unforeseen
from booklet.cli.output import Printer, make_streams_safe
from booklet.words.messages import Language, user_language

SOURCES: Argument = ("SOURCE", list[str], [])
FILES: Argument = ("FILE", list[Path], [])
IN_OUT: Argument = ("IN.pdf OUT.pdf", list[Path], [])


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never raises.

    Args:
        argv: the arguments without the program's name; None: the process's own.
    """
    make_streams_safe()
    words = list(sys.argv[1:] if argv is None else argv)
    words = words[: words.index("--")] if "--" in words else words
    language = user_language()
    printer = Printer(language, json="--json" in words, verbose=bool({"-v", "--verbose"} & set(words)))
    try:
        # args=None lets Typer expand `*.epub` on Windows, whose shells do not.
        arguments = None if argv is None else list(argv)
        code: int = make_app(language)(args=arguments, prog_name="booklet", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as error:  # Typer's answer to a closed pipe (`booklet list | head`)
        return error.code if isinstance(error.code, int) else 1
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a clerk gets a sentence, not a traceback
        command = f"booklet {words[0]}" if words else "booklet"
        return _end(printer, _explained(error, printer, command))
    return code


def make_app(language: Language) -> typer.Typer:
    """All commands, their help in `language`."""
    app = typer.Typer(
        cls=_Commands, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )

    add_main(app, language=language)
    everything = (*SELECT, *OUTPUTS, *BUILD_OTHER)
    listed = (*SELECT, "section_level", "config", "no_plugins", *TALK)
    add_command(app, "init", init.run, ("quiet",), language=language, argument=("DIR", Path, Path()))
    add_command(app, "list", listing.run, listed, language=language, argument=SOURCES)
    add_command(app, "build", build.run, (*everything, "strict", *TALK), language=language, argument=SOURCES)
    checked = ("fonts", "config", "no_plugins", "strict", *TALK)
    add_command(app, "check", check.run, checked, language=language, argument=FILES)
    folded = ("sheet", "binding", "force", *TALK)
    add_command(app, "impose", fold.run, folded, language=language, argument=IN_OUT)
    add_command(
        app,
        "themes",
        themes.run,
        ("config", "no_plugins", "json"),
        language=language,
        argument=("NAME", str, ""),
    )
    add_command(app, "cache", cache.run, ("json",), language=language, argument=("ACTION", str, "info"))
    add_command(app, "config", settings.run, everything, language=language, argument=SOURCES)
    return app


class _Commands(TyperGroup):
    """The group of commands; a wrong one names the nearest."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            raise BookletError(
                "unknown-command", exit_code=2, name=name, near=_nearest(name, list(self.commands))
            )
        return super().resolve_command(ctx, args)


def _explained(error: Exception | KeyboardInterrupt, printer: Printer, command: str) -> BookletError:
    """Whatever ended the run, as what can be told."""
    if isinstance(error, BookletError):
        return error
    if isinstance(error, typer.TyperException):
        return _usage_error(error, command)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return BookletError("interrupted", exit_code=130)
    return unforeseen(error, printer)


def _usage_error(error: typer.TyperException, command: str) -> BookletError:
    """Typer's complaint in the user's language; what Typer's public names do not tell is told in English."""
    name = getattr(error, "option_name", None)
    context = getattr(error, "ctx", None)
    command = context.command_path if context else command
    if name and hasattr(error, "possibilities"):
        known = [opt for param in context.command.params for opt in param.opts] if context else ["--help"]
        known = [opt for opt in known if opt.startswith("-")]
        return BookletError(
            "unknown-option", exit_code=2, name=name, near=_nearest(name, known), command=command
        )
    if name:
        code = "option-with-value" if name in SWITCHES else "option-without-value"
        return BookletError(code, exit_code=2, name=name, command=command)
    return BookletError("usage", exit_code=2, reason=error.format_message(), command=command)


def _nearest(name: str, known: list[str]) -> str:
    return max(known, key=lambda one: SequenceMatcher(None, name, one).ratio())


def _end(printer: Printer, error: BookletError) -> int:
    with contextlib.suppress(OSError):  # nobody can be told where nothing can be written
        if printer.json:
            printer.document(error_object(error, printer.language))
        else:
            printer.error(error)
    return error.exit_code
