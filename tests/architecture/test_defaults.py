"""What a value object holds without being given is of the type that it promises to whoever reads it."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import types
import typing
from collections.abc import Iterator

import booklet


def value_objects() -> Iterator[type]:
    for found in pkgutil.walk_packages(booklet.__path__, "booklet."):
        if found.name.endswith(".__main__"):
            continue
        module = importlib.import_module(found.name)
        for one in vars(module).values():
            if isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == found.name:
                yield one


def fits(value: object, hint: typing.Any) -> bool:
    """As far as `isinstance` can tell."""
    origin = typing.get_origin(hint) or hint
    if origin in (typing.Union, types.UnionType):
        return any(fits(value, one) for one in typing.get_args(hint))
    if origin is typing.Literal:
        return value in typing.get_args(hint)
    if hint is None:
        return value is None
    if hint is typing.Any or not isinstance(origin, type):
        return True
    if getattr(origin, "_is_protocol", False) and not issubclass(origin, typing.Iterable):
        return callable(value)
    return isinstance(value, origin) or (origin is float and isinstance(value, int))


def test_every_default_is_of_the_type_that_its_field_promises() -> None:
    wrong, seen = [], 0
    for one in value_objects():
        try:
            hints = typing.get_type_hints(one)
        except NameError:  # names for type checkers alone
            continue
        for field in dataclasses.fields(one):
            if field.default is not dataclasses.MISSING:
                seen += 1
                if not fits(field.default, hints[field.name]):
                    wrong.append(f"{one.__module__}.{one.__qualname__}.{field.name}")
    assert not wrong
    assert seen > 100
