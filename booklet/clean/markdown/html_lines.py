"""Markdown right below a line of HTML: the block of HTML ends there, though no blank line follows.

CommonMark lets it go on to the next blank line, and prints the marks (https://spec.commonmark.org/0.31.2/#html-blocks,
kinds 6 and 7). Notion's exports and posts with players and `<br>` are full of it.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

_VERBATIM = re.compile(r"(?i)\s*<(?:script|pre|style|textarea|[!?])")
_MARKS = re.compile(
    r" {0,3}(?:#{1,6}[ \t]+\S|[-*+][ \t]+\S|\d{1,3}[.)][ \t]+\S|`{3}|~{3}|>[ \t])"
    r"| {0,3}[^\s<].*?(?:\*\*[^\s*]|\]\([^\s()]|`[^`\n]+`|~~\S)"
    r"| {0,3}(?:\*\*[^\s*]|!?\[[^\[\]\n]*\]\(|`[^`\n]+`)"
)


_INDENT = 3
_RULE = re.compile(r"(?i)<hr(?:\s[^<>\n]{0,500})?>\s*")


def html_lines(parser: MarkdownIt) -> None:
    """Let such a block end before Markdown."""
    breaks = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.at("html_block", _html_block, breaks)  # type: ignore[arg-type]
    parser.block.ruler.before("html_block", "rule_tag", _rule, breaks)  # type: ignore[arg-type]


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
    if not html_block(state, start, end, silent):
        return False
    if silent:
        return True
    token = state.tokens[-1]
    if _VERBATIM.match(token.content):
        return True
    lines = token.content.split("\n")
    for number in range(1, len(lines)):
        if _MARKS.match(lines[number]) and lines[number - 1].rstrip().endswith(">"):
            token.content = "\n".join(lines[:number]) + "\n"
            token.map = [start, start + number]
            state.line = start + number
            break
    return True


def _rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
    """A line that is `<hr …>`, whatever is wrong with its attributes: CSDN closes a quotation twice."""
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if (
        text[:3].lower() != "<hr"
        or not _RULE.fullmatch(text)
        or state.sCount[start] - state.blkIndent > _INDENT
    ):
        return False
    if not silent:
        state.push("hr", "hr", 0).markup = "<hr>"
        state.line = start + 1
    return True
