r"""Formulas pass Markdown untouched: `_`, `*` and `\\` mean other things there.

Each is replaced by a mark of private-use characters before Markdown is read, and put back into its HTML.
"""

from __future__ import annotations

import re
from html import escape

from booklet.clean.text.tex import formulas_in

_CODE = re.compile(
    r"(?P<fence>(?m:^)(?:[ >]*| *[*+-] +| *\d+[.)] +)(?P<mark>`{3,}|~{3,})[\s\S]*?(?:\n[ >]*(?P=mark)|\Z))"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)(?:[^`\n]|\n(?!\s*\n)|(?<!`)(?!(?P=ticks)(?!`))`+){1,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<element>pre|code|script|style)\b[\s\S]{0,50000}?</(?P=element)\s*>"
)
_MAX_OPENERS = 4_000
"""A text with more is not looked through for code: each that is never closed would cost a search."""
_MARK = re.compile("\uf8e0([0-9]{1,6})\uf8e1")
_NOT_TEXT = re.compile(r"(?is)(<pre\b.{0,50000}?</pre>|<code\b.{0,5000}?</code>|<[^<>]*>)")


def take_out(text: str) -> tuple[str, list[str]]:
    """The text with marks for its formulas, and the formulas as they stood."""
    taken: list[str] = []
    if "$" not in text and "\\" not in text:
        return text, taken
    parts: list[str] = []
    position = 0
    openers = text.count("`") + text.count("<pre") + text.count("<code")
    for code in _CODE.finditer(text) if openers < _MAX_OPENERS else ():
        parts.extend((_marked(text[position : code.start()], taken), code[0]))
        position = code.end()
    parts.append(_marked(text[position:], taken))
    return "".join(parts), taken


def _marked(text: str, taken: list[str]) -> str:
    parts: list[str] = []
    position = 0
    for formula in formulas_in(text, in_markdown=True):
        parts.append(text[position : formula.start] + f"\uf8e0{len(taken)}\uf8e1")
        taken.append(text[formula.start : formula.end])
        position = formula.end
    parts.append(text[position:])
    return "".join(parts)


def put_back(html: str, taken: list[str]) -> str:
    """The HTML with its formulas, marked as such; in code and in attributes as they stood."""
    if not taken:
        return html
    parts = _NOT_TEXT.split(html)
    for index, part in enumerate(parts):
        if "\uf8e0" in part:
            parts[index] = _filled(part, taken, as_element=index % 2 == 0)
    return "".join(parts)


def _filled(part: str, taken: list[str], *, as_element: bool) -> str:
    def written(mark: re.Match[str]) -> str:
        number = int(mark[1])
        source = escape(taken[number]) if number < len(taken) else ""
        return formula_markup(taken[number]) if as_element and source else source

    return _MARK.sub(written, part)


def formula_markup(source: str) -> str:
    """A formula with its delimiters, as an element for the `formulas` step."""
    formula = next(formulas_in(source))
    kind = "display" if formula.display else "inline"
    return f'<span data-math="{kind}">{escape(formula.tex)}</span>'
