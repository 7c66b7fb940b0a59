r"""Where a text holds TeX: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{align}…\end{align}`. Pure text.

A dollar is money or a shell variable far more often than it is a formula: what stands between two must keep
pandoc's rules (https://pandoc.org/MANUAL.html#extension-tex_math_dollars) and look like TeX besides. MathJax,
which most blogs load, also takes `$ x $`: with blanks it must be TeX beyond doubt. Two dollars are seldom
anything else; within a sentence kramdown sets what they hold in the line
(https://kramdown.gettalong.org/syntax.html#math-blocks).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TEX_CHARS = 3_000
MAX_INLINE_CHARS = 100
"""The longest formula between double dollars that may be set in a line of text."""

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
    r"|\$(?P<single>(?!\$)(?>(?:[^$\\\n\u2028]|\n(?!\s*\n)|\\[\s\S]){1,600}))\$(?![0-9A-Za-z_$])"
)
_TEXT = re.compile(r"\\(?:text\w*|mbox|mathrm|operatorname\*?|tag\*?)\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\[\\,;:!{}|%]")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SENTENCE = re.compile(r"[，。；！？、：“”]")
_SCRIPT = re.compile(r"[\^_]\{|\^\\?\w|(?<![A-Za-z])[A-Za-z]'*_\\?\w|[)\]]_\w")
_OPERATOR = re.compile(r"[=<>+*/^|≤≥≠±×÷∈→∞-]")
_SHORT = re.compile(r"[A-Za-z]{0,3}\d*'*|[A-Za-z]?\d+(?:\.\d+)?%?|[A-Za-z]\([\w ,+*/^-]{1,30}\)|[α-ωΑ-Ω]")
_LETTER = re.compile(r"[A-Za-zα-ωΑ-Ω]'{0,3}")
_NAMED = re.compile(r"[A-Za-z]{1,16}(?:_(?:\w|\{\w{1,16}\}))?(?:\([\w, ]{1,20}\))?")
_SYMBOLS = re.compile(r"[A-Za-z0-9α-ωΑ-Ω\s.,:;!'|()\[\]{}^_+*/<>=~¬±×÷\u2010-\u2bff-]+")
"""Letters, figures, and the signs of arithmetic, sets and logic."""
_MARKER = re.compile(r"[ \t>]*(?:[*+-][ \t]+|\d{1,9}[.)][ \t]+)*")
"""What may stand before a block of Markdown on its line."""
_WORDS = re.compile(r"[A-Za-z]{2,} +[A-Za-z]")
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True, slots=True)
class Formula:
    """TeX found in a text, at `start` to `end` with its delimiters."""

    start: int
    end: int
    tex: str
    display: bool


def formulas_in(
    text: str, start: int = 0, end: int = sys.maxsize, *, in_markdown: bool = False, trusting: bool = False
) -> Iterator[Formula]:
    r"""The formulas of a text between two places, in order.

    In Markdown `\(` is how a bracket is escaped, so that what is inside must be beyond doubt; sites whose
    Markdown eats backslashes have `\\(` written instead.

    Args:
        text: all of it: what surrounds a formula counts.
        start: where to begin.
        end: where to end.
        in_markdown: the text is Markdown.
        trusting: it has so many formulas that a name between dollars is one too, and no variable of a shell.
    """
    if "$" not in text and "\\" not in text:
        return
    position = start
    while found := _CANDIDATE.search(text, position, end):
        formula = _judged(found, in_markdown=in_markdown, trusting=trusting)
        if formula is not None:
            yield formula
        # Beside a dollar that was none another may open; past anything else nothing was missed.
        position = found.end() if formula or found["escaped"] else found.start() + 1
        if formula is None and found["single"]:
            position = found.end() - 1


def _judged(found: re.Match[str], *, in_markdown: bool, trusting: bool) -> Formula | None:
    if found["escaped"]:
        return None
    if found["environment"]:
        return Formula(found.start(), found.end(), found["environment"], display=True)
    tex = (found["single"] or found["double"] or found["square"] or found["round"]).strip()
    if found["single"]:
        before = found.string[max(found.start() - 1, 0) : found.start()]
        fits = not (before.isascii() and before.isalnum()) and before != "$"
        fits = fits and (_is_single(found["single"]) or (trusting and bool(_NAMED.fullmatch(tex))))
        is_display = False
    elif found["double"]:
        is_display = not in_markdown or _is_alone(found)
        fits = _is_inline(tex) or _is_plain_tex(tex) or _is_doubled(tex, alone=is_display)
    else:
        is_display = found["round"] is None
        doubtful = tex.isdecimal() or (in_markdown and not (found["slashes"] or found["slash"]))
        fits = not doubtful or _is_plain_tex(tex)
    if not fits or not tex or "\n\n" in tex:
        return None
    return Formula(found.start(), found.end(), tex, display=is_display)


def _is_single(tex: str) -> bool:
    """Whether what stands between two single dollars is a formula; blanks inside them make it doubtful."""
    bare = tex.strip()
    if tex == bare:
        return _is_inline(tex)
    if tex[0].isspace() and tex[-1].isspace() and _LETTER.fullmatch(bare):
        return True
    is_tex = bool(_COMMAND.search(bare) or (_SCRIPT.search(bare) and not _WORDS.search(bare)))
    return is_tex and "\n" not in tex and _is_inline(bare)


def _is_alone(found: re.Match[str]) -> bool:
    """Whether a formula in Markdown stands on lines of its own, or is too much for a line of text."""
    text = found.string
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    end = text.find("\n", found.end())
    behind = text[found.end() : end if end >= 0 else len(text)]
    if "\n" in found[0] or len(found[0]) > MAX_INLINE_CHARS or r"\\" in found[0]:
        return True
    return bool(_MARKER.fullmatch(before)) and not behind.strip(" \t.,;。，；")


def _is_doubled(tex: str, *, alone: bool) -> bool:
    """Whether what stands between double dollars, and has no command or script, is a formula."""
    if "`" in tex or "](" in tex or _LONG_WORD.search(tex):
        return False
    if _SYMBOLS.fullmatch(tex):
        return True
    return alone and bool(_SCRIPT.search(tex) or re.search(r"\w ?[=<>≤≥] ?\w", tex))


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
