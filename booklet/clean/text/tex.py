r"""Where a text holds TeX: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{align}…\end{align}`. Pure text.

A dollar is money or a shell variable far more often than it is a formula: what stands between two must keep
pandoc's rules (https://pandoc.org/MANUAL.html#extension-tex_math_dollars) and look like TeX besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TEX_CHARS = 3_000

_ENVIRONMENTS = r"equation|align(?:ed|at)?|gather(?:ed)?|multline|eqnarray|flalign|split|cases|[bpvBV]?matrix"
_INSIDE = r"(?:[^\\]|\\[^\\()\[\]]|\\\\(?![()\]])(?!\[(?!-?[\d.])))"
"""No delimiter, so that each is looked at once. (`\\\\[2pt]` is a line's end with a distance.)"""
# Atomic groups, not possessive quantifiers: before Python 3.11.5 (Debian 12 has 3.11.2) the latter match
# wrongly on groups with branches (https://github.com/python/cpython/issues/106052).
_CANDIDATE = re.compile(
    rf"(?P<escaped>\\[\\$])(?!\(|\[)"
    rf"|\$\$(?P<double>(?>(?:[^$\\]|\\[\s\S]){{1,{MAX_TEX_CHARS}}}))\$\$"
    rf"|\\(?P<slashes>\\?)\[(?P<square>(?>{_INSIDE}{{1,{MAX_TEX_CHARS}}}))\\(?P=slashes)\]"
    rf"|\\(?P<slash>\\?)\((?P<round>(?>{_INSIDE}{{1,{MAX_TEX_CHARS}}}))\\(?P=slash)\)"
    rf"|(?P<environment>\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}"
    rf"(?>(?:[^\\]|\\(?!(?:begin|end)\{{(?P=name)\}})){{0,{MAX_TEX_CHARS}}})\\end\{{(?P=name)\}})"
    r"|\$(?P<single>(?![\s$])(?>(?:[^$\\\n\u2028]|\n(?!\s*\n)|\\[\s\S]){1,600}))(?<!\s)\$(?![0-9A-Za-z_$])"
)
_TEXT = re.compile(r"\\(?:text\w*|mbox|mathrm|operatorname\*?|tag\*?)\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\[\\,;:!{}|%]")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SENTENCE = re.compile(r"[，。；！？、：“”]")
_SCRIPT = re.compile(r"[\^_]\{|\^\\?\w|(?<![A-Za-z])[A-Za-z]'*_\\?\w|[)\]]_\w")
_OPERATOR = re.compile(r"[=<>+*/^|≤≥≠±×÷∈→∞-]")
_SHORT = re.compile(r"[A-Za-z]{0,3}\d*'*|[A-Za-z]?\d+(?:\.\d+)?%?|[A-Za-z]\([\w ,+*/^-]{1,30}\)|[α-ωΑ-Ω]")
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True, slots=True)
class Formula:
    """TeX found in a text, at `start` to `end` with its delimiters."""

    start: int
    end: int
    tex: str
    display: bool


def formulas_in(text: str, *, in_markdown: bool = False) -> Iterator[Formula]:
    r"""The formulas of a text, in order.

    In Markdown `\(` is how a bracket is escaped, so that what is inside must be beyond doubt; sites whose
    Markdown eats backslashes have `\\(` written instead.
    """
    if "$" not in text and "\\" not in text:
        return
    position = 0
    while found := _CANDIDATE.search(text, position):
        formula = _judged(found, in_markdown=in_markdown)
        if formula is not None:
            yield formula
        # Beside a dollar that was none another may open; past anything else nothing was missed.
        position = found.end() if formula or found["escaped"] else found.start() + 1
        if formula is None and found["single"]:
            position = found.end() - 1


def _judged(found: re.Match[str], *, in_markdown: bool) -> Formula | None:
    if found["escaped"]:
        return None
    if found["environment"]:
        return Formula(found.start(), found.end(), found["environment"], display=True)
    if (tex := found["single"]) is not None:
        before = found.string[max(found.start() - 1, 0) : found.start()]
        fits = not (before.isascii() and before.isalnum()) and before != "$" and _is_inline(tex)
        return Formula(found.start(), found.end(), tex, display=False) if fits else None
    tex = found["double"] or found["square"] or found["round"]
    doubtful = in_markdown and not found["double"] and not (found["slashes"] or found["slash"])
    doubtful = doubtful or tex.strip().isdecimal()
    if not tex.strip() or "\n\n" in tex.strip() or (doubtful and not _is_plain_tex(tex)):
        return None
    if found["double"] and not (_is_inline(tex.strip()) or _is_plain_tex(tex)):
        return None
    return Formula(found.start(), found.end(), tex.strip(), display=found["round"] is None)


def _is_plain_tex(tex: str) -> bool:
    """Whether nobody would write this who does not write TeX."""
    bare = _TEXT.sub(" ", tex)
    has_sign = bool(_COMMAND.search(tex) or _SCRIPT.search(bare) or re.search(r"[\w)] ?[=<>+] ?[\w(]", bare))
    return has_sign and not (_HAN.search(bare) and not _COMMAND.search(bare))


def _is_inline(tex: str) -> bool:
    """Whether what stands between two single dollars is a formula."""
    bare = _TEXT.sub(" ", tex)
    has_command = bool(_COMMAND.search(tex))
    if "`" in tex or "](" in tex or bare.count("{") != bare.count("}"):
        return False
    if _HAN.search(bare) and (not has_command or _SENTENCE.search(bare)):
        return False
    if has_command or _SHORT.fullmatch(tex):
        return True
    if re.search(r"[=+*/<>,:(-]$", tex):
        return False
    signs = _SCRIPT.search(bare) or _OPERATOR.search(bare) or re.search(r"[(\[,|]", bare)
    return bool(signs) and ("_{" in bare or "^{" in bare or not _LONG_WORD.search(bare))
