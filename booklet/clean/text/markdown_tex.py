r"""Formulas pass Markdown untouched: `_`, `*` and `\\` mean other things there.

Each is replaced by a mark of private-use characters before Markdown is read, and put back into its HTML. What
GitHub and GitLab let people write as code is read too: a fence called `math`, and code between dollars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import islice

from booklet.clean.text.tex import formulas_in

_CODE = re.compile(
    r"\$`(?P<dollars>[^`\n]{1,600})`\$"
    r"|(?P<fence>(?m:^)(?:[ >]*| *[*+-] +| *\d+[.)] +)(?P<mark>`{3,}|~{3,})[\s\S]*?(?:\n[ >]*(?P=mark)|\Z))"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)(?:[^`\n]|\n(?!\s*\n)|(?<!`)(?!(?P=ticks)(?!`))`+){1,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<element>pre|code|script|style)\b[\s\S]{0,50000}?</(?P=element)\s*>"
)
_MATH_FENCE = re.compile(
    r"(?P<before>[ >]*|[ *+.)\d-]*)(?P<mark>`{3,}|~{3,})math[ \t]*\n(?P<tex>[\s\S]*?)\n[ >]*(?P=mark)"
)
_MANY = 5
"""Formulas beyond doubt: the article is one with mathematics."""
_MAX_OPENERS = 4_000
"""A text with more is not looked through for code: each that is never closed would cost a search."""
_MARK = re.compile("\uf8e0([0-9]{1,6})\uf8e1")
_NOT_TEXT = re.compile(r"(?is)(<pre\b.{0,50000}?</pre>|<code\b.{0,5000}?</code>|<[^<>]*>)")


@dataclass(frozen=True, slots=True)
class Taken:
    """A formula that was taken out of a text."""

    source: str
    """As it stood."""
    tex: str
    display: bool

    def markup(self) -> str:
        """An element for the `formulas` step."""
        return f'<span data-math="{"display" if self.display else "inline"}">{escape(self.tex)}</span>'


def take_out(text: str) -> tuple[str, list[Taken]]:
    """The text with marks for its formulas, and the formulas."""
    taken: list[Taken] = []
    if "$" not in text and "\\" not in text and "math" not in text:
        return text, taken
    parts: list[str] = []
    position = 0
    trusting = len([*islice(formulas_in(text, in_markdown=True), _MANY)]) == _MANY
    openers = text.count("`") + text.count("<pre") + text.count("<code")
    for code in _CODE.finditer(text) if openers < _MAX_OPENERS else ():
        parts.extend((_marked(text, position, code.start(), taken, trusting), _code(code, taken)))
        position = code.end()
    parts.append(_marked(text, position, len(text), taken, trusting))
    return "".join(parts), taken


def _code(code: re.Match[str], taken: list[Taken]) -> str:
    """Code as it stands, unless it is a formula."""
    if code["dollars"]:
        return _mark(Taken(code[0], code["dollars"], display=False), taken)
    if code["fence"] and (math := _MATH_FENCE.fullmatch(code[0])) and math["tex"].strip():
        tex = re.sub(r"(?m)^[ >]+", "", math["tex"]).strip()
        return math["before"] + _mark(Taken(code[0], tex, display=True), taken)
    return code[0]


def _mark(formula: Taken, taken: list[Taken]) -> str:
    taken.append(formula)
    return f"\uf8e0{len(taken) - 1}\uf8e1"


def _marked(text: str, start: int, end: int, taken: list[Taken], trusting: bool) -> str:  # noqa: FBT001 - private
    parts: list[str] = []
    position = start
    for formula in formulas_in(text, start, end, in_markdown=True, trusting=trusting):
        source = text[formula.start : formula.end]
        parts.append(
            text[position : formula.start] + _mark(Taken(source, formula.tex, formula.display), taken)
        )
        position = formula.end
    parts.append(text[position:end])
    return "".join(parts)


def put_back(html: str, taken: list[Taken]) -> str:
    """The HTML with its formulas, marked as such; in code and in attributes as they stood."""
    if not taken:
        return html
    parts = _NOT_TEXT.split(html)
    for index, part in enumerate(parts):
        if "\uf8e0" in part:
            parts[index] = _filled(part, taken, as_element=index % 2 == 0)
    return "".join(parts)


def _filled(part: str, taken: list[Taken], *, as_element: bool) -> str:
    def written(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if number >= len(taken):
            return ""
        return taken[number].markup() if as_element else escape(taken[number].source)

    return _MARK.sub(written, part)
