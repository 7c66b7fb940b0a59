"""Bounds what the HTML5 parser is given.

It is quadratic in the depth of open elements, and copies formatting
elements that are never closed into every block that follows (https://html.spec.whatwg.org/#reconstruct-the-active-formatting-elements).
"""

from __future__ import annotations

import re
from collections import Counter

from booklet.clean.draft import Draft
from booklet.clean.vocabulary import BLOCKS, FORMATTING, HEADINGS, VOID, names

MAX_OPEN = 120
"""Elements open at once. Pages of editors that wrap and wrap reach 40."""
MAX_FORMATTING = 24
MAX_COPIES = 20_000
"""The most copies of formatting elements that were left open, one for each block inside them."""
MAX_ELEMENTS = 50_000
"""A long book has 20,000; beyond, text loses its markup, so that time and memory have an end."""
MAX_BLOCKS_REPORTED = 50
"""The depth of blocks that the result may have (`depth`); WeasyPrint fails at 140."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_BARRIERS = BLOCKS - names("p li dt dd tr td th thead tbody tfoot")
_ENDED_BY_SIBLING = names("p li dt dd tr td th option rt rp thead tbody tfoot")


class _Open:
    """The elements that are open, as the HTML5 parser would have them.

    Formatting elements are apart: the end of a block does not end them.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.counts: Counter[str] = Counter()
        self.formatting: list[str] = []
        self.copies = 0
        self.skipped: Counter[str] = Counter()
        self.crossed = False
        """An end tag ended nothing, or other elements than its own."""

    def start(self, name: str) -> bool:
        """Open an element, unless too many are open."""
        if name in FORMATTING:
            if len(self.formatting) >= MAX_FORMATTING:
                self.skipped[name] += 1
                return False
            self.formatting.append(name)
            return True
        self.crossed |= name in HEADINGS and any(self.counts[heading] for heading in HEADINGS)
        if name in BLOCKS:
            self.copies += len(self.formatting)
            if self.names and self.names[-1] == "p":
                self._pop_to("p")
        if name in _ENDED_BY_SIBLING and self._has_open_sibling(name):
            self._pop_to(name)
        if len(self.names) >= MAX_OPEN:
            self.skipped[name] += 1
            return False
        self.names.append(name)
        self.counts[name] += 1
        return True

    def end(self, name: str) -> bool:
        """Close an element, unless its start was dropped."""
        if self.skipped[name]:
            self.skipped[name] -= 1
            return False
        if name in FORMATTING:
            self.crossed |= self.formatting[-1:] != [name]
            if name in self.formatting:
                last = len(self.formatting) - 1 - self.formatting[::-1].index(name)
                del self.formatting[last]
        elif self.counts[name]:
            self.crossed |= self.names[-1] != name
            self._pop_to(name)
        else:
            self.crossed = True
        return True

    def close_formatting(self) -> str:
        """End tags for every open formatting element, when they have been copied into blocks too often."""
        if self.copies < MAX_COPIES or not self.formatting:
            return ""
        ended = "".join(f"</{name}>" for name in reversed(self.formatting))
        self.formatting.clear()
        return ended

    def _pop_to(self, name: str) -> None:
        while self.names:
            last = self.names.pop()
            self.counts[last] -= 1
            if last == name:
                return

    def _has_open_sibling(self, name: str) -> bool:
        for last in reversed(self.names[-12:]):
            if last == name:
                return True
            if last in _BARRIERS:
                return False
        return False


def nesting(draft: Draft) -> None:
    """Drop the tags, never the text, of elements nested too deep."""
    opened = _Open()
    dropped = elements = 0

    def judge(found: re.Match[str]) -> str:
        nonlocal dropped, elements
        name = found[2].lower()
        if elements >= MAX_ELEMENTS and not found[1]:
            opened.skipped[name] += name not in VOID
            return "\n" if name in BLOCKS else ""
        elements += not found[1]
        if name in VOID or found[0].endswith("/>"):
            return found[0]
        before = opened.close_formatting() if name in BLOCKS else ""
        if opened.end(name) if found[1] else opened.start(name):
            return before + found[0]
        dropped += elements < MAX_ELEMENTS
        return before

    draft.text = _TAG.sub(judge, draft.text)
    draft.broken |= opened.crossed or bool(opened.formatting)
    if elements >= MAX_ELEMENTS:
        draft.report("markup-capped", limit=MAX_ELEMENTS)
    if dropped:
        draft.report("depth-capped", limit=MAX_BLOCKS_REPORTED)
