"""YAML front matter, as its writer meant it: scalars keep their spelling, hostile input stays cheap. Pure.

PyYAML's safe loader turns `title: 2019` into a number, `007` into 7, `12:30` into 750, `no` into False, and
raises a plain ValueError for `date: 2021-13-45`. Here such scalars stay text that knows its value (`Written`)
and dates stay text: `booklet.collect.front_matter.dates` reads them.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML without libyaml: ten times slower, otherwise the same
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""What YAML 1.1 (section 5.1) does not allow in a stream."""
_MAX_NESTING = 64
"""Collections within collections; front matter has two or three."""
_FAR_IN = re.compile(rf"^[ ?-]{{{_MAX_NESTING},}}", re.MULTILINE)
"""A line that may begin deeper than that by indentation."""


class Written(str):
    """A plain scalar as it stands in the file, e.g. `007`, with the value that YAML gives it."""

    __slots__ = ("value",)
    value: bool | int | float

    def __new__(cls, text: str, value: bool | float) -> Written:  # noqa: FBT001 - YAML's value
        """A scalar `text` that means `value`."""
        written = super().__new__(cls, text)
        written.value = value
        return written


class _Loader(_BaseLoader):
    """The safe loader without dates, whose numbers and booleans keep their spelling."""


def _construct_written(loader: Any, node: yaml.ScalarNode) -> str:
    convert = getattr(_BaseLoader, f"construct_yaml_{node.tag.rsplit(':', 1)[1]}")
    try:
        return Written(node.value, convert(loader, node))
    except (ValueError, KeyError):
        return str(node.value)


for _kind in ("bool", "int", "float"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _construct_written)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in _BaseLoader.yaml_implicit_resolvers.items()
}


class YamlBlockError(ValueError):
    """The block is not YAML, or more than front matter needs of it."""

    def __init__(self, line: int | None) -> None:
        super().__init__(line)
        self.line = line
        """0-based line in the block, if known."""


def load_yaml(block: str) -> object:
    """Parse one block.

    Raises:
        YamlBlockError: it does not parse, or holds aliases (which make the "billion laughs") or deep nesting.
    """
    text = _CONTROL.sub("", block)
    try:
        _refuse_excess(text)
        return YAMLHandler().load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlBlockError(mark.line if mark else None) from error
    except YamlBlockError:
        raise
    except Exception as error:
        raise YamlBlockError(None) from error


def _refuse_excess(text: str) -> None:
    """Look at the events before anything is constructed, if the text could be deep or hold aliases."""
    brackets = text.count("[") + text.count("{")
    if not (("*" in text and "&" in text) or brackets > _MAX_NESTING or _FAR_IN.search(text)):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_NESTING or isinstance(event, yaml.AliasEvent):
            raise YamlBlockError(event.start_mark.line if event.start_mark else None)
