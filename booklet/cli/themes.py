"""`booklet themes`: the themes that can be named; one theme's options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booklet import REPORT_VERSION, Flags, Json, find_themes, load_theme, theme_options, value_as_toml
from booklet.cli.context import extensions, printer, project_dir
from booklet.cli.options import Switches
from booklet.cli.output import Printer

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet import Theme


def run(flags: Flags, switches: Switches, name: str) -> int:
    """List the themes, or the options of the theme called `name`.

    Returns:
        2 when one of the themes is faulty: the others are listed all the same.
    """
    out = printer(switches)
    project = project_dir(flags)
    added = extensions(switches)
    if name:
        one = load_theme(name, project, extensions=added)
        if out.json:
            out.document(
                {
                    "version": REPORT_VERSION,
                    **_theme_object(one),
                    "options": theme_options(one, language=out.language),
                }
            )
        else:
            _print_options(one, out)
        return 0
    known, faults = find_themes(project, extensions=added)
    if out.json:
        out.document({"version": REPORT_VERSION, "themes": [_theme_object(one) for one in known]})
    else:
        headings = [out.text(f"ui.column-{column}") for column in ("name", "title", "folder")]
        out.table(headings, [(one.name, one.title, str(one.folder)) for one in known])
    for fault in faults:
        out.error(fault)
    return max((fault.exit_code for fault in faults), default=0)


def _theme_object(theme: Theme) -> Json:
    return {"name": theme.name, "title": theme.title, "extends": theme.extends, "folder": str(theme.folder)}


def _print_options(theme: Theme, out: Printer) -> None:
    headings = [out.text(f"ui.column-{column}") for column in ("option", "type", "default", "meaning")]
    rows = [
        (
            option["name"],
            " | ".join(option["choices"]) or option["type"],
            value_as_toml(option["default"]),
            option["help"],
        )
        for option in theme_options(theme, language=out.language)
    ]
    out.table(headings, rows, title=f"{theme.name} · {theme.title}")
    out.say(out.text("ui.theme-options", theme=theme.name))
