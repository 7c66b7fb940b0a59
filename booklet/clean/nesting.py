"""Bounds what the HTML5 parser is given: it is quadratic in the depth of open elements, and copies formatting
elements that are never closed into every block that follows (https://html.spec.whatwg.org/#reconstruct-the-active-formatting-elements).
"""

from __future__ import annotations

import re
from collections import Counter

from booklet.clean.draft import Draft
from booklet.clean.vocabulary import BLOCKS, FORMATTING, VOID, names

MAX_OPEN = 150
"""Elements open at once. Pages of editors that wrap and wrap reach 40."""
MAX_FORMATTING = 24
MAX_BLOCKS_REPORTED = 50
"""The depth of blocks that the result may have (`depth`); WeasyPrint fails at 140."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ENDED_BY_SIBLING = names("p li dt dd tr td th option rt rp thead tbody tfoot")


class _Open:
    """The elements that are open, with those of each name counted."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.counts: Counter[str] = Counter()
        self.formatting = 0
        self.skipped: Counter[str] = Counter()

    def start(self, name: str) -> bool:
        if name in BLOCKS and self.names and self.names[-1] == "p":
            self.pop_to("p")
        if name in _ENDED_BY_SIBLING and name in self.names[-6:]:
            self.pop_to(name)
        if (name in FORMATTING and self.formatting >= MAX_FORMATTING) or len(self.names) >= MAX_OPEN:
            self.skipped[name] += 1
            return False
        self.names.append(name)
        self.counts[name] += 1
        self.formatting += name in FORMATTING
        return True

    def end(self, name: str) -> bool:
        if self.skipped[name]:
            self.skipped[name] -= 1
            return False
        if self.counts[name]:
            self.pop_to(name)
        return True

    def pop_to(self, name: str) -> None:
        while self.names:
            last = self.names.pop()
            self.counts[last] -= 1
            self.formatting -= last in FORMATTING
            if last == name:
                return


def nesting(draft: Draft) -> None:
    """Drop the tags, never the text, of elements nested too deep."""
    opened = _Open()
    dropped = 0

    def judge(found: re.Match[str]) -> str:
        nonlocal dropped
        name = found[2].lower()
        if name in VOID or found[0].endswith("/>"):
            return found[0]
        if opened.end(name) if found[1] else opened.start(name):
            return found[0]
        dropped += 1
        return ""

    draft.text = _TAG.sub(judge, draft.text)
    if dropped:
        draft.report("depth-capped", limit=MAX_BLOCKS_REPORTED)
