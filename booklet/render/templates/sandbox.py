"""Jinja2's sandbox, with short ways for what templates do a hundred times a page and what cannot do harm.

Each short way stands for checks whose outcome is known: our own views hold data alone, a dictionary's keys
are no attributes, and a format without a dot or a bracket reaches into nothing. Everything else goes the
sandbox's own way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from types import BuiltinMethodType
from typing import Any

from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from booklet.render.templates import context
from booklet.render.text import titles

_VIEWS = (
    context.BookletView,
    context.EntryView,
    context.LinkView,
    context.PictureView,
    context.SectionView,
    context.SourceView,
    context.VideoView,
    titles.TitlePart,
)
_FIELDS = {view: frozenset(field.name for field in fields(view)) for view in _VIEWS}
FIELD_NAMES = tuple(sorted(frozenset().union(*_FIELDS.values())))
"""The fields of all views that templates are shown."""
_NO_FIELDS: frozenset[str] = frozenset()
_METHODS_OF_DICT = frozenset(dir(dict))


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment that themes' templates run in."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` of a template."""
        kind = type(obj)
        if attribute in _FIELDS.get(kind, _NO_FIELDS):
            return getattr(obj, attribute)
        if kind is dict and attribute in obj and attribute not in _METHODS_OF_DICT:
            return obj[attribute]
        return super().getattr(obj, attribute)

    # The names keep clear of a template's own keyword arguments, as in the library.
    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - see above
        """`obj(…)` of a template."""
        if type(__obj) is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """The sandbox's own `format` for a string that might reach into its arguments."""
        if type(value) is BuiltinMethodType and value.__name__ == "format":
            text = value.__self__
            if type(text) is str and "." not in text and "[" not in text:
                return None
        return super().wrap_str_format(value)
