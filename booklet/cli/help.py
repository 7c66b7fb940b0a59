"""`--help`: plain text, in the user's language, whole at any width.

Not Typer's own: that one cuts lines that have no spaces, as Chinese has none.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from typing import Any

import typer

from booklet.words.messages import Language, text

WIDEST = 100
"""Columns; longer lines are hard to read."""
NARROW = 60
"""Below this many columns the explanations stand under the names."""
NOT_FIRST = "，。、；：！？）》”’…,.;:!?)"
NOT_LAST = "（《“‘("


def help_of(context: typer.Context, language: Language) -> str:
    """All that `--help` prints for the command of `context`."""
    width = min(shutil.get_terminal_size().columns, WIDEST)
    command: Any = context.command
    usage = text("help.usage", language, line=_usage(context, language))
    lines = [*wrap(usage, width), "", *wrap(command.help, width)]
    for panel, rows in _panels(context, language).items():
        lines += ["", f"{panel}{text('ui.colon', language)}", *_rows(rows, width)]
    return "".join(f"{line}\n" for line in lines)


def _usage(context: typer.Context, language: Language) -> str:
    command: Any = context.command
    words = [context.command_path, f"[{text('help.usage-options', language)}]"]
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    words += [
        f"[{one.metavar}]" + ("..." if one.nargs == -1 and " " not in one.metavar else "")
        for one in arguments
    ]
    if hasattr(command, "commands"):
        words.append(text("help.usage-command", language))
    return " ".join(words)


def _panels(context: typer.Context, language: Language) -> dict[str, list[tuple[str, str]]]:
    """Names and explanations by panel: commands first, then arguments and options."""
    command: Any = context.command
    panels: dict[str, list[tuple[str, str]]] = {}
    for name, one in getattr(command, "commands", {}).items():
        panels.setdefault(text("help.panel-commands", language), []).append((name, one.help))
    for parameter in command.params:
        panels.setdefault(parameter.rich_help_panel, []).append((_names(parameter), parameter.help))
    return panels


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    names = ", ".join(sorted(parameter.opts, key=len))
    return f"{names} {parameter.metavar}".rstrip()


def _rows(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    if width < NARROW:
        for name, explained in rows:
            yield f"  {name}"
            yield from (f"      {line}" for line in wrap(explained, width - 6))
        return
    column = max(len(name) for name, _ in rows) + 4
    for name, explained in rows:
        first, *rest = wrap(explained, width - column) or [""]
        yield f"  {name}".ljust(column) + first
        yield from (" " * column + line for line in rest)


def wrap(sentence: str, width: int) -> list[str]:
    """Lines of at most `width` columns: broken at spaces and between Chinese characters."""
    lines = [""]
    for piece in _pieces(sentence):
        if columns(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def columns(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _pieces(sentence: str) -> Iterator[str]:
    """What must stay on one line: words with their spaces, Chinese characters with their marks."""
    piece = ""
    for char in sentence:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    return before == " " or columns(before) == 2 or columns(after) == 2  # noqa: PLR2004 - a Chinese character
