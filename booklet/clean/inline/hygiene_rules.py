"""What hygiene of Chinese text changes: marks as wide as their neighbours, no icons. Never the wording.

What stands in code, in formulas and in addresses is left as it is; so are names and quoted Latin, because a
half-width mark changes only between Han. GB/T 15834 (punctuation) gives the marks, GB/T 15835 the digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from booklet.clean.draft import SAFE, Hygiene
from booklet.clean.text.characters import PRIVATE

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BEFORE = rf"(?<={_HAN[:-1]}》」』”’）】…])"
_AFTER = rf"(?=\s*(?:{_HAN[:-1]}《「『“‘（【]|\Z))"
_MARK = re.compile(rf"{_BEFORE}[,;:?!]+{_AFTER}")
_STOP = re.compile(rf"(?<={_HAN})\.(?=\s*\Z)")
_SENTENCE = 10
"""Characters: at the end of a shorter line a dot is no full stop."""

_PAIR = re.compile(
    rf"(?:(?<={_HAN})|\A)\((?=[^()]*{_HAN})([^()=+*<>{{}}\[\]|\\/\"]{{1,80}})\)|"
    rf"(?<!\ufffc)\(({_HAN}[^()=+*<>{{}}\[\]|\\/\"]{{0,80}})\)(?={_HAN}|[，。；：！？]|\Z)"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u303f，。；：！？（）]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)
"""64: RFC 5321, 4.5.3.1.1; and only from a word's start, or a word without end is searched in its square."""
_VERBATIM = re.compile(
    rf"{_ADDRESS.pattern}|(?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_.]{{0,40}}\([^()]{{0,80}},[^()]{{0,80}}\)",
    re.ASCII,
)
"""Calls too, as of a spreadsheet's functions: `RANK(甲,乙)`."""
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*")
_ELLIPSIS = re.compile(rf"(?:…?(?:。{{3,}}|(?<={_HAN})\.{{3,}}(?![A-Za-z0-9/])|[·・]{{3,}}|…{{2,}}))+…?")
_DASH = re.compile(rf"(?<={_HAN})-{{2,3}}(?={_HAN})")
_TWICE = re.compile(r"([，、；：])\1+")
_SHOUT = re.compile(r"([！？])\1{3,}")
_FULL = str.maketrans(",;:?!.()", "，；：？！。（）")


def tidied(text: str, rules: Hygiene = SAFE) -> str:
    """A line, without line breaks, put right."""
    return tidied_pieces([text], rules)[0]


def tidied_pieces(pieces: Sequence[str], rules: Hygiene = SAFE) -> list[str]:
    """The pieces of one line put right: what stands in one piece counts for the marks in the others."""
    texts = [PRIVATE.sub("", piece) for piece in pieces] if rules.glyphs else [*pieces]
    if rules.repeats:
        ends = ["", *(text[-1:] for text in texts)]
        texts = [_after_han(text, end) for end, text in zip(ends, texts, strict=False)]
    line = "".join(texts)
    if rules.width:
        line = _outside_addresses(line, _half_width)
    if rules.punctuation:
        line = _full_width(line)
    texts = _cut(line, texts)
    return [_outside_addresses(text, _said_once) for text in texts] if rules.repeats else texts


def _cut(line: str, like: Sequence[str]) -> list[str]:
    """The line in pieces as long as those."""
    pieces: list[str] = []
    position = 0
    for piece in like:
        pieces.append(line[position : position + len(piece)])
        position += len(piece)
    return pieces


def _outside_addresses(text: str, change: Callable[[str], str]) -> str:
    if ":" not in text and "www." not in text and "@" not in text:
        return change(text)
    parts: list[str] = []
    position = 0
    for address in _ADDRESS.finditer(text):
        parts.extend((change(text[position : address.start()]), address[0]))
        position = address.end()
    parts.append(change(text[position:]))
    return "".join(parts)


def _after_han(text: str, before: str) -> str:
    """Dots are an ellipsis after Han, which may stand in the piece before."""
    if text[:1] not in (".", "-") or not re.fullmatch(_HAN, before):
        return _outside_addresses(text, _lengthened)
    return _outside_addresses(before + text, _lengthened)[1:]


def _lengthened(text: str) -> str:
    return _DASH.sub("——", _ELLIPSIS.sub("……", text))


def _half_width(text: str) -> str:
    return _WIDE.sub(lambda found: found[0].translate(_HALF), text)


def _said_once(text: str) -> str:
    return _SHOUT.sub(r"\1\1\1", _TWICE.sub(r"\1", text))


def _full_width(line: str) -> str:
    """The line with full-width marks between Han; its length stays the same."""
    addresses = [span.span() for span in _VERBATIM.finditer(line)]
    changed = _PAIR.sub(lambda found: f"（{found[1] or found[2]}）", line)
    changed = _MARK.sub(lambda found: found[0].translate(_FULL), changed)
    if len(line) >= _SENTENCE:
        changed = _STOP.sub("。", changed)
    parts: list[str] = []
    position = 0
    for start, end in addresses:
        parts.extend((changed[position:start], line[start:end]))
        position = end
    return "".join((*parts, changed[position:]))


_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""https://www.unicode.org/charts/PDF/UFF00.pdf: the full-width forms follow ASCII at this distance."""
