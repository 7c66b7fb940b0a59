"""Rows that installed packages add to the house's tables, by entry points; loaded once, and passed on frozen.

A package's row is used like the house's own. A faulty one is a finding that names its package, never the end
of a build: what it was to give is missing, everything else is made. Packages' code runs in the process that
builds alone; processes that lay out or decode get finished text and bytes, and need no package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from booklet.collect.sources import SOURCES, Read, SourceRow
from booklet.events import StoppedError
from booklet.findings import Finding, finding
from booklet.render.formats import FORMATS, FormatRow, Making
from booklet.results import Made, Plugin

if TYPE_CHECKING:  # `booklet list` needs no parser
    from booklet.clean import Provider
    from booklet.clean.rows import Row

GROUPS = ("booklet.formats", "booklet.providers", "booklet.sources", "booklet.steps", "booklet.themes")
"""The groups of entry points; each adds to the table of its name. A value is one row, or several in a tuple
or list."""

R = TypeVar("R")


class ExtensionError(Exception):
    """A package's row failed; the text names the package."""


@dataclass(frozen=True, slots=True)
class Extensions:
    """What packages add. Empty: the house as it is (`--no-plugins`)."""

    steps: tuple[Row, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    providers: tuple[Provider, ...] = ()
    formats: tuple[FormatRow, ...] = ()
    themes: tuple[Path, ...] = ()
    """Folders, called as their themes."""
    plugins: tuple[Plugin, ...] = ()
    """What was loaded."""
    findings: tuple[Finding, ...] = ()
    """What could not be."""

    @property
    def key(self) -> str:
        """What keys of the cache say of the packages that were there."""
        return " ".join(f"{one.package}=={one.version}:{one.group}:{one.name}" for one in self.plugins)

    @property
    def all_sources(self) -> tuple[SourceRow, ...]:
        """The table of source kinds."""
        return (*SOURCES, *self.sources)

    @property
    def all_formats(self) -> tuple[FormatRow, ...]:
        """The table of outputs."""
        return (*FORMATS, *self.formats)

    def all_steps(self) -> tuple[Row, ...]:
        """The line of cleaning."""
        from booklet import clean

        return clean.line(self.steps) if self.steps else clean.STEPS

    def all_providers(self) -> tuple[Provider, ...]:
        """The table of providers."""
        from booklet.clean import PROVIDERS

        return (*PROVIDERS, *self.providers)


NO_EXTENSIONS = Extensions()


def find_extensions() -> Extensions:
    """Load what the installed packages add. Never raises for what they hold."""
    found = Extensions()
    for group in GROUPS:
        points = entry_points(group=group)
        for point in sorted(points, key=lambda one: (_plugin(one).package, one.name)):
            found = _with(found, point, _plugin(point))
    return found


def given_or_found(extensions: Extensions | None) -> Extensions:
    """What a caller names; None: whatever installed packages add."""
    return find_extensions() if extensions is None else extensions


def _plugin(point: EntryPoint) -> Plugin:
    dist = point.dist
    return Plugin(point.name, dist.version if dist else "", point.group, dist.name if dist else point.value)


def _with(found: Extensions, point: EntryPoint, plugin: Plugin) -> Extensions:
    """What is added by one entry point too; all of it, or a finding."""
    label = f"{plugin.package} {plugin.version}"
    try:
        value = point.load()
        rows = value if isinstance(value, tuple | list) else (value,)
        for row in rows:
            found = ADDING[point.group](found, row, label)
    except _RefusedError as error:
        return replace(found, findings=(*found.findings, error.finding))
    except BaseException as error:  # a package may do anything, `sys.exit` too
        if isinstance(error, KeyboardInterrupt):
            raise
        refused = finding("plugin-unusable", label, group=point.group, name=point.name, reason=_said(error))
        return replace(found, findings=(*found.findings, refused))
    return replace(found, plugins=(*found.plugins, plugin))


class _RefusedError(Exception):
    def __init__(self, refused: Finding) -> None:
        super().__init__(refused.code)
        self.finding = refused


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _row(row: object, kind: type[R], label: str, taken: Sequence[Any]) -> R:
    if not isinstance(row, kind):
        wanted = f"{kind.__module__}.{kind.__qualname__}"
        raise _RefusedError(finding("plugin-wrong-type", label, wanted=wanted, got=type(row).__name__))
    name = getattr(row, "name", "")
    if not isinstance(name, str) or not name or name in {one.name for one in taken}:
        raise _RefusedError(finding("plugin-clash", label, name=str(name)))
    return row


def _guarded(function: Callable[..., R], label: str, kind: type[R]) -> Callable[..., R]:
    """The same, and what it raises names its package."""

    @wraps(function)
    def guarded(*values: Any) -> R:
        try:
            result = function(*values)
        except StoppedError:
            raise
        except Exception as error:
            raise ExtensionError(f"{label}: {_said(error)}") from error
        if not isinstance(result, kind):
            raise ExtensionError(f"{label}: {type(result).__name__}")
        return result

    return guarded


def _add_step(found: Extensions, row: object, label: str) -> Extensions:
    from booklet.clean.rows import Row, StepOrderError
    from booklet.clean.steps import line

    step = _row(row, Row, label, ())
    step = replace(step, step=_guarded(step.step, label, type(None)))
    steps = (*found.steps, step)
    try:
        line(steps)
    except StepOrderError as error:
        raise _RefusedError(replace(error.finding, source=label)) from error
    return replace(found, steps=steps)


def _add_source(found: Extensions, row: object, label: str) -> Extensions:
    source = _row(row, SourceRow, label, found.all_sources)
    source = replace(source, read=_guarded(source.read, label, Read))
    return replace(found, sources=(*found.sources, source))


def _add_provider(found: Extensions, row: object, label: str) -> Extensions:
    from booklet.clean import Provider

    provider = _row(row, Provider, label, found.all_providers())
    for pattern, address in provider.ids:
        re.compile(pattern)
        address.format("")
    provider = replace(provider, watch=_guarded(provider.watch, label, str))
    return replace(found, providers=(*found.providers, provider))


def _add_format(found: Extensions, row: object, label: str) -> Extensions:
    made = _row(row, FormatRow, label, found.all_formats)
    return replace(found, formats=(*found.formats, guarded_format(made, label)))


def guarded_format(row: FormatRow, label: str) -> FormatRow:
    """The same, but what fails is an output that could not be made, with a finding."""
    from booklet.images.decoding.forms import Form

    form = _guarded(row.form, label, Form) if row.form else None
    make_ = _guarded(row.make, label, Made)

    def make(making: Making) -> Made:
        try:
            if form is not None:
                form(making.look.theme, making.look.options, making.job)
            return make_(making)
        except ExtensionError as error:
            return Made(row.name, None, (finding("format-failed", label, name=row.name, reason=str(error)),))

    def form_or_any(*values: Any) -> Form:
        from booklet.images.decoding.forms import EPUB

        try:
            return form(*values) if form else EPUB
        except ExtensionError:  # told when it is made
            return EPUB

    return replace(row, make=make, form=form_or_any if form else None)


def _add_theme(found: Extensions, value: object, label: str) -> Extensions:
    folder = _folder(value)
    if folder is None:
        raise _RefusedError(finding("plugin-wrong-type", label, wanted="Path", got=type(value).__name__))
    from booklet.theme.homes import bundled_names

    if folder.name in (*bundled_names(), *(one.name for one in found.themes)):
        raise _RefusedError(finding("plugin-clash", label, name=folder.name))
    if not (folder / "theme.toml").is_file():
        raise FileNotFoundError(str(folder / "theme.toml"))
    return replace(found, themes=(*found.themes, folder))


def _folder(value: object) -> Path | None:
    """The folder that a value names: a path, or a package whose folder it is."""
    if isinstance(value, ModuleType):
        return Path(next(iter(getattr(value, "__path__", ())), ""))
    return Path(value) if isinstance(value, str | Path) else None


ADDING: dict[str, Callable[[Extensions, object, str], Extensions]] = {
    "booklet.steps": _add_step,
    "booklet.sources": _add_source,
    "booklet.providers": _add_provider,
    "booklet.formats": _add_format,
    "booklet.themes": _add_theme,
}
"""How a value of each group becomes a row."""
