"""Emphasis beside Han, kana and Hangul: which runs of `*` and `~~` open and close it.

CommonMark's rule is for scripts with spaces: in `**重点：**后文` its second run is followed by a letter and
preceded by a mark, so that it may only open. The published amendment lets a run beside such a character do
both: https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md. `_` stays as it is there.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

_AMBIGUOUS = frozenset("“”‘’…—·")
"""Marks that Chinese shares with English (East Asian Width `A`). The amendment knows them by a variation
selector that nobody types; here one belongs to the script of the text on its other side: `**“甲”**A`."""

_FAR = 6
"""Marks in a row that are looked over for that text."""


def cjk_emphasis(parser: MarkdownIt) -> None:
    """Replace the library's rules for `*`, `_` and `~~`; how runs pair stays its own."""
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("strikethrough", _strikethrough)


def paired(parser: MarkdownIt, sign: str, tag: str) -> None:
    """A further mark that is written twice on either side, such as `==`, and its element."""
    mark = sign * 2

    def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
        if silent or not state.src.startswith(mark, state.pos):
            return False
        opens, closes, length = _flanking(state)
        if length != len(mark):
            state.push("text", "", 0).content = sign * length
        else:
            _push(state, mark, 0, opens=opens, closes=closes)
        state.pos += length
        return True

    def settle(state: StateInline) -> None:
        for delimiters in (state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)):
            for one in delimiters:
                if one.marker == ord(sign) and one.end >= 0:
                    _as_tag(state.tokens[one.token], tag, 1)
                    _as_tag(state.tokens[delimiters[one.end].token], tag, -1)

    parser.inline.ruler.before("emphasis", f"paired_{tag}", tokenize)
    parser.inline.ruler2.before("emphasis", f"paired_{tag}", settle)


def _as_tag(token: Token, tag: str, nesting: Literal[-1, 1]) -> None:
    token.type, token.tag, token.nesting = f"{tag}_{'open' if nesting > 0 else 'close'}", tag, nesting
    token.content = ""


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    if marker == "_":
        opens, closes, length = state.scanDelims(state.pos, False)  # noqa: FBT003 - the library's interface
    else:
        opens, closes, length = _flanking(state)
    for _ in range(length):
        _push(state, marker, length, opens=opens, closes=closes)
    state.pos += length
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    if silent or state.src[state.pos] != "~":
        return False
    opens, closes, length = _flanking(state)
    if length < 2:  # noqa: PLR2004 - `~` alone is a range: 3~5
        return False
    if length % 2:
        state.push("text", "", 0).content = "~"
    for _ in range(length // 2):
        _push(state, "~~", 0, opens=opens, closes=closes)
    state.pos += length
    return True


def _push(state: StateInline, text: str, length: int, *, opens: bool, closes: bool) -> None:
    """A mark as text, and as a delimiter that may become an element."""
    state.push("text", "", 0).content = text
    state.delimiters.append(
        Delimiter(
            marker=ord(text[0]),
            length=length,
            token=len(state.tokens) - 1,
            end=-1,
            open=opens,
            close=closes,
        )
    )


def _flanking(state: StateInline) -> tuple[bool, bool, int]:
    """Whether the run at the state's place may open emphasis, whether it may close it, and its length."""
    src, start, end = state.src, state.pos, state.pos
    while end < state.posMax and src[end] == src[start]:
        end += 1
    before = src[start - 1] if start else " "
    after = src[end] if end < state.posMax else " "
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    if space_before or space_after:
        return not space_after, not space_before, end - start
    if _is_cjk(src, start - 1, -1) or _is_cjk(src, end, 1):
        return True, True, end - start
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    return mark_before or not mark_after, mark_after or not mark_before, end - start


def _is_mark(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _is_cjk(src: str, place: int, step: int) -> bool:
    """Whether the character at a place is one of the scripts without spaces, or a mark of theirs."""
    for _ in range(_FAR):
        char = src[place] if 0 <= place < len(src) else " "
        if char not in _AMBIGUOUS:
            return _is_wide(char)
        place += step
    return False


@lru_cache(4_096)
def _is_wide(char: str) -> bool:
    """A CJK character by the amendment: wide, but no emoji, or Hangul; a Han's variation selector counts."""
    code = ord(char)
    if code < 0x1100:  # noqa: PLR2004 - the first Hangul
        return False
    width = unicodedata.east_asian_width(char)
    if width == "W":
        emoji = unicodedata.category(char) in {"So", "Sk"}
        return not emoji or 0x2E80 <= code < 0x1F000  # noqa: PLR2004 - radicals to before the emoji
    return width in "FH" or 0x1160 <= code <= 0x11FF or 0xE0100 <= code <= 0xE01EF  # noqa: PLR2004 - jamo; selectors
