"""What is wrong with a theme, as errors and findings that name its file and line."""

from __future__ import annotations

import re
from pathlib import Path

from booklet.findings import BookletError, Param

_HEADER = re.compile(r"^\s*\[")
_SNIPPET_CHARS = 60


def broken(theme: str, source: Path, code: str, **params: Param) -> BookletError:
    """The theme cannot be used: `code` has a sentence `reason.theme-<code>` in every language."""
    return BookletError(
        "theme-broken", exit_code=2, source=str(source), theme=theme, reason=f"theme-{code}", **params
    )


def snippet(text: str, line: int) -> str:
    """What stands on a line, for a message; cut."""
    lines = text.splitlines()
    found = " ".join(lines[line - 1].split()) if 0 < line <= len(lines) else ""
    return found if len(found) <= _SNIPPET_CHARS else f"{found[:_SNIPPET_CHARS]}…"


def toml_line(text: str, where: str) -> int:
    """The line of theme.toml that is meant by `parts.rules.place`: of the key, else of its table, else 1."""
    keys = where.split(".")
    lines = text.splitlines()
    for depth in range(len(keys), -1, -1):
        heading = re.compile(rf"^\s*\[\s*{_path(keys[:depth])}\s*\]") if depth else None
        begin = 0 if heading is None else next((at for at, one in enumerate(lines) if heading.match(one)), -1)
        if begin < 0:
            continue
        key = re.compile(rf"^\s*{_path(keys[depth : depth + 1])}\s*[=.]") if depth < len(keys) else None
        for at, one in enumerate(lines[begin + bool(depth) :], begin + 1 + bool(depth)):
            if _HEADER.match(one):
                break
            if key and key.match(one):
                return at
        if depth:
            return begin + 1
    return 1


def _path(keys: list[str]) -> str:
    return r"\s*\.\s*".join(rf'"?{re.escape(key)}"?' for key in keys)
