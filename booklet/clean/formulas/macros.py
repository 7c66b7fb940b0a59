r"""Commands that an article defines for its formulas: `\def\R{\mathbb{R}}`, `\newcommand{\red}[1]{…#1…}`.

MathJax keeps a definition for all formulas of the page. So do we, up to a length: macros that call each other
can say anything a billion times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from booklet.clean.text.tex import MAX_TEX_CHARS

_MOST = 200
_MOST_PASSES = 8
"""How deep definitions that use each other are followed."""
_HEAD = re.compile(
    r"\\(?:(?:re|provide)?newcommand|providecommand)\*?\s*(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))\s*(?:\[(\d)\])?\s*(?=\{)"
    r"|\\def\s*\\([A-Za-z]+)\s*((?:#\d)*)\s*(?=\{)"
    r"|\\DeclareMathOperator\*?\s*\{\s*\\([A-Za-z]+)\s*\}\s*(?=\{)"
)
_PART = re.compile(r"\s*(?:\\[A-Za-z]+|\\.|[^\\{}\s])")


@dataclass(frozen=True, slots=True)
class Macro:
    """One command."""

    arguments: int
    body: str


class Macros:
    """The definitions of an article so far."""

    def __init__(self) -> None:
        self._known: dict[str, Macro] = {}
        self._call = re.compile(r"(?!)")

    def take_out(self, tex: str) -> str:
        """Learn the definitions in a formula; what is left of it is drawn."""
        parts: list[str] = []
        position = 0
        while found := _HEAD.search(tex, position):
            end = end_of_group(tex, found.end())
            if end is None:
                break
            self._learn(found, tex[found.end() + 1 : end - 1])
            parts.append(tex[position : found.start()])
            position = end
        if not position:
            return tex
        self._call = re.compile(rf"\\({'|'.join(self._known)})(?![A-Za-z])") if self._known else self._call
        return "".join((*parts, tex[position:]))

    def _learn(self, found: re.Match[str], body: str) -> None:
        new, plain, count, defined, parameters, operator = found.groups()
        name = new or plain or defined or operator
        if operator:
            body = rf"\operatorname{{{body}}}"
        if len(self._known) < _MOST:
            self._known[name] = Macro(int(count or 0) or len(parameters or "") // 2, body)

    def applied(self, tex: str) -> str:
        """The formula in commands that everybody knows; as it is, if that would be too long."""
        was = tex
        for _ in range(_MOST_PASSES):
            if not self._call.search(tex):
                return tex
            tex = self._once(tex)
            if len(tex) > MAX_TEX_CHARS:
                return was
        return was

    def _once(self, tex: str) -> str:
        parts: list[str] = []
        position = 0
        for found in self._call.finditer(tex):
            if found.start() < position:
                continue  # in an argument of the one before: the next pass meets it
            macro, end = self._known[found[1]], found.end()
            body = macro.body
            for number in range(1, macro.arguments + 1):
                argument, end = _argument(tex, end)
                body = body.replace(f"#{number}", argument)
            parts.extend((tex[position : found.start()], f"{{{body}}}" if macro.arguments else f"{body} "))
            position = end
            if sum(map(len, parts)) > MAX_TEX_CHARS:
                break
        return "".join((*parts, tex[position:]))


def _argument(tex: str, start: int) -> tuple[str, int]:
    """What stands behind a command: a group without its braces, or one sign."""
    opening = start + len(tex[start:]) - len(tex[start:].lstrip())
    if (end := end_of_group(tex, opening)) is not None:
        return tex[opening + 1 : end - 1], end
    part = _PART.match(tex, start)
    return (part[0].strip(), part.end()) if part else ("", start)


def end_of_group(tex: str, start: int) -> int | None:
    """Where the group ends whose brace stands at `start`; None: there is none, or it does not end."""
    if not tex.startswith("{", start):
        return None
    depth = 0
    for index in range(start, len(tex)):
        depth += (tex[index] == "{") - (tex[index] == "}")
        if not depth:
            return index + 1
    return None
