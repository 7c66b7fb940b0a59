"""Category paths as front matter's many dialects give them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from booklet.categories import clean_name
from booklet.model import CategoryPath

MAX_DEPTH = 16
"""Names in one path; what is deeper is cut. Real trees have two to four."""
_NAMING = {"name", "title"}
"""Keys of a mapping that is one category with properties."""
MAX_PATHS = 64
"""Paths of one article."""


def paths_from_front_matter(
    value: object, *, parallel: bool, spaced: bool = False
) -> tuple[CategoryPath, ...]:
    """All category paths that a front matter value means (DESIGN, "Categories").

    A string is one name, whatever it holds: names such as `TCP/IP` and `IT 之家` are common. A flat list is
    one path. A list that begins with a list is several paths. Lists after names join them:
    `[编程, ACM, [图灵奖]]` is `编程/ACM/图灵奖`. A mapping is a tree: `{技术: [前端, 后端]}` is two paths.

    Args:
        value: As the front matter has it.
        parallel: A flat list means one path per item (Hugo).
        spaced: A string means one name per word (Jekyll).
    """
    if isinstance(value, Mapping) and not _NAMING & value.keys():
        return _of_tree(value)
    items = list(value) if isinstance(value, list | tuple) else [value]
    if spaced and isinstance(value, str):
        items = list(value.split())
    first_list = next((i for i, item in enumerate(items) if isinstance(item, list | tuple)), None)
    if parallel or first_list == 0:
        paths = [list(_names(item)) for item in items]
    elif first_list is None:
        paths = [list(_names(items))]
    else:
        head = list(_names(items[:first_list]))
        paths = [head + list(_names(item)) for item in items[first_list:]]
    kept = (tuple(names[:MAX_DEPTH]) for names in paths if names)
    return tuple(dict.fromkeys(kept))[:MAX_PATHS]


def _of_tree(tree: object) -> tuple[CategoryPath, ...]:
    """A path for each leaf of nested mappings."""
    found: list[CategoryPath] = []
    stack: list[tuple[CategoryPath, object]] = [((), tree)]
    while stack and len(found) < MAX_PATHS:
        above, value = stack.pop()
        if isinstance(value, Mapping) and len(above) < MAX_DEPTH:
            below = [((*above, *_names(str(key))), item) for key, item in value.items()]
            stack.extend(reversed(below))
        elif isinstance(value, list | tuple):
            stack.extend((above, item) for item in reversed(value[:MAX_PATHS]))
        elif path := (*above, *_names(value))[:MAX_DEPTH]:
            found.append(path)
    return tuple(dict.fromkeys(found))


def _names(value: object, depth: int = 0) -> Iterator[str]:
    """The names in a value, nested lists flattened in order."""
    if depth > MAX_DEPTH or value is None:
        return
    if isinstance(value, list | tuple):
        for item in value:
            yield from _names(item, depth + 1)
        return
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or _colon_name(value)
    name = clean_name(str(value))
    if name:
        yield name


def _colon_name(value: Mapping[object, object]) -> str:
    """`- Re: Zero` is a name for its writer and a mapping for YAML."""
    return ", ".join(f"{key}: {item}" for key, item in value.items())
