"""What hygiene of Chinese text changes: marks as wide as their neighbours, no icons. Never the wording.

What stands in code, in formulas and in addresses is left as it is; so are names and quoted Latin, because a
half-width mark changes only between Han. GB/T 15834 (punctuation) gives the marks, GB/T 15835 the digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hygiene:
    """What may be put right; each on its own."""

    punctuation: bool = True
    """Half-width marks between Han become full-width ones."""
    repeats: bool = True
    """`。。。` is an ellipsis; a mark is said once, `！` and `？` at most three times."""
    width: bool = True
    """Full-width digits and letters become half-width."""
    glyphs: bool = True
    """Private-use characters (of icon faces, which no reader has) go."""


SAFE = Hygiene()
OFF = Hygiene(punctuation=False, repeats=False, width=False, glyphs=False)

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BEFORE = rf"(?<={_HAN[:-1]}》」』”’）】…])"
_AFTER = rf"(?=\s*(?:{_HAN[:-1]}《「『“‘（【]|\Z))"
_MARK = re.compile(rf"{_BEFORE}[,;:?!]+{_AFTER}")
_STOP = re.compile(rf"(?<={_HAN})\.(?=\s*\Z)")
_SENTENCE = 10
"""Characters of a line whose end may be a full stop."""

_PAIR = re.compile(
    rf"(?:(?<={_HAN})|\A)\((?=[^()]*{_HAN})([^()=+*<>{{}}\[\]|\\/\"]{{1,80}})\)|"
    rf"\(({_HAN}[^()=+*<>{{}}\[\]|\\/\"]{{0,80}})\)(?={_HAN}|[，。；：！？]|\Z)"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u303f，。；：！？（）]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)
"""64: RFC 5321, 4.5.3.1.1; and only from a word's start, or a word without end is searched in its square."""
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_ELLIPSIS = re.compile(rf"。{{3,}}|(?<={_HAN})\.{{3,}}(?![A-Za-z0-9/])|[·・]{{3,}}|…{{3,}}")
_DASH = re.compile(rf"(?<={_HAN})-{{2,3}}(?={_HAN})")
_TWICE = re.compile(r"([，、；：])\1+")
_SHOUT = re.compile(r"([！？])\1{3,}")
_FULL = str.maketrans(",;:?!.()", "，；：？！。（）")


def tidied(text: str, rules: Hygiene = SAFE, *, before: str = "", after: str = "", line: int = 0) -> str:
    """`text` put right.

    Args:
        text: without line breaks.
        rules: what may be changed.
        before: the character before it on its line; empty at the start.
        after: the character after it; empty at the end.
        line: characters of the whole line, if `text` is a piece of it.
    """
    chars = line or len(text)
    if rules.glyphs:
        text = _PRIVATE.sub("", text)
    parts: list[str] = []
    position = 0
    for address in _ADDRESS.finditer(text):
        parts.append(
            _plain(text[position : address.start()], rules, (*parts, before)[-1][-1:], address[0][0], chars)
        )
        parts.append(address[0])
        position = address.end()
    last = parts[-1][-1:] if parts else before
    parts.append(_plain(text[position:], rules, last, after, chars))
    return "".join(parts)


def _plain(text: str, rules: Hygiene, before: str, after: str, chars: int) -> str:
    """A piece without addresses."""
    if not text:
        return text
    if rules.width:
        text = _WIDE.sub(lambda found: found[0].translate(_HALF), text)
    if rules.repeats:
        text = _DASH.sub("——", _ELLIPSIS.sub("……", text))
    if rules.punctuation:
        text = _full_width(text, before, after, chars)
    if rules.repeats:
        text = _SHOUT.sub(r"\1\1\1", _TWICE.sub(r"\1", text))
    return text


def _full_width(text: str, before: str, after: str, chars: int) -> str:
    line = before + text + after
    line = _PAIR.sub(lambda found: f"（{found[1] or found[2]}）", line)
    line = _MARK.sub(lambda found: found[0].translate(_FULL), line)
    if not after and chars >= _SENTENCE:
        line = _STOP.sub("。", line)
    return line[len(before) : len(line) - len(after)]


_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""https://www.unicode.org/charts/PDF/UFF00.pdf: the full-width forms follow ASCII at this distance."""
