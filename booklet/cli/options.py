"""Every option of the command line, once, as a table; commands name the ones they take.

Typer reads options from a function's signature. A signature of forty parameters is unreadable, so that it is
made here from the table, and the command gets its values as one `Flags` and one `Switches`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from booklet import FORMATS, SPELLING, BookletError, Flags, FormatRow, __version__, find_extensions
from booklet.cli.help import help_of
from booklet.words.messages import Language, describe, text


@dataclass(frozen=True, slots=True)
class Switches:
    """What concerns the command line alone."""

    json: bool = False
    quiet: bool = False
    verbose: bool = False
    strict: bool = False
    fonts: bool = False
    no_plugins: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One option or argument; its help is the message `help.<name>`."""

    type: Any
    default: Any
    panel: str
    metavar: str | None = None
    short: str = ""
    spelling: str = ""
    """Empty: that of `SPELLING`."""


def _many(panel: str, metavar: str, short: str = "") -> Option:
    return Option(list[str], [], panel, metavar, short)


def _one(panel: str, metavar: str, short: str = "") -> Option:
    return Option(str | None, None, panel, metavar, short)


def _switch(panel: str, short: str = "", spelling: str = "") -> Option:
    return Option(bool, default=False, panel=panel, metavar="", short=short, spelling=spelling)


OPTIONS: dict[str, Option] = {
    "categories": _many("select", "PATH"),
    "exclude_categories": _many("select", "PATH"),
    "tags": _many("select", "TAG"),
    "authors": _many("select", "NAME"),
    "since": _one("select", "DATE"),
    "until": _one("select", "DATE"),
    "week": _one("select", "WEEK"),
    "month": _one("select", "MONTH"),
    "last": _one("select", "DAYS"),
    "match": _one("select", "TEXT"),
    "exclude": _many("select", "PATH|ID"),
    "limit": _one("select", "N"),
    "sort": _one("select", "ORDER"),
    "drafts": _switch("select"),
    "timezone": _one("select", "ZONE"),
    "formats": _many("outputs", "FORMAT", "-f"),
    "theme": _one("outputs", "NAME|DIR", "-T"),
    "paper": _one("outputs", "PAPER"),
    "epub_profile": _one("outputs", "PROFILE"),
    "section_level": _one("outputs", "LEVEL"),
    "outputs": Option(list[Path], [], "outputs", "FILE", "-o"),
    "output_dir": Option(Path | None, None, "outputs", "DIR"),
    "name": _one("outputs", "SLUG"),
    "title": _one("outputs", "TEXT", "-t"),
    "sheet": _one("fold", "PAPER"),
    "binding": _one("fold", "SIDE"),
    "config": Option(Path | None, None, "other", "FILE"),
    "language": _one("other", "TAG"),
    "force": _switch("other"),
    "offline": _switch("other"),
    "no_cache": _switch("other"),
    "jobs": _one("other", "N"),
    "keep_stages": Option(Path | None, None, "other", "DIR"),
    "no_plugins": _switch("other", spelling="--no-plugins"),
    "fonts": _switch("other", spelling="--fonts"),
    "strict": _switch("other", spelling="--strict"),
    "json": _switch("other", spelling="--json"),
    "quiet": _switch("other", "-q", "--quiet"),
    "verbose": _switch("other", "-v", "--verbose"),
}

SELECT = tuple(name for name, option in OPTIONS.items() if option.panel == "select")
OUTPUTS = (*(name for name, option in OPTIONS.items() if option.panel == "outputs"), "sheet")
BUILD_OTHER = ("config", "language", "force", "offline", "no_cache", "jobs", "keep_stages", "no_plugins")
SWITCHES = {
    spelling
    for name, option in OPTIONS.items()
    if option.type is bool
    for spelling in (option.spelling or SPELLING[name], option.short)
} | {"--help", "-h", "--version"}
"""Options that take no value."""
TALK = ("json", "quiet", "verbose")

Argument = tuple[str, Any, Any]
"""Its metavar, type and default; its help is the message `help.argument.<metavar>`."""


def add_command(
    app: typer.Typer,
    name: str,
    run: Callable[..., int],
    options: Sequence[str],
    *,
    language: Language,
    argument: Argument | None = None,
) -> None:
    """Give `app` the command `name`.

    Args:
        app: the application.
        name: as typed; its help is the message `help.<name>`.
        run: called with `Flags`, `Switches` and, if there is an argument other than sources, its value.
        options: names of `OPTIONS`.
        language: of the help.
        argument: the positional one, if any.
    """
    parameters = [_argument(argument, language)] if argument else []
    parameters.extend(_parameter(option, language) for option in options)
    parameters.append(_help_parameter(language))

    def command(**values: Any) -> int:
        values.pop("help")
        positional = [values.pop("argument")] if argument else []
        try:
            return run(_take(Flags, values), _take(Switches, values), *positional)
        except KeyboardInterrupt:  # caught here, for Typer would make a bare exit code of it
            raise BookletError("interrupted", exit_code=130) from None

    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    help_text = text(f"help.{name}", language)
    app.command(name, help=help_text, add_help_option=False)(command)


def add_main(app: typer.Typer, *, language: Language) -> None:
    """Give `app` what it does without a command: `--version`, `--help`, and the help for nothing at all."""

    def main(context: typer.Context, **values: Any) -> int:
        if values["version"]:
            typer.echo(f"booklet {__version__}")
            if values["verbose"]:
                _list_plugins(language)
        elif context.invoked_subcommand is None:
            typer.echo(help_of(context, language), nl=False)
        return 0

    panel = text("help.panel-other", language)
    version = typer.Option(
        "--version", metavar="", help=text("help.version", language), rich_help_panel=panel
    )
    verbose = typer.Option(
        "--verbose", "-v", metavar="", help=text("help.version-verbose", language), rich_help_panel=panel
    )
    parameters = [
        _keyword("context", typer.Context, default=inspect.Parameter.empty),
        _keyword("version", Annotated[bool, version], default=False),
        _keyword("verbose", Annotated[bool, verbose], default=False),
        _help_parameter(language),
    ]
    main.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    app.callback(help=text("help.booklet", language), invoke_without_command=True, add_help_option=False)(
        main
    )


def _list_plugins(language: Language) -> None:
    """What packages add to the tables, and what of them is faulty."""
    extensions = find_extensions()
    for one in extensions.plugins:
        typer.echo(f"{one.package} {one.version}  {one.group}: {one.name}")
    for found in extensions.findings:
        typer.echo(f"{found.source}: {describe(found, language)[0]}", err=True)


def _help_parameter(language: Language) -> inspect.Parameter:
    def show_help(context: typer.Context, value: bool) -> None:  # noqa: FBT001 - Typer calls it so
        if value:
            typer.echo(help_of(context, language), nl=False)
            raise typer.Exit

    described = typer.Option(
        "--help",
        "-h",
        metavar="",
        help=text("help.help", language),
        rich_help_panel=text("help.panel-other", language),
        is_eager=True,
        callback=show_help,
    )
    return _keyword("help", Annotated[bool, described], default=False)


def _parameter(name: str, language: Language) -> inspect.Parameter:
    option = OPTIONS[name]
    spellings = [option.spelling or SPELLING[name], *([option.short] if option.short else [])]
    described = typer.Option(
        *spellings,
        help=text(f"help.option.{name}", language, **facts(language)),
        metavar=option.metavar,
        rich_help_panel=text(f"help.panel-{option.panel}", language),
        show_default=False,
    )
    return _keyword(name, Annotated[option.type, described], default=option.default)


def facts(language: Language) -> dict[str, str]:
    """What explanations take from the table of outputs."""
    formats = (_format(row, language) for row in FORMATS)
    endings = (row.check.ending for row in FORMATS if row.check)
    comma, either = text("help.comma", language), text("help.or", language)
    return {"formats": comma.join(formats), "endings": either.join(endings)}


def _format(row: FormatRow, language: Language) -> str:
    note = row.note.get(language, "")
    return text("help.format", language, name=row.name, note=note) if note else row.name


def _argument(argument: Argument, language: Language) -> inspect.Parameter:
    metavar, kind, default = argument
    described = typer.Argument(
        metavar=metavar,
        help=text(f"help.argument.{metavar.lower()}", language, **facts(language)),
        rich_help_panel=text("help.panel-arguments", language),
        show_default=False,
    )
    return _keyword("argument", Annotated[kind, described], default=default)


def _keyword(name: str, annotation: Any, *, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _take(kind: type[Any], values: dict[str, Any]) -> Any:
    """The dataclass `kind` from those values that are its fields; lists become tuples."""
    known = {one.name for one in fields(kind)} & values.keys()
    return kind(
        **{name: tuple(value) if isinstance(value := values[name], list) else value for name in known}
    )
