r"""`\ce{…}`: chemical formulas and equations, written as mhchem reads them, as plain TeX.

Of https://mhchem.github.io/MathJax-mhchem/ what articles use: amounts, charges, isotopes, states, arrows with
text, bonds, precipitates and gases, crystal water, TeX between dollars. What is not known stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from booklet.clean.formulas.macros import end_of_group

_COMMAND = re.compile(r"\\(?:ce|cf)(?![A-Za-z])\s*")
_ARROWS = {
    "<=>>": r"\rightleftharpoons",
    "<<=>": r"\rightleftharpoons",
    "<=>": r"\rightleftharpoons",
    "<-->": r"\rightleftarrows",
    "<->": r"\leftrightarrow",
    "->": r"\rightarrow",
    "<-": r"\leftarrow",
}
_TOKEN = re.compile(
    r"(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-)(?P<above>\[[^\]]*\])?(?P<below>\[[^\]]*\])?"
    r"|\$(?P<math>[^$]*)\$"
    r"|(?P<space>\s+)"
    r"|(?P<script>[\^_])(?:\{(?P<braced>[^{}]*)\}|(?P<bare>[+-]?\d+[+-]?|\d*[+-]|[A-Za-z]|\*|\.))"
    r"|(?P<command>\\[A-Za-z]+|\\.)"
    r"|(?P<letters>[A-Za-z]+)"
    r"|(?P<number>(?<![A-Za-z)\]}\d])\d+(?:\.\d+)?(?:/\d+)?|\d+)"
    r"|(?P<rest>[\s\S])"
)
_AMOUNT = re.compile(r"([\d.]+)/(\d+)")


def written_out(tex: str) -> str:
    r"""The TeX with each `\ce{…}` replaced by what it stands for."""
    parts: list[str] = []
    position = 0
    for found in _COMMAND.finditer(tex):
        end = end_of_group(tex, found.end())
        if found.start() < position or end is None:
            continue
        parts.extend((tex[position : found.start()], "{", *_pieces(tex[found.end() + 1 : end - 1]), "}"))
        position = end
    return "".join((*parts, tex[position:]))


def _pieces(source: str) -> Iterator[str]:
    """The equation as TeX. A digit behind an atom or a bracket counts atoms; before them, molecules."""
    after_atom = False
    tokens = [*_TOKEN.finditer(source.strip())]
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        kind, text = token.lastgroup or "", token[0]
        if token["arrow"]:
            yield _arrow(token)
            after_atom = False
        elif token["math"] is not None:
            yield f"{{{token['math']}}}"
        elif token["script"]:
            inner = token["braced"] if token["braced"] is not None else token["bare"]
            has_base = after_atom or (index > 0 and bool(tokens[index - 1]["script"]))
            yield f"{'' if has_base else '{}'}{token['script']}{{{_script(inner)}}}"
        elif kind == "letters":
            alone = _stands_alone(tokens, index)
            yield r"\downarrow " if text == "v" and alone else rf"\mathrm{{{text}}}"
            after_atom = True
        elif kind == "number":
            yield f"_{{{text}}}" if after_atom else _amount(text)
        elif kind == "space":
            after_atom = False
        elif text in "+-" and after_atom and _ends(following):
            yield f"^{{{text}}}"
        elif text in ")]}":
            yield text
            after_atom = True
        else:
            yield _sign(text, alone=_stands_alone(tokens, index))
            after_atom = False


def _ends(following: re.Match[str] | None) -> bool:
    """Whether a molecule is over: a sign there is its charge."""
    return following is None or bool(following["space"]) or following[0] in ")],"


def _stands_alone(tokens: list[re.Match[str]], index: int) -> bool:
    before = tokens[index - 1]["space"] if index else " "
    behind = tokens[index + 1]["space"] if index + 1 < len(tokens) else " "
    return bool(before) and bool(behind)


def _arrow(token: re.Match[str]) -> str:
    above, below = ((token[name] or "")[1:-1] for name in ("above", "below"))
    if not above and not below:
        return f" {_ARROWS[token['arrow']]} "
    over = f"\\overset{{{_text(above)}}}{{\\longrightarrow}}" if token["arrow"] == "->" else ""
    over = over or f"\\overset{{{_text(above)}}}{{{_ARROWS[token['arrow']]}}}"
    arrow = f"\\underset{{{_text(below)}}}{{{over}}}" if below else over
    return rf"\;{arrow}\;"


def _text(words: str) -> str:
    """What stands at an arrow: a formula, or words."""
    plain = re.fullmatch(r"[^\\$^_{}]*", words) and not re.search(r"[A-Z][a-z]?[\d+-]|^[A-Z][a-z]?$", words)
    return rf"\text{{{words}}}" if plain else "".join(_pieces(words))


def _script(inner: str) -> str:
    return rf"\mathrm{{{inner}}}" if inner.isalpha() else inner.replace("*", r"\ast ").replace(".", r"\cdot ")


def _amount(number: str) -> str:
    fraction = _AMOUNT.fullmatch(number)
    return rf"\frac{{{fraction[1]}}}{{{fraction[2]}}}" if fraction else number + r"\,"


def _sign(text: str, *, alone: bool) -> str:
    signs = {"^": r"\uparrow ", "#": r"\equiv ", "*": r"\cdot ", ".": r"\cdot ", "{": "{", "(": "(", "[": "["}
    if text == "+" or (text in "-=" and alone):
        return f" {text} "
    return signs.get(text, text)
