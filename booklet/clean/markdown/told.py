"""What rules inside the parser tell of a text: they put it into the environment of the call."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from booklet.findings import Param

_KEY = "booklet"
Told = tuple[str, int, dict[str, Param]]
"""A finding's code, the line of the body from 0, and its parameters."""


def tell(env: MutableMapping[str, Any], code: str, line: int, **params: Param) -> None:
    """Tell a finding about the line of the body, from 0."""
    env.setdefault(_KEY, []).append((code, line, params))


def told(env: MutableMapping[str, Any]) -> list[Told]:
    """What was told."""
    return list(env.get(_KEY, ()))
